"""Draw an SVG as PNG in several sizes, or as one .ico; run by the builder's own Python.

python icons.py DRAWING.svg (SIZE FILE.png)... | python icons.py DRAWING.svg FILE.ico
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ICO = (16, 20, 24, 32, 40, 48, 64, 256)


def drawn(renderer: QSvgRenderer, size: int) -> bytes:
    """Return the drawing as a PNG."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    out = QBuffer()
    out.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(out, "PNG")
    return bytes(out.data().data())


def main(words: list[str]) -> None:
    """Draw what is asked for."""
    application = QGuiApplication(["icons", "-platform", "offscreen"])
    renderer = QSvgRenderer(words[0])
    if not renderer.isValid():
        sys.exit(f"{words[0]} cannot be drawn")
    if len(words) == 2:
        images = [Image.open(BytesIO(drawn(renderer, size))) for size in ICO]
        images[-1].save(words[1], sizes=[i.size for i in images], append_images=images[:-1])
    for size, place in zip(words[1::2], words[2::2], strict=False):
        Path(place).write_bytes(drawn(renderer, int(size)))
    del application


if __name__ == "__main__":
    main(sys.argv[1:])
