"""The command on duplicates: finding, answering, joining by hand, taking runs back."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import click

from screener.cli.shared import (
    PATH,
    examples,
    json_option,
    print_json,
    progress,
    quiet_option,
    remark,
    require_places,
)
from screener.cli.sources import read_csv
from screener.duplicates.found import Found, Pair
from screener.duplicates.methods import methods as methods_text
from screener.duplicates.runs import Run
from screener.duplicates.settings import PRESETS
from screener.model import UserError
from screener.model.words import noun
from screener.project import Project, open_project
from screener.store import paths


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
    require_places([project, answers], [ask, linked])
    if methods:
        with open_project(project, write=False) as review:
            text = methods_text(review.duplicates, review.sources, review.units)
        if as_json:
            print_json({"methods": text})
        else:
            click.echo(text, nl=False)
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
        pairs = _asked(found)
        _write_found(review, found, ask, linked)
        document = {
            "records": review.sources.count(),
            "groups": len(review.duplicates.groups()),
            "merged_certain": merged,
            "to_ask": len(pairs),
            "rules": dict(found.rules),
        }
    if as_json:
        print_json(document)
        return
    click.echo(
        f"{document['records']} records, {document['groups']} groups, {merged} joined now, "
        f"{len(pairs)} pairs to ask about."
    )


def _by_hand(review: Project, words: tuple[str, ...], *, as_json: bool) -> None:
    what, *named = words
    if what == "undo-run" and len(named) == 1:
        _undo_run(review, named[0])
    elif what == "join":
        uids = [review.sources.find(n) for n in named]
        review.duplicates.same(uids, rule="by hand")
    elif what == "split" and len(named) == 1:
        review.duplicates.split(review.sources.find(named[0]))
    else:
        raise click.UsageError("Write `join RECORD...`, `split RECORD`, `runs` or `undo-run RUN`.")
    groups = len(review.duplicates.groups())
    if as_json:
        print_json({"records": review.sources.count(), "groups": groups})
    else:
        click.echo(f"{groups} groups.")


def _undo_run(review: Project, named: str) -> None:
    if named == "all":
        review.duplicates.undo_all()
        return
    runs = review.duplicates.runs()
    if not named.isdecimal() or not 0 < int(named) <= len(runs):
        raise UserError(f"There is no run {named}; `runs` lists them with their numbers.")
    review.duplicates.undo_run(runs[int(named) - 1])


def _print_runs(runs: list[Run], *, as_json: bool) -> None:
    if as_json:
        print_json([{"run": number, **_described(run)} for number, run in enumerate(runs, start=1)])
        return
    for number, run in enumerate(runs, start=1):
        stands = "taken back" if run.undone else f"{run.standing} of {run.groups} groups stand"
        click.echo(
            f"{number:>3}  {run.time[:16].replace('T', ' ')}  {run.records} records, "
            f"{run.joins} joined, {run.asked} asked; {stands}; {run.described}"
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
        _write_pairs(ask, "rule", rows)
        review.duplicates.keep_run()
    if linked:
        both = [sorted(numbers[uid] for uid in link.records) for link in found.linked]
        kinds = [str(link.kind) for link in found.linked]
        _write_pairs(
            linked, "kind", sorted((a, b, k) for (a, b), k in zip(both, kinds, strict=True))
        )


def _write_pairs(path: Path, third: str, pairs: list[tuple[int, int, str]]) -> None:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["record_id_1", "record_id_2", third])
    writer.writerows(pairs)
    paths.write_text(path, "\ufeff" + out.getvalue())


def _take_answers(review: Project, path: Path) -> int:
    rows = read_csv(path, needed=("record_id_1", "record_id_2", "answer"))
    wanted = []
    for line, row in rows:
        answer = row["answer"].strip().lower()
        if not answer:
            continue
        if answer not in ("same", "different"):
            raise UserError(f"{path.name}, line {line}: an answer is same or different.")
        pair = [review.sources.find(row[c]) for c in ("record_id_1", "record_id_2")]
        wanted.append((answer, pair))
    return review.duplicates.take_answers(wanted)
