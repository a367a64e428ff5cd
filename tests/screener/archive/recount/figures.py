"""The figures of agreement from the tables; see `recount.py`. Formulas: docs/numbers.md.

Written with floats and straight from the formulas, so that no line is the program's.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations
from math import sqrt

from tests.screener.archive.recount.stages import by_reviewer
from tests.screener.archive.recount.tables import parted

Z = 1.959963984540054


def first_closes(stage):
    """What each reviewer who closed the stage said of each unit at the first close with it."""
    closes = defaultdict(list)
    for row in stage.closings:
        closes[row["person"]].append(row)
    entries = defaultdict(list)
    for row in stage.entries.values():
        entries[row["reviewer"], stage.archive.unit(row["record"])].append(row)
    found = {who: {} for who in closes}
    flagged = set()
    for (who, unit), rows in entries.items():
        under = [c for c in closes[who] if stage.opened.get(unit, 0) <= int(c["moment"])]
        codes = {c["code"] for c in under}
        first = [c["code"] for c in under if codes.isdisjoint(parted(c["after"]))]
        said = [at_close(rows, code) for code in first]
        values = [{(r["verdict"], r["reason"], r["judgements"]) for r in s} for s in said]
        if not said or any(one != values[0] for one in values):
            continue
        flagged |= set.intersection(*({r["entry"] for r in s} for s in said))
        if said[0] and counts(stage, unit):
            found[who][unit] = said[0]
    assert flagged == {e for e, row in stage.entries.items() if row["first_close"]}, flagged
    return found


def at_close(rows, code):
    bound = [row for row in rows if code in parted(row["closes"])]
    gone = {entry for row in bound for entry in parted(row["replaces"])}
    return [r for r in bound if r["entry"] not in gone and r["verdict"] != "taken back"]


def counts(stage, unit):
    """Whether a unit is visible and asked, or was: what became of it later changes nothing."""
    barred = stage.barred(unit)
    was = barred in ("not-open", "not-retrieved") and stage.opened.get(unit)
    return stage.visible(unit) and (not barred or bool(was))


def measured(stage):
    """By measure what counts of every reviewer, by unit."""
    criteria = [c["id"] for c in stage.archive.protocol.get("criteria", ())]
    found = defaultdict(lambda: defaultdict(dict))
    for who, units in first_closes(stage).items():
        for unit, said in units.items():
            if any(len(several) > 1 for several in by_reviewer(said).values()):
                continue  # two things said count as none
            verdict = said[0]["verdict"]
            found["binary"][who][unit] = "exclude" if verdict == "exclude" else "include"
            found["three_way"][who][unit] = verdict
            for criterion in criteria:
                words = {row["judged"][criterion] for row in said if criterion in row["judged"]}
                if len(words) == 1:
                    found[criterion][who][unit] = words.pop()
    return found, criteria


OPTIONS = {
    "binary": (("include", "exclude"), ("include", "exclude")),
    "three_way": (("include", "maybe", "exclude"), ("include", "exclude")),
}
JUDGED = (("met", "unclear", "not-met"), ("met", "not-met"))


def agreement(stage):
    """What `agreement.json` says of a stage: of every pair, and of three and more together."""
    closed = {row["person"] for row in stage.closings}
    here = [who for who in stage.archive.people if who in closed]
    here = here if stage.archive.needed > 1 else []
    found, criteria = measured(stage)
    pairs = []
    for a, b in combinations(here, 2):
        told = {"reviewers": [a, b]}
        for name in ("binary", "three_way"):
            told[name] = of_two(found[name][a], found[name][b], *OPTIONS[name])
        if criteria:
            told["criteria"] = {c: of_two(found[c][a], found[c][b], *JUDGED) for c in criteria}
        pairs.append(told)
    overall = pairs[0]["binary"] if pairs else None
    if len(here) > 2:
        overall = of_many([found["binary"][who] for who in here], ("include", "exclude"))
    return {"pairs": pairs, "overall": overall}


def of_two(one, other, options, sides):
    table = [[0] * len(options) for _ in options]
    for unit in one.keys() & other.keys():
        table[options.index(one[unit])][options.index(other[unit])] += 1
    n, q = sum(map(sum, table)), len(options)
    told = {"n": n, "table": table}
    if not n:
        names = ("raw", "kappa", "pabak", "ac1", "positive_agreement", "negative_agreement")
        return told | dict.fromkeys(names)
    rows = [sum(row) / n for row in table]
    columns = [sum(row[k] for row in table) / n for k in range(q)]
    raw = sum(table[k][k] for k in range(q)) / n
    chance = sum(r * c for r, c in zip(rows, columns, strict=True))
    share = [(r + c) / 2 for r, c in zip(rows, columns, strict=True)]
    gwet = sum(s * (1 - s) for s in share) / (q - 1)
    told |= {
        "raw": raw,
        "raw_interval": wilson(raw, n),
        "kappa": None if abs(1 - chance) < 1e-12 else (raw - chance) / (1 - chance),
        "pabak": (q * raw - 1) / (q - 1),
        "ac1": (raw - gwet) / (1 - gwet),
    }
    for name, side in zip(("positive_agreement", "negative_agreement"), sides, strict=True):
        k = options.index(side)
        used = sum(table[k]) + sum(row[k] for row in table)
        told[name] = 2 * table[k][k] / used if used else None
    return told


def wilson(p, n):
    middle = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z / (1 + Z * Z / n) * sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
    return [middle - half, middle + half]


def of_many(said, options):
    votes = defaultdict(Counter)
    for mine in said:
        for unit, word in mine.items():
            votes[unit][word] += 1
    paired = [v for v in votes.values() if v.total() > 1]
    if not paired:
        return {"n": 0, "raw": None, "fleiss_kappa": None, "ac1": None, "krippendorff_alpha": None}
    raw = sum(
        sum(k * (k - 1) for k in v.values()) / (v.total() * (v.total() - 1)) for v in paired
    ) / len(paired)
    share = [sum(v[o] / v.total() for v in votes.values()) / len(votes) for o in options]
    fleiss = sum(s * s for s in share)
    gwet = sum(s * (1 - s) for s in share) / (len(options) - 1)
    return {
        "n": len(paired),
        "raw": raw,
        "fleiss_kappa": None if abs(1 - fleiss) < 1e-12 else (raw - fleiss) / (1 - fleiss),
        "ac1": (raw - gwet) / (1 - gwet),
        "krippendorff_alpha": alpha(paired, options),
    }


def alpha(paired, options):
    """Krippendorff's alpha of names, from the table of coincidences."""
    pairs = Counter()
    for v in paired:
        for a in options:
            for b in options:
                pairs[a, b] += (v[a] * (v[b] - (a == b))) / (v.total() - 1)
    total = pairs.total()
    used = {a: sum(pairs[a, b] for b in options) for a in options}
    observed = sum(n for (a, b), n in pairs.items() if a != b)
    expected = sum(used[a] * used[b] for a in options for b in options if a != b) / (total - 1)
    return None if not expected else 1 - observed / expected
