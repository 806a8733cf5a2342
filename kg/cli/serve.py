"""``kg serve``: the store over HTTP."""

from __future__ import annotations

from contextlib import ExitStack
from functools import partial
from pathlib import Path

import click

from kg.cli.numbers import number, whole
from kg.cli.options import Shared, shared
from kg.errors import UsageError


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
    "--port", metavar="P", type=whole(0, 65535), default=8080, show_default=True,
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
    "--workers", metavar="N", type=whole(1, 64), default=2, show_default=True,
    help="Processes that evaluate queries.",
)  # fmt: skip
@click.option(
    "--timeout", metavar="S", type=number(0.1, 3600), default=10.0, show_default=True,
    help="Seconds after which a query is given up.",
)  # fmt: skip
@click.option(
    "--per-client", metavar="N", type=whole(0, 1000), default=8, show_default=True,
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
@click.option("--writable", is_flag=True, help="Take updates from those who show the token in KG_WRITE_TOKEN.")
@click.option(
    "--scratch", is_flag=True, help="With --writable: a store that updates write freely, made if there is none."
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
    writable: bool,
    scratch: bool,
) -> None:
    """Serve the store over HTTP: SPARQL, pages, JSON.

    Prints its address and runs until Ctrl-C. There are the page of kg draw at /explore, a SPARQL 1.1 endpoint at
    /sparql, a page and RDF for each event, actor and article, whole graphs, and a JSON API that /docs describes.
    Without --writable it only reads; it reaches nothing outside the store. Other machines see it only with --host;
    requests must name a host that it knows.

    With --writable it takes SPARQL updates and whole graphs, and no build can run beside it. Updates write named
    graphs of your own; what the articles say stays as kg build made it. A scratch store holds no articles, and
    updates may write all of it.

    \b
    Examples:
      kg serve
      kg serve --port 9000 --workers 4 --timeout 30
      kg serve --host 0.0.0.0 --allow-host kg.example.org
      kg serve --proxy 127.0.0.1 --allow-host kg.example.org
      KG_WRITE_TOKEN=... kg serve --writable
    """
    from kg.serve.app import make_app
    from kg.serve.server import listen, run, url_of
    from kg.store.snapshots import current

    token = _token(writable=writable, scratch=scratch)
    location = _location(given, scratch=scratch)
    with ExitStack() as opened:
        listening = opened.enter_context(listen(host, port))
        from kg.serve.pool import Caps, QueryPool
        from kg.serve.writer import Writer

        caps, writer = Caps(seconds=timeout), None
        if writable:  # before the readers, which need what it publishes first
            writer = Writer(location, caps=caps)
            opened.callback(writer.close)
        pool = QueryPool(location, workers=workers, caps=caps)
        opened.callback(pool.close)
        newest = partial(current, Path(location))
        app = make_app(
            location,
            pool,
            host=host,
            allow_hosts=allow_hosts,
            per_client=per_client,
            refresh_s=2.0,
            newest=newest,
            writer=writer,
            token=token,
        )
        what = f"{location}{', writable,' if writable else ''}"
        given.say(f"Serving {what} at {url_of(listening, host)}; Ctrl-C ends it.")
        run(app, listening, proxies)
    given.say("Ended.")


def _token(*, writable: bool, scratch: bool) -> str:
    """What those who update have to show; '' where nobody may."""
    from kg.serve.gate import token_from

    if scratch and not writable:
        raise UsageError("--scratch is for stores that updates write; give --writable too")
    return token_from() if writable else ""


def _location(given: Shared, *, scratch: bool) -> str:
    """The store's folder; it is not opened here, because a build may be writing to it."""
    from kg.store.layout import is_scratch, prepare, recognise

    location = given.folder()
    if scratch:
        prepare(location, scratch=True)
        if not is_scratch(location):
            raise UsageError(f"{location}: a store of articles; --scratch needs one of its own, or leave it out")
    recognise(location)
    return str(location)
