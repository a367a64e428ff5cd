#!/usr/bin/env python3
"""Build what people install, from a fresh clone; it lies in `dist/` afterwards.

    python3 packaging/build.py wheel      for `uv tool install` and pipx
    python3 packaging/build.py deb        Debian and Ubuntu
    python3 packaging/build.py tar        other Linux systems, for one user, without root
    python3 packaging/build.py windows    set-up for one user, and portable ZIP
    python3 packaging/build.py check      builds what this machine can, installs it, tries it
    python3 packaging/build.py all        builds all of them

Only the standard library is used here; the tools are installed into `build/packaging/venv` with
the versions of the two constraints files. With `--fast` files are compressed quickly and are
larger, for tests; those are not to be given away. packaging/README.md says what each way needs.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from builder import check, deb, tar, wheel, windows
from builder.places import BuildError, alone, write_sums

WAYS: dict[str, Callable[[bool], object]] = {
    "wheel": wheel.build,
    "deb": deb.build,
    "tar": tar.build,
    "windows": windows.build,
}


def main(arguments: list[str]) -> int:
    """Build what is named; a fault that a person can mend is one sentence and exit status 1."""
    described = (__doc__ or "").partition("\n")[0]
    parser = argparse.ArgumentParser(prog="packaging/build.py", description=described)
    parser.add_argument("what", choices=[*WAYS, "check", "all"])
    parser.add_argument("--fast", action="store_true", help="compress quickly, for tests")
    asked = parser.parse_args(arguments)
    if sys.version_info < (3, 11):  # noqa: UP036 - the line an older Python must reach
        print("Python 3.11 or newer is needed; this is", sys.version.split()[0])
        return 1
    try:
        with alone():
            if asked.what == "check":
                return check.run_all(fast=asked.fast)
            for name, build in WAYS.items():
                if asked.what in (name, "all"):
                    build(asked.fast)
            write_sums()
    except BuildError as error:
        print(f"Not built: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
