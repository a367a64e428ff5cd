"""The agreement on a form, question by question, as the command line prints it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from screener.cli.figures import figure_lines
from screener.consensus.agreement.answers import OfTwo
from screener.project import Project
from screener.studies.questions import OfPair, QuestionAgreement, by_question, same
from screener.studies.totals import totals


def form_agreement(review: Project, stage: str) -> dict[str, Any]:
    """Return the figures of every question that is compared, by question.

    `n` and `same` count, over the pairs of reviewers, what both answered and what is the same;
    `same_meaning` and `only_one` are as in `QuestionAgreement`. `totals` has the intraclass
    correlation of each pair, where the form has scores.
    """
    step = review.forms.step(stage)
    found = review.consensus.agreement(stage)
    correlated = [(pair.reviewers, totals(step.form, pair)) for pair in found.pairs]
    return {
        "stage": stage,
        "questions": [
            _question(one, step.form.named(one.question))
            for one in by_question(review.consensus, step, found)
        ],
        "totals": [{**icc.json(), "reviewers": list(who)} for who, icc in correlated if icc],
        "not_counted": dict(found.not_counted),
    }


def _question(one: QuestionAgreement, name: str) -> dict[str, Any]:
    return {
        "field": one.question.id,
        "name": name,
        "label": one.question.words,
        "type": one.question.type,
        "n": one.n,
        "same": one.same,
        "same_meaning": one.same_meaning,
        "only_one": one.only_one,
        "pairs": [_pair(reviewers, found) for reviewers, found in one.pairs],
        "overall": one.together.json() if one.together is not None else None,
    }


def _pair(reviewers: tuple[str, str], found: OfPair) -> dict[str, Any]:
    if found is None:
        return {"reviewers": list(reviewers), "n": 0, "same": 0, "not_defined": {}}
    told = {"reviewers": list(reviewers), **found.json()}
    if isinstance(found, OfTwo):
        weighted = found.weighted
        told["weighted_kappa"] = None if weighted is None else weighted.kappa
        told["same"] = same(found)
    return told


def form_lines(document: Mapping[str, Any]) -> Iterator[str]:
    """Yield the figures of each question that was answered twice, or by one alone.

    A line for each pair of reviewers, and one for all of them together, stand below it; why a
    figure is not defined stands below these.
    """
    for one in document["questions"]:
        if not one["n"] and not one["only_one"]:
            continue
        several = len(one["pairs"]) > 1
        over = f" over {len(one['pairs'])} pairs" if several else ""
        told = [f"n {one['n']}{over}", f"{one['same']} the same"]
        told += [f"{one['same_meaning']} mean the same"] if one["same_meaning"] else []
        told += [f"{one['only_one']} answered by one alone"] if one["only_one"] else []
        yield f"{one['name']}: {', '.join(told)}"
        for pair in one["pairs"]:
            yield from figure_lines(" and ".join(pair["reviewers"]), _flat(pair))
        if several and one["overall"]:
            yield from figure_lines("All reviewers together", _flat(one["overall"]))
    for total in document["totals"]:
        yield from figure_lines(f"Total, {' and '.join(total['reviewers'])}", total, indent="")
    for why, count in document["not_counted"].items():
        yield f"Not counted: {count} {why}."


def _flat(found: Mapping[str, Any]) -> dict[str, Any]:
    """Return figures with those of weighted kappa among them, and without what none can have.

    With further categories no question of a form has a positive side, so that is not missing.
    """
    flat = dict(found)
    missing = dict(found.get("not_defined", {}))
    if len(found.get("categories", ())) > 2:
        for side in ("positive_agreement", "negative_agreement"):
            if flat.get(side) is None:
                missing.pop(side, None)
    weighted = found.get("weighted")
    if weighted:
        for key in ("kappa", "kappa_interval"):
            flat[f"weighted_{key}"] = weighted[key]
            if key in weighted["not_defined"]:
                missing[f"weighted_{key}"] = weighted["not_defined"][key]
    return flat | {"not_defined": missing}
