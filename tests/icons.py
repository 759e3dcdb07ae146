"""The skill's icons, drawn from their SVG; `python -m tests.icons` writes them down again."""

from pathlib import Path

import resvg_py

IMAGES = Path(__file__).parent.parent / "publishing" / "images"
SIDES = (108, 512)  # pixels, as Amazon wants them


def icon(side: int) -> bytes:
    """Return the icon of that many pixels a side, as PNG."""
    return bytes(resvg_py.svg_to_bytes(svg_path=str(IMAGES / "icon.svg"), width=side, height=side))


if __name__ == "__main__":
    for side in SIDES:
        (IMAGES / f"icon-{side}.png").write_bytes(icon(side))
