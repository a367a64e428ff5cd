"""What is said of a record or a study has one: an entry on nothing is refused."""

import pytest

from screener import merge_into, open_project
from screener.consensus.merging.findings import MergeRefused
from screener.model import Stage
from screener.store import caches
from screener.store.kinds import KINDS, LogKind
from tests.screener.consensus.planting import canonical, plant

TA = Stage.TITLE_ABSTRACT
BODIES = {
    "decision": {"verdict": "include"},
    "note": {"text": "x"},
    "flag": {"on": True},
    "proposal": {"field": "title", "value": "Larch"},
    "labels": {"names": ["x"]},
    "answer": {"question": "country", "value": "Chile", "form": "a" * 16},
    "row": {"list": "arms", "id": "one", "key": "One"},
}


def body_of(kind, *, void=False):
    return canonical({"void": True} if void else BODIES[kind])


def test_every_kind_that_a_reviewer_writes_about_something_is_tried():
    asked = {k.name for k in KINDS.values() if k.log is LogKind.REVIEWER and k.needs_subject}
    assert asked == BODIES.keys()


@pytest.mark.parametrize("void", [False, True])
@pytest.mark.parametrize("kind", BODIES)
def test_an_entry_on_nothing_is_refused(pair, kind, void):
    with open_project(pair.a, write=False) as mine:
        maya = mine._file.reviewer
    step = TA if KINDS[kind].at_step else ""
    plant(pair.a, kind, body_of(kind, void=void), author=maya, step=step)
    caches.rebuild_in(pair.a)
    with pytest.raises(MergeRefused) as told:
        merge_into(pair.project, pair.a)
    assert "; ask Maya for a fresh copy" in str(told.value)
    if kind not in ("answer", "row"):  # which have no place at this stage either
        assert " of Maya on nothing; " in str(told.value)
    with pytest.raises(MergeRefused):
        merge_into(pair.folder / "new.screener", pair.a, pair.b)


def test_a_project_that_took_such_a_proposal_in_is_read_as_if_it_were_not_there(pair):
    pair.merge()
    with open_project(pair.project, write=False) as review:
        maya = next(str(r.id) for r in review.consensus.reviewers() if r.name == "Maya")
    plant(pair.project, "proposal", body_of("proposal"), author=maya)
    caches.rebuild_in(pair.project)
    with open_project(pair.project) as review:
        assert review.sources.proposals.open() == []
        assert review.verify() == []
    merge_into(pair.project, pair.b)
