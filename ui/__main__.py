"""`screener`: the window; with a command as its first word, the command line, without Qt."""

from __future__ import annotations

import sys

from screener.streams import use_utf8

ENDING = ".screener"
SMOKE = "--smoke-test"


def main(arguments: list[str] | None = None) -> None:
    """Open the window (on a file, when one is named), try the program, or run a command."""
    given = sys.argv[1:] if arguments is None else arguments
    if given and given[0] != SMOKE and not given[0].lower().endswith(ENDING):
        from screener.cli import main as command

        command(arguments)  # without any, click reads them itself: Windows leaves "*.ris" to it
        return
    use_utf8()
    try:
        if given[:1] == [SMOKE]:
            from ui.smoke import run as smoke

            sys.exit(smoke())
        from ui.application import run
    except ModuleNotFoundError as error:
        if not (error.name or "").startswith("PySide6"):
            raise
        sys.exit("The window needs PySide6; install it with: pip install 'screener[window]'")
    sys.exit(run(given))


if __name__ == "__main__":
    main()
