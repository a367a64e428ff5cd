"""What the admission of a copy says of the answers of a form: by name and version."""

from dataclasses import replace

from screener import open_project
from screener.consensus.merging.findings import Check, Result
from screener.consensus.merging.naming import missing
from screener.model import Option

ID = "third-step"


def remarks(made, name, check):
    with made.open() as review:
        (one,) = review.consensus.admission(made.copies[name])
        return [(said.result, said.message) for said in one.findings if said.check is check]


def test_answers_are_counted_by_name_and_those_of_an_older_form_are_told(trial):
    made = trial(count=2)
    given = {(1, "setting"): "home", (2, "setting"): "school", (1, "dose", "one"): "3"}
    made.answer("Maya", given, rows=((1, "One"), (1, "Two")))
    assert remarks(made, "Maya", Check.BRINGS) == [
        (Result.OK, "3 answers made or changed, 2 rows of a list made or changed, 1 closing.")
    ]
    assert remarks(made, "Maya", Check.PROTOCOL) == [(Result.OK, "Version 1, the same as here.")]
    with made.open() as review:
        rigour = made.form.question("rigour")
        wider = replace(rigour, options=(*rigour.options, Option(id="very-high")))
        others = tuple(wider if q.id == "rigour" else q for q in made.form.questions)
        review.forms.keep(replace(made.form, questions=others), why="One more")
    ((result, message),) = remarks(made, "Maya", Check.PROTOCOL)
    assert result is Result.REMARK
    assert message.startswith("3 answers were made under an older version than 2; they come in")


def test_answers_on_a_study_that_is_not_here_are_named(trial, tmp_path):
    folders = [tmp_path / name for name in ("one", "other")]
    for folder in folders:
        folder.mkdir()
    one, other = (trial(folder=folder) for folder in folders)
    one.answer("Maya", {(1, "setting"): "home"}, close=False)
    with open_project(other.project, write=False) as target:
        with open_project(one.copies["Maya"], write=False) as incoming:
            found = missing(target._file, incoming._file)
        assert [one for one in found if one.startswith("a study")] == ["a study (1 answer)"]
        with open_project(other.copies["Maya"], write=False) as known:
            assert not any("study" in one for one in missing(target._file, known._file))
