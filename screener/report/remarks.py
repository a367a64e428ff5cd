"""What is right in a flow and still needs a word in the text, in sentences."""

from __future__ import annotations

from screener.model.words import counted
from screener.report.flow import Flow


def remarks(flow: Flow) -> tuple[str, ...]:
    """Say what is right and still needs a word in the text, because PRISMA has no box for it."""
    said = []
    passed = passed_on(flow)
    if (sought := flow.dbr_sought_reports) != passed:
        said.append(
            f"{counted(passed, 'record')} passed the screening and {counted(sought, 'report')}"
            f" {'was' if sought == 1 else 'were'} sought: say in the text which records belong to"
            " one report."
        )
    if number := flow.other_excluded_before:
        said.append(
            f"{_others(number, 'was', 'were')} excluded by title and abstract; PRISMA has no box"
            " for that, explain it in the text."
        )
    if number := flow.other_duplicates:
        they_are = _others(number, "is a duplicate of another", "are duplicates of others")
        said.append(f"{they_are}; {_stay(number)}")
    if (number := flow.other_unsought) > 0:
        said.append(f"{_others(number, 'was', 'were')} removed before screening; {_stay(number)}")
    return tuple(said)


def to_explain(flow: Flow) -> tuple[str, ...]:
    """Return what the text of a review has to explain of its flow, each as the part of a list."""
    passed = passed_on(flow)
    if (sought := flow.dbr_sought_reports) == passed:
        return ()
    said = (
        f"which records belong to one report: {counted(passed, 'record')} passed the screening and"
        f" {counted(sought, 'report')} {'was' if sought == 1 else 'were'} sought"
    )
    return (said,)


def passed_on(flow: Flow) -> int:
    """Return how many records of databases and registers passed the screening."""
    return flow.records_screened - flow.records_excluded - flow.dbr_pending.title_abstract


def no_records(flow: Flow) -> tuple[str, ...]:
    """Say that there are no records, if there are none."""
    return ("There are no records yet: import what the searches found.",) * flow.nothing_identified


def no_exclusions(flow: Flow) -> tuple[str, ...]:
    """Say how many reports await classification or are of ongoing studies: none is excluded."""
    number = flow.dbr_awaiting + flow.other_awaiting
    if not number:
        return ()
    if ongoing := flow.ongoing:
        of = "an ongoing study" if ongoing == 1 else "ongoing studies"
        await_ = f"{counted(ongoing, 'report')} of {of}"
        if waits := number - ongoing:
            await_ += f" and {counted(waits, 'report')} awaiting classification"
        are, it, own = ("is", "it is", "its") if number == 1 else ("are", "they are", "their")
        said = (
            f"{await_} {are} not excluded; PRISMA has no box for that, so {it} a line of {own} own"
            " among the reports not included: say so in the text."
        )
        return (said,)
    await_ = "awaits classification and is" if number == 1 else "await classification and are"
    said = (
        f"{counted(number, 'report')} {await_} not excluded; PRISMA has no box for that, so it is"
        " a line of its own among the reports not included: say so in the text."
    )
    return (said,)


def unexplained_exclusions(number: int) -> tuple[str, ...]:
    """Say how many reports are excluded without the reason that the protocol requires, if any."""
    if not number:
        return ()
    was = "was" if number == 1 else "were"
    said = (
        f"{counted(number, 'report')} {was} excluded without a reason, which the protocol"
        " requires; settle that with one."
    )
    return (said,)


def _others(number: int, one: str, many: str) -> str:
    if number == 1:
        return f"1 record found by other methods {one}"
    return f"{number:,} records found by other methods {many}"


def _stay(number: int) -> str:
    if number == 1:
        return "it stays identified and is not sought, and PRISMA has no box for it."
    return "they stay identified and are not sought, and PRISMA has no box for them."
