"""The standard streams: UTF-8 on every computer, in the command line and the window."""

import os
import subprocess
import sys

from screener.streams import use_utf8

LETTERS = "Łódź κ 王心"
CODE_PAGE = {**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"}
"""What Windows says of pipes in western Europe; none of the letters above is in it."""


def said(code: str, given: str = "") -> str:
    done = subprocess.run(
        [sys.executable, "-c", code],
        input=given.encode(), capture_output=True, env=CODE_PAGE, check=True, timeout=120,
    )  # fmt: skip
    return done.stdout.decode().strip()


def test_letters_outside_the_code_page_go_in_and_out():
    code = "import sys; from screener.streams import use_utf8; use_utf8();print(input())"
    assert said(code, LETTERS).startswith(LETTERS)


def test_the_window_says_what_it_has_to_say_in_the_same_way():
    code = (
        "import atexit, sys; sys.modules['PySide6'] = None;"  # as where it is not installed
        "atexit.register(lambda: print(sys.stdin.encoding, sys.stdout.encoding, sys.stderr.encoding"
        ", flush=True));"
        "from ui.__main__ import main\n"
        "try: main([])\n"
        "except SystemExit as end: print(end)"
    )
    *_, encodings = said(code).splitlines()
    assert encodings == "utf-8 utf-8 utf-8"


def test_a_program_without_a_console_has_no_streams(monkeypatch):
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)
    use_utf8()


def test_a_stream_that_was_read_from_stays_as_it_is():
    code = (
        "import sys; sys.stdin.readline(); from screener.streams import use_utf8; use_utf8();"
        "print(sys.stdin.encoding, sys.stdout.encoding)"
    )
    assert said(code, "one\ntwo\n") == "cp1252 utf-8"
