"""The named faults can still be planted: their texts stand once in the files of today."""

from __future__ import annotations

import ast
import runpy
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
FAULTS = runpy.run_path(str(HERE / "named.py"))["FAULTS"]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.why)
def test_a_named_fault_can_be_planted(fault):
    root = HERE.parents[1]
    planted = fault.planted(root)
    assert planted, f"{fault.file} does not hold this once: {fault.before}"
    original = (root / fault.file).read_text("utf-8")
    assert ast.dump(ast.parse(planted)) != ast.dump(ast.parse(original))
