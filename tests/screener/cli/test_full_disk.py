"""Commands for which no file may grow: one sentence names the place, the next try works."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(os.name == "nt", reason="no limit for files on Windows")

# Blocks of 1,024 bytes: not a page, some pages, most of what a command writes.
BLOCKS = (1, 8, 20, 30, 100)
COMMANDS = {
    "new": ("new", "out.screener", "--title", "A review"),
    "copy": ("copy", "project.screener", "--reviewer", "Nina", "--out", "out.screener"),
    "arbitrator": (
        "copy", "project.screener", "--arbitrator", "Dora", "--stage", "title-abstract",
        "--out", "out.screener",
    ),
    "merge": ("merge", "reviewer-a.screener", "reviewer-b.screener", "--into", "project.screener"),
    "merge anew": (
        "merge", "reviewer-a.screener", "reviewer-b.screener", "--into", "out.screener",
    ),
    "import": ("import", "project.screener", "new.ris", "--source", "More"),
    "reopen": (
        "reopen", "reviewer-a.screener", "--stage", "title-abstract", "--why", "One was wrong",
    ),
    "export": ("export", "project.screener", "out.csv"),
    "export a workbook": ("export", "project.screener", "out.xlsx"),
    "example": ("example", "out"),
    "backup": ("backup", "project.screener"),
    "backup elsewhere": ("backup", "project.screener", "out.screener"),
    "restore": ("restore", "kept.screener", "out.screener"),
}  # fmt: skip


@pytest.fixture(scope="module")
def reviews(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reviews")
    shutil.copytree(example, folder, dirs_exist_ok=True)
    shutil.copy(folder / "project.screener", folder / "kept.screener")
    records = (f"TY  - JOUR\nTI  - A new title {n}\nER  - \n\n" for n in range(500))
    (folder / "new.ris").write_text("".join(records), encoding="utf-8")
    return folder


def run(folder: Path, *words: str, blocks: int = 0) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder, with no file larger than so many blocks."""
    command = [sys.executable, "-m", "screener", *words]
    if blocks:
        command = ["bash", "-c", f'ulimit -f {blocks} && exec "$@"', "bash", *command]
    temporary = folder / "temporary"
    temporary.mkdir(exist_ok=True)
    around = {**os.environ, "PYTHONPATH": str(Path.cwd()), "TMPDIR": str(temporary)}
    return subprocess.run(
        command, cwd=folder, env=around, capture_output=True, text=True, check=False
    )


def there(folder: Path) -> set[str]:
    """Return what lies in the folder but a journal, which is taken back at the next try."""
    found = {str(path.relative_to(folder)) for path in folder.rglob("*")} - {"out"}
    return {name for name in found if not name.endswith("-journal")}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_that_finds_no_room_says_where_and_can_be_done_again(
    name: str, reviews: Path, tmp_path: Path, home: Path
) -> None:
    folder = tmp_path / "review"
    shutil.copytree(reviews, folder)
    (folder / "temporary").mkdir()
    command = COMMANDS[name]
    failed = 0
    before = there(folder)
    for blocks in BLOCKS:
        done = run(folder, *command, blocks=blocks)
        if not done.returncode:
            break
        failed += 1
        (said,) = [line for line in done.stderr.splitlines() if line]
        assert done.returncode == 1
        assert " free)" in said, said
        named = (str(folder), "drive of out", "drive of project", "drive of reviewer-a", str(home))
        assert any(place in said for place in named), said
        assert ".screener-" not in said, said
        assert there(folder) == before
    assert failed
    again = done if not done.returncode else run(folder, *command)
    assert not again.returncode, again.stderr
