from __future__ import annotations

import struct
from pathlib import Path

from PySide6.QtGui import QImage


def test_the_icon_of_windows_holds_the_pictures_it_lists(drawn: Path) -> None:
    data = (drawn / "statechart-editor.ico").read_bytes()
    kind, count = struct.unpack("<HH", data[2:6])
    assert kind == 1
    for row in range(count):
        width, _, _, _, _, bits, size, offset = struct.unpack_from("<BBBBHHII", data, 6 + 16 * row)
        image = QImage.fromData(data[offset : offset + size])
        assert (image.width() % 256, bits) == (width, 32)


def test_the_icon_of_macos_holds_pictures_from_end_to_end(drawn: Path) -> None:
    data = (drawn / "statechart-editor.icns").read_bytes()
    assert data[:4] == b"icns"
    assert int.from_bytes(data[4:8]) == len(data)
    place, widths = 8, []
    while place < len(data):
        size = int.from_bytes(data[place + 4 : place + 8])
        widths.append(QImage.fromData(data[place + 8 : place + size]).width())
        place += size
    assert widths == [16, 32, 64, 128, 256, 512]


def test_the_icon_is_blue_with_clear_corners(drawn: Path) -> None:
    image = QImage(str(drawn / "256.png"))
    assert image.pixelColor(1, 1).alpha() == 0
    assert image.pixelColor(128, 20).name() == "#2f6fed"
