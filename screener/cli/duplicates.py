"""The command on duplicates: finding, answering, joining by hand, taking runs back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from screener.cli.shared import (
    PATH,
    examples,
    json_option,
    print_result,
    progress,
    quiet_option,
    remark,
    require_places,
    saved,
    tell,
)
from screener.duplicates.answers import Said
from screener.duplicates.found import Found, Pair
from screener.duplicates.methods import methods as methods_text
from screener.duplicates.runs import Run
from screener.duplicates.settings import PRESETS
from screener.files import open_project
from screener.model import UserError
from screener.model.words import counted, first_of, listed, noun
from screener.project import Project
from screener.sources.typed_rows import at_line, read_csv
from screener.store import paths

_PAIR = ("record_id_1", "record_id_2")
"""The columns that name two records."""


@click.command(
    epilog=examples(
        "screener duplicates review.screener --ask questions.csv",
        "screener duplicates review.screener --answers questions.csv",
        "screener duplicates review.screener --settings cautious --linked linked.csv",
        "screener duplicates review.screener --methods",
        "screener duplicates review.screener join 4 17",
        "screener duplicates review.screener split 17",
        "screener duplicates review.screener runs",
        "screener duplicates review.screener undo-run 1",
    )
)
@click.argument("project", type=PATH)
@click.argument("words", nargs=-1, metavar="[join RECORD... | split RECORD | runs | undo-run RUN]")
@click.option("--certain", type=click.Choice(["join", "none"]), default="join")
@click.option("--ask", type=PATH, metavar="OUT.csv", help="Write the pairs to ask a person about.")
@click.option("--answers", type=PATH, metavar="FILE.csv", help="Take answers (same, different).")
@click.option(
    "--settings",
    type=click.Choice(sorted(PRESETS)),
    help="How much is joined without asking, now and from now on.  [default: as chosen in the "
    "project, standard at first]",
)
@click.option(
    "--linked",
    type=PATH,
    metavar="OUT.csv",
    help="Write what belongs together and is no duplicate: record_id_1, record_id_2, kind.",
)
@click.option(
    "--methods", is_flag=True, help="Only print how duplicates were found, for the report."
)
@json_option
@quiet_option
def duplicates(
    project: Path,
    words: tuple[str, ...],
    certain: str,
    ask: Path | None,
    answers: Path | None,
    settings: str | None,
    linked: Path | None,
    methods: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """Find duplicate groups, join the certain ones, list the pairs to ask about."""
    require_places([project, answers], [ask, linked], [".csv", ".csv"])
    if methods:
        with open_project(project, write=False) as review:
            text = methods_text(review.duplicates, review.sources, review.units)
        print_result({"methods": text}, text.removesuffix("\n").split("\n"), as_json=as_json)
        return
    if words == ("runs",):
        with open_project(project, write=False) as review:
            _print_runs(review.duplicates.runs(), as_json=as_json)
        return
    with open_project(project) as review:
        if words:
            _by_hand(review, words, as_json=as_json)
            return
        if answers:
            taken = _take_answers(review, answers)
            remark(f"{taken} {noun(taken, 'new answer')} taken.", quiet=quiet)
        if settings:
            review.duplicates.choose_settings(PRESETS[settings])
        found = review.duplicates.find(progress=progress(quiet=quiet))
        merged = review.duplicates.join(found.certain) if certain == "join" else 0
        with saved("What was joined, answered or chosen"), paths.together():
            _write_found(review, found, ask, linked)
        if ask:
            review.duplicates.keep_run()
        _print_found(review, found, merged, as_json=as_json)


def _print_found(review: Project, found: Found, merged: int, *, as_json: bool) -> None:
    document = {
        "records": review.sources.count(),
        "groups": len(review.duplicates.groups()),
        "merged_certain": merged,
        "to_ask": len(_asked(found)),
        "rules": dict(found.rules),
    }
    line = (
        f"{counted(review.sources.count(), 'record')}, "
        f"{counted(len(review.duplicates.groups()), 'group')}, {merged:,} joined now, "
        f"{counted(len(_asked(found)), 'pair')} to ask about."
    )
    print_result(document, [line], as_json=as_json)


def _by_hand(review: Project, words: tuple[str, ...], *, as_json: bool) -> None:
    what, *named = words
    if what == "undo-run" and len(named) == 1:
        _undo_run(review, named[0])
    elif what == "join":
        review.duplicates.same([review.sources.find(n) for n in named], rule="by hand")
    elif what == "split" and len(named) == 1:
        review.duplicates.split(review.sources.find(named[0]))
    else:
        raise click.UsageError("Write `join RECORD...`, `split RECORD`, `runs` or `undo-run RUN`.")
    groups = len(review.duplicates.groups())
    document = {"records": review.sources.count(), "groups": groups}
    print_result(document, [f"{counted(groups, 'group')}."], as_json=as_json)


def _undo_run(review: Project, named: str) -> None:
    if named == "all":
        review.duplicates.undo_all()
        return
    runs = review.duplicates.runs()
    numbered = {str(number): run for number, run in enumerate(runs, start=1)}
    if named not in numbered:
        raise UserError(f"There is no run {named[:20]}; `runs` lists them with their numbers.")
    review.duplicates.undo_run(numbered[named])


def _print_runs(runs: list[Run], *, as_json: bool) -> None:
    document = [{"run": number, **_described(run)} for number, run in enumerate(runs, start=1)]
    lines = (f"{number:>3}  {_words(run)}" for number, run in enumerate(runs, start=1))
    print_result(document, lines, as_json=as_json)


def _words(run: Run) -> str:
    stands = "taken back" if run.undone else f"{run.standing} of {run.groups} groups stand"
    return (
        f"{run.time[:16].replace('T', ' ')}  {counted(run.records, 'record')}, {run.joins} joined, "
        f"{run.asked} asked; {stands}; {run.described}"
    )


def _described(run: Run) -> dict[str, object]:
    return {
        "time": run.time,
        "settings": run.settings.name,
        "described": run.described,
        "version": run.version,
        "program": run.program,
        "records": run.records,
        "groups": run.groups,
        "joins": run.joins,
        "asked": run.asked,
        "rules": dict(run.rules),
        "standing": run.standing,
        "undone": run.undone,
    }


def _asked(found: Found) -> list[Pair]:
    return [pair for question in found.ask for pair in question.pairs]


def _write_found(review: Project, found: Found, ask: Path | None, linked: Path | None) -> None:
    numbers = dict(review.units.all_numbers())
    if ask:
        pairs = {frozenset((p.one, p.other)): (p.one, p.other, p.rule) for p in _asked(found)}
        for proposal in review.duplicates.proposals():
            pairs.setdefault(frozenset(proposal.records), (*proposal.records, "proposal"))
        rows = [(numbers[a], numbers[b], rule) for a, b, rule in pairs.values()]
        paths.write_csv(ask, (*_PAIR, "rule"), rows)
    if linked:
        both = sorted(
            (*sorted(numbers[u] for u in one.records), str(one.kind)) for one in found.linked
        )
        paths.write_csv(linked, (*_PAIR, "kind"), both)


def _take_answers(review: Project, path: Path) -> int:
    try:
        lines, wanted = _answers(review, path)
        _require_one_meaning(lines, wanted)
        return review.duplicates.answer(wanted, lines=lines)
    except UserError as error:
        words = str(error)
        words = f"{path.name}, {words}" if words.startswith("line ") else words
        raise UserError(words, kind=error.kind) from error


def _answers(review: Project, path: Path) -> tuple[list[int], list[Said]]:
    """Return the answers of a table with their lines; a question without one is passed over."""
    lines: list[int] = []
    wanted: list[Said] = []
    for line, row in read_csv(path, (*_PAIR, "answer"), (*_PAIR, "rule", "answer"), tell=tell):
        answer = row["answer"].strip().casefold()
        if not answer:
            continue
        with at_line(line):
            if answer not in ("same", "different"):
                raise UserError("an answer is same or different; nothing was taken.")
            wanted.append((answer, [review.sources.find(row[column]) for column in _PAIR]))
        lines.append(line)
    return lines, wanted


def _require_one_meaning(lines: Sequence[int], wanted: Sequence[Said]) -> None:
    """Raise `UserError` where a table keeps records apart that its other lines join."""
    joined: dict[str, set[str]] = {}
    for word, uids in wanted:
        if word == "same":
            group = set(uids).union(*(joined.get(uid, ()) for uid in uids))
            joined |= dict.fromkeys(group, group)
    for line, (word, uids) in zip(lines, wanted, strict=True):
        if word == "different" and set(uids) <= joined.get(uids[0], set()):
            where = [
                str(at)
                for at, (other, records) in zip(lines, wanted, strict=True)
                if other == "same" and set(records) <= joined[uids[0]]
            ]
            raise UserError(
                f"line {line} says different of records that {noun(len(where), 'line')} "
                f"{listed(first_of(where))} {'says' if len(where) == 1 else 'say'} are the same; "
                "mend them, nothing was taken."
            )
