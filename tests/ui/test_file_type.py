"""Qt's own file dialog does not look into the open review, which would drop its lock."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from screener import create_project

pytestmark = pytest.mark.skipif(
    os.name != "posix" or sys.platform == "darwin", reason="where locks are a process's own"
)
SHOWN = """
import sys
from ui.application import name_file_type
if sys.argv[2] == "named":
    name_file_type()
from PySide6.QtCore import QMimeDatabase
from PySide6.QtWidgets import QApplication, QFileDialog
from screener import open_project
application = QApplication([])
with open_project(sys.argv[1]) as review:
    review.consensus.reveal(2)
    dialog = QFileDialog(None, "Open", str(review.path.parent))
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.show()
    print(QMimeDatabase().mimeTypeForFile(str(review.path)).name(), flush=True)
    dialog.close()
    sys.stdin.read(1)
"""


@pytest.mark.parametrize("named", ["named", "not"])
def test_the_lock_is_held_after_a_file_dialog(tmp_path, named):
    path = tmp_path / "review.screener"
    create_project(path, title="Peers").close()
    with subprocess.Popen(
        [sys.executable, "-c", SHOWN, str(path), named],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    ) as window:  # fmt: skip
        kind = window.stdout.readline().strip()
        other = subprocess.run(
            [sys.executable, "-m", "screener", "undo", str(path)], capture_output=True, text=True
        )
        window.communicate("x")
    assert (kind == "application/x-screener") is (named == "named")
    assert ("is open" in other.stderr) is (named == "named"), "nothing drops the lock any more"
