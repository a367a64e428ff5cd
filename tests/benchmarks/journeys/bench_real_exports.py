"""A whole review on real exports of six databases, with two simulated reviewers.

Needs the shared data beside the project (`../shared/data/imports`); says so and skips without it.
The flow is held against `../shared/tools/prisma_ref.py`, each discrepancy against
`decisions_ref.py`, the agreement against `agreement_ref.py`.
"""

from __future__ import annotations

import importlib.util
import random
import sys
import tempfile
import time
from pathlib import Path

from made import PROTOCOL

from screener import create_project, open_copy, open_project
from screener.model import Stage, Verdict

SHARED = Path(__file__).resolve().parents[4] / "shared"
EXPORTS = {
    "PubMed": "nbib/_baseline_pubmed.ris",
    "Embase": "ris/_baseline_embase.ris",
    "Web of Science": "ris/_baseline_webofscience.ris",
    "Cochrane CENTRAL": "ris/_baseline_cochrane_endnote.ris",
    "CINAHL": "ris/_baseline_cinahl.ris",
    "PsycINFO": "ris/_baseline_psychInfo_ovid.ris",
}


def main() -> int:
    folder = SHARED / "data" / "imports" / "asr-formats"
    if not folder.is_dir():
        print(f"skipped: the shared data is not at {SHARED}")
        return 0
    with tempfile.TemporaryDirectory() as name:
        return journey(Path(name), folder)


def journey(place: Path, exports: Path) -> int:
    start = time.perf_counter()
    path = place / "review.screener"
    with create_project(path, title="Real exports", protocol=PROTOCOL) as review:
        for source, file in EXPORTS.items():
            batch = review.sources.import_file(exports / file, source=source)
            print(f"{source}: {batch.parsed} parsed, {len(batch.skipped)} places skipped")
        found = review.duplicates.find()
        joined = review.duplicates.join(found.certain)
        print(f"{joined} duplicates joined, {len(found.ask)} questions")
        for who in ("A", "B"):
            review.consensus.write_copy(who, place / f"{who}.screener")
    screen(place, Stage.TITLE_ABSTRACT)
    with open_project(path) as review:
        review.consensus.merge(place / "B.screener", place / "A.screener")
        assert review.consensus.merge(place / "A.screener", place / "B.screener").new == 0
        check(review, Stage.TITLE_ABSTRACT)
        settle(review, Stage.TITLE_ABSTRACT)
        review.screening.open(Stage.FULL_TEXT)
        for number, sought in enumerate(review.fulltext.reports()):
            state = "not-retrieved" if number % 9 == 4 else "retrieved"
            review.fulltext.set_retrieval(sought.unit.id, state, "no answer from the authors")
        for who in ("A", "B"):
            (place / f"{who}.screener").unlink()
            review.consensus.write_copy(who, place / f"{who}.screener")
    screen(place, Stage.FULL_TEXT)
    with open_project(path) as review:
        review.consensus.merge(place / "A.screener", place / "B.screener")
        check(review, Stage.FULL_TEXT)
        settle(review, Stage.FULL_TEXT)
        flow = review.report.flow()
        problems = reference("prisma_ref").derive(flow.json())
        errors = [words for severity, words in problems if severity == "error"]
        print(f"flow: {flow.new_reports} reports included, draft {flow.draft}, errors {errors}")
        flow.save(place / "flow.pdf")
        print(f"exported {review.report.export(place / 'all.ris')} records")
        assert not review.verify()
    print(f"whole journey {time.perf_counter() - start:.1f} s")
    return 1 if errors or flow.draft else 0


def screen(place: Path, stage: Stage) -> None:
    for who, seed in (("A", 1), ("B", 2)):
        rng = random.Random(f"{seed}{stage}")
        with open_copy(place / f"{who}.screener") as mine:
            for unit in mine.screening.pending(stage):
                include = len(unit.fields.title) % 3 > 0
                if rng.random() < 0.15:
                    include = not include
                verdict = Verdict.INCLUDE if include else Verdict.EXCLUDE
                if rng.random() < 0.05:
                    verdict = Verdict.MAYBE
                reason = rng.choice(["participants", "outcomes"])
                mine.screening.decide(
                    unit.id,
                    verdict,
                    stage=stage,
                    reason=reason if verdict is Verdict.EXCLUDE else "",
                    judgements={"participants": rng.choice(["met", "met", "not-met", "unclear"])},
                )
            mine.screening.close(stage)


def check(review, stage: Stage) -> None:
    rules, stats = reference("decisions_ref"), reference("agreement_ref")
    policy = str(review.protocol.current.maybe)
    states = review.consensus.states(stage)
    for unit, decisions in review.consensus.all_decisions(stage).items():
        verdicts = [str(d.verdict) for d in decisions]
        reasons = [d.reason for d in decisions if d.reason]
        status, outcome = rules.compare(verdicts, reasons, str(stage), policy)
        state = states[unit]
        assert str(state.status) == status, (state, verdicts)
        assert (str(state.outcome) if state.outcome else None) == outcome
    figures = review.consensus.agreement(stage).pairs[0].binary
    wanted = stats.cohen_kappa([list(row) for row in figures.table])
    assert abs(figures.kappa - wanted["kappa"]) < 1e-12
    print(f"{stage}: kappa {figures.kappa:.3f}, n {figures.n}, as the reference")


def settle(review, stage: Stage) -> None:
    for one in review.consensus.discrepancies(stage):
        if one.state == "open":
            reason = review.consensus.proposed_reason(one)
            verdict = "exclude" if reason else "include"
            review.consensus.resolve(
                one.unit.id, verdict, step=stage, reason=reason, why="simulated", by=["A", "B"]
            )


def reference(name: str):
    spec = importlib.util.spec_from_file_location(name, SHARED / "tools" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    sys.exit(main())
