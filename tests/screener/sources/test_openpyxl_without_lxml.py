"""Workbooks are read and written without lxml, whatever else brings it."""

import subprocess
import sys


def test_openpyxl_takes_defusedxml_not_lxml():
    code = (
        "import screener, openpyxl.xml as xml, sys;"
        "sys.exit(0 if xml.DEFUSEDXML and not xml.LXML else 1)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
