"""The agreement on a form, question by question, as the command line prints it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from screener.consensus.agreement.agreement import Agreement, PairAgreement
from screener.consensus.agreement.answers import Sameness
from screener.model import Compare, Question
from screener.project import Project
from screener.studies.listing import lines
from screener.studies.totals import totals


def form_agreement(review: Project, stage: str) -> dict[str, Any]:
    """Return the figures of every question that is compared, by question.

    `n` and `same` count, over the pairs of reviewers, what both answered and what is the same;
    `same_meaning` what the meeting said means the same, which is counted in no figure; `only_one`
    what one reviewer alone answered. `totals` has the intraclass correlation of each pair, where
    the form has scores.
    """
    step = review.forms.step(stage)
    found = review.consensus.agreement(stage)
    meant = Counter(
        one.item.question
        for several in review.consensus.agreed(stage).values()
        for one in several
        if one.details.same_meaning
    )
    alone = Counter(
        line.question.id
        for line in lines(review.consensus, step)
        if line.question is not None and len({a.reviewer for a in line.answers}) == 1
    )
    asked = [q for q in step.form.questions if q.compare is Compare.VALUE]
    correlated = [(pair.reviewers, totals(step.form, pair)) for pair in found.pairs]
    return {
        "stage": stage,
        "questions": [_question(q, found, meant[q.id], alone[q.id]) for q in asked],
        "totals": [{**icc.json(), "reviewers": list(who)} for who, icc in correlated if icc],
        "not_counted": dict(found.not_counted),
    }


def _question(question: Question, found: Agreement, meant: int, alone: int) -> dict[str, Any]:
    pairs = [_pair(question.id, pair) for pair in found.pairs]
    together = found.together.get(question.id)
    return {
        "field": question.id,
        "label": question.words,
        "type": question.type,
        "n": sum(pair["n"] for pair in pairs),
        "same": sum(pair["same"] for pair in pairs),
        "same_meaning": meant,
        "only_one": alone,
        "pairs": pairs,
        "overall": together.json() if together is not None else None,
    }


def _pair(question: str, pair: PairAgreement) -> dict[str, Any]:
    one = pair.alike.get(question) or pair.measured.get(question)
    if one is None:
        return {"reviewers": list(pair.reviewers), "n": 0, "same": 0}
    told = {"reviewers": list(pair.reviewers), **one.json()}
    if not isinstance(one, Sameness):
        weighted = one.weighted
        told["weighted_kappa"] = None if weighted is None else weighted.kappa
        told["same"] = sum(row[place] for place, row in enumerate(one.figures.table))
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
