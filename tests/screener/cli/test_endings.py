"""However a command ends, it says so in one sentence and with its exit status."""

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from screener.cli import COMMANDS, commands

RIS = "TY  - JOUR\nTI  - Title {}\nAB  - {}\nER  - \n"
FULL = Path("/dev/full")


@click.command()
def stopped():
    """Do what Ctrl+C does."""
    raise KeyboardInterrupt


@pytest.fixture
def references(tmp_path):
    path = tmp_path / "in.ris"
    words = " ".join(str(n * n) for n in range(300))
    path.write_text("".join(RIS.format(n, words) for n in range(3000)))
    return path


def screener(*words, **how):
    program = (sys.executable, "-m", "screener", *map(str, words))
    return subprocess.run(program, stderr=subprocess.PIPE, text=True, check=False, **how)


def test_ctrl_c_is_one_sentence(run, monkeypatch):
    monkeypatch.setitem(COMMANDS, "stopped", (f"{__name__}:stopped", ""))
    status, out, err = run("stopped")
    assert (status, out, err.strip()) == (130, "", "Stopped; nothing is half done.")


@pytest.mark.skipif(not FULL.exists(), reason="needs a device that is full")
@pytest.mark.parametrize("words", [("convert", "-"), ("--help",)], ids=" ".join)
def test_output_that_cannot_be_written_is_one_sentence(references, words):
    first, *others = words
    files = [references, "--quiet"] if others else []
    with FULL.open("w") as full:
        done = screener(first, *files, *others, stdout=full)
    said = f"The output could not be written ({os.strerror(28)}); make room."
    assert (done.returncode, done.stderr.startswith(said)) == (1, True)
    assert done.stderr.count("\n") == 1


def test_a_workbook_that_does_not_fit_is_one_sentence(references, tmp_path):
    resource = pytest.importorskip("resource")

    def small():
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))

    out = tmp_path / "out.xlsx"
    done = screener("convert", references, out, "--quiet", preexec_fn=small)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
    assert "so this was not saved" in done.stderr
    assert list(tmp_path.iterdir()) == [references]


@pytest.mark.parametrize("name", COMMANDS)
def test_whether_a_file_can_be_read_is_no_matter_of_usage(name):
    for parameter in commands.get_command(None, name).params:
        if isinstance(parameter.type, click.Path):
            assert not parameter.type.readable, parameter.name


def test_help_and_success_end_with_0(run):
    assert run("convert", "--help")[0] == 0


def test_output_is_utf_8_whatever_the_computer_says(tmp_path):
    how = {"env": os.environ | {"PYTHONIOENCODING": "cp1252"}, "stdout": subprocess.PIPE}
    path = tmp_path / "p.screener"
    done = screener("new", path, "--title", "\u2192", encoding="utf-8", **how)
    assert (done.returncode, done.stderr) == (0, "")
    assert "\u2192" in done.stdout


def test_a_reader_that_stops_reading_is_no_fault(references):
    program = (sys.executable, "-m", "screener", "convert", references, "-", "--quiet")
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        child.stdout.read(10)
        child.stdout.close()
        assert child.stderr.read() == b""


@pytest.mark.skipif(os.name == "nt", reason="Windows says of such a path that nothing is there")
@pytest.mark.parametrize(
    "command", [("status",), ("new", "--title", "x"), ("verify",), ("backups",)]
)
def test_a_path_that_no_file_can_have_is_one_sentence(run, tmp_path, command):
    loop = tmp_path / "loop.screener"
    loop.symlink_to(loop)
    for path in (tmp_path / ("n" * 300 + ".screener"), loop):
        status, out, err = run(command[0], path, *command[1:])
        assert (status, out) == (1, "")
        assert "cannot be reached" in err
        assert err.count("\n") == 1
