"""A protocol as a TOML file: asked for, written."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from screener.model import Protocol
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


def write(path: Path, protocol: Protocol) -> None:
    """Write a protocol file in one step."""
    save_text(path, toml.text(protocol))
