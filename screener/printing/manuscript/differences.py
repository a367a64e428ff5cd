"""What one version of a protocol or form changed in the one before it, in words."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from screener.answers.form import Form
from screener.model import Criterion, Protocol, Stage
from screener.model.words import listed

_TEXTS = (("title", "the title"), ("question", "the question"), ("registration", "registration"))
_PARTS = (("include", "what to include"), ("exclude", "what to exclude"), ("question", "question"))


def of_protocols(versions: list[Protocol]) -> list[tuple[str, ...]]:
    """Return for each version what it changed; nothing for the first."""
    later = (tuple(_changed(old, new)) for old, new in pairwise(versions))
    return [(), *later][: len(versions)]


def _changed(old: Protocol, new: Protocol) -> Iterator[str]:
    for name, words in _TEXTS:
        was, now = getattr(old, name), getattr(new, name)
        if was != now:
            yield _from_to(words, was, now)
    if old.reviewers_per_record != new.reviewers_per_record:
        yield _from_to(
            "reviewers per record", str(old.reviewers_per_record), str(new.reviewers_per_record)
        )
    yield from _of_criteria(old, new)
    before, after = dict(old.further_reasons), dict(new.further_reasons)
    yield from (f"further reason added: {after[one]}" for one in after if one not in before)
    yield from (f"further reason taken out: {before[one]}" for one in before if one not in after)
    for one in before:
        if one in after and before[one] != after[one]:
            yield _from_to("a further reason", before[one], after[one])
    if old.maybe is not new.maybe:
        yield _from_to("the rule for maybe", str(old.maybe), str(new.maybe))
    for stage in Stage:
        if old.requires_reason(stage) != new.requires_reason(stage):
            needs = "needs" if new.requires_reason(stage) else "does not need"
            yield f"an exclusion at {stage.words.lower()} {needs} a reason"
    if old.previous != new.previous:
        yield "what the earlier version of the review included"


def _of_criteria(old: Protocol, new: Protocol) -> Iterator[str]:
    before = {one.id: one for one in old.criteria}
    after = {one.id: one for one in new.criteria}
    yield from (f"criterion added: {after[one].name}" for one in after if one not in before)
    yield from (f"criterion taken out: {before[one].name}" for one in before if one not in after)
    both = [one for one in after if one in before]
    for one in both:
        yield from _of_criterion(before[one], after[one])
    if both != [one for one in before if one in after]:
        yield f"the order of the criteria, now {', '.join(after[one].name for one in after)}"


def _of_criterion(old: Criterion, new: Criterion) -> Iterator[str]:
    for name, words in _PARTS:
        was, now = getattr(old, name), getattr(new, name)
        if was != now:
            yield _from_to(f"{new.name}, {words}", was, now)
    if old.required_at != new.required_at:
        stages = [stage.words.lower() for stage in Stage if stage in new.required_at]
        yield f"{new.name} is needed at {listed(stages) or 'no stage'}"


def _from_to(what: str, was: str, now: str) -> str:
    if not was:
        return f"{what} added: “{now}”"
    return f"{what} taken out: “{was}”" if not now else f"{what}, from “{was}” to “{now}”"


def of_forms(versions: list[Form]) -> list[tuple[str, ...]]:
    """Return for each version of a form what it changed; nothing for the first."""
    later = (tuple(_form_changed(old, new)) for old, new in pairwise(versions))
    return [(), *later][: len(versions)]


def _form_changed(old: Form, new: Form) -> Iterator[str]:
    if old.title != new.title:
        yield _from_to("the title", old.title, new.title)
    before, after = ({q.id: q for q in form.questions} for form in (old, new))
    yield from (f"field added: {after[one].words}" for one in after if one not in before)
    for one in (id_ for id_ in after if id_ in before):
        was, now = before[one], after[one]
        if now.retired and not was.retired:
            yield f"field retired: {now.words}"
        elif was.words != now.words:
            yield _from_to("a field", was.words, now.words)
        elif was != now:
            yield f"field changed: {now.words}"
    if list(before) != [one for one in after if one in before]:
        yield "the order of the fields"
    if old.reviewers != new.reviewers:
        yield _from_to("reviewers for each study", str(old.reviewers), str(new.reviewers))
