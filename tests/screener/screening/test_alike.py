"""Finding the other record of the same report, from what the sources say alone."""

import pytest

from screener import create_project, open_copy
from screener.model import Protocol, Stage, Verdict

TA = Stage.TITLE_ABSTRACT
RECORDS = (
    ("Peer support by smartphone in schizophrenia", "Müller, Ana", 2017, "10.5555/one"),
    ("A trial of reminders by telephone", "Brandt, Sven", 2016, ""),
    ("Peer-support by smart phone in schizophrenia.", "Muller, A", 2018, ""),
    ("Unterstützung durch Gleichgesinnte", "Müller, Ana", 2017, "https://doi.org/10.5555/ONE"),
    ("Peer support by letter in depression", "Velasquez, R", 2019, ""),
    ("", "Nobody, N", 2020, ""),
)


@pytest.fixture
def project(tmp_path):
    """An open project with six records; 5 is known not to be 3."""
    text = "".join(
        f"TY  - JOUR\nTI  - {title}\nAU  - {author}\nPY  - {year}\n"
        + (f"DO  - {doi}\n" if doi else "")
        + "ER  - \n\n"
        for title, author, year, doi in RECORDS
    )
    (tmp_path / "r.ris").write_text(text, encoding="utf-8")
    path = tmp_path / "p.screener"
    with create_project(path, title="", protocol=Protocol(title="Review")) as review:
        review.sources.import_file(tmp_path / "r.ris", source="PubMed")
        review.duplicates.different([review.units.find("3"), review.units.find("5")])
        yield review


def numbers(units):
    return [u.number for u in units]


def likely(review, number, **how):
    return numbers(
        review.screening.proposals.likely_duplicates(review.units.find(str(number)), **how)
    )


def holding(review, text, **how):
    return numbers(review.screening.proposals.units_holding(text, **how))


def test_the_same_doi_comes_first_then_the_likest_titles(project):
    assert likely(project, 1) == [4, 3, 5]
    assert likely(project, 1, limit=2) == [4, 3]


def test_what_a_person_said_is_different_is_not_offered_again(project):
    assert likely(project, 3) == [1]
    assert likely(project, 5) == [1]
    project.undo()
    assert likely(project, 3) == [1, 5]


def test_a_record_without_a_title_is_like_none(project):
    assert likely(project, 6) == []


def test_a_record_is_found_by_number_title_author_and_year(project):
    assert holding(project, "5") == [5]
    assert holding(project, "9" * 5000) == []
    assert holding(project, "smart schizo") == [1, 3]
    assert holding(project, "MULLER 2017") == [1, 4]
    assert holding(project, "müller", limit=2) == [1, 3]
    assert holding(project, "unterstutzung") == [4]
    assert holding(project, "zebra") == holding(project, "  ") == []


def test_a_number_comes_first_and_words_match_from_their_beginning(project, tmp_path):
    (tmp_path / "more.ris").write_text("TY  - JOUR\nTI  - 2 of 17\nER  - \n\n", encoding="utf-8")
    project.sources.import_file(tmp_path / "more.ris", source="Scopus")
    assert holding(project, "2")[0] == 2
    assert holding(project, "port") == []
    assert holding(project, "17") == [7]


def test_joined_records_are_one_unit_found_by_each_of_its_records(project):
    project.duplicates.same([project.units.find("1"), project.units.find("4")], kept="")
    kept = project.units.find("1")
    assert likely(project, 1) == [3, 5]
    assert [u.id for u in project.screening.proposals.units_holding("unterstutzung")] == [kept]
    assert [u.id for u in project.screening.proposals.units_holding("4")] == [kept]
    assert [
        u.id for u in project.screening.proposals.likely_duplicates(project.units.find("3"))
    ] == [kept]


def test_removed_records_are_not_found_and_corrected_ones_by_their_new_words(project):
    assert likely(project, 3) == [1]
    project.sources.correct("2", {"title": "Peer support by telephone in schizophrenia"})
    assert 2 in likely(project, 3)
    assert holding(project, "reminders") == []
    project.sources.remove(["1"], "retracted")
    assert 1 not in likely(project, 3)
    assert holding(project, "1") == []


def test_it_says_the_same_whatever_was_decided(project, tmp_path):
    project.consensus.write_copy("Maya", tmp_path / "a.screener")
    with open_copy(tmp_path / "a.screener") as mine:
        one = mine.units.find("1")
        before = mine.screening.proposals.likely_duplicates(one)
        for unit in mine.screening.queues.queue(TA):
            mine.screening.decide(unit, Verdict.EXCLUDE, stage=TA)
        assert mine.screening.proposals.likely_duplicates(one) == before
        assert mine.screening.proposals.likely_duplicates(
            one
        ) == project.screening.proposals.likely_duplicates(one)
