"""The files of the documentation's pictures can be made of the example as it is."""

import runpy
from pathlib import Path

import screener
from screener import open_copy, open_project

FILES = Path(screener.__file__).resolve().parents[1] / "docs" / "picture_files.py"


def test_reports_are_becoming_studies_and_a_copy_is_begun(tmp_path):
    made = runpy.run_path(str(FILES))
    project, copy = made["write_studies"](tmp_path)
    with open_project(project) as review:
        studies = review.studies.all()
        named = [one for one in studies if one.id]
        assert len(named) == sum(map(len, made["INTERVENTIONS"].values()))
        assert len(named) < len(studies)  # the others wait
        assert len(review.forms.steps()) == len(made["SHIPPED"])
    with open_copy(copy) as mine:
        answers = mine.forms.answering("extraction").answers(named[0].id)
        assert {one.question for one in answers} >= {"country", "setting"}
    assert {one.name for one in tmp_path.iterdir()} >= {project.name, copy.name}
