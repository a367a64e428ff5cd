"""What the meeting asks of the core: few units as all, units behind numbers, calm remarks."""

import pytest

from screener import create_project, open_copy, open_project
from screener.consensus.merging.findings import Check, Result
from screener.model import Criterion, Element, Outcome, Protocol, Stage, Verdict

TA = Stage.TITLE_ABSTRACT
MAYA = ("include", "include", "maybe", "exclude", "exclude")
JONAS = ("include", "exclude", "include", "exclude", "maybe")


@pytest.fixture
def pair(tmp_path):
    """A project of five records, and the closed copies of two reviewers (a, b)."""
    source = tmp_path / "records.ris"
    source.write_text(
        "".join(f"TY  - JOUR\nTI  - Invented title {i}\nER  - \n\n" for i in range(5)),
        encoding="utf-8",
    )
    criterion = Criterion(id="outcomes", element=Element.OUTCOMES)
    protocol = Protocol(title="Two reviewers", criteria=(criterion,))
    path = tmp_path / "project.screener"
    with create_project(path, title="Two reviewers", protocol=protocol) as project:
        project.sources.import_file(source, source="PubMed")
        project.consensus.write_copy("Maya", tmp_path / "a.screener")
        project.consensus.write_copy("Jonas", tmp_path / "b.screener")
    for name, verdicts, judged in (("a", MAYA, "met"), ("b", JONAS, "not-met")):
        with open_copy(tmp_path / f"{name}.screener") as mine:
            for unit, verdict in zip(mine.screening.to_screen(TA), verdicts, strict=True):
                judgements = {"outcomes": judged} if verdict == "include" else {}
                mine.screening.decide(unit, Verdict(verdict), stage=TA, judgements=judgements)
            mine.screening.close(TA)
    return path


@pytest.fixture
def project(pair):
    with open_project(pair) as opened:
        opened.consensus.merge(pair.with_name("a.screener"), pair.with_name("b.screener"))
        yield opened


def test_a_few_units_stand_where_they_stand_among_all(project):
    ids = project.units.ids()
    project.consensus.resolve(ids[1], "include", step=TA, why="Peers", by=["Maya", "Jonas"])
    every = {d.unit.id: d for d in project.consensus.discrepancies(TA)}
    assert set(every) == {ids[0], ids[1], ids[4]}
    for unit in ids:
        alone = list(project.consensus.discrepancies(TA, only=[unit]))
        assert alone == ([every[unit]] if unit in every else [])
    nowhere = "f" * 32  # as a link to a record that another file has
    assert list(project.consensus.discrepancies(TA, only=[ids[0], nowhere])) == [every[ids[0]]]


def test_a_removed_unit_and_a_member_of_a_group_are_told_apart(project):
    ids = project.units.ids()
    project.sources.remove(["1"], why="not a study")
    project.duplicates.same([ids[1], ids[2]])
    unit = project.units.find("2")
    (member,) = {ids[1], ids[2]} - {unit}
    assert project.units.among(ids) == (project.units.ids(), project.units.removed_ids())
    assert project.units.among([member, "unknown"]) == ([], [])
    for one in (ids[0], unit):
        assert project.consensus.state(one, TA) == project.consensus.states(TA)[one]


def test_members_of_a_group_are_read_as_their_unit(project):
    ids = project.units.ids()
    (whole,) = project.consensus.discrepancies(TA, only=[ids[1]])
    project.duplicates.same([ids[1], ids[3]])
    unit = project.units.find("2")
    (found,) = project.consensus.discrepancies(TA, only=[unit])
    assert len(found.decisions) == len(whole.decisions) + 2


def test_settling_names_the_decisions_that_were_on_the_table(project):
    unit = project.units.ids()[1]
    agreed = project.consensus.resolve(unit, Outcome.INCLUDE, step=TA, why="Peers", by=["Maya"])
    assert set(agreed.basis) == {d.event for d in project.consensus.decisions(unit, TA)}


def test_every_number_of_the_table_has_its_units(project):
    ids = [str(u) for u in project.units.ids()]
    (pair,) = project.consensus.agreement(TA).pairs
    assert dict(pair.cells["three_way"]) == {
        ("include", "include"): (ids[0],),
        ("include", "exclude"): (ids[1],),
        ("maybe", "include"): (ids[2],),
        ("exclude", "exclude"): (ids[3],),
        ("exclude", "maybe"): (ids[4],),
    }
    for measure, cells in pair.cells.items():
        found = pair.figures(measure)
        for i, row in enumerate(found.categories):
            for j, column in enumerate(found.categories):
                assert len(cells.get((row, column), ())) == found.table[i][j]


def test_units_judged_differently_are_named_by_criterion(project):
    (pair,) = project.consensus.agreement(TA).pairs
    assert pair.disputes("criteria/outcomes") == (str(project.units.ids()[0]),)
    assert pair.group("criteria")["outcomes"].n == 1


def test_a_copy_written_before_another_reviewer_came_is_not_remarked(pair):
    with open_project(pair) as opened:
        (one,) = opened.consensus.admission(pair.with_name("a.screener"))
    history = [f.result for f in one.findings if f.check is Check.HISTORY]
    assert history == [Result.OK]


def test_a_copy_that_lacks_a_change_of_the_protocol_is_remarked(pair):
    with open_project(pair) as opened:
        opened.protocol.add_criterion("participants", include="Adults")
        (one,) = opened.consensus.admission(pair.with_name("a.screener"))
    (history,) = [f for f in one.findings if f.check is Check.HISTORY]
    assert history.result is Result.REMARK
    assert history.message.startswith("Does not know the last change to the review;")
