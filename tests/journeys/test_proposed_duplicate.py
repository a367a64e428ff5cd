"""A duplicate found while screening: proposed by keys in a copy, joined in the project, settled."""

import pytest

from screener import create_project, open_copy, open_project
from screener.model import DiscrepancyKind, Outcome, Protocol, Stage, Status, Verdict
from screener.screening.screening import OrderBy

TA = Stage.TITLE_ABSTRACT
TITLES = (
    "Peer support by smartphone in schizophrenia",
    "A telephone reminder service in primary care",
    "Peer support by smart phone for schizophrenia",
)


@pytest.fixture
def folder(tmp_path):
    """A project with three records, of which the first and the last are one report, and copies."""
    text = "".join(f"TY  - JOUR\nTI  - {t}\nAB  - Invented.\nER  - \n\n" for t in TITLES)
    (tmp_path / "r.ris").write_text(text, encoding="utf-8")
    protocol = Protocol(title="Peers")
    with create_project(tmp_path / "p.screener", title="Peers", protocol=protocol) as review:
        review.sources.import_file(tmp_path / "r.ris", source="PubMed")
        for name in ("maya", "jonas"):
            review.consensus.write_copy(name.capitalize(), tmp_path / f"{name}.screener")
    with open_copy(tmp_path / "maya.screener") as mine:
        mine.screening.queues.set_order(OrderBy.IMPORTED)
    return tmp_path


def include_all(path):
    with open_copy(path) as mine:
        for unit in mine.screening.queues.queue(TA):
            mine.screening.decide(unit, Verdict.INCLUDE, stage=TA)
        mine.screening.close(TA)


def test_from_the_key_to_a_discrepancy_with_oneself_and_its_consensus(person, folder):
    person.open(folder / "maya.screener")
    person.press("Enter")  # *Before you begin*
    person.rest()
    person.press("=", "Enter")
    assert "same report as record 3" in person.page.reading.record.toPlainText()
    person.press("I", "I", "E")
    person.wait(lambda: person.page.nothing.hasFocus(), "the page that says all is decided")
    person.page.nothing.button.click()
    person.press("Ctrl+W")
    person.wait(lambda: person.session is None, "the file is closed")
    include_all(folder / "jonas.screener")

    with open_project(folder / "p.screener") as review:
        review.consensus.merge(folder / "maya.screener", folder / "jonas.screener")
        one, three = review.units.find("1"), review.units.find("3")
        assert [d.unit.number for d in review.consensus.discrepancies(TA)] == [3]
        (proposal,) = review.duplicates.proposals()
        assert set(proposal.records) == {one, three}
        assert proposal.reviewers == ("Maya",)

        review.duplicates.same(proposal.records, kept=one)
        assert review.duplicates.proposals() == []
        (found,) = review.consensus.discrepancies(TA)
        assert (found.unit.number, found.kind) == (1, DiscrepancyKind.SELF)
        assert review.consensus.states(TA)[one].status is Status.SELF
        both = ["Maya", "Jonas"]
        review.consensus.resolve(one, Outcome.INCLUDE, step=TA, why="One report.", by=both)
        assert review.consensus.states(TA)[one].status is Status.RESOLVED
        review.consensus.write_copy("Maya", folder / "newer.screener")

    with open_copy(folder / "newer.screener") as mine:
        assert len(mine.screening.queues.queue(TA)) == 0
        assert mine.screening.proposals.proposed_duplicate(one, TA) == "", (
            "joined: nothing left to propose"
        )
        mine.screening.reopen(TA, "I had excluded the same report")
        mine.screening.decide(one, Verdict.INCLUDE, stage=TA)
        mine.screening.close(TA)

    with open_project(folder / "p.screener") as review:
        review.consensus.merge(folder / "newer.screener")
        maya = next(r.id for r in review.consensus.reviewers() if r.name == "Maya")
        hers = [d for d in review.consensus.all_decisions(TA)[one] if d.reviewer == maya]
        assert [d.verdict for d in hers] == [Verdict.INCLUDE], "one decision in the place of two"
