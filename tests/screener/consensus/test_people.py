"""The people of a review: one name is one person, who joins, who leaves, who is removed."""

import pytest

from screener import open_copy, open_project
from screener.model import Stage, UserError
from screener.store.heads import heads
from screener.store.kinds.meeting import OpenedEarly

TA, FT = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT
ACCENTED = "Zoë Ångström"


@pytest.mark.parametrize(
    "same",
    [
        "zoë ångström",
        "  Zoë \u00a0 Ångström ",
        "Zoe\u0308 A\u030angstro\u0308m",
        "ZOË ÅNGSTRÖM",
        "Zo\u200bë \u2060Ångström",
        "Ｚｏë Ångström",
    ],
)
def test_a_name_written_otherwise_is_no_other_person(project, same):
    person = project.consensus.add_person(ACCENTED)
    again = project.consensus.add_person(same)
    assert again == person
    assert again.name == ACCENTED, "as it was written first"
    assert len(project.consensus.people()) == 1
    with pytest.raises(UserError, match="takes part as a reviewer"):
        project.consensus.add_person(same, arbitrator=True)


@pytest.mark.parametrize("other", ["Zoe Ångström", "Zoë Ångstrøm", "Zoë"])
def test_another_name_is_another_person(project, other):
    one, two = (project.consensus.add_person(n) for n in (ACCENTED, other))
    assert one.id != two.id


@pytest.mark.parametrize("empty", ["", "  ", "\u200b", "\u00a0\u2060"])
def test_a_name_says_something(project, empty):
    project.consensus.add_person("Maya")
    with pytest.raises(UserError, match="Give the reviewer's name"):
        project.consensus.add_person(empty)
    with pytest.raises(UserError, match="Give the new name"):
        project.consensus.rename_person("Maya", empty)


def test_renamed_removed_and_added_again_is_the_same_person(project):
    first = project.consensus.add_person("Mya")
    renamed = project.consensus.rename_person("Mya", "Maya")
    assert (renamed.id, renamed.name) == (first.id, "Maya")
    assert project.consensus.rename_person("MAYA", "maya").name == "maya", "capitals of one's own"
    project.consensus.rename_person("maya", "Maya")
    project.consensus.remove_person("Maya")
    assert project.consensus.people() == []
    with pytest.raises(UserError, match="takes no part in this review"):
        project.consensus.remove_person("Maya")
    assert project.consensus.add_person("maya").id == first.id
    assert project.verify() == []


def test_a_name_given_up_is_free_for_another_person(project):
    first = project.consensus.add_person("Maya")
    project.consensus.rename_person("Maya", "Maya Larch")
    second = project.consensus.add_person("Maya")
    assert second.id != first.id
    assert [r.name for r in project.consensus.people()] == ["Maya Larch", "Maya"]
    with pytest.raises(UserError, match="another person of this review"):
        project.consensus.rename_person("Maya", "maya larch")
    project.consensus.remove_person("Maya")
    project.consensus.remove_person("Maya Larch")
    assert project.consensus.add_person("Maya").id == second.id
    assert project.consensus.add_person("Maya Larch").id == first.id


def test_who_has_recorded_something_is_not_removed(pair):
    pair.merge()
    with open_project(pair.project) as review:
        arbitrator = review.consensus.add_person("Ruth", arbitrator=True)
        with pytest.raises(UserError, match="has recorded something"):
            review.consensus.remove_person("Maya")
        review.consensus.resolve(
            review.units.find("3"), "include", step=TA, why="we read it", by=[arbitrator.id]
        )
        with pytest.raises(UserError, match="has recorded something"):
            review.consensus.remove_person("Ruth")
        review.undo()
        with pytest.raises(UserError, match="has recorded something"):
            review.consensus.remove_person("Ruth")


def test_who_was_removed_is_waited_for_no_more_and_not_present(project):
    project.consensus.add_person("Maya")
    project.consensus.add_person("Ruth")
    project.consensus.join("Ruth", TA)
    project.consensus.present(["Ruth", "Maya", "maya"])
    assert project.consensus.names_present() == ["Ruth", "Maya"]
    project.consensus.remove_person("Ruth")
    assert project.consensus.names_present() == ["Maya"]
    assert project.consensus.at(TA).coverage.waited_for() == []
    project.consensus.add_person("Ruth")
    assert project.consensus.at(TA).coverage.waited_for() == [], "who is put back joins anew"


def test_a_copy_writes_the_joining_of_every_step_once(project, tmp_path):
    project.consensus.write_copy("Maya", tmp_path / "a.screener")
    joins = "SELECT count(*) FROM event WHERE kind = 'joins'"
    assert project._file.rows(joins) == [(2,)]
    project.consensus.write_copy("maya", tmp_path / "b.screener")
    assert project._file.rows(joins) == [(2,)]
    project.consensus.leave("Maya", FT, "no time")
    project.consensus.write_copy("Maya", tmp_path / "c.screener")
    assert project._file.rows(joins) == [(2,)], "a copy does not bring back who has left"


def test_an_arbitrator_joins_nothing(project, tmp_path):
    project.consensus.add_person("Ruth", arbitrator=True)
    with pytest.raises(UserError, match="settles and does not screen"):
        project.consensus.join("Ruth", TA)
    with pytest.raises(UserError, match="takes part as an arbitrator"):
        project.consensus.write_copy("Ruth", tmp_path / "r.screener")
    with pytest.raises(UserError, match="takes no part in title and abstract"):
        project.consensus.leave("Ruth", TA, "why")
    assert [r.name for r in project.consensus.reviewers()] == []


def test_who_joins_answers_everything_unless_it_is_said_otherwise(project, tmp_path, making):
    making.fill(project, tmp_path, 2)
    for name, how in (("Ruth", {}), ("Jonas", {"opened_after": True})):
        project.consensus.add_person(name)
        assert project.consensus.join(name, TA, **how)
    ruth, jonas = (p.id for p in project.consensus.reviewers())
    here = project.consensus.at(TA).coverage
    assert here.parts[ruth].after == 0
    assert here.parts[jonas].after > max(here.opened(u) for u in project.units.ids()) > 0


def test_a_copy_changes_no_people(screened):
    for change in (
        lambda: screened.consensus.add_person("Ruth"),
        lambda: screened.consensus.add_person("Maya"),
        lambda: screened.consensus.rename_person("Maya", "Ruth"),
        lambda: screened.consensus.remove_person("Maya"),
        lambda: screened.consensus.join("Maya", TA),
        lambda: screened.consensus.leave("Maya", TA, "why"),
    ):
        with pytest.raises(UserError, match="only the coordinator's project"):
            change()


def test_a_corrected_name_stands_everywhere(pair):
    pair.merge()
    with open_project(pair.project) as review:
        review.consensus.resolve(
            review.units.find("3"), "include", step=TA, why="we read it", by=["Maya"]
        )
        review.consensus.rename_person("Maya", "Maya Larch")
        (settled,) = review.consensus.agreed(TA)[review.units.find("3")]
        assert settled.by == ("Maya Larch",)
        assert review.consensus.agreement(TA).pairs[0].reviewers == ("Maya Larch", "Jonas")
    with open_copy(pair.a) as mine:
        assert [r.name for r in mine.consensus.reviewers()] == ["Maya"], "as it was written"


# --- a removal that shows something ---------------------------------------------------------------


@pytest.fixture
def waiting(pair):
    """A project in which both reviewers have closed and only Ruth is waited for."""
    with open_project(pair.project) as review:
        review.consensus.add_person("Ruth")
        for stage in Stage:
            review.consensus.join("Ruth", stage)
    pair.merge()
    with open_project(pair.project) as review:
        assert review.consensus.hidden(TA) == 8
        yield review


def test_a_removal_that_shows_what_was_hidden_is_written_and_said(waiting):
    with pytest.raises(UserError, match="Without Ruth, who has not closed title and abstract"):
        waiting.consensus.remove_person("Ruth")
    with pytest.raises(UserError, match="say why"):
        waiting.consensus.remove_person("Ruth", " ")
    assert [one.name for one in waiting.consensus.people()] == ["Maya", "Jonas", "Ruth"]
    assert waiting.consensus.hidden(TA) == 8
    assert waiting.consensus.remove_person("Ruth", "never began") is True
    assert waiting.consensus.hidden(TA) == 0
    (early,) = heads(waiting._file, OpenedEarly)
    assert (early.step, early.body.why) == (str(TA), "never began")
    assert waiting.verify() == []


def test_a_removal_shows_only_what_the_others_have_closed(waiting, making, tmp_path):
    making.fill(waiting, tmp_path, 2, source="Scopus", mark="later")
    assert waiting.consensus.remove_person("Ruth", "never began") is True
    assert waiting.consensus.hidden(TA) == 2


def test_a_removal_that_shows_nothing_needs_no_reason(pair):
    pair.merge(pair.a)
    with open_project(pair.project) as review:
        review.consensus.add_person("Ruth")
        review.consensus.join("Ruth", TA)
        assert review.consensus.remove_person("Ruth") is False
        assert review.consensus.hidden(TA) == 8
        assert heads(review._file, OpenedEarly) == []


def test_the_command_says_that_a_removal_shows_something(waiting, making):
    path = waiting.path
    waiting.close()
    refused = making.cli("reviewers", path, "remove", "Ruth")
    assert refused.returncode == 1
    assert "--why" in refused.stderr
    done = making.cli("reviewers", path, "remove", "Ruth", "--why", "never began")
    assert (done.returncode, done.stdout) == (0, "Ruth takes no part any more.\n")
    assert "is shown from now on, though Ruth has not closed it" in done.stderr


@pytest.mark.parametrize(
    "name", ["/home/anna/anna2.screener", "anna.screener", "C:\\Reviews\\anna", "~/anna", "../a"]
)
def test_the_place_of_a_file_is_no_name(pair, name):
    with open_project(pair.project) as review:
        before = review.consensus.reviewers()
        for refused in (
            lambda: review.consensus.add_person(name),
            lambda: review.consensus.write_copy(name, pair.folder / "new.screener"),
            lambda: review.consensus.rename_person(before[0].name, name),
        ):
            with pytest.raises(UserError, match="is the place of a file and no name"):
                refused()
        assert review.consensus.reviewers() == before
        assert review.consensus.add_person("Ana/María Ruiz").name == "Ana/María Ruiz"
        assert not (pair.folder / "new.screener").exists()
