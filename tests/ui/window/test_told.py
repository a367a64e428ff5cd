"""What the echo line says reaches a screen reader: over the real bus of AT-SPI."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

NEEDED = ("xvfb-run", "dbus-run-session")
SERVICE = Path("/usr/share/dbus-1/services/org.a11y.Bus.service")
POLITELY = "1 "


@pytest.mark.xvfb
def test_what_was_recorded_is_announced(review):
    missing = [name for name in NEEDED if shutil.which(name) is None]
    if missing or not SERVICE.exists():
        pytest.skip(f"not installed: {', '.join(missing) or 'AT-SPI'}")
    reader = "xvfb-run", "-a", "dbus-run-session", "--", sys.executable, "-m"
    told = subprocess.run(
        [*reader, "tests.ui.window.telling", review.with_name("a.screener")],
        env={
            **os.environ,
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "PYTHONPATH": os.pathsep.join(sys.path),
        },
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    said = [line for line in told.stdout.splitlines() if line.startswith(f"{POLITELY}Include")]
    assert any("saved " in line for line in said), told.stdout + told.stderr[-2000:]
