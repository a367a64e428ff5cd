"""Versions of the protocol, what they touch, and the protocol file."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screener.model import (
    TAKEN_IDS,
    Criterion,
    Element,
    MaybeRule,
    Previous,
    Protocol,
    Stage,
    UserError,
)
from screener.model.words import as_name
from screener.protocol import protocol as protocol_module
from screener.protocol import toml
from screener.protocol.protocol import cleaned

ids = st.from_regex(r"[a-z][a-z0-9]{0,6}(-[a-z0-9]{1,4}){0,2}", fullmatch=True).filter(
    lambda i: i not in TAKEN_IDS
)
words = st.text(max_size=30).map(str.strip)


earlier = st.builds(
    lambda studies, more: Previous(studies=studies, reports=studies + more),
    st.integers(0, 400_000),
    st.integers(0, 400_000),
)


@st.composite
def protocols(draw):
    names = draw(st.lists(ids, min_size=1, max_size=6, unique=True))
    cut = draw(st.integers(1, len(names)))
    return Protocol(
        title=draw(words),
        question=draw(words),
        registration=draw(words),
        reviewers_per_record=draw(st.integers(1, 9)),
        criteria=tuple(
            Criterion(
                id=name,
                element=draw(st.sampled_from(list(Element))),
                include=draw(words),
                exclude=draw(words),
                question=draw(words),
                required_at=draw(st.frozensets(st.sampled_from(list(Stage)))),
                highlight=tuple(draw(st.lists(words.filter(bool), max_size=3))),
            )
            for name in names[:cut]
        ),
        further_reasons=tuple((name, draw(words.filter(bool))) for name in names[cut:]),
        maybe=draw(st.sampled_from(list(MaybeRule))),
        reason_required={Stage.TITLE_ABSTRACT: draw(st.booleans()), Stage.FULL_TEXT: True},
        previous=draw(st.none() | earlier),
    )


@settings(max_examples=60)
@given(protocols())
def test_a_protocol_written_as_toml_reads_back(protocol):
    assert toml.parse(toml.text(protocol)) == protocol


@settings(max_examples=6)
@given(protocols())
def test_a_protocol_kept_in_a_project_reads_back(tmp_path_factory, protocol):
    from screener import create_project, open_project

    path = tmp_path_factory.mktemp("protocol") / "p.screener"
    protocol = cleaned(replace(protocol, title=as_name(protocol.title) or "T"))
    with create_project(path, title="", protocol=protocol) as review:
        assert review.protocol.current == protocol
    with open_project(path, write=False) as review:
        assert review.protocol.current == protocol
        assert review.verify() == []


def test_versions_are_linear_and_equal_ones_make_none(project):
    first = project.protocol.current
    assert (first.version, project.protocol.set(first).version) == (1, 1)
    second = project.protocol.set(replace(first, title="Another"), why="a typing error")
    assert (second.version, project.protocol.current.title) == (2, "Another")
    back = project.protocol.set(first)
    assert back.version == 3
    assert project.protocol.version(2).title == "Another"
    assert project.title == first.title
    with pytest.raises(UserError, match="There is no version 9 of the protocol"):
        project.protocol.version(9)
    assert project.verify() == []


def changed(project, **what):
    now = project.protocol.current
    return project.protocol.set(replace(now, **what))


@pytest.mark.parametrize(
    ("change", "touched"),
    [
        ({"include": "x"}, True),
        ({"exclude": "x"}, True),
        ({"required_at": frozenset()}, True),
        ({"question": "x"}, False),
        ({"highlight": ("x",)}, False),
    ],
)
def test_what_touches_a_criterion(project, change, touched):
    criteria = list(project.protocol.current.criteria)
    criteria[1] = replace(criteria[1], **change)
    first = project.protocol.current.id
    second = changed(project, criteria=tuple(criteria), title="Another", reviewers_per_record=1).id
    wanted = {"interventions"} if touched else set()
    assert project.protocol.changed_criteria(first) == wanted
    assert project.protocol.changed_criteria(second) == set()
    for unknown in ("", "0" * 16):  # before the first version
        assert project.protocol.changed_criteria(unknown) == wanted


def test_another_order_touches_what_moved(project):
    first = project.protocol.current
    a, b, c = first.criteria
    second = changed(project, criteria=(b, a, c))
    assert project.protocol.changed_criteria(first.id) == {"participants", "interventions"}
    changed(project, criteria=(b, a))
    assert project.protocol.changed_criteria(second.id) == {"study-design"}


def test_a_version_is_found_by_the_digits_of_its_digest(project):
    first = project.protocol.current
    second = changed(project, title="Another")
    assert len({first.id, second.id}) == 2
    assert {len(first.id), len(second.id)} == {16}
    assert project.protocol.by_id(first.id) == first
    assert project.protocol.by_id(second.id) == second
    assert project.protocol.number_of(second.id) == 2
    assert project.protocol.by_id("") is None
    assert project.protocol.number_of("0" * 16) == 0
    assert replace(first, id="") == first


def test_a_protocol_set_back_has_not_changed_for_what_was_decided_by_it(project):
    first = project.protocol.current
    changed(project, criteria=first.criteria[::-1])
    back = changed(project, criteria=first.criteria)
    assert (back.version, back.id) == (3, first.id)
    assert project.protocol.number_of(first.id) == 3
    assert project.protocol.changed_criteria(first.id) == set()


def test_a_reason_is_required_at_full_text_where_nothing_is_said():
    silent = Protocol(title="T", reason_required={})
    for protocol in (silent, Protocol(title="T")):
        assert not protocol.requires_reason(Stage.TITLE_ABSTRACT)
        assert protocol.requires_reason(Stage.FULL_TEXT)
    said = Protocol(title="T", reason_required={Stage.TITLE_ABSTRACT: True})
    assert said.requires_reason(Stage.TITLE_ABSTRACT)


def test_ids_are_one_each_and_plain(project):
    with pytest.raises(UserError, match="The id “participants” is used twice"):
        project.protocol.add_criterion("participants")
    for bad in ("Two words", "other", "", "ä"):
        with pytest.raises(UserError, match="is no id; use lower-case letters"):
            project.protocol.add_criterion(bad)
    assert project.protocol.current.version == 1


def test_an_empty_title_in_a_file_keeps_the_title_here(project):
    path = project.path.with_name("p.toml")
    path.write_text("[[criteria]]\nid = 'language'\n", encoding="utf-8-sig")
    now = project.protocol.read(path)
    assert (now.title, [c.id for c in now.criteria]) == ("Peers by telephone", ["language"])
    assert toml.parse(project.protocol.toml()) == replace(now, version=1)


@pytest.mark.parametrize("id_", ["-a", "--", "a" * 201, "A", "a_b", "other", "a\n"])
def test_what_no_decision_could_name_is_no_id(id_):
    with pytest.raises(UserError):
        toml.check_id(id_)


@pytest.mark.parametrize("id_", ["record", "verdict", "reason", "note", "title", "doi", "uid"])
def test_no_new_id_is_a_column_of_the_tables_of_decisions(project, id_):
    before = project.protocol.current
    with pytest.raises(UserError):
        project.protocol.add_criterion(id_)
    with pytest.raises(UserError):
        project.protocol.set(replace(before, further_reasons=((id_, "Some words"),)))
    assert project.protocol.current == before


@pytest.mark.parametrize("id_", ["-a", "note"])
def test_an_id_that_was_kept_before_is_read_and_stays(project, id_, monkeypatch):
    with monkeypatch.context() as before:  # as the program was that kept it
        before.setattr(protocol_module, "_require_ids", lambda *_: None)
        project.protocol.add_criterion(id_)
    assert project.protocol.add_criterion("more").criteria[-2].id == id_


def test_a_number_of_thousands_of_digits_is_refused_in_a_sentence():
    with pytest.raises(UserError):
        toml.parse("reviewers-per-record = " + "9" * 5000)


HEAD = "title = 'A review'\n[[criteria]]\nid = 'a'\n"


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("studies = 2", "how many studies and how many reports"),
        ("studies = -1\nreports = 2", "how many studies and how many reports"),
        ("studies = true\nreports = 2", "how many studies and how many reports"),
        ("studies = '2'\nreports = 2", "how many studies and how many reports"),
        ("studies = 1000000\nreports = 1000000", "how many studies and how many reports"),
        ("studies = 3\nreports = 2", "fewer reports than studies"),
        ("studies = 2\nreports = 2\nrecords = 1", "unknown key “records”"),
    ],
)
def test_what_an_earlier_version_cannot_have_included_is_refused(said, wrong):
    with pytest.raises(UserError, match=wrong):
        toml.parse(f"{HEAD}[previous]\n{said}\n")


def test_a_new_review_says_nothing_of_an_earlier_version(project):
    assert project.protocol.current.previous is None
    assert "previous" not in project.protocol.toml()


def test_an_updated_review_counts_what_was_before(project):
    before = project.protocol.current
    project.protocol.set(replace(before, previous=Previous(studies=12, reports=14)))
    flow = project.report.flow()
    assert (flow.previous_studies, flow.previous_reports) == (12, 14)
    assert (flow.total_studies, flow.total_reports) == (12, 14)
    assert project.verify() == []
