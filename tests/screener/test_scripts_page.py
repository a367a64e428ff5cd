"""The code blocks of the docs run, and the page for scripts names what there is."""

import re
from pathlib import Path

import screener
from screener import Project, open_project

PAGE = Path(__file__).parents[2] / "docs" / "scripts.md"


def run(page):
    """Run the Python blocks of a page in their order, as one program."""
    text = page.read_text(encoding="utf-8")
    names = {"__name__": page.stem}
    for block in re.findall(r"^```python\n(.*?)^```$", text, re.S | re.M):
        exec(compile(block, page.name, "exec"), names)


def test_the_worked_review_runs_as_it_is_printed(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    run(PAGE)
    for written in ("flow.svg", "flow.csv", "records.csv", "codebook.csv"):
        assert Path(written).stat().st_size
    said = capsys.readouterr().out
    assert "2 conflict ['include', 'exclude']" in said
    assert "taken back: Full text not retrieved" in said
    assert said.splitlines()[-1] == "Open your own copy to screen."


def test_every_public_name_and_every_stage_of_a_project_is_on_the_page(tmp_path):
    text = PAGE.read_text(encoding="utf-8")
    tables = [line for line in text.splitlines() if line.startswith("| `")]
    named = {re.match(r"\| `(\w+)", line)[1] for line in tables}
    stages = {n for n, v in vars(Project).items() if type(v).__name__ == "cached_property"}
    assert named == {*screener.__all__, *stages}


def test_every_method_the_tables_name_is_there(tmp_path):
    with screener.create_project(tmp_path / "p.screener", title="A review") as made:
        made.sources.count()
    with open_project(tmp_path / "p.screener", write=False) as project:
        for attribute, methods in re.findall(
            r"^\| `(\w+)` \| (.*) \|$", PAGE.read_text(encoding="utf-8"), re.M
        ):
            if hasattr(project, attribute):
                for method in re.findall(r"`(\w+)`", methods):
                    assert hasattr(getattr(project, attribute), method), (attribute, method)


def test_the_form_of_the_page_for_contributors_is_answered_and_compared(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path)
    run(PAGE.with_name("contributing.md"))
    assert capsys.readouterr().out == "weeks ['12', '30']\n"
