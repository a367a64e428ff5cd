"""Zip archives whose parts have one fixed time, as those have that Word and Excel write.

A zip holds the years 1980 to 2107 alone, and the clock of a computer may say any other.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_TIME = (1980, 1, 1, 0, 0, 0)
_MODE = 0o600 << 16


class FixedZip(ZipFile):
    """A zip that is written to a stream, whatever the time is."""

    def __init__(self, stream: BinaryIO) -> None:
        super().__init__(stream, "w", ZIP_DEFLATED, allowZip64=True)

    def writestr(self, name: str, data: bytes | str) -> None:  # type: ignore[override]
        """Put in a part by its name."""
        super().writestr(self._info(name), data)

    def write(self, filename: str | os.PathLike[str], name: str) -> None:  # type: ignore[override]
        """Put in what lies in a file."""
        info, source = self._info(name), Path(filename)
        info.file_size = source.stat().st_size  # a part above 2 GB is written otherwise
        with source.open("rb") as part, self.open(info, "w") as target:
            shutil.copyfileobj(part, target)

    @staticmethod
    def _info(name: str) -> ZipInfo:
        info = ZipInfo(name, _TIME)
        info.compress_type, info.external_attr = ZIP_DEFLATED, _MODE
        return info
