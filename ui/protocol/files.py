"""A protocol as a TOML file: asked for, read, written."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from screener.model import Protocol, UserError
from screener.protocol import toml
from screener.report.saving import save_text

FILTER = "Protocol (*.toml)"


def ask_read(parent: QWidget, near: Path) -> Path | None:
    """Ask for a protocol file; None when the person thought better of it."""
    name, _ = QFileDialog.getOpenFileName(parent, "Load a protocol", str(near), FILTER)
    return Path(name) if name else None


def ask_write(parent: QWidget, near: Path) -> Path | None:
    """Ask where a protocol file goes."""
    name, _ = QFileDialog.getSaveFileName(parent, "Save the protocol", str(near), FILTER)
    return Path(name) if name else None


def read(path: Path) -> Protocol:
    """Read a protocol file; `UserError` says which line or key is wrong."""
    try:
        return toml.parse(path.read_text(encoding="utf-8-sig"), name=path.name)
    except UnicodeDecodeError:
        raise UserError(f"{path.name} is not a text in UTF-8; save it as UTF-8.") from None
    except OSError as error:
        raise UserError(
            f"{path.name} cannot be read ({error.strerror}); choose another file."
        ) from None


def write(path: Path, protocol: Protocol) -> None:
    """Write a protocol file in one step."""
    save_text(path, toml.text(protocol))
