"""The agreement on a form, question by question, as the command line prints it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

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
        "questions": [_question(one) for one in by_question(review.consensus, step, found)],
        "totals": [{**icc.json(), "reviewers": list(who)} for who, icc in correlated if icc],
        "not_counted": dict(found.not_counted),
    }


def _question(one: QuestionAgreement) -> dict[str, Any]:
    return {
        "field": one.question.id,
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
        return {"reviewers": list(reviewers), "n": 0, "same": 0}
    told = {"reviewers": list(reviewers), **found.json()}
    if isinstance(found, OfTwo):
        weighted = found.weighted
        told["weighted_kappa"] = None if weighted is None else weighted.kappa
        told["same"] = same(found)
    return told


def form_lines(document: Mapping[str, Any]) -> Iterator[str]:
    """Yield a line for each question of which anything was answered twice, or by one alone."""
    for one in document["questions"]:
        if not one["n"] and not one["only_one"]:
            continue
        told = [f"n {one['n']}", f"{one['same']} the same"]
        told += [f"{one['same_meaning']} mean the same"] if one["same_meaning"] else []
        told += [f"{one['only_one']} answered by one alone"] if one["only_one"] else []
        for pair in one["pairs"]:
            told += [
                f"{words} {pair[key]:.3f}"
                for key, words in (("kappa", "kappa"), ("weighted_kappa", "weighted kappa"))
                if pair.get(key) is not None
            ]
        yield f"{one['label']}: {', '.join(told)}"
    for total in document["totals"]:
        icc = total["not_defined"].get("icc") if total["icc"] is None else f"{total['icc']:.3f}"
        who = " and ".join(total["reviewers"])
        yield f"Total, {who}: n {total['n']}, intraclass correlation {icc}"
    for why, count in document["not_counted"].items():
        yield f"Not counted: {count} {why}."
