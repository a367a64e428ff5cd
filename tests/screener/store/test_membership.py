"""What is asked of records and units: who is present, who holds words, what there is to find by."""

import pytest

from screener import create_project
from screener.store import membership

TEXT = """TY  - JOUR
TI  - A “larch” or a "birch" C:\\wood
AU  - Müller, Änne
AU  - Obi, Tunde
PY  - 1999
DO  - 10.5555/larch
AB  - Only here: RESIN.
ER  -

TY  - JOUR
TI  - Of rowans
AU  - Obi, Tunde
ER  -

TY  - JOUR
TI  - Of rowans
AB  - Alder.
ER  -
"""


@pytest.fixture
def project(tmp_path):
    """Three records in a project."""
    path = tmp_path / "found.ris"
    path.write_text(TEXT, encoding="utf-8")
    with create_project(tmp_path / "review.screener", title="T") as made:
        made.sources.import_file(path, source="PubMed")
        yield made


def found(project, *words):
    """The numbers of the units that hold words."""
    numbers = dict(project.units.numbered())
    return sorted(numbers[uid] for uid in membership.search(project._file, words))


def test_words_are_found_in_any_field_and_any_case(project):
    assert found(project, "resin") == [1]
    assert found(project, "TUNDE") == [1, 2]
    assert found(project, "müller", "ÄNNE") == [1]
    assert found(project, "obi", "rowans") == [2]
    assert found(project, '"birch"') == [1]
    assert found(project, "c:\\wood") == [1]
    assert found(project, "title") == []  # the name of a field
    assert found(project) == [1, 2, 3]


def test_letters_whose_case_folds_to_ascii_are_found_by_it(project):
    project.sources.correct("2", {"title": "Straße, ﬁne \u212aelvin “x”", "journal": "İzmir"})
    assert found(project, "strasse") == [2]
    assert found(project, "STRAßE") == [2]
    assert found(project, "fine", "kelvin") == [2]
    assert found(project, "“x”") == [2]
    assert found(project, "i\u0307zmir") == [2]
    assert found(project, "kelvinx") == []


def test_accents_and_apostrophes_make_no_difference(project):
    project.sources.correct(
        "2", {"title": "Peer support", "authors": "O’Brien, Ana; Garci\u0301a, José"}
    )
    project.sources.correct("3", {"title": "Another", "authors": "O'Brien, Ana; Garcia, Jose"})
    for words in ("obrien", "O'Brien", "O’BRIEN", "garcia", "García josé"):
        assert found(project, *words.split()) == [2, 3], words


def test_a_version_without_an_abstract_counts_until_none_is_left(project):
    uids = {n: project.units.find(str(n)) for n in (1, 2, 3)}
    assert membership.without_abstract(project._file) == {uids[2]}
    project.sources.correct("3", {"abstract": ""})
    project.sources.correct("1", {"title": "Of larches"})
    assert membership.without_abstract(project._file) == {uids[2], uids[3]}


def test_a_group_is_found_by_any_of_its_records(project):
    two, three = (project.units.find(str(n)) for n in (2, 3))
    project.duplicates.same([two, three], kept=two)
    assert found(project, "alder") == [2]
    assert membership.present_groups(project._file) == {two: sorted((two, three))}
    assert membership.without_abstract(project._file) == {two}
    assert membership.count_units(project._file) == 2


def test_absent_records_are_told_apart(project):
    one, two, three = (project.units.find(str(n)) for n in (1, 2, 3))
    project.sources.remove(["2"], "not a report")
    file = project._file
    assert membership.present_records(file) == [one, three]
    assert membership.absent_units(file) == [two]
    assert membership.units_among(file, [three, two, one, "0" * 32]) == ([one, three], [two])
    assert (membership.count_present(file), membership.last_number(file)) == (2, 3)


def test_every_version_is_described(project):
    project.sources.correct("2", {"title": "Of maples", "authors": "Ito, Ken; Obi, Tunde"})
    seen = [
        (d.number, d.title, d.authors, d.year, d.doi) for d in membership.described(project._file)
    ]
    assert seen == [
        (1, 'A “larch” or a "birch" C:\\wood', "Müller, Änne; Obi, Tunde", 1999, "10.5555/larch"),
        (2, "Of rowans", "Obi, Tunde", None, ""),
        (2, "Of maples", "Ito, Ken; Obi, Tunde", None, ""),
        (3, "Of rowans", "", None, ""),
    ]
    second = [d.digest for d in membership.described(project._file) if d.number == 2][1]
    assert project.sources.record("2").version == second


def test_a_uid_is_in_memory_once(project):
    file = project._file
    first, again = membership.present_units(file), membership.present_units(file)
    assert all(one is other for (one, _), (other, _) in zip(first, again, strict=True))
    imported = membership.imported(file)
    assert all(one is other for (one, _), (other, _) in zip(first, imported, strict=True))
