"""Run every benchmark and print its lines: `python tests/benchmarks/run.py [WORD...]`.

Figures are ratios against something measured in the same run, because the speed of a machine
drifts. With words, only the benchmarks whose path holds one of them run. What needs the shared
data says so and skips when that is absent.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main() -> int:
    words = sys.argv[1:]
    failed = 0
    for script in sorted(HERE.rglob("bench_*.py")):
        name = str(script.relative_to(HERE))
        if words and not any(word in name for word in words):
            continue
        print(f"== {name}", flush=True)
        with tempfile.TemporaryDirectory() as home:
            env = {**os.environ, "SCREENER_HOME": home, "QT_QPA_PLATFORM": "offscreen"}
            env["PYTHONPATH"] = os.pathsep.join([str(HERE.parent.parent), str(HERE)])
            failed += subprocess.call([sys.executable, script], env=env) != 0
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
