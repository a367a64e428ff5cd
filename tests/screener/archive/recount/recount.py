"""An independent recount of a review: `python -m tests.screener.archive.recount.recount OUT.zip`.

It reads the archive alone and imports nothing of Screener: from the records, joins, removals,
decisions, settlements, retrieval and answers it computes every number anew, by the rules of
docs/numbers.md and docs/project-file.md, and says what is otherwise in flow.json, status.json,
agreement.json and counts.json.
"""

from __future__ import annotations

import sys

from tests.screener.archive.recount import figures, prisma, ratings
from tests.screener.archive.recount.stages import BARRED, FT, TA, Stage
from tests.screener.archive.recount.tables import Archive

MODES = ("discussion", "adjudication")


def differences(path):
    """Yield every number that is otherwise: where, as it was counted here, as the archive says."""
    archive = Archive(path)
    first = Stage(archive, TA)
    stages = {TA: first, FT: Stage(archive, FT, before=first)}
    flow = prisma.Flow(archive, stages)
    yield from same("manifest", set(), archive.manifest())
    yield from same("units", {frozenset(m) for m in archive.units.values()}, archive.connected)
    said = archive.json("flow")
    yield from same("flow", flow.numbers(), said)
    told = {one["stage"]: one for one in archive.json("status")["stages"]}
    agreed = {one["stage"]: one for one in archive.json("agreement")["stages"]}
    for name, stage in stages.items():
        yield from same(f"status {name}", prisma.status(stage), told[name])
        yield from same(f"people {name}", told_of(stage), told[name])
        by_name = {one["reviewer"]: one for one in told[name]["reviewers"]}
        for who in archive.people:
            yield from same(f"{who} {name}", reviewer(stage, who), by_name[who])
        if name in agreed:
            yield from same(f"agreement {name}", figures.agreement(stage), agreed[name])
    yield from same("standings", standings(stages), program_standings(archive))
    yield from counted(archive, stages, flow)


def counted(archive, stages, flow):
    """Compare what is settled, studies, interventions and ratings."""
    counts = archive.json("counts")
    for name, stage in stages.items():
        modes = {mode: stage.modes()[mode] for mode in MODES}
        yield from same(f"settled {name}", modes, counts["settled"][name])
    here = {"studies": flow.studies(), "interventions": flow.interventions()}
    yield from same("counts", here | {"reports": flow.numbers()["new_reports"]}, counts)
    yield from same("totals", ratings.totals(archive), ratings.program_totals(archive))
    yield from same("agreed", [], list(ratings.disagreements(archive)))
    found, program = ratings.compared(archive), ratings.program_compared(archive)
    yield from same("compared", {key: found.get(key) for key in program}, program)


def standings(stages):
    return {
        (name, unit): found
        for name, stage in stages.items()
        for unit, found in stage.standing.items()
    }


def program_standings(archive):
    return {
        (row["stage"], row["unit"]): (row["status"], row["outcome"], row["reason"])
        for row in archive.table("decisions/standings.csv")
    }


def told_of(stage):
    """What `status.json` tells of the people of a stage."""
    again = list(stage.archive.table("people/reopenings.csv"))
    return {
        "opened_early": [sentence(row["why"]) for row in stage.early],
        "left": [
            {"reviewer": p["person"], "why": sentence(p["left_why"])}
            for p in stage.parts
            if p["left"]
        ],
        "joined_late": [p["person"] for p in stage.parts if p["late"]],
        "reopened": [
            {"reviewer": row["person"], "why": sentence(row["why"])}
            for row in again
            if row["stage"] == stage.name
        ],
    }


def sentence(why):
    return " ".join(why.split()).rstrip(".")


def reviewer(stage, who):
    """What `status.json` says of one reviewer at a stage."""
    asked = [unit for unit in stage.archive.units if stage.barred(unit) not in BARRED]
    seen = [u for u in asked if stage.visible(u)]
    mine = [u for u in seen if any(r["reviewer"] == who for r in stage.said.get(u, ()))]
    decided = len(mine) + stage.left_out.get(who, 0)
    waited = [u for u in asked if stage.waits_for(who, u)]
    pending = len(waited) - len([u for u in mine if u in waited]) - stage.left_out.get(who, 0)
    closes = [row for row in stage.closings if row["person"] == who]
    closed = any(row["closed"] for row in closes)
    left = any(p["person"] == who and p["left"] for p in stage.parts)
    reach = stage.reach.get(who, 0)
    since = [u for u in asked if stage.opened.get(u, 0) > reach] if closed and not left else []
    return {
        "decided": decided,
        "pending": pending if waited else 0,
        "closed": closed,
        "closing_codes": [row["code"] for row in closes],
        "left": left,
        "opened_since": len(since),
    }


def same(where, found, program):
    """Yield what is otherwise, part by part; what only the program says is not looked at."""
    if isinstance(found, dict) and isinstance(program, dict):
        keys = found if all(isinstance(key, str) for key in found) else {*found, *program}
        for key in keys:
            yield from same(f"{where}, {key}", found.get(key), program.get(key))
    elif isinstance(found, list) and isinstance(program, list) and len(found) == len(program):
        for place, pair in enumerate(zip(found, program, strict=True)):
            yield from same(f"{where} [{place}]", *pair)
    elif isinstance(found, float) or isinstance(program, float):
        if found is None or program is None or abs(found - program) > 1e-9:
            yield where, found, program
    elif found != program:
        yield where, found, program


def main(paths):
    wrong = [(path, *one) for path in paths for one in differences(path)]
    for _one in wrong:
        pass
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
