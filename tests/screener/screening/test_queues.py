"""The queues, the search in them, how far a reviewer is, and what a unit gives notice of."""

from dataclasses import replace

import pytest

from screener import create_project, open_copy, open_project
from screener.duplicates.notices import Notice
from screener.model import Criterion, Protocol, Stage, Verdict
from screener.screening.screening import Queue

TA = Stage.TITLE_ABSTRACT
RIS = (
    "TY  - JOUR\nTI  - One\nAB  - Words.\nER  - \n\n"
    "TY  - JOUR\nTI  - Two\nER  - \n\n"
    "TY  - JOUR\nTI  - Three\nER  - \n\n"
    "TY  - JOUR\nTI  - Three again\nAB  - Its words.\nER  - \n\n"
)


@pytest.fixture
def project(tmp_path):
    """The path of a project with four records, the last two of them joined, and one copy."""
    (tmp_path / "r.ris").write_text(RIS, encoding="utf-8")
    criteria = (Criterion(id="participants", include="Adults"),)
    protocol = Protocol(title="Review", criteria=criteria)
    path = tmp_path / "p.screener"
    with create_project(path, title="Review", protocol=protocol) as project:
        project.sources.import_file(tmp_path / "r.ris", source="PubMed")
        uids = {r.number: r.id for r in project.sources.records()}
        project.duplicates.same([uids[3], uids[4]])
        project.consensus.write_copy("Maya", tmp_path / "a.screener")
    return path


def titles(review, queue):
    return [u.fields.title for u in review.units.load(review.screening.queues.queue(TA, queue))]


def test_no_abstract_means_in_no_record_of_the_unit(project):
    with open_copy(project.with_name("a.screener")) as copy:
        assert titles(copy, Queue.NO_ABSTRACT) == ["Two"]


def test_a_corrected_abstract_counts(project):
    with open_project(project) as review:
        review.sources.correct("2", {"abstract": "Found elsewhere."})
        assert titles(review, Queue.NO_ABSTRACT) == []


def test_decided_before_the_criteria_changed(project):
    first = project.with_name("a.screener")
    with open_copy(first) as copy:
        one, two, _ = copy.screening.queues.queue(TA)
        copy.screening.decide(one, Verdict.INCLUDE, stage=TA)
        copy.screening.decide(two, Verdict.EXCLUDE, stage=TA)
        copy.screening.decide(two, Verdict.NONE, stage=TA)
        assert copy.screening.queues.queue(TA, Queue.CHANGED) == []
    with open_project(project) as review:
        now = review.protocol.current
        stricter = replace(now.criteria[0], include="Adults over 20")
        review.protocol.set(replace(now, criteria=(stricter,)), why="Too wide")
        review.consensus.write_copy("Maya", project.with_name("newer.screener"))
    with open_copy(first) as copy:
        copy.consensus.merge(project.with_name("newer.screener"))
        assert copy.protocol.current.version == 2
        assert copy.screening.queues.queue(TA, Queue.CHANGED) == [one]
        copy.screening.decide(one, Verdict.INCLUDE, stage=TA)
        assert copy.screening.queues.queue(TA, Queue.CHANGED) == []


def test_search_looks_into_values_only_and_knows_every_alphabet(tmp_path):
    (tmp_path / "r.ris").write_text(
        "TY  - JOUR\nTI  - Übungen mit ÄRZTEN\nAU  - Okafor, N\nPY  - 2017\nER  - \n\n"
        "TY  - JOUR\nTI  - Other words\nKW  - peer support\nER  - \n\n",
        encoding="utf-8",
    )
    with create_project(tmp_path / "p.screener", title="Review") as project:
        project.sources.import_file(tmp_path / "r.ris", source="PubMed")
        project.consensus.write_copy("Maya", tmp_path / "a.screener")
    with open_copy(tmp_path / "a.screener") as copy:
        for words, count in (
            ("übungen", 1),
            ("ärzten OKAFOR 2017", 1),
            ("peer WORDS", 1),
            ("words", 1),
            ("keywords", 0),
            ("fields", 0),
            ("", 2),
        ):
            assert len(copy.screening.queues.queue(TA, Queue.ALL, words)) == count, words


def standing(screening):
    found = screening.progress(TA)
    return found.decided, found.pending


def test_progress_counts_units_and_not_records(project):
    with open_copy(project.with_name("a.screener")) as copy:
        assert standing(copy.screening) == (0, 3)
        one, _, joined = copy.screening.queues.queue(TA)
        copy.screening.decide(joined, Verdict.MAYBE, stage=TA)
        copy.screening.decide(one, Verdict.INCLUDE, stage=TA)
        copy.screening.decide(one, Verdict.NONE, stage=TA)
        assert standing(copy.screening) == (1, 2)


def test_progress_leaves_removed_records_out(project):
    first = project.with_name("a.screener")
    with open_copy(first) as copy:
        one, two, _ = copy.screening.queues.queue(TA)
        copy.screening.decide(one, Verdict.INCLUDE, stage=TA)
    with open_project(project) as review:
        review.sources.remove(["1"], why="Not about people")
        review.consensus.write_copy("Maya", project.with_name("newer.screener"))
    with open_copy(first) as copy:
        copy.consensus.merge(project.with_name("newer.screener"))
        assert standing(copy.screening) == (0, 2)
        copy.screening.decide(two, Verdict.INCLUDE, stage=TA)
        assert standing(copy.screening) == (1, 1)


def numbers(mine, queue, search=""):
    return [u.number for u in mine.units.load(mine.screening.queues.queue(TA, queue, search))]


def test_the_queues(screened, making):
    screened.screening.notes.set_flag(making.uid(screened, 7), TA, on=True)
    assert numbers(screened, Queue.PENDING) == [6, 7, 8]
    assert numbers(screened, Queue.DECIDED) == [1, 2, 3, 4, 5]
    assert numbers(screened, Queue.INCLUDED) == [1, 5]
    assert numbers(screened, Queue.MAYBE) == [3]
    assert numbers(screened, Queue.EXCLUDED) == [2, 4]
    assert numbers(screened, Queue.FLAGGED) == [7]
    assert numbers(screened, Queue.ALL) == list(range(1, 9))
    assert numbers(screened, Queue.NO_ABSTRACT) == []
    assert numbers(screened, Queue.CHANGED) == []
    assert numbers(screened, Queue.ALL, "PLAIN 7") == [7]
    assert numbers(screened, Queue.DECIDED, "nowhere at all") == []


def test_criteria_changed_since(pair, making):
    pair.merge()
    with open_project(pair.project) as review:
        review.protocol.add_criterion("outcomes", include="any")
        review.consensus.write_copy("Maya", pair.folder / "a2.screener")
    with open_copy(pair.folder / "a2.screener") as mine:
        assert numbers(mine, Queue.CHANGED) == list(range(1, 9))
        mine.screening.reopen(TA, "criteria changed")
        making.decide(mine, 1, "include")
        assert numbers(mine, Queue.CHANGED) == list(range(2, 9))


def test_a_notice_that_one_source_gives_counts_for_the_unit(project):
    with open_project(project) as review:
        joined = review.units.get("3")
        assert joined.members == (3, 4)
        assert review.screening.queues.notice(joined) is None
        review.sources.correct("4", {"title": "RETRACTED: Three"})
        assert review.screening.queues.notice(review.units.get("3")) is Notice.RETRACTED
        assert review.screening.queues.notice(review.units.get("1")) is None
