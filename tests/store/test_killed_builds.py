"""A build that is killed at any moment goes on where it was."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

PROGRAM = Path(__file__).with_name("killed_builds.py")
ROOT = PROGRAM.parents[2]

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


@pytest.fixture
def quick_folder() -> Iterator[Path]:
    """In memory where the system has that: a killed process loses nothing that it has written, wherever it is."""
    shm = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(prefix="kg-", dir=shm if os.access(shm, os.W_OK) else None))
    yield folder
    shutil.rmtree(folder)


@pytest.mark.parametrize(
    ("seed", "kills", "step", "within"),
    [
        # Of few kills, perhaps none falls within a commit.
        pytest.param(2027, 6, 10**9, 0, id="each-commit-a-transaction"),
        pytest.param(2026, 60, 10**9, 1, id="each-commit-a-transaction-60", marks=pytest.mark.long),
        pytest.param(1127, 10, 100, 1, id="in-bulk-10", marks=pytest.mark.long),
    ],
)
def test_a_killed_build_goes_on_where_it_was(quick_folder: Path, seed: int, kills: int, step: int, within: int) -> None:
    words = [sys.executable, str(PROGRAM), str(quick_folder), str(seed), str(kills), str(step)]
    done = subprocess.run(words, capture_output=True, text=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["kills"], told["torn"], told["different"]) == (kills, 0, 0), done.stderr
    assert told["within a commit"] >= within
    assert told["counted"] >= 1
