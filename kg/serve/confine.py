"""What a worker's process may not do: use the network, leave a core file, stay behind, or use all memory."""

from __future__ import annotations

import contextlib
import ctypes
import os
import re
import resource
import signal
from collections.abc import Mapping
from pathlib import Path

_NEW_USERS = 0x10000000
_NEW_NETWORK = 0x40000000
_SECRET = re.compile(r"TOKEN|SECRET|PASS|CREDENTIAL|KEY|AUTH|COOKIE", re.IGNORECASE)


def harmless(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment without what looks like a secret by its name.

    >>> harmless({"HOME": "/", "KG_TOKEN": "x", "DB_PASSWORD": "y"})
    {'HOME': '/'}
    """
    return {name: value for name, value in environment.items() if not _SECRET.search(name)}


def without_network() -> bool:
    """Put this process, which has one thread, where no network is; whether the system allows it.

    Linux gives a process a network of its own, with nothing in it, where it also gives it users of its own.
    Pipes and files stay. Elsewhere, and where a container forbids it, the guard before the parser stands alone.
    """
    try:
        unshare = ctypes.CDLL(None, use_errno=True).unshare
    except (OSError, AttributeError):
        return False
    return bool(unshare(_NEW_NETWORK) == 0 or unshare(_NEW_USERS | _NEW_NETWORK) == 0)


def quiet() -> None:
    """Leave Ctrl-C to the parent, write no core file, and say nothing on stderr.

    A failed allocation prints a page of stack; the parent tells in one line what became of the query.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)


def end_after(seconds: float) -> None:
    """Have the system end this process after so many seconds, also inside native code; 0 takes it back.

    The parent ends a worker that is late. This is for a worker whose parent is no longer there.
    """
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds)


def used() -> int:
    """Bytes of memory that this process can write to; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[5])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * resource.getpagesize()


def limit_memory(more: int | None) -> None:
    """Let this process use so many bytes more than it does now; None takes the limit back.

    RLIMIT_DATA counts what is writable and private, so that files mapped for reading and address space that is
    only set aside do not count. It is kept by Linux only; past it an allocation fails, which ends native code.
    """
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    now = 0 if more is None else used()
    soft = hard if more is None or not now else now + more
    if hard != resource.RLIM_INFINITY:
        soft = min(soft, hard)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))
