"""What the agreed ratings come to, from the tables; see `recount.py`. Only fields without rows."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from decimal import Decimal
from itertools import combinations

SETTLED = ("agreed", "resolved")
NOT_WAITING = (*SETTLED, "blank", "wording")


def forms(archive):
    """The forms in force, by their ids, with their fields by id."""
    found = {}
    for row in archive.table("forms/forms.csv"):
        if row["in_force"]:
            form = tomllib.loads(archive.files[row["file"]].decode())
            parts = [form, *form.get("sections", ())]
            fields = [field for part in parts for field in part.get("fields", ())]
            found[row["form"]] = form | {"fields": {f["id"]: f for f in fields}}
    return found


def totals(archive):
    """The total of every study, what is possible, and what is open, by form and study."""
    every = forms(archive)
    lines = defaultdict(list)
    for row in archive.table("forms/agreed.csv"):
        if not row["list"] and row["status"] != "not-asked":
            lines[row["form"], row["study"]].append(row)
    found = {}
    for (form, study), rows in lines.items():
        if every[form].get("kind") != "appraisal":
            continue
        scores, possible, left_out, open_ = [], Decimal(0), 0, 0
        for row in rows:
            field = every[form]["fields"][row["field"]]
            scored = {o["id"]: Decimal(str(o["score"])) for o in options(field) if "score" in o}
            word = row["value"] if row["state"] == "value" else row["state"]
            said = word if row["status"] in SETTLED else ""
            open_ += row["status"] not in NOT_WAITING
            if scored and said == "not-applicable" and said not in scored:
                left_out += 1
            elif scored:
                possible += max(scored.values())
                scores += [scored[said]] if said in scored else []
        found[form, study] = (sum(scores) if scores else None, possible, left_out, open_)
    return found


def options(field):
    return field.get("options", ())


def program_totals(archive):
    """The same as `counts.json` says it."""
    return {
        (one["form"], one["study"]): (
            None if one["total"] is None else Decimal(one["total"]),
            Decimal(one["possible"]),
            one["not_applicable"],
            one["open"],
        )
        for one in archive.json("counts")["totals"]
        if not one["row"]
    }


def now(archive):
    """The study that each study counts for."""
    into = {row["study"]: row["into"] for row in archive.table("studies/studies.csv")}

    def last(study):
        return last(into[study]) if into.get(study) else study

    return last


def disagreements(archive):
    """Agreed values that are neither what was settled nor what enough reviewers said alike."""
    last, every = now(archive), forms(archive)
    said, settled = defaultdict(lambda: defaultdict(set)), defaultdict(list)
    for row in archive.table("forms/answers.csv"):
        if row["stands"] and not row["row"] and row["state"] != "none":
            place = row["form"], last(row["study"]), row["field"]
            said[place][row["reviewer"]].add((row["state"], row["value"], row["unit"]))
    for row in archive.table("decisions/consensus.csv"):
        if row["stands"] and row["question"] and not row["row"]:
            value = row["state"], row["value"], row["unit"]
            settled[row["stage"], last(row["of"]), row["question"]].append(value)
    for row in archive.table("forms/agreed.csv"):
        if row["list"] or row["status"] not in (*SETTLED, "differs"):
            continue
        place = row["form"], row["study"], row["field"]
        value = row["state"], row["value"], row["unit"]
        if row["status"] == "resolved":
            right = value in settled[place]
        else:
            answers = said[place].values()
            alike = len({folded(one) for several in answers for one in several}) == 1
            right = len(answers) >= every[row["form"]].get("reviewers", 2) and (
                alike if row["status"] == "agreed" else not alike
            )
            right = right and (row["status"] == "differs" or value in set.union(*answers))
        if not right:
            yield place, row["status"], value


def folded(said):
    """What is compared of an answer: white space and capitals of words make no difference."""
    return tuple(" ".join(part.casefold().split()) for part in said)


def compared(archive):
    """By form, pair and field on how many studies two reviewers' answers are compared.

    A study that has no included report any more counts no more.
    """
    last = now(archive)
    here = {row["study"] for row in archive.table("studies/studies.csv") if row["has_report"]}
    first = defaultdict(lambda: defaultdict(set))
    for row in archive.table("forms/answers.csv"):
        if row["first_close"] and not row["row"] and last(row["study"]) in here:
            place = row["form"], row["field"], last(row["study"])
            first[place][row["reviewer"]].add((row["state"], row["value"], row["unit"]))
    found = defaultdict(lambda: [0, 0])
    for (form, field, _), by in first.items():
        alone = {who: several for who, several in by.items() if len(several) == 1}
        for a, b in combinations([p for p in archive.people if p in alone], 2):
            found[form, a, b, field][0] += 1
            found[form, a, b, field][1] += alone[a] == alone[b]
    return found


def program_compared(archive):
    """The same as `agreement.json` says it, of what has categories."""
    every, found = forms(archive), {}
    for stage in archive.json("agreement")["stages"]:
        for pair in stage["pairs"] if stage["stage"] in every else ():
            a, b = pair["reviewers"]
            for field, told in pair.items():
                asked = every[stage["stage"]]["fields"].get(field, {})
                if field != "reviewers" and told["n"] and not asked.get("list") and "table" in told:
                    same = sum(row[k] for k, row in enumerate(told["table"]))
                    found[stage["stage"], a, b, field] = [told["n"], same]
    return found
