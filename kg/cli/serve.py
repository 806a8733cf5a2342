"""``kg serve``: the store over HTTP."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from kg.cli.options import Shared, shared


def _networks(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """The values, each of which has to be an address or a network."""
    import ipaddress

    for value in values:
        try:
            ipaddress.ip_network(value)
        except ValueError as error:
            raise click.BadParameter(
                f"{value!r} is no address such as 10.0.0.7 and no network such as 10.0.0.0/24"
            ) from error
    return values


@click.command("serve")
@click.option("--host", metavar="H", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", metavar="P", type=click.IntRange(0, 65535), default=8080, show_default=True,
    help="Port to listen on, 0 for any free one.",
)  # fmt: skip
@click.option(
    "--allow-host",
    "allow_hosts",
    metavar="NAME",
    multiple=True,
    help="Host name to answer to besides the local ones and --host; may be repeated.",
)
@click.option(
    "--workers", metavar="N", type=click.IntRange(1, 64), default=2, show_default=True,
    help="Processes that evaluate queries.",
)  # fmt: skip
@click.option(
    "--timeout", metavar="S", type=click.FloatRange(0.1, 3600), default=10.0, show_default=True,
    help="Seconds after which a query is given up.",
)  # fmt: skip
@click.option(
    "--per-client", metavar="N", type=click.IntRange(0, 1000), default=8, show_default=True,
    help="Requests of one client's address at once; one more gets 429. 0: no limit.",
)  # fmt: skip
@click.option(
    "--proxy",
    "proxies",
    metavar="ADDRESS",
    multiple=True,
    callback=_networks,
    help="A proxy, by address or network, whose X-Forwarded-For tells the client's address; may be repeated.",
)
@shared
def command(
    given: Shared,
    host: str,
    port: int,
    allow_hosts: tuple[str, ...],
    workers: int,
    timeout: float,
    per_client: int,
    proxies: tuple[str, ...],
) -> None:
    """Serve the store over HTTP: SPARQL, pages, JSON.

    Prints its address and runs until Ctrl-C. There are the page of kg draw at /explore, a SPARQL 1.1 endpoint at
    /sparql, a page and RDF for each event, actor and article, whole graphs, and a JSON API that /docs describes.
    It only reads, and reaches nothing outside the store. Other machines see it only with --host; requests must name
    a host that it knows.

    \b
    Examples:
      kg serve
      kg serve --port 9000 --workers 4 --timeout 30
      kg serve --host 0.0.0.0 --allow-host kg.example.org
      kg serve --proxy 127.0.0.1 --allow-host kg.example.org
    """
    from kg.serve.app import make_app
    from kg.serve.server import listen, run, url_of
    from kg.store.snapshots import current

    location = _location(given)
    listening = listen(host, port)
    with listening:
        from kg.serve.pool import Caps, QueryPool

        pool = QueryPool(location, workers=workers, caps=Caps(seconds=timeout))
        try:
            newest = partial(current, Path(location))
            app = make_app(
                location, pool, host=host, allow_hosts=allow_hosts, per_client=per_client, refresh_s=2.0, newest=newest
            )
            given.say(f"Serving {location} at {url_of(listening, host)}; Ctrl-C ends it.")
            run(app, listening, proxies)
        finally:
            pool.close()
    given.say("Ended.")


def _location(given: Shared) -> str:
    """The store's folder; it is not opened here, because a build may be writing to it."""
    from kg.store.layout import recognise

    location = given.folder()
    recognise(location)
    return str(location)
