"""An invented report, and ways to change it: no record here exists."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from screener import create_project
from screener.duplicates.comparison import compare
from screener.duplicates.prepared import prepare
from screener.duplicates.settings import STANDARD
from screener.duplicates.verdict import Judge
from screener.units.candidate import Candidate

TEXT = (
    "Background: Adults with bipolar disorder in remote districts seldom meet others who live with "
    "the same diagnosis. Methods: We allocated 212 adults at random to weekly messages from a "
    "trained peer or to a leaflet. Results: After six months the groups differed by 3.1 points on "
    "the recovery scale. Conclusions: Peers at a distance can be worth the effort."
)
OTHER_TEXT = (
    "Objective: To find out how nurses in two mountain valleys judge a telephone rota at night. "
    "Design: Interviews with thirty nurses, coded by two people. Findings: The rota was welcomed "
    "where sleep was protected; elsewhere it was dropped within weeks, mostly without any notice."
)
REPORT = {
    "title": "Peer-led text messaging for adults with bipolar disorder in remote clinics: a trial",
    "authors": "Brandvik, Maren; Oyelaran, Tunde; Castellanos, Ines",
    "year": "2018",
    "journal": "Invented Journal of Psychiatry",
    "volume": "12",
    "issue": "3",
    "pages": "244-258",
    "doi": "10.5555/ijp.2018.244",
    "abstract": TEXT,
}
PLACE = {"journal": "", "volume": "", "issue": "", "pages": "", "doi": ""}


REPORTS = {
    "peers": REPORT,
    "valleys": {
        "title": "Telephone rotas at night as seen by nurses of two mountain valleys",
        "authors": "Ferreira-Lund, Ana; Obuya, Peter",
        "year": "2014",
        "journal": "Annals of Imagined Nursing",
        "volume": "7",
        "pages": "11-19",
        "doi": "10.5555/ain.2014.11",
        "abstract": OTHER_TEXT,
    },
    "gardens": {
        "title": "Allotment gardens and loneliness among widowed fishermen: a cohort",
        "authors": "Zielonka, Hanna; Petit, Luc",
        "year": "2020",
        "journal": "Journal of Unwritten Cohorts",
        "volume": "3",
        "pages": "77-90",
        "doi": "10.5555/juc.2020.77",
        "abstract": "Widowed fishermen who dug a garden were asked each spring if they felt alone.",
    },
}
_TAGS = {
    "title": "TI", "year": "PY", "journal": "T2", "volume": "VL", "issue": "IS", "doi": "DO",
    "abstract": "AB", "pmid": "AN",
}  # fmt: skip


@dataclass
class Searches:
    """An open project and searches of invented reports, imported one after the other."""

    project: object
    folder: Path
    done: list = field(default_factory=list)

    def add(self, *reports, source="PubMed", **search):
        """Import reports by name, or by name with changes: ("peers", {"year": "2017"})."""
        texts = []
        for report in reports:
            name, changes = (report, {}) if isinstance(report, str) else report
            fields = {**REPORTS[name], **changes}
            lines = [f"{tag}  - {fields[f]}" for f, tag in _TAGS.items() if fields.get(f)]
            lines += [f"AU  - {one}" for one in fields["authors"].split("; ")]
            first, _, last = fields["pages"].partition("-")
            lines += [f"SP  - {first}"] * bool(first) + [f"EP  - {last}"] * bool(last)
            texts.append("\n".join(["TY  - JOUR", *lines, "ER  - \n\n"]))
        path = self.folder / f"search-{len(self.done)}.ris"
        path.write_text("".join(texts) + "\n" * len(self.done), encoding="utf-8")
        self.done.append(path)
        return self.project.sources.import_file(path, source=source, **search)

    def uids(self, *numbers):
        """The uids of records by their numbers."""
        by_number = {r.number: r.id for r in self.project.sources.records()}
        return [by_number[n] for n in numbers]

    def groups(self):
        """The groups there are, as numbers of records: the one shown, and all."""
        numbers = dict(self.project.units.all_numbers())
        return {
            numbers[unit]: sorted(numbers[r] for r in records)
            for unit, records in self.project.duplicates.groups()
        }

    def pairs(self, found):
        """The pairs that are asked about, as numbers."""
        numbers = dict(self.project.units.all_numbers())
        return sorted(tuple(sorted((numbers[p.one], numbers[p.other]))) for q in found.ask
                      for p in q.pairs)  # fmt: skip

    def join(self, **how):
        """Look for duplicates and join what is certain; returns what was found, how many went."""
        found = self.project.duplicates.find(**how)
        return found, self.project.duplicates.join(found.certain)

    def shown(self):
        """What a reader of the project sees of its units."""
        units = self.project.units
        return list(units.load(units.ids())), units.membership()


@pytest.fixture
def searches(tmp_path):
    """A project without records."""
    with create_project(tmp_path / "review.screener", title="Invented") as project:
        yield Searches(project, tmp_path)


@pytest.fixture
def text():
    """The abstract of the invented report."""
    return TEXT


@pytest.fixture
def other_text():
    """The abstract of quite another report."""
    return OTHER_TEXT


@pytest.fixture
def record():
    """Make a candidate: the invented report with changes."""

    def make(id_="1", **changes):
        return Candidate(id=id_, **{**REPORT, **changes})

    return make


@pytest.fixture
def bare():
    """Make a candidate that has only what is given."""

    def make(id_="1", **fields):
        return Candidate(id=id_, **fields)

    return make


@pytest.fixture
def compared(record):
    """Compare the invented report, changed in one way, with itself changed in another."""

    def run(left, right):
        return compare(prepare(record("1", **left)), prepare(record("2", **right)))

    return run


@pytest.fixture
def judged(compared):
    """The verdict on such a pair, in both orders the same."""

    def run(left, right, settings=STANDARD):
        judge = Judge(settings)
        verdicts = []
        for pair in (compared(left, right), compared(right, left)):
            assert pair is not None, "nothing in common"
            verdicts.append(judge.verdict(pair))
        assert verdicts[0] == verdicts[1]
        return verdicts[0]

    return run
