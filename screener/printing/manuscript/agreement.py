"""The agreement of the reviewers: tables of figures, intervals, what is not defined."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from screener.consensus.agreement.agreement import Agreement
from screener.consensus.agreement.answers import OfMany, OfTwo
from screener.consensus.agreement.figures import Figures
from screener.consensus.agreement.interval import METHODS, Interval
from screener.model.gathering import gathered
from screener.model.words import counted, listed
from screener.printing import document as d
from screener.printing.manuscript.facts import FormFacts, StepFacts
from screener.printing.manuscript.voice import Voice
from screener.studies.questions import OfPair, QuestionAgreement, number, same

_MEASURES = {"binary": "include or exclude", "three_way": "include, maybe or exclude"}
_CRITERIA = "criteria/"
_HEADS = (
    *("On", "n", "Raw", "95 % CI", "Kappa", "95 % CI", "PABAK", "AC1", "95 % CI"),
    *("Positive", "Negative"),
)
_WIDTHS = (2.8, 0.9, 1.2, 1.6, 1.3, 1.6, 1.4, 1.4, 1.6, 1.6, 1.7)
_NAMES = {
    "raw": "raw agreement",
    "kappa": "Cohen’s kappa",
    "fleiss_kappa": "Fleiss’ kappa",
    "pabak": "PABAK",
    "ac1": "Gwet’s AC1",
    "krippendorff_alpha": "Krippendorff’s alpha",
    "positive_agreement": "positive agreement",
    "negative_agreement": "negative agreement",
}


def figure(value: float | None) -> str:
    """Return a figure as every table of the report shows it; "" where it is not defined."""
    return "" if value is None else f"{value:.3f}"


def interval(found: Interval | None) -> str:
    """Return an interval as every table of the report shows it; "" where it is not defined."""
    return "" if found is None else f"{found[0]:.3f} to {found[1]:.3f}"


def sentences(step: StepFacts, voice: Voice) -> Iterator[str]:
    """Tell the first figures of a step in words; nothing where none was computed."""
    found = step.agreement
    if found is None:
        return
    at = step.words.lower()
    if found.pairs:
        yield voice(
            "At {at}, agreement was computed on what the reviewers had recorded when each of them"
            " first closed it.",
            at=at,
        )
    for pair in found.pairs:
        one = pair.measured.get("binary")
        who = listed(pair.reviewers)
        if one is not None and one.figures.n:
            yield voice(
                "Between {who}, on include or exclude, {raw}, and {kappa} (n = {n}).",
                who=who,
                n=f"{one.figures.n:,}",
                raw=_with("raw agreement", one.figures.raw, one.figures.raw_interval, one.figures),
                kappa=_with(
                    "Cohen’s kappa", one.figures.kappa, one.figures.kappa_interval, one.figures
                ),
            )
        if pair.lacking:
            yield voice(
                "Of {who}, only one had decided on {n}.",
                who=who,
                n=counted(pair.lacking, "record"),
            )
    if found.overall is not None and (alone := found.overall.overall.answered_by_one):
        yield voice("One reviewer alone had decided on {n}.", n=counted(alone, "record"))
    if found.not_counted:
        parts = [not_counted(why, n) for why, n in found.not_counted.items()]
        yield voice(
            "{begins} {were} {parts}.",
            begins="Not counted" if found.pairs else f"At {at}, not counted",
            were="was" if len(parts) == 1 and sum(found.not_counted.values()) == 1 else "were",
            parts=listed(parts),
        )


def not_counted(why: str, number: int) -> str:
    """Return how many records have an answer that no figure counts, and why."""
    further = "answered on a further record of a joined report"
    if why == further:
        return f"{counted(number, 'answer')} on records that were joined to another"
    for known, words in _WHY.items():
        why = why.replace(known, words)
    return f"{counted(number, 'record')} {why}"


_WHY = {
    "and under no close of theirs": "who had not closed them",
    "only after the close that counts": "only after closing",
}
"""What is told otherwise in a sentence of a report."""


_KEYS = {words: key for key, words in _NAMES.items()}


def _with(name: str, value: float | None, found: Interval | None, of: Figures) -> str:
    if value is None:
        why = of.not_defined.get(_KEYS[name], "").partition(": ")[2]
        return f"{name} was not defined" + (f" ({why})" if why else "")
    around = f" (95 % CI {interval(found)})" if found else ""
    return f"{name} was {figure(value)}{around}"


def tables(step: StepFacts, voice: Voice) -> Iterator[d.Block]:
    """Yield the figures of a stage of screening, and why one is not defined."""
    found = step.agreement
    if found is None or not found.pairs:
        return
    several, rows, missing = len(found.pairs) > 1, [], list[str]()
    nothing = list[str]()
    for pair in found.pairs:
        who = listed(pair.reviewers)
        for id_, one in pair.measured.items():
            name = voice(_measure(id_))
            about = f"{who}, {name}" if several else name
            if not one.figures.n:
                nothing.append(about)
                continue
            rows.append([about, *_row(one.figures)])
            missing += _undefined(about, one.figures.n, one.figures.not_defined)
    if nothing:
        missing.append(f"nothing was answered by both: {listed(nothing)}")
    if not rows:
        yield from _why_not(missing, voice)
        return
    yield d.table(
        _caption(step.words.lower(), found, voice),
        [voice(head) for head in _HEADS],
        rows,
        figures=(1, 2, 4, 6, 7, 9, 10),
        widths=_WIDTHS,
        name=f"Agreement {step.id}",
    )
    yield from _together(step, found, _measure, missing, voice)
    yield from _why_not(missing, voice)


def _caption(step: str, found: Agreement, voice: Voice) -> str:
    """Return the caption of a table, which names the reviewers where they are one pair."""
    who = f" ({listed(found.pairs[0].reviewers)})" if len(found.pairs) == 1 else ""
    return voice("Agreement, {step}{who}", step=step, who=who)


def _why_not(missing: Sequence[str], voice: Voice) -> Iterator[d.Block]:
    if missing:
        yield d.Paragraph(words=d.words(voice("Not defined:")), small=True)
        yield d.Bullets(items=tuple(d.words(f"{one[:1].upper()}{one[1:]}.") for one in missing))


def _measure(id_: str) -> str:
    if id_.startswith(_CRITERIA):
        return id_.removeprefix(_CRITERIA).replace("-", " ")
    return _MEASURES.get(id_, id_.replace("_", " "))


def _row(of: Figures) -> list[str]:
    return [
        str(of.n),
        figure(of.raw),
        interval(of.raw_interval),
        figure(of.kappa),
        interval(of.kappa_interval),
        figure(of.pabak),
        figure(of.ac1),
        interval(of.ac1_interval),
        figure(of.positive_agreement),
        figure(of.negative_agreement),
    ]


def _undefined(about: str, n: int, missing: Mapping[str, str]) -> list[str]:
    """Return a sentence for each reason why figures are not defined; an interval with its own."""
    if not n:
        return [f"{about}: nothing that both answered"]
    named = (
        (why, _named(key))
        for key, why in missing.items()
        if not key.endswith("_interval") or _of(key) not in missing
    )
    return [
        f"{about}: {listed(keys)} {'is' if len(keys) == 1 else 'are'} {why}"
        for why, keys in gathered(named).items()
    ]


def _of(key: str) -> str:
    return key.removesuffix("_interval")


def _named(key: str) -> str:
    name = _NAMES.get(_of(key), _of(key))
    return f"the interval of {name}" if key.endswith("_interval") else name


def _together(
    step: StepFacts,
    found: Agreement,
    called: Callable[[str], str],
    missing: list[str],
    voice: Voice,
) -> Iterator[d.Table]:
    """Yield the figures of three and more reviewers, and note what of them is not defined."""
    several = {id_: one for id_, one in found.together.items() if one.overall.n}
    if not several:
        return
    rows = []
    for id_, one in several.items():
        name = voice("{name}", name=called(id_))
        rows.append([name, *_of_many(one)])
        missing += _undefined(f"all reviewers, {name}", one.overall.n, one.overall.not_defined)
    heads = (
        *("On", "n", "By one alone", "Raw", "Fleiss’ kappa", "95 % CI", "AC1", "95 % CI"),
        "Krippendorff’s alpha",
    )
    yield d.table(
        voice("Agreement of all reviewers, {step}", step=step.words),
        [voice(head) for head in heads],
        rows,
        figures=(1, 2, 3, 4, 6, 8),
        widths=(2.8, 0.8, 1, 1, 1.4, 2, 1, 2, 1.8),
        name=f"All reviewers {step.id}",
    )


def _of_many(one: OfMany) -> list[str]:
    of = one.overall
    return [
        str(of.n),
        str(of.answered_by_one),
        figure(of.raw),
        figure(of.fleiss_kappa),
        interval(of.fleiss_kappa_interval),
        figure(of.ac1),
        interval(of.ac1_interval),
        figure(of.krippendorff_alpha),
    ]


def of_form(form: FormFacts, voice: Voice) -> Iterator[d.Block]:
    """Yield the figures of a form, question by question, and how its totals correlate.

    A question that nobody answered is left out.
    """
    found = form.step.agreement
    if found is None or not found.pairs:
        return
    rows, undefined = [], list[tuple[str, str]]()
    for one in form.agreement:
        name = form.names.get(one.question.id, one.question.words)
        for reviewers, pair in one.pairs:
            about = f"{listed(reviewers)}, {name}" if len(found.pairs) > 1 else name
            if not (number(pair) or one.same_meaning or one.only_one):
                continue
            rows.append([about, *_of_question(one, pair)])
            if isinstance(pair, OfTwo) and pair.figures.n and pair.figures.kappa is None:
                undefined.append((pair.figures.not_defined["kappa"], about))
    if not rows:
        return
    heads = (
        *("Question", "n", "The same", "Mean the same", "By one alone", "Kappa", "95 % CI"),
        *("Weighted kappa", "AC1"),
    )
    yield d.table(
        _caption(form.step.words, found, voice),
        [voice(head) for head in heads],
        rows,
        figures=(1, 2, 3, 4, 5, 7, 8),
        widths=(4.4, 0.8, 1.1, 1.2, 1.1, 1.1, 1.9, 1.4, 1),
        name=f"Agreement {form.step.id}",
    )
    missing = [f"kappa is {why}: {listed(on)}" for why, on in gathered(undefined).items()]
    yield from _together(form.step, found, lambda id_: form.names.get(id_, id_), missing, voice)
    yield from _why_not(missing, voice)
    yield from (d.Paragraph(words=d.words(said)) for said in form.totals)


def _of_question(one: QuestionAgreement, pair: OfPair) -> list[str]:
    figures = pair.figures if isinstance(pair, OfTwo) else None
    weighted = pair.weighted if isinstance(pair, OfTwo) else None
    return [
        str(number(pair)),
        str(same(pair)),
        str(one.same_meaning),
        str(one.only_one),
        figure(figures.kappa) if figures else "",
        interval(figures.kappa_interval) if figures else "",
        figure(weighted.kappa) if weighted else "",
        figure(figures.ac1) if figures else "",
    ]


def methods(steps: Sequence[StepFacts], forms: Sequence[FormFacts], voice: Voice) -> Iterator[str]:
    """Say how the intervals that are in the tables are made, and of which quantile."""
    found = [step.agreement for step in steps if step.agreement and step.agreement.pairs]
    if not found:
        return
    used = ["raw_interval", "kappa_interval", "ac1_interval"]
    if any(one.together for one in found):
        used += ["fleiss_kappa_interval"]
    if any(form.totals for form in forms):
        used += ["icc_interval"]
    yield voice("Intervals are 95 % confidence intervals: {how}.", how="; ".join(
        voice(METHODS[name]) for name in used
    ))  # fmt: skip
    yield voice(
        "Records that were withdrawn after a close are left out of these figures, and records that"
        " were joined count once."
    )
