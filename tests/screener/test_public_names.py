"""The public names are imported when first asked for, so that the start page need not wait."""

import subprocess
import sys

import pytest

import screener


def test_the_vocabulary_does_not_read_the_core():
    code = (
        "import sys, screener, screener.model; screener.home;"
        "sys.exit(any(n in sys.modules for n in ('screener.project', 'sqlite_utils', 'rapidfuzz')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("name", screener.__all__)
def test_every_public_name_is_there(name):
    assert getattr(screener, name).__name__ == name


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = screener.nothing
