"""An update of a finished review: a later search brings a report of a known study and a new study.

Both pass the stages; forms open for what is new; nothing that was answered is asked again.
"""

import json
import shutil

import pytest

from screener import open_copy, open_project
from screener.model import AnswerState, Stage, Status, Verdict
from screener.studies.listing import lines
from tests.screener.conftest import run_process

TA, FT = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT
FORMS = ("extraction", "mqrs")
NAMES = ("Maya Lindqvist", "Jonas Roth")
CRITERIA = ("participants", "interventions", "comparisons", "outcomes", "study-design")
KNOWN, NEW, NEITHER = "three years on", "Garden Gate", "A letter about gardens"
SEARCH = f"""TY  - JOUR
TI  - Harbour Path {KNOWN}: what stays of peer coaching by smartphone
AU  - Haverkamp, Juliane
PY  - 2021
DO  - 10.5555/jip.2021.001
AB  - All 118 participants of the trial were invited again.
KW  - Invented example record
ER  -

TY  - JOUR
TI  - {NEW}: neighbours with schizophrenia in a chat kept by peers
AU  - Ilves, Kaarel
PY  - 2020
DO  - 10.5555/imh.2020.002
AB  - Twenty adults were followed for 8 weeks.
KW  - Invented example record
ER  -

TY  - JOUR
TI  - {NEITHER}
AU  - Nobody, Anna
PY  - 2020
DO  - 10.5555/imh.2020.003
KW  - Invented example record
ER  -

"""
EXTRACTED = {
    "country": "not-reported", "design": "pre-post", "n-enrolled": "20",
    "diagnosis": "schizophrenia", "intervention-name": "Garden Gate", "duration": "8",
    "peer-role": "moderator", "technology": "web", "modality": "asynchronous",
    "comparison-type": "none-used", "feasibility-measured": "no", "acceptability-measured": "no",
    "effectiveness-measured": "no",
}  # fmt: skip

RATED = dict.fromkeys("bcdefghijkl", "score-0") | {"a": "single-group"}


@pytest.fixture
def finished(example):
    return example / "merged.screener"


class Update:
    """The finished review, and what is done with it from the new search on."""

    def __init__(self, finished, folder):
        self.folder = folder
        self.path = shutil.copy(finished, folder / "review.screener")
        self._round = 0

    def open(self):
        return open_project(self.path)

    def unit(self, review, words):
        (found,) = [
            unit
            for unit in review.units.load(u for u, _ in review.units.numbered())
            if words in unit.fields.title
        ]
        return found

    def copies(self):
        """Write a newer copy for each reviewer."""
        self._round += 1
        found = []
        with self.open() as review:
            for letter, name in zip("ab", NAMES, strict=True):
                found.append(self.folder / f"{letter}-{self._round}.screener")
                review.consensus.write_copy(name, found[-1])
        return found

    def screen(self, stage, said):
        """Both decide what is there to decide, and nothing else is there."""
        copies = self.copies()
        for copy in copies:
            with open_copy(copy) as mine:
                mine.screening.reopen(stage, "A later search")
                asked = mine.screening.to_screen(stage)
                undecided = {u for u in asked if mine.screening.decision(u, stage) is None}
                wanted = {self.unit(mine, words).id: v for words, v in said.items()}
                assert undecided - set(wanted) <= self.left_out(stage, mine, copy)
                for unit, verdict in wanted.items():
                    mine.screening.decide(
                        unit,
                        verdict,
                        stage=stage,
                        reason="interventions" if verdict is Verdict.EXCLUDE else "",
                        judgements={c: "met" for c in CRITERIA if verdict is Verdict.INCLUDE},
                    )
                mine.screening.close(stage)
        with self.open() as review:
            review.consensus.merge(*copies)

    def left_out(self, stage, mine, copy):
        """The one record that Jonas Roth never decided, which the meeting settled."""
        if stage is TA and copy.name.startswith("b"):
            return {self.unit(mine, "Two Rivers").id}
        return set()

    def passed(self):
        """The search, both stages, retrieval and the linking of the new report."""
        ris = self.folder / "later.ris"
        ris.write_text(SEARCH, encoding="utf-8")
        with self.open() as review:
            review.sources.import_file(ris, source="PubMed", searched="2021-05-01")
        said = dict.fromkeys((KNOWN, NEW), Verdict.INCLUDE)
        self.screen(TA, said | {NEITHER: Verdict.EXCLUDE})
        with self.open() as review:
            assert review.screening.open(FT) == 2
            for words in said:
                review.fulltext.set_retrieval(self.unit(review, words).id, "retrieved", "")
        self.screen(FT, said)
        with self.open() as review:
            study = review.studies.link([self.unit(review, KNOWN).id], study="Haverkamp 2016")
            assert len(study.reports) == 3


@pytest.fixture
def update(finished, tmp_path):
    return Update(finished, tmp_path)


def where(review, form):
    """Where every item of a form stands and what is agreed on it, by study."""
    step = review.forms.step(form)
    return {
        (step.name_of(one.subject), one.item): (one.status, one.agreed)
        for one in lines(review.consensus, step)
    }


def test_the_update_counts_what_is_new_and_asks_for_nothing_else(update):
    with update.open() as review:
        before = {form: where(review, form) for form in FORMS}
    update.passed()
    with update.open() as review:
        flow = review.report.flow()
        assert (flow.new_reports, flow.new_studies, flow.draft) == (34, 31, False)
        # A report of a known study opens nothing, and nothing of what was agreed moved.
        assert {form: where(review, form) for form in FORMS} == before
        new = next(one for one in review.studies.all() if not one.id)
        assert new.primary == update.unit(review, NEW).id
        assert review.studies.open("extraction") == 1
        assert review.studies.open("mqrs", ["Ilves 2020"]) == 1
        for form in FORMS:
            states = {str(s.status) for s in review.consensus.at(form).states()}
            assert "hidden" in states
            assert where(review, form) == before[form]

    copies = update.copies()
    for copy in copies:
        with open_copy(copy) as mine:
            study = mine.studies.find("Ilves 2020").id
            for form in FORMS:
                answering = mine.forms.answering(form)
                unanswered = [s for s in mine.studies.ids() if not answering.answers(s)]
                qualitative = {mine.studies.find(n).id for n in ("Byrne 2018", "Mensah 2017")}
                assert set(unanswered) - {study} <= (qualitative if form == "mqrs" else set())
                answering.reopen("A new study")
                said = EXTRACTED if form == "extraction" else RATED
                for field, value in said.items():
                    if value == "not-reported":
                        answering.answer(study, field, state=AnswerState.NOT_REPORTED)
                    else:
                        answering.answer(study, field, value)
                if copy == copies[1] and form == "extraction":
                    answering.answer(study, "n-enrolled", "21")
                answering.close()
    with update.open() as review:
        review.consensus.merge(*copies)
        (found,) = [d for d in review.consensus.discrepancies("extraction") if d.state == "open"]
        assert (found.name, found.item.question) == ("Ilves 2020", "n-enrolled")
        assert not [d for d in review.consensus.discrepancies("mqrs") if d.state == "open"]
        after = {form: where(review, form) for form in FORMS}
        for form in FORMS:
            assert {k: v for k, v in after[form].items() if k in before[form]} == before[form]
            assert {name for name, _ in after[form].keys() - before[form].keys()} == {"Ilves 2020"}
        assert Status.DIFFERS in {status for status, _ in after["extraction"].values()}
    words = ("--why", "The abstract says twenty.", "--by", NAMES[0], "--by", NAMES[1])
    done = run_process(
        "resolve", update.path, "Ilves 2020", "n-enrolled", "20", "--stage", "extraction", *words
    )
    assert done.returncode == 0, done.stderr
    status = json.loads(run_process("status", update.path, "--json").stdout)
    studies = {s["stage"]: s.get("studies") for s in status["stages"]}
    assert studies["extraction"] == {"settled": 31, "open": 0, "hidden": 0}
    assert studies["mqrs"] == {"settled": 29, "open": 0, "hidden": 0}
