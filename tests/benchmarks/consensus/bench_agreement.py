"""Weighted kappa, intraclass correlation, AC1 against statsmodels, pingouin, irrCAC: random tables.

All are made in an environment of their own, which is thrown away: they are no dependency. Where
it cannot be made (no packages within reach), this says so and is left out.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import venv
from fractions import Fraction
from pathlib import Path

from screener.consensus.agreement.figures import figures
from screener.consensus.agreement.intraclass import intraclass
from screener.consensus.agreement.weighted import Weights, weighted_kappa

TABLES = 500
NEAR = 1e-9
NEAR_ERROR = 1e-7
"""How far a standard error may be off: that of statsmodels is a root of what floats cancel to."""
ROUNDED = 0.005 + 1e-9
"""How far an interval may be off that pingouin gives with two places."""
PACKAGES = ("statsmodels", "pingouin", "irrCAC")
REFERENCE = """
import json, sys, warnings
warnings.simplefilter("ignore")
import numpy, pandas, pingouin
from irrCAC.raw import CAC
from statsmodels.stats.inter_rater import cohens_kappa
asked, found = json.load(sys.stdin), []
for one in asked["kappas"]:
    told = cohens_kappa(numpy.array(one["table"]), weights=one["scores"], wt=one["weights"])
    found.append([float(told.kappa), float(told.std_kappa)])
correlated = []
for rows in asked["totals"]:
    long = [(i, j, x) for i, row in enumerate(rows) for j, x in enumerate(row)]
    data = pandas.DataFrame(long, columns=["study", "by", "total"])
    told = pingouin.intraclass_corr(data, targets="study", raters="by", ratings="total")
    one = told[told["Type"].isin(["ICC2", "ICC(A,1)"])].iloc[0]
    interval = one["CI95"] if "CI95" in one else one["CI95%"]
    correlated.append([float(one["ICC"]), *map(float, interval)])
rated = []
for table in asked["tables"]:
    cells = [(i, j, n) for i, row in enumerate(table) for j, n in enumerate(row)]
    pairs = pandas.DataFrame([(str(i), str(j)) for i, j, n in cells for _ in range(n)])
    names = [str(i) for i in range(len(table))]
    told = CAC(pairs, digits=14, categories=names).gwet()["est"]
    rated.append([told["coefficient_value"], told["se"], *told["confidence_interval"]])
json.dump({"kappas": found, "totals": correlated, "tables": rated}, sys.stdout)
"""


def drawn(rng: random.Random) -> tuple[list[dict[str, object]], list[list[list[int]]]]:
    """Draw tables of two to six categories, half of them with scores, and rows of totals."""
    kappas: list[dict[str, object]] = []
    while len(kappas) < TABLES:
        size = rng.randint(2, 6)
        most = rng.choice((3, 12, 60))
        table = [[rng.randint(0, most) for _ in range(size)] for _ in range(size)]
        used = {i for i, row in enumerate(table) if any(row)}
        used |= {j for row in table for j, n in enumerate(row) if n}
        scores = sorted(rng.sample(range(-5, 20), size)) if rng.random() < 0.5 else None
        weights = str(rng.choice(list(Weights)))
        if len(used) > 1:
            kappas.append({"table": table, "scores": scores, "weights": weights})
    totals = []
    for _ in range(TABLES):
        spread, apart = rng.randint(1, 17), rng.randint(1, 6)
        studies, reviewers = rng.randint(5, 40), rng.randint(2, 4)
        true = [rng.randint(0, spread) for _ in range(studies)]
        rows = [[t + rng.randint(0, apart) for _ in range(reviewers)] for t in true]
        rows[0][0] += 1  # never all the same, of which nothing is defined
        totals.append(rows)
    return kappas, totals


def reference(
    kappas: list[dict[str, object]], totals: list[list[list[int]]], tables: list[list[list[int]]]
) -> dict[str, list]:
    """Ask the libraries; raises CalledProcessError where they cannot be had."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        place = "Scripts" if sys.platform == "win32" else "bin"
        python = Path(folder) / place / "python"
        install = [python, "-m", "pip", "install", "-q", *PACKAGES]
        subprocess.run(install, check=True, capture_output=True)
        asked = json.dumps({"kappas": kappas, "totals": totals, "tables": tables})
        done = subprocess.run(
            [python, "-c", REFERENCE], input=asked, check=True, capture_output=True, text=True
        )
        return json.loads(done.stdout)


def main() -> int:
    kappas, totals = drawn(random.Random(12))
    try:
        tables = [one["table"] for one in kappas if sum(map(sum, one["table"])) > 1]
        found = reference(kappas, totals, tables)
    except (OSError, subprocess.CalledProcessError) as error:
        said = getattr(error, "stderr", None) or error
        print(f"left out: {' and '.join(PACKAGES)} cannot be had here ({str(said)[-300:]})")
        return 0
    of_kappa, of_error, of_icc, of_interval = [0.0], [0.0], [0.0], [0.0]
    for asked, (kappa, error) in zip(kappas, found["kappas"], strict=True):
        scores = asked["scores"]
        mine = weighted_kappa(
            asked["table"],
            scores=[Fraction(s) for s in scores] if scores else None,
            weights=Weights(asked["weights"]),
        )
        of_kappa.append(abs(mine.kappa - kappa))
        of_error.append(abs((mine.kappa_error or 0) - error))
    for rows, (icc, low, high) in zip(totals, found["totals"], strict=True):
        told = intraclass(rows, len(rows[0]))
        of_icc.append(abs(told.icc - icc))
        if told.icc_interval is not None:
            of_interval += [abs(told.icc_interval[0] - low), abs(told.icc_interval[1] - high)]
    of_ac1, of_its_error, of_its_interval = [0.0], [0.0], [0.0]
    for table, (value, error, low, high) in zip(tables, found["tables"], strict=True):
        given = figures(table, [str(k) for k in range(len(table))])
        of_ac1.append(abs(given.ac1 - value))
        of_its_error.append(abs(given.ac1_error - error))
        if given.ac1_interval is not None:
            ends = given.ac1_interval
            of_its_interval += [abs(ends[0] - max(-1, low)), abs(ends[1] - high)]
    wrong = 0
    for name, apart, near in (
        ("weighted kappa, statsmodels", of_kappa, NEAR),
        ("its standard error", of_error, NEAR_ERROR),
        ("ICC(2,1), pingouin", of_icc, NEAR),
        ("its interval, as rounded by pingouin", of_interval, ROUNDED),
        ("AC1, irrCAC", of_ac1, NEAR),
        ("its standard error", of_its_error, NEAR),
        ("its interval", of_its_interval, NEAR_ERROR),
    ):
        many = sum(each > near for each in apart)
        wrong += many
        print(f"{name}: {len(apart) - 1} compared, {many} apart, the farthest by {max(apart):.1e}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
