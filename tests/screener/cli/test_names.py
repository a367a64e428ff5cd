"""Names with line ends, of any bytes, as long as they may be; endless protocols."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

LINE = "forged: 99 kept"


def run(folder: Path, *words: str | bytes) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "screener", *words],
        cwd=folder, env={**os.environ, "PYTHONPATH": str(Path.cwd())},
        capture_output=True, check=False, timeout=120,
    )  # fmt: skip


def forged(done: subprocess.CompletedProcess[bytes]) -> list[str]:
    lines = (done.stdout + done.stderr).decode("utf-8").splitlines()
    return [line for line in lines if line.strip().startswith("forged")]


@pytest.mark.skipif(os.name == "nt", reason="names have no line ends on Windows")
def test_a_line_end_in_a_name_or_title_prints_no_line_of_its_own(tmp_path: Path) -> None:
    name = f"a\n{LINE}.ris"
    (tmp_path / name).write_text("TY  - JOUR\nTI  - One\nER  - \n\n", encoding="utf-8")
    for words in (
        ("new", "review.screener", "--title", f"A\n{LINE}"),
        ("import", "review.screener", name, "--source", f"S\n{LINE}"),
        ("status", "review.screener"),
        ("history", "review.screener", "1"),
        ("import", "review.screener", f"no\n{LINE}", "--source", "S"),
        ("status", f"no\n{LINE}"),
        ("new", f"b\n{LINE}.screener", "--title", "B"),
    ):
        assert forged(run(tmp_path, *words)) == [], words


@pytest.mark.skipif(sys.platform != "linux", reason="file names are bytes on Linux alone")
@pytest.mark.parametrize("stem", [b"caf\xe9", b"n" * 230])
def test_a_name_of_any_bytes_and_of_any_length_is_taken_everywhere(
    tmp_path: Path, stem: bytes
) -> None:
    folder, review = os.fsencode(tmp_path), stem + b".screener"
    with open(os.path.join(folder, stem + b".ris"), "wb") as stream:  # noqa: PTH123, PTH118
        stream.write(b"TY  - JOUR\nTI  - One\nER  - \n\n")
    for words in (
        ("new", review, "--title", "T"), ("import", review, stem + b".ris", "--source", "S"),
        ("status", review), ("export", review, stem + b".csv"), ("verify", review),
        ("copy", review, "--reviewer", "Maya", "--out", b"c" + stem + b".screener"),
        ("backup", review, b"k" + stem + b".screener"),
        ("restore", b"k" + stem + b".screener", b"r" + stem + b".screener"),
    ):  # fmt: skip
        done = run(tmp_path, *words)
        assert (done.returncode, done.stderr) == (0, b""), words


@pytest.mark.parametrize(
    "text",
    ["a=" + "[" * 1000 + "]" * 1000, ".".join("a" * 100_000) + "=1", "a" * 10_000_000 + "=1",
     "[" + ".".join("a" * 20_000) + "]", "a=" + "{a=" * 1000 + "1" + "}" * 1000,
     "a" * 50_000 + "=1"],
    ids=["lists", "dots", "a long key", "a table", "tables", "a key"],
)  # fmt: skip
def test_an_endless_protocol_is_refused_in_one_short_sentence(tmp_path: Path, text: str) -> None:
    (tmp_path / "p.toml").write_text(text, encoding="utf-8")
    done = run(tmp_path, "new", "review.screener", "--title", "T", "--protocol", "p.toml")
    said = done.stderr.decode()
    assert (done.returncode, said.count("\n"), len(said) < 400) == (1, 1, True), said[:500]
    assert said.startswith("p.toml ")
