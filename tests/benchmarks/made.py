"""Generated records and projects for benchmarks; every text is invented and the same each time."""

from __future__ import annotations

import random
import time
from pathlib import Path

from screener import create_project, open_copy, open_project
from screener.model import Criterion, Element, Entry, Fields, Protocol, Search, Stage, Verdict
from screener.screening.screening import Draft
from screener.sources.parsed import Entries, Parsed

WORDS = (
    "peer",
    "support",
    "digital",
    "smartphone",
    "recovery",
    "schizophrenia",
    "bipolar",
    "disorder",
    "adults",
    "community",
    "forum",
    "moderated",
    "weekly",
    "telephone",
    "pilot",
    "randomized",
    "trial",
    "feasibility",
    "acceptability",
    "hope",
    "quality",
    "life",
    "clinic",
    "discharge",
    "hospital",
    "self",
    "management",
    "programme",
)


def entries(count: int, seed: int = 1) -> tuple[Entry, ...]:
    """Return that many records of about 1.5 KB."""
    rng = random.Random(seed)
    made = []
    for i in range(count):
        abstract = " ".join(rng.choices(WORDS, k=190))
        title = " ".join(rng.choices(WORDS, k=11)).capitalize() + f" {i}"
        fields = Fields(
            type="article",
            title=title,
            authors=("Okafor, N", "Brandt, S", "Lindholm, T"),
            year=2000 + i % 24,
            journal="Journal of Invented Psychiatry",
            volume=str(i % 40),
            pages=f"{i}-{i + 9}",
            doi=f"10.5555/bench.{i}",
            abstract=abstract,
            keywords=("peer support", "internet"),
        )
        made.append(Entry(fields=fields, line=i * 12 + 1))
    return tuple(made)


def parsed(count: int, seed: int = 1) -> Parsed:
    """Return generated records as a file that was read."""
    return Parsed(
        file=f"made-{seed}.ris",
        format="ris",
        dialect="RIS",
        guess=Search(source=""),
        digest=f"{seed:064d}",
        entries=Entries(entries(count, seed)),
        skipped=(),
    )


PROTOCOL = Protocol(
    title="Benchmark",
    criteria=tuple(Criterion(id=str(e), element=e, include="in") for e in list(Element)[:5]),
)


def project(folder: Path, count: int) -> Path:
    """Make a project of that many records and two copies, a.screener and b.screener."""
    path = folder / "project.screener"
    with create_project(path, title="Benchmark", protocol=PROTOCOL) as review:
        review.sources.store(parsed(count), Search(source="Made"))
        review.consensus.write_copy("A", folder / "a.screener")
        review.consensus.write_copy("B", folder / "b.screener")
    return path


def screened(folder: Path, count: int, *, every: int = 7, wrong: float = 0.06) -> Path:
    """Make a project whose two copies are screened and closed; about 12 % of units differ.

    One in `every` is to be included; each reviewer decides the share `wrong` the other way.
    """
    path = project(folder, count)
    for name, seed in (("a", 2), ("b", 3)):
        rng = random.Random(seed)
        with open_copy(folder / f"{name}.screener") as mine:
            drafts = []
            for place, unit in enumerate(mine.screening.queues.queue(Stage.TITLE_ABSTRACT)):
                include = (place % every == 0) != (rng.random() < wrong)
                judged = {"participants": "met", "interventions": "met" if include else "not-met"}
                verdict = Verdict.INCLUDE if include else Verdict.EXCLUDE
                reason = "" if include else "interventions"
                drafts.append(Draft(unit=unit, verdict=verdict, reason=reason, judgements=judged))
            mine.screening.decisions.decide_many(drafts, stage=Stage.TITLE_ABSTRACT)
            mine.screening.close(Stage.TITLE_ABSTRACT)
    return path


def timed(work) -> float:
    """Return the seconds one call took."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def included(folder: Path, count: int) -> Path:
    """Make a project of that many records, all included at full text by both, A and B."""
    path = project(folder, count)
    for stage in Stage:
        copies = [folder / f"{name}-{stage}.screener" for name in "ab"]
        with open_project(path) as review:
            if stage is Stage.FULL_TEXT:
                review.screening.open(stage)
            for name, copy in zip("AB", copies, strict=True):
                review.consensus.write_copy(name, copy)
        for copy in copies:
            with open_copy(copy) as mine:
                drafts = [
                    Draft(unit=unit, verdict=Verdict.INCLUDE)
                    for unit in mine.screening.to_screen(stage)
                ]
                mine.screening.decisions.decide_many(drafts, stage=stage)
                mine.screening.close(stage)
        with open_project(path) as review:
            review.consensus.merge(*copies)
    return path
