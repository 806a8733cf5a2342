"""A process of many threads gives back what they took."""

from __future__ import annotations

import ctypes
import subprocess
import sys
from pathlib import Path

import pytest

from kg.serve.memory import ARENAS

PROGRAM = """
import ctypes, sys, threading
from kg.serve.memory import give_back
if sys.argv[1] == "yes":
    give_back()
libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
libc.fopen.restype = ctypes.c_void_p
together = threading.Barrier(12)
def work():
    for _ in range(50):
        libc.malloc(1000)
    together.wait()
threads = [threading.Thread(target=work) for _ in range(12)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
file = ctypes.c_void_p(libc.fopen(sys.argv[2].encode(), b"w"))
libc.malloc_info(0, file)
libc.fclose(file)
"""


def arenas(file: Path, told: str) -> int:
    """How many arenas twelve threads that allocate have made."""
    subprocess.run([sys.executable, "-c", PROGRAM, told, str(file)], check=True, timeout=60)
    return file.read_text(encoding="ascii").count("<heap nr=")


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "malloc_info"), reason="another C library than glibc")
def test_threads_share_their_memory(tmp_path: Path) -> None:
    assert arenas(tmp_path / "no.xml", "no") > ARENAS
    assert arenas(tmp_path / "yes.xml", "yes") <= ARENAS
