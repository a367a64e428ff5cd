"""The whole program under a system-call trace: no network, and no file named by a record."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def _tracer() -> str:
    """Return why nothing can be traced here, or ""."""
    if shutil.which("strace") is None:
        return "strace is not installed"
    tried = subprocess.run(["strace", "-o", os.devnull, "true"], capture_output=True, check=False)
    return "" if not tried.returncode else "this machine lets no program be traced"


pytestmark = pytest.mark.skipif(bool(why := _tracer()), reason=why or "traced")

WORD = "Quetzalorama"
STORY = f"""
import subprocess, sys
from screener.cli import main

def run(*words):
    try:
        main(list(words))
    except SystemExit as end:
        assert not end.code, (words, end.code)

run("new", "review.screener", "--title", "{WORD} review")
run("import", "review.screener", "records.ris", "--source", "PubMed")
run("duplicates", "review.screener")
run("copy", "review.screener", "--reviewer", "Maya", "--out", "maya.screener")
run("copy", "review.screener", "--reviewer", "Jonas", "--out", "jonas.screener")
for copy in ("maya.screener", "jonas.screener"):
    for record in ("1", "2"):
        run("decide", copy, record, "include", "--stage", "title-abstract")
    run("close", copy, "--stage", "title-abstract")
run("merge", "maya.screener", "jonas.screener", "--into", "review.screener")
run("status", "review.screener")
run("agreement", "review.screener", "--stage", "title-abstract")
run("flow", "review.screener", "--svg", "flow.svg")
run("export", "review.screener", "out.csv")
run("export", "review.screener", "out.xlsx")
run("history", "review.screener", "1")
run("verify", "review.screener")
run("backup", "review.screener", "kept.screener")
run("restore", "kept.screener", "again.screener")
"""
WINDOW = """
import sys
from PySide6.QtWidgets import QApplication
from ui.application import build, read_code, write_log

application = QApplication(sys.argv[:1])
window = build(application)
write_log()
read_code()
window.show()
for name in ("project.screener", "reviewer-a.screener"):
    assert window.open(name)
    for stage in ("protocol", "sources", "duplicates", "reviewers", "consensus", "full-text",
                  "report") if name.startswith("project") else ("",):
        if stage:
            window.frame.go(stage)
        for _ in range(20):
            application.processEvents()
    window.session.stop()
    window.close_review()
window.close()
"""
_SOCKET = re.compile(r"socket\((AF_INET6?|AF_PACKET|AF_NETLINK)|sa_family=AF_INET")
_OPENED = re.compile(r'open(?:at)?\((?:[^"]*, )?"((?:[^"\\]|\\.)*)"')


def traced(code: str, folder: Path) -> tuple[list[str], list[str]]:
    """Run code under the tracer; return its lines about the network, and what it opened."""
    trace = folder / "trace"
    around = {
        **os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen",
        "PYTHONDONTWRITEBYTECODE": "1",
    }  # fmt: skip
    done = subprocess.run(
        ["strace", "-f", "-qq", "-s", "4096", "-e", "trace=network,open,openat,creat,mkdir",
         "-o", str(trace), sys.executable, "-c", code],
        cwd=folder, env=around, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert not done.returncode, done.stderr[-3000:]
    lines = trace.read_text(encoding="utf-8", errors="replace").splitlines()
    opened = [found[1] for line in lines if (found := _OPENED.search(line))]
    assert any(name.endswith(".screener") for name in opened), "the trace has not seen the program"
    return [line for line in lines if _SOCKET.search(line)], opened


def test_the_story_of_the_command_line_opens_no_socket(tmp_path: Path) -> None:
    (tmp_path / "records.ris").write_text(
        f"TY  - JOUR\nTI  - {WORD} by night\nAU  - {WORD}, N\nAB  - {WORD}\nER  - \n\n"
        "TY  - JOUR\nTI  - Another\nER  - \n\n",
        encoding="utf-8",
    )
    network, opened = traced(STORY, tmp_path)
    assert network == []
    assert [name for name in opened if WORD.lower() in name.lower()] == []


def test_the_window_on_the_example_opens_no_socket(tmp_path: Path, example: Path) -> None:
    shutil.copytree(example, tmp_path, dirs_exist_ok=True)
    words = {
        word.lower()
        for source in (tmp_path / "sources").glob("*.ris")
        for title in re.findall(r"^T[1I]  - (.*)$", source.read_text(encoding="utf-8"), re.M)
        for word in re.findall(r"\w{9,}", title)
    }
    assert len(words) > 50
    network, opened = traced(WINDOW, tmp_path)
    assert network == []
    own = [name.lower() for name in opened if not name.startswith(("/usr", sys.prefix, str(ROOT)))]
    home = os.environ["SCREENER_HOME"]
    named = [n for n in own if n.startswith((str(tmp_path), home)) or not n.startswith("/")]
    parts = {part for name in named for part in re.findall(r"\w{9,}", name.replace(home, ""))}
    assert parts & words - {"reviewer", "screener"} == set()
