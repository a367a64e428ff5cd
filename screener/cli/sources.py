"""Commands on sources and duplicates: import, withdraw, remove, correct, records, duplicates."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import click

from screener.cli.shared import (
    PATH,
    examples,
    json_option,
    print_json,
    progress,
    quiet_option,
    remark,
    stage_option,
)
from screener.duplicates.found import Found
from screener.duplicates.methods import methods as methods_text
from screener.duplicates.settings import PRESETS, STANDARD
from screener.model import Search, SourceKind, Stage, Status, UserError
from screener.project import Project, open_project
from screener.sources.sources import check_date, parse_file
from screener.store import paths

SHOWN = 20


@click.command(
    "import", epilog=examples("screener import review.screener pubmed.nbib --source PubMed")
)
@click.argument("project", type=PATH)
@click.argument("files", nargs=-1, required=True, type=PATH, metavar="FILE...")
@click.option("--source", required=True, metavar="NAME", help="The database or other source.")
@click.option("--kind", type=click.Choice([str(k) for k in SourceKind]), default="database")
@click.option("--platform", default="", help="Where it was searched, such as Ovid.")
@click.option("--searched", default="", metavar="DATE", help="When, such as 2018-12-14.")
@click.option("--strategy", type=PATH, help="A text file with the search exactly as run.")
@click.option("--limits", default="", help="Limits of the search.")
@click.option("--claimed", type=int, metavar="N", help="How many records the source announced.")
@click.option("--format", "name", metavar="NAME", help="Read the files as this format.")
@json_option
@quiet_option
def import_files(
    project: Path,
    files: tuple[Path, ...],
    source: str,
    kind: str,
    platform: str,
    searched: str,
    strategy: Path | None,
    limits: str,
    claimed: int | None,
    name: str | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Read reference files, each into one import batch."""
    text = _text(strategy) if strategy else ""
    if searched:
        check_date(searched)
    search = Search(
        source=source,
        kind=SourceKind(kind),
        platform=platform,
        searched=searched,
        strategy=text,
        limits=limits,
        claimed=claimed,
    )
    show = progress(quiet=quiet)
    with open_project(project) as review:
        # All are read and looked at before the first is stored: a bad one leaves nothing behind.
        parsed = [parse_file(file, format=name, progress=show) for file in files]
        for place, one in enumerate(parsed):
            review.sources.refuse_known(one)
            if one.digest in {p.digest for p in parsed[:place]}:
                raise UserError(f"{one.file} is named twice, or holds the same as another file.")
        found = review.sources.store_many([(one, search) for one in parsed], show)
    if as_json:
        print_json(
            [
                {
                    "batch": b.id,
                    "file": b.file,
                    "source": b.search.source,
                    "parsed": b.parsed,
                    "failed": [{"line": s.line, "text": s.text, "why": s.why} for s in b.skipped],
                }
                for b in found
            ]
        )
        return
    for batch in found:
        kept = batch.parsed
        click.echo(f"{batch.file}: {kept} parsed, {kept} kept, {len(batch.skipped)} failed")
        for skipped in batch.skipped[:SHOWN]:
            remark(f"  line {skipped.line}: {skipped.why} ({skipped.text[:80]!r})", quiet=quiet)
        if batch.search.claimed not in (None, kept):
            remark(
                f"  {batch.search.source} announced {batch.search.claimed} records, the file "
                f"holds {kept}.",
                quiet=quiet,
            )


def _text(path: Path) -> str:
    with paths.open_for_reading(path) as handle:
        return handle.read().decode("utf-8-sig", "replace").strip()


@click.command(epilog=examples('screener withdraw review.screener 2 --why "wrong date range"'))
@click.argument("project", type=PATH)
@click.argument("batch")
@click.option("--why", default="", help="The reason; the report names it.")
@click.option("--put-back", is_flag=True, help="Put a withdrawn batch back.")
def withdraw(project: Path, batch: str, why: str, put_back: bool) -> None:
    """Take an import batch (its id, or its place from 1) out of the review."""
    with open_project(project) as review:
        if put_back:
            review.sources.put_back(batch)
        else:
            review.sources.withdraw(batch, why)
        click.echo(f"{review.sources.count()} records are in the review.")


@click.command(epilog=examples('screener remove review.screener 4 9 --why "retracted"'))
@click.argument("project", type=PATH)
@click.argument("records", nargs=-1, required=True, metavar="RECORD...")
@click.option("--why", required=True, help="The reason; the report names it.")
@click.option("--automatic", is_flag=True, help="A rule marked them, not a person.")
def remove(project: Path, records: tuple[str, ...], why: str, automatic: bool) -> None:
    """Remove records before screening."""
    with open_project(project) as review:
        review.sources.remove(list(records), why, automatic=automatic)
        click.echo(f"{review.sources.count()} records are in the review.")


@click.command(epilog=examples("screener correct review.screener 17 year=2018"))
@click.argument("project", type=PATH)
@click.argument("record")
@click.argument("changes", nargs=-1, required=True, metavar="FIELD=VALUE...")
def correct(project: Path, record: str, changes: tuple[str, ...]) -> None:
    """Correct fields of a record beside the source's."""
    named = {}
    for change in changes:
        name, equals, value = change.partition("=")
        if not equals:
            raise UserError(f"“{change}” is no correction; write it as field=value.")
        named[name.strip()] = value
    with open_project(project) as review:
        found = review.sources.correct(record, named)
    click.echo(
        f"Record {found.number}: {', '.join(sorted(found.corrected)) or 'nothing'} corrected."
    )


@click.command(epilog=examples("screener records review.screener --status conflict"))
@click.argument("project", type=PATH)
@stage_option(required=False)
@click.option("--status", type=click.Choice([str(s) for s in Status]))
@click.option("--members", is_flag=True, help="Every imported record instead of the units.")
@json_option
def records(
    project: Path,
    stage: str,
    status: str | None,
    members: bool,
    as_json: bool,
) -> None:
    """List the units, or with --members every imported record."""
    with open_project(project, write=False) as review:
        if members:
            found = list(_members(review, Stage(stage)))
        else:
            wanted = Status(status) if status else None
            found = list(review.report.exports().listing(Stage(stage), wanted))
    if members and status:
        found = [f for f in found if f["status"] == status]
    if as_json:
        print_json(found)
        return
    for one in found:
        outcome = f" → {one['outcome']}" if one["outcome"] else ""
        click.echo(f"{one['number']:>6}  {one['status']}{outcome}  {one['title']}")


def _members(review: Project, stage: Stage) -> Any:  # noqa: ANN401 - an iterator of JSON objects
    from screener.report.exports import member_described

    states = review.consensus.states(stage)
    for record in review.sources.records():
        yield member_described(review.units, record, states)


@click.command(
    epilog=examples(
        "screener duplicates review.screener --ask questions.csv",
        "screener duplicates review.screener --answers questions.csv",
        "screener duplicates review.screener --settings cautious --linked linked.csv",
        "screener duplicates review.screener --methods",
        "screener duplicates review.screener join 4 17",
        "screener duplicates review.screener split 17",
    )
)
@click.argument("project", type=PATH)
@click.argument("words", nargs=-1, metavar="[join RECORD... | split RECORD]")
@click.option("--certain", type=click.Choice(["join", "none"]), default="join")
@click.option("--ask", type=PATH, metavar="OUT.csv", help="Write the pairs to ask a person about.")
@click.option("--answers", type=PATH, metavar="FILE.csv", help="Take answers (same, different).")
@click.option(
    "--settings",
    type=click.Choice(sorted(PRESETS)),
    default=STANDARD.name,
    show_default=True,
    help="How much is joined without asking.",
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
    settings: str,
    linked: Path | None,
    methods: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """Find duplicate groups, join the certain ones, list the pairs to ask about."""
    if methods:
        with open_project(project, write=False) as review:
            text = methods_text(review.duplicates, review.sources, review.units)
        click.echo(text, nl=False)
        return
    with open_project(project) as review:
        if words:
            _by_hand(review, words)
            return
        if answers:
            remark(f"{_take_answers(review, answers)} answers taken.", quiet=quiet)
        chosen = PRESETS[settings]
        found = review.duplicates.find(settings=chosen, progress=progress(quiet=quiet))
        merged = review.duplicates.join(found.certain) if certain == "join" else 0
        pairs = [p for q in found.ask for p in q.pairs]
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


def _by_hand(review: Project, words: tuple[str, ...]) -> None:
    what, *named = words
    uids = [review.sources.find(n) for n in named]
    if what == "join":
        review.duplicates.same(uids, rule="by hand")
    elif what == "split" and len(uids) == 1:
        review.duplicates.split(uids[0])
    else:
        raise click.UsageError("Write `join RECORD...` or `split RECORD`.")
    click.echo(f"{len(review.duplicates.groups())} groups.")


def _write_found(review: Project, found: Found, ask: Path | None, linked: Path | None) -> None:
    numbers = dict(review.units.all_numbers())
    if ask:
        pairs = [(p.one, p.other, p.rule) for q in found.ask for p in q.pairs]
        _write_pairs(ask, "rule", [(numbers[a], numbers[b], rule) for a, b, rule in pairs])
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
    review.duplicates.answer(wanted)
    return len(wanted)


def read_csv(path: Path, needed: tuple[str, ...] = ()) -> list[tuple[int, dict[str, str]]]:
    """Return the rows of a CSV file with their line numbers; `UserError` for a missing column."""
    with paths.open_for_reading(path) as handle:
        whole = handle.read()
    try:
        text = whole.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UserError(f"{path.name} is not a text in UTF-8; save it as CSV UTF-8.") from None
    reader = csv.DictReader(io.StringIO(text, newline=""), restval="")
    missing = [name for name in needed if name not in (reader.fieldnames or [])]
    if missing:
        raise UserError(f"{path.name} has no column {', '.join(missing)}; add it.")
    return [(reader.line_num, {k: v or "" for k, v in row.items() if k}) for row in reader]
