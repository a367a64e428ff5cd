"""Field recall on the shared corpus of real exports, when it is there.

    python tests/benchmarks/imports/bench_corpus.py

Runs ../shared/tools/score_imports.py on ../shared/data/imports and fails below the bars. Files
that hold no record are refused by design; the scorer counts them as crashes.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

SHARED = Path(__file__).parents[4] / "shared"
MEAN, TITLE, EXTRA = 0.96, 0.995, 0.005


@pytest.mark.skipif(not SHARED.exists(), reason="the shared corpus is not here")
def test_the_corpus_is_read(tmp_path: Path) -> None:
    out = tmp_path / "scores.json"
    command = f"{sys.executable} -m screener convert {{file}} -"
    tool = SHARED / "tools" / "score_imports.py"
    subprocess.run(
        [sys.executable, tool, "--corpus", SHARED / "data" / "imports", "--cmd", command,
         "--json", out],
        check=True, cwd=Path(__file__).parents[3],
    )  # fmt: skip
    scores = json.loads(out.read_text())
    lost = [f for f in scores["files"] if (f["n_exp"] or 0) > (f["n_got"] or 0)]
    failed = [f for f in scores["files"] if f["error"] and f["n_exp"] not in (0, None)]
    recalls = [f["field_recall"] for f in scores["files"] if f.get("field_recall") is not None]
    titles = [f["fields"]["title"] for f in scores["per_format"].values()]
    assert not lost
    assert not failed
    assert scores["total"]["extra"] <= EXTRA * scores["total"]["exp"]
    assert sum(recalls) / len(recalls) >= MEAN
    assert sum(t[1] for t in titles) >= TITLE * sum(t[0] for t in titles)


if __name__ == "__main__":
    sys.exit(pytest.main(["-q", "-s", "-p", "no:cacheprovider", __file__]))
