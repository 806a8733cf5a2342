"""The page looks as it was approved: three widths, light and dark. ``make approve`` approves it anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from kg.draw import draw
from kg.store import Store

pytestmark = [pytest.mark.browser, pytest.mark.long]
Visit = Callable[..., Any]

APPROVED = Path(__file__).parent / "approved"
SIZES = {320: (760, 1), 1280: (900, 2), 2560: (1440, 4)}
"""Width of the window to its height and to how much the approved picture is reduced."""
BLOCK = 4
"""Pixels of the reduced picture on a side of a block; blocks are compared by their mean colour."""
FAR = 16
"""Of 255: what the mean colours of a block may differ by; one that is drawn otherwise differs by more, hinting by less."""
SHARE = 0.001
"""The share of blocks that may differ."""
LOOKS = [(width, scheme) for width in SIZES for scheme in ("light", "dark")]


def picture(page: Any, reduced: int) -> Image.Image:
    """The whole page, reduced."""
    import io

    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(300)
    taken = Image.open(io.BytesIO(page.screenshot(full_page=True, animations="disabled"))).convert("RGB")
    return taken.reduce(reduced) if reduced > 1 else taken


def blocks(image: Image.Image) -> Any:
    """The mean colours of the blocks of a picture, as rows of columns of red, green and blue."""
    height, width = (side // BLOCK * BLOCK for side in (image.height, image.width))
    pixels = np.asarray(image, dtype=float)[:height, :width]
    return pixels.reshape(height // BLOCK, BLOCK, width // BLOCK, BLOCK, 3).mean(axis=(1, 3))


def differing(seen: Image.Image, approved: Image.Image) -> Any:
    """For each block whether it differs; where one picture has no block, it does."""
    a, b = blocks(seen), blocks(approved)
    rows, columns = max(a.shape[0], b.shape[0]), max(a.shape[1], b.shape[1])
    found = np.ones((rows, columns), dtype=bool)
    rows, columns = min(a.shape[0], b.shape[0]), min(a.shape[1], b.shape[1])
    found[:rows, :columns] = np.abs(a[:rows, :columns] - b[:rows, :columns]).max(axis=2) > FAR
    return found


def show(visit: Visit, store: Store, width: int, scheme: str) -> Any:
    page = visit(draw(store), width=width, height=SIZES[width][0], scheme=scheme)
    page.evaluate("location.hash = 'show=actor.ada'")
    page.wait_for_selector("#evidence-heading:text-is('Ada Ruler')")
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")  # The table fills as it comes into sight.
    page.wait_for_timeout(150)
    page.evaluate("window.scrollTo(0, 0)")
    return page


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_the_page_looks_as_approved(
    visit: Visit, store: Store, width: int, scheme: str, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    path = APPROVED / f"{width}-{scheme}.png"
    seen = picture(show(visit, store, width, scheme), SIZES[width][1])
    differs = differing(seen, Image.open(path).convert("RGB")) if path.exists() else np.ones((1, 1), dtype=bool)
    if differs.mean() <= SHARE:
        return
    if pytestconfig.getoption("approve"):
        path.parent.mkdir(exist_ok=True)
        seen.quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(path, optimize=True)
        return
    seen.save(tmp_path / path.name)
    row, column = (int(at) for at in np.argwhere(differs)[0])
    scale = BLOCK * SIZES[width][1]
    pytest.fail(
        f"{path.name}: {differs.mean():.2%} of the page differ from what was approved, {SHARE:.1%} may; the first place is "
        f"at {column * scale} px from the left, {row * scale} px from the top. It looks like {tmp_path / path.name} now; "
        "if that is right, make approve"
    )


HARMS = {
    "a button is missing": "document.getElementById('fit').remove()",
    "a part has moved": "document.getElementById('time').style.marginTop = '24px'",
    "a part covers another": "document.getElementById('legend').style.marginTop = '-40px'",
    "a heading is cut": "Object.assign(document.getElementById('evidence-heading').style, { width: '40px', height: '1em', overflow: 'hidden' })",
    "a colour has changed": "document.documentElement.style.setProperty('--cooperation', '#009e73')",
}


@pytest.mark.parametrize("harm", HARMS)
def test_the_comparison_notices_what_matters(visit: Visit, store: Store, harm: str) -> None:
    page = show(visit, store, 1280, "light")
    before = picture(page, 2)
    assert not differing(picture(page, 2), before).any()
    page.evaluate(HARMS[harm])
    assert differing(picture(page, 2), before).mean() > SHARE
