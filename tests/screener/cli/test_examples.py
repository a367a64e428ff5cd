"""Every command has a help text whose examples run."""

import shlex
import shutil

import click
import pytest
from openpyxl import load_workbook

from screener import merge_into, open_copy, open_project
from screener.answers import toml
from screener.answers.shipped import shipped
from screener.cli import COMMANDS, commands
from screener.model import Stage

TA = Stage.TITLE_ABSTRACT

CONTRACT = [
    "new",
    "protocol",
    "import",
    "withdraw",
    "remove",
    "correct",
    "duplicates",
    "records",
    "copy",
    "open",
    "decide",
    "undo",
    "history",
    "close",
    "reopen",
    "compare",
    "merge",
    "status",
    "discrepancies",
    "resolve",
    "agreement",
    "flow",
    "export",
    "verify",
    "backup",
    "backups",
    "restore",
    "studies",
    "forms",
    "form",
    "answer",
    "answers",
    "appraisal",
    "pairs",
    "pair",
    "example",
    "convert",
    "dedupe",
]


def lines_of(name):
    epilog = commands.get_command(None, name).epilog or ""
    found = [
        line.strip().removeprefix("Example: ")
        for line in epilog.splitlines()
        if "screener " in line
    ]
    return [line[line.index("screener ") :] for line in found]


def test_the_commands_are_those_of_the_contract():
    assert set(CONTRACT) <= set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_says_what_it_does_with_an_example(run, name):
    status, out, err = run(name, "--help")
    assert (status, err) == (0, "")
    command = commands.get_command(None, name)
    assert (command.help or "").strip()
    assert "Example" in out
    assert lines_of(name), "no example"
    for line in lines_of(name):
        assert shlex.split(line)[:2] == ["screener", name]
        assert line.split()[-1] in " ".join(out.split())
    for parameter in command.params:
        if isinstance(parameter, click.Option) and parameter.name not in ("svg", "pdf", "png"):
            assert parameter.help or parameter.metavar or parameter.type.name == "choice"


def more(folder, making):
    with open_project(folder / "review.screener") as review:
        for n in (20, 30):
            making.fill(review, folder, 10, mark=f"m{n}", first=n)
        (folder / "maya.screener").unlink()
        review.consensus.write_copy("Maya", folder / "maya.screener")


def reopened(folder, making):
    with open_copy(folder / "maya.screener") as mine:
        mine.screening.reopen(TA, "again")
        making.decide(mine, 1, "maybe")


def early(folder, _making):
    """Show what was searched later, which nobody has closed yet."""
    with open_project(folder / "review.screener") as review:
        review.consensus.open_early()


def passed(folder, number):
    early(folder, None)
    with open_project(folder / "review.screener") as review:
        unit = review.units.find(number)
        review.consensus.resolve(unit, "include", step=TA, why="w", by=["Maya"])
        review.screening.open(Stage.FULL_TEXT)
        review.consensus.write_copy("Maya", folder / "newer.screener")
    merge_into(folder / "maya.screener", folder / "newer.screener")


def full_text(folder, _making):
    passed(folder, "18")
    with open_copy(folder / "maya.screener") as mine:  # full text comes after title and abstract
        mine.screening.close(TA)
        mine.screening.reopen(TA, "again")
    (folder / "decisions.csv").write_text("record,verdict\n19,exclude\n18,none\n")


def seventeen(folder, _making):
    passed(folder, "17")


def forms(folder, making):
    """Another review in its place, of twenty included reports with two forms open for them."""
    for name in ("review.screener", "maya.screener", "jonas.screener"):
        (folder / name).unlink()
    making.included(folder, records=20, name="review")
    with open_project(folder / "review.screener") as review:
        for name in ("extraction", "mqrs"):
            review.forms.keep(shipped(name))
            review.studies.open(name)
        for name in ("Maya", "Jonas"):
            review.consensus.write_copy(name, folder / f"{name.lower()}.screener")
        (folder / "extraction.toml").write_text(
            toml.text(review.forms.step("extraction").form), encoding="utf-8"
        )
    (folder / "answers.csv").write_text("study,field,value\n13,design,rct\n", encoding="utf-8")
    (folder / "settled.csv").write_text(
        "study,field,value,why,by\n13,design,rct,allocated by lot,Maya; Jonas\n", encoding="utf-8"
    )


def answered(folder, making):
    """The same, answered by both in part, closed and merged."""
    forms(folder, making)
    copies = [folder / "maya.screener", folder / "jonas.screener"]
    for copy, rows in zip(copies, (("Telephone", "Post"), ("Calls",)), strict=True):
        with open_copy(copy) as mine:
            study = mine.studies.find("12").id
            for key in rows:
                mine.forms.answering("extraction").add_row(study, "arms", key)
            for form in ("extraction", "mqrs"):
                mine.forms.answering(form).close()
    merge_into(folder / "review.screener", *copies)


def questions(folder, _making):
    (folder / "questions.csv").write_text("record_id_1,record_id_2,answer\n4,17,same\n")


def twins(folder, _making):
    title = "Telephone rotas at night as seen by nurses of two valleys"
    twin = f"TY  - JOUR\nTI  - {title}\nAU  - Obuya, Peter\nDO  - 10.5555/twin.1\nER  - \n\n"
    (folder / "twins.ris").write_text(twin * 2)
    with open_project(folder / "review.screener") as review:
        review.sources.import_file(folder / "twins.ris", source="Scopus")


def backup(folder, _making):
    with open_project(folder / "review.screener", write=False) as review:
        review.backup(folder / "BACKUP.screener")


def table(folder, _making):
    (folder / "records.csv").write_text("record_id,title\n1,Alpha beta\n2,Gamma delta\n")


def agenda(folder, _making):
    """The agenda as a workbook, with its first row filled in."""
    path = folder / "agenda.xlsx"
    with open_project(folder / "review.screener") as review:
        review.printing.write_agenda(path, "title-abstract")
    book = load_workbook(path)
    sheet = book["Agenda"]
    heads = [cell.value for cell in sheet[1]]
    for column, text in (("verdict", "include"), ("why", "read again"), ("by", "Maya; Jonas")):
        sheet.cell(2, heads.index(column) + 1).value = text
    book.save(path)
    shutil.copy(folder / "review.screener", folder / "with-an-agenda")


def references(folder, making):
    for name in ("pubmed.nbib", "embase.ris"):
        making.write_ris(folder / name, 2, mark=name.partition(".")[0])


def proposed(folder):
    """The id of something that is proposed and open; no example can know it."""
    with open_copy(folder / "maya.screener") as mine:
        mine.sources.proposals.propose("1", "title", f"Another title {mine.counts()[1]}")
    merge_into(folder / "review.screener", folder / "maya.screener")
    with open_project(folder / "review.screener", write=False) as review:
        return review.sources.proposals.open()[0].id


def taken(folder, _making):
    with open_project(folder / "review.screener") as review:
        review.forms.keep(shipped("mqrs"))


def no_review(folder, _making):
    (folder / "review.screener").unlink()


def no_copy(folder, _making):
    (folder / "maya.screener").unlink()


# What a folder needs before an example can run, beyond what `prepared` made.
BEFORE = {
    "import": [references],
    "new": [no_review],
    "withdraw": [more],
    "remove": [more],
    "correct": [more],
    "resolve": [agenda, answered],
    "studies": [forms],
    "forms": [taken],
    "form": [forms],
    "answer": [forms],
    "answers": [answered],
    "appraisal": [answered],
    "pairs": [answered],
    "pair": [answered],
    "history": [more],
    "copy": [no_copy],
    "propose": [more],
    "undo": [reopened],
    "decide": [more, reopened, full_text],
    "close": [reopened],
    "restore": [backup],
    "duplicates": [more, questions, twins],
    "convert": [references],
    "dedupe": [table],
    "fulltext": [more, seventeen],
}


@pytest.mark.parametrize("name", [n for n in COMMANDS if n != "example"])  # the journey runs it
def test_the_examples_run(run, making, folder, name):
    for step in BEFORE.get(name, []):
        step(folder, making)
    for line in lines_of(name):
        if (
            name == "resolve" and "agenda.xlsx" in line
        ):  # the answers are those that the agenda was written of
            shutil.move(folder / "review.screener", folder / "with-forms")
            shutil.copy(folder / "with-an-agenda", folder / "review.screener")
        elif (folder / "with-forms").exists():
            shutil.move(folder / "with-forms", folder / "review.screener")
        if name == "duplicates" and "--answers" in line:
            questions(folder, making)  # another example wrote over them
        if name == "proposals":
            line = line.replace("0b8f2a6c91d4", proposed(folder))
        status, out, err = run(*shlex.split(line)[1:])
        assert status == 0, f"{line}\n{out}{err}"
        assert "Traceback" not in err


def test_the_list_says_of_each_command_what_its_own_help_says():
    ctx = click.Context(commands, info_name="screener")
    shown, imported = click.HelpFormatter(width=200), click.HelpFormatter(width=200)
    commands.format_commands(ctx, shown)
    click.Group.format_commands(commands, ctx, imported)
    assert shown.getvalue() == imported.getvalue()


def test_no_command_at_all_prints_the_list(run):
    status, out, err = run("--help")
    assert status == 0
    for name in CONTRACT:
        assert f"\n  {name} " in out
    assert err == ""


@pytest.mark.parametrize(
    "words",
    [
        ["nothing"],
        ["flow"],
        ["flow", "p", "--no"],
        *(
            [n, "p"]
            for n in ("decide", "close", "reopen", "open", "agreement", "discrepancies", "resolve")
        ),
        ["decide", "p", "--stage", "title-abstract"],
        ["records", "p", "--status", "good"],
        ["duplicates", "review.screener", "mix"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_status_2(folder, run, words):
    status, out, err = run(*words)
    assert (status, out) == (2, "")
    assert "Usage" in err
