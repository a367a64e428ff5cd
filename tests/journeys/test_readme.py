"""What the README says to type in a shell does what it says."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(shutil.which("sh") is None, reason="it is written for a shell")
def test_the_story_on_the_command_line_goes_to_its_end(tmp_path):
    (block,) = re.findall(r"```sh\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    story = block.replace(".venv/bin/screener", f"'{sys.executable}' -m screener")
    env = {**os.environ, "PYTHONPATH": str(ROOT)}

    def shell(text):
        return subprocess.run(
            ["sh", "-e", "-c", text], cwd=tmp_path, env=env, capture_output=True, text=True
        )

    done = shell(story)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "flow.svg").stat().st_size > 1000
    assert (tmp_path / "agenda.docx").stat().st_size > 1000
    assert (tmp_path / "report.docx").stat().st_size > 1000
    first = story.splitlines()[0]
    flow = json.loads(shell(f"{first}\nscreener flow review.screener --json").stdout)
    assert (flow["records_screened"], flow["records_excluded"]) == (2, 1)
    assert flow["draft"]  # the one report is still sought
