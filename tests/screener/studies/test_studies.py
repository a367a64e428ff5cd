"""Studies: linking and unlinking reports, joining, naming, interventions; counted in the flow."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener import open_copy, open_project
from screener.answers.shipped import shipped
from screener.model import UserError


@pytest.fixture
def review(making, tmp_path):
    """A project of six included reports and one that was excluded at full text."""
    with open_project(making.included(tmp_path / "r", records=7, excluded=(7,))) as found:
        yield found


def uids(review, *numbers):
    return [review.units.find(str(n)) for n in numbers]


def told(review):
    """Name, numbers of the reports and whether it has an id, of every study."""
    numbers = dict(review.units.numbered())
    return [(s.name, [numbers[u] for u in s.reports], bool(s.id)) for s in review.studies.all()]


def link(review, *numbers, **how):
    return review.studies.link(uids(review, *numbers), **how)


def numbers_of(study, review):
    numbers = dict(review.units.numbered())
    return [numbers[u] for u in study.reports]


def test_a_report_in_no_study_counts_as_one(review):
    assert [reports for _, reports, _ in told(review)] == [[1], [2], [3], [4], [5], [6]]
    assert not any(known for *_, known in told(review))
    flow = review.report.flow()
    assert (flow.new_reports, flow.new_studies) == (6, 6)


def test_linked_reports_are_one_study_in_every_number(review):
    found = link(review, 1, 3, name="Okafor 2013", primary=uids(review, 3)[0])
    assert (found.name, numbers_of(found, review)) == ("Okafor 2013", [1, 3])
    assert found.primary == uids(review, 3)[0]
    flow = review.report.flow()
    assert (flow.new_reports, flow.new_studies, flow.problems) == (6, 5, ())
    review.undo()
    assert review.report.flow().new_studies == 6
    review.redo()
    assert review.report.flow().new_studies == 5
    assert told(review)[0] == ("Okafor 2013", [1, 3], True)


def test_names_of_studies_do_not_clash(making, tmp_path):
    path = making.included(tmp_path / "r", records=2)
    with open_project(path) as review:
        a, b = (review.studies.set(n, state="included") for n in ("1", "2"))
        assert a.name != b.name
        with pytest.raises(UserError, match="Another study is called"):
            review.studies.set("2", name=a.name)


def test_the_last_report_takes_its_study_along(review):
    one, other = link(review, 1), link(review, 2)
    assert "" not in (one.id, other.id)
    assert one.id != other.id
    link(review, 2, study=one.id)
    assert [(s.id, numbers_of(s, review)) for s in review.studies.all() if s.id] == [
        (one.id, [1, 2])
    ]
    assert [(s.id, s.into) for s in review.studies.joined()] == [(other.id, one.id)]
    review.undo()
    assert {s.id for s in review.studies.all()} >= {one.id, other.id}
    assert review.studies.joined() == []


def test_a_report_may_belong_to_two_studies(review):
    one = link(review, 1, 2)
    two = link(review, 3)
    link(review, 2, study=two.id, also=True)
    found = {s.id: numbers_of(s, review) for s in review.studies.all()}
    assert (found[one.id], found[two.id]) == ([1, 2], [2, 3])
    assert review.report.flow().new_studies == 5
    review.studies.unlink(uids(review, 2)[0], study=one.id)
    found = {s.id: numbers_of(s, review) for s in review.studies.all()}
    assert (found[one.id], found[two.id]) == ([1], [2, 3])


def test_what_was_joined_comes_back_when_its_report_is_taken_out(review):
    one, other = link(review, 1), link(review, 2)
    review.studies.join("1", "2")
    review.studies.unlink(uids(review, 2)[0])
    found = {s.id: numbers_of(s, review) for s in review.studies.all()}
    assert (found[one.id], found[other.id]) == ([1], [2])


def test_a_study_joined_to_one_that_is_joined_counts_for_the_last(review):
    link(review, 1), link(review, 2), link(review, 3)
    review.studies.join("2", "3")
    review.studies.join("1", "2")
    assert [numbers_of(s, review) for s in review.studies.all() if s.id] == [[1, 2, 3]]
    assert review.report.flow().new_studies == 4
    assert review.verify() == []


def test_awaiting_and_ongoing_are_no_included_reports(review):
    review.studies.set("2", state="awaiting")
    review.studies.set("3", state="ongoing")
    flow = review.report.flow()
    assert (flow.new_reports, flow.new_studies, flow.dbr_awaiting) == (4, 4, 2)
    assert len(flow.problems) == 1
    review.undo()
    assert review.report.flow().new_studies == 5


def test_what_is_refused_changes_nothing(review):
    link(review, 1)
    before = told(review), len(list(review.studies.joined()))
    for wrong, words in (
        (lambda: link(review, 7), "not included at full text"),
        (lambda: link(review, 1, study="nobody"), "no study “nobody”"),
        (lambda: link(review), "Name the reports"),
        (lambda: link(review, 1, primary=uids(review, 2)[0]), "one of the study's reports"),
        (lambda: review.studies.join("1", "1"), "joined to itself"),
        (lambda: review.studies.unlink(uids(review, 2)[0]), "in no study"),
        (lambda: review.studies.set("1", state="finished"), "included, awaiting or ongoing"),
        (lambda: review.studies.group(" ", ["1"]), "a name"),
        (lambda: review.studies.group("X", []), "the studies that test it"),
        (lambda: review.studies.group("X", ["1"], "nothing"), "no intervention"),
        (lambda: review.studies.ungroup("X"), "no intervention"),
    ):
        with pytest.raises(UserError, match=words):
            wrong()
    assert (told(review), len(list(review.studies.joined()))) == before


def test_a_study_without_a_report_stays_in_its_intervention(review):
    one, other = link(review, 1), link(review, 2)
    review.studies.group("Peers by telephone", [one.id, other.id])
    review.studies.unlink(uids(review, 1)[0])
    (group,) = review.studies.interventions()
    review.studies.group(group.name, [*group.studies, "3"], group.id)
    (group,) = review.studies.interventions()
    assert group.studies == (one.id, other.id, review.studies.find("3").id)


def test_interventions_group_studies_and_follow_joins(review):
    review.studies.group("Peers by telephone", ["1", "2"])
    (one,) = review.studies.interventions()
    assert [review.studies.find(s).name for s in one.studies] == [
        review.studies.find(n).name for n in ("1", "2")
    ]
    review.studies.join("1", "2")
    (after,) = review.studies.interventions()
    assert after.studies == one.studies[:1]
    review.studies.group("Peers by telephone", ["1", "3"])
    assert len(review.studies.interventions()) == 1
    review.studies.group("Peers by post", ["3"], one.id)
    assert [i.name for i in review.studies.interventions()] == ["Peers by post"]
    review.studies.ungroup("Peers by post")
    assert review.studies.interventions() == []
    review.undo()
    assert [i.name for i in review.studies.interventions()] == ["Peers by post"]


def test_undo_never_voids_a_study_but_takes_its_reports(review):
    made = link(review, 1, 2)
    review.undo()
    assert not any(known for *_, known in told(review))
    assert review.studies.removed_ids() == [made.id]
    assert review.studies.problems() == []
    assert review.verify() == []


def test_duplicates_of_two_studies_are_a_problem(review):
    link(review, 1), link(review, 2)
    review.duplicates.same(uids(review, 1, 2))
    (problem,) = review.studies.problems()
    assert "joined as duplicates" in problem
    assert review.report.flow().problems == ()


def test_copies_know_studies_and_change_none(review, tmp_path):
    made = link(review, 1, 2, name="Okafor 2013")
    path = tmp_path / "new.screener"
    review.consensus.write_copy("Maya", path)
    with open_copy(path) as mine:
        (found,) = mine.studies.all()
        assert (found.id, found.name, numbers_of(found, mine)) == (made.id, made.name, [1, 2])
        with pytest.raises(UserError, match="only the coordinator's project"):
            link(mine, 1)


def test_what_was_taken_back_leaves_its_name_free(review):
    link(review, 1, 2, name="Okafor 2013")
    review.undo()
    with pytest.raises(UserError, match="no study “Okafor 2013”"):
        review.studies.find("Okafor 2013")
    again = link(review, 1, 2, name="Okafor 2013")
    assert (again.name, numbers_of(again, review)) == ("Okafor 2013", [1, 2])


def test_an_open_study_that_lost_its_report_is_told_and_can_be_joined(review):
    review.forms.keep(shipped("mqrs"))
    lost = link(review, 1, name="Okafor 2013")
    review.studies.open("mqrs")
    review.studies.unlink(uids(review, 1)[0])
    (problem,) = review.studies.problems()
    assert problem.startswith("Okafor 2013 has no included report")
    review.studies.join("2", "Okafor 2013")
    assert [one.id for one in review.studies.joined()] == [lost.id]
    assert review.studies.problems() == []
    review.undo()
    found = link(review, 1, study="Okafor 2013")
    assert (found.id, numbers_of(found, review)) == (lost.id, [1])
    assert review.studies.problems() == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("4", "number of a report"),
        ("\uff14", "number of a report"),
        ("0123456789ABCDEF0123456789abcdef", "for an id"),
        ("\u200b", "can be seen"),
        ("x" * 1001, "too long"),
    ],
)
def test_a_name_that_means_something_else_or_nothing_is_refused(review, name, words):
    before = told(review)
    for act in (
        lambda: review.studies.set("3", name=name),
        lambda: link(review, 1, 2, name=name),
        lambda: review.studies.group(name, ["1"]),
    ):
        with pytest.raises(UserError, match=words):
            act()
    assert told(review) == before
    assert not review.studies.interventions()


def test_a_study_named_twice_tests_an_intervention_once(review):
    found = review.studies.group("Peers", ["1", "1", review.studies.find("1").name])
    assert len(found.studies) == 1


def test_names_that_look_alike_clash(review):
    review.studies.set("1", name="Okafor 2013")
    with pytest.raises(UserError, match="Another study is called"):
        review.studies.set("2", name="okafor\u200b 2013")


def test_whole_studies_that_are_linked_come_along_with_what_had_come_to_them(review):
    one, two, three = (link(review, n) for n in (1, 2, 3))
    review.studies.join(two.id, three.id)
    link(review, 2, 3, study=one.id)
    assert {(s.id, s.into) for s in review.studies.joined()} == {
        (two.id, one.id), (three.id, one.id),
    }  # fmt: skip
    review.studies.unlink(uids(review, 2)[0])
    found = {s.id: numbers_of(s, review) for s in review.studies.all()}
    assert (found[one.id], found[two.id]) == ([1, 3], [2])


def by_id(review):
    return {s.id: numbers_of(s, review) for s in review.studies.all() if s.id}


@pytest.mark.parametrize("back", [1, 2])
@pytest.mark.parametrize("by", ["link", "join"])
def test_a_whole_study_that_was_joined_comes_back_with_all_its_reports(review, by, back):
    gone, kept = link(review, 1, 2), link(review, 3)
    if by == "link":
        link(review, 1, 2, study=kept.id)
    else:
        review.studies.join(kept.id, gone.id)
    assert by_id(review) == {kept.id: [1, 2, 3]}
    review.studies.unlink(uids(review, back)[0])
    assert by_id(review) == {gone.id: [1, 2], kept.id: [3]}
    assert review.studies.joined() == []
    assert review.verify() == []


def test_a_report_that_was_moved_on_stays_where_it_is_when_its_study_comes_back(review):
    gone, kept, third = link(review, 1, 2), link(review, 3), link(review, 4)
    link(review, 1, 2, study=kept.id)
    link(review, 2, study=third.id)
    assert by_id(review) == {kept.id: [1, 3], third.id: [2, 4]}
    review.studies.unlink(uids(review, 2)[0])
    assert by_id(review) == {gone.id: [2], kept.id: [1, 3], third.id: [4]}


ACTS = st.one_of(
    st.tuples(
        st.just("link"),
        st.lists(st.integers(1, 5), min_size=1, max_size=4, unique=True),
        st.integers(0, 5),
    ),
    st.tuples(st.just("unlink"), st.integers(1, 5), st.none()),
    st.tuples(st.just("join"), st.integers(1, 5), st.integers(1, 5)),
)


@given(st.lists(ACTS, min_size=1, max_size=8))
def test_no_report_is_in_two_studies_and_no_study_is_lost(pristine, acts):
    """In whatever order reports are linked, joined and taken out, each has one place."""
    with open_project(pristine.read()) as review:
        made = {link(review, n).id for n in range(1, 5)}
        for act, one, other in acts:
            with suppress(UserError):
                if act == "link":
                    link(review, *one, study=str(other) if other else "")
                elif act == "unlink":
                    review.studies.unlink(uids(review, one)[0])
                else:
                    review.studies.join(str(one), str(other))
            book = review.studies._book
            made |= set(book.bodies)
            reports = [unit for id_ in book.standing() for unit in book.reports(id_)]
            assert len(reports) == len(set(reports))
            assert made == {*book.standing(), *(s.id for s in review.studies.joined())}
            for joined in review.studies.joined():
                assert book.now(joined.id) in book.standing()
                assert book.bodies[joined.id].reports or not book.reports(joined.id)
        assert review.verify() == []


@given(st.lists(st.integers(1, 5), min_size=1, max_size=4, unique=True), st.data(), st.booleans())
def test_a_study_that_was_linked_away_whole_comes_back_as_it_was(pristine, several, data, by_join):
    with open_project(pristine.read()) as review:
        gone, kept = link(review, *several), link(review, 6)
        if by_join:
            review.studies.join(kept.id, gone.id)
        else:
            link(review, *data.draw(st.permutations(several)), study=kept.id)
        review.studies.unlink(uids(review, data.draw(st.sampled_from(several)))[0])
        assert by_id(review) == {gone.id: sorted(several), kept.id: [6]}


@pytest.fixture(scope="module")
def pristine(tmp_path_factory):
    """A file of six included reports, copied anew for each trial."""
    from tests.screener.conftest import Making

    folder = tmp_path_factory.mktemp("studies")
    first = Making.included(folder / "first", records=6)

    class Pristine:
        made = 0

        def read(self):
            self.made += 1
            path = folder / f"{self.made}.screener"
            path.write_bytes(first.read_bytes())
            return path

    return Pristine()
