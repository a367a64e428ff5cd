"""The PRISMA 2020 numbers from the tables; see `recount.py`. By docs/numbers.md, "PRISMA 2020"."""

from __future__ import annotations

from collections import Counter

from tests.screener.archive.recount.stages import BARRED, FT, TA
from tests.screener.archive.recount.tables import Groups, parted, worded

FIELDS = {
    "database": "database_results", "register": "register_results", "website": "website_results",
    "organisation": "organisation_results", "citation-searching": "citations_results",
}  # fmt: skip
LEFT = ("database", "register")
UNREAD = ("not-started", "pending", "hidden", "missing")
TO_SETTLE = ("conflict", "reason", "maybe", "self", "missing", "reopened", "consensus-conflict")


class Flow:
    def __init__(self, archive, stages):
        self.archive, self.stages = archive, stages
        self.kinds = {
            number: archive.imports[row["import"]]["kind"]
            for number, row in archive.records.items()
            if not row["withdrawn"]
        }
        self.left = {
            archive.unit(number)
            for number, kind in self.kinds.items()
            if kind in LEFT and not archive.records[number]["removed"]
        }

    def numbers(self):
        found = {**self.identified(), **self.duplicates()}
        columns = {True: Counter(), False: Counter()}
        reasons = {True: Counter(), False: Counter()}
        for unit in self.archive.present:
            side = unit in self.left
            boxes, reason = self.boxes(unit)
            columns[side].update(boxes)
            if reason:
                reasons[side][reason] += 1
        left, right = columns[True], columns[False]
        for prefix, side in (("dbr", True), ("other", False)):
            here = columns[side]
            found |= {
                f"{prefix}_sought_reports": here["sought"],
                f"{prefix}_notretrieved_reports": here["not_retrieved"],
                f"{prefix}_assessed": here["assessed"],
                f"{prefix}_awaiting": here["awaiting"],
                f"{prefix}_excluded": self.labelled(reasons[side], here["awaiting"]),
            }
        both = left + right
        found |= {
            "records_screened": left["screened"],
            "records_excluded": left["excluded"],
            "new_reports": both["included"],
            "new_studies": self.studies(),
            "pending": pending(both),
            "other_pending": pending(right),
            "draft": bool(
                sum(pending(both).values()) or both["reopened"] or not self.kinds
            ),
        }  # fmt: skip
        found["total_studies"], found["total_reports"] = found["new_studies"], found["new_reports"]
        return found

    def identified(self):
        count = Counter(self.kinds.values())
        searched = {row["kind"] for row in self.archive.imports.values() if not row["withdrawn"]}
        found = {
            field: count[kind] if kind in LEFT or kind in searched else None
            for kind, field in FIELDS.items()
        }
        for kind in LEFT:
            by_source = {}
            for row in self.archive.imports.values():
                if row["kind"] == kind and not row["withdrawn"]:
                    by_source[row["source"]] = by_source.get(row["source"], 0) + int(row["parsed"])
            found[f"{kind}_specific_results"] = [[s, n] for s, n in by_source.items()]
        return found

    def duplicates(self):
        """Of each unit all records of databases but one; one that was removed as a whole is one."""
        automatic = by_hand = by_rule = by_person = 0
        ruled = self.by_rules()
        for unit, members in self.archive.units.items():
            ours = [n for n in members if self.kinds.get(n) in LEFT]
            removed = [n for n in ours if self.archive.records[n]["removed"]]
            counted = [n for n in ours if n not in removed] or ours
            if counted:
                parts = len({frozenset(ruled.of.get(n, {n})) for n in counted})
                automatic += len(counted) - parts
                by_hand += parts - 1
            if counted == removed and len(removed) > 1:  # the one that is shown stands for all
                last = sorted(removed, key=lambda n: self.archive.records[n]["uid"])[-1]
                removed = [unit if unit in removed else last]
            for number in removed:
                rule = self.archive.records[number]["removed_automatically"]
                by_rule, by_person = by_rule + bool(rule), by_person + (not rule)
        return {
            "duplicates": automatic + by_hand,
            "duplicates_automatic": automatic,
            "duplicates_by_hand": by_hand,
            "excluded_automatic": by_rule,
            "excluded_other": by_person,
        }

    def by_rules(self):
        """What the joins by a rule brought together that was not together before."""
        every, ruled = Groups(), Groups()
        for join in self.archive.joins:
            first, *others = parted(join["records"])
            for other in others:
                if join["how"] == "automatically" and not every.together(first, other):
                    ruled.join((first, other))
                every.join((first, other))
        return ruled

    def boxes(self, unit):
        """Where a unit is counted, and the reason of one that is excluded at full text."""
        found = ["screened"]
        status, outcome, _ = self.stages[TA].standing[unit]
        if status in TO_SETTLE and outcome:
            found.append("reopened")
        if outcome == "exclude":
            return [*found, "excluded"], ""
        if outcome != "include":
            return [*found, "pending title_abstract"], ""
        found.append("sought")
        status, outcome, reason = self.stages[FT].standing[unit]
        if status == "not-retrieved":
            return [*found, "not_retrieved"], ""
        sought = self.stages[FT].state_of_report(unit) == "sought"
        if status == "not-open" or (sought and status in UNREAD):
            return [*found, "pending retrieval"], ""
        found.append("assessed")
        if status in TO_SETTLE and outcome:
            found.append("reopened")
        if not outcome:
            return [*found, "pending full_text"], ""
        if outcome == "awaiting" or (outcome == "include" and unit in self.waiting()):
            return [*found, "awaiting"], ""
        if outcome == "include":
            return [*found, "included"], ""
        return found, reason or "other"

    def labelled(self, reasons, awaiting):
        known = self.archive.reasons
        order = [r for r in known if r in reasons] + sorted(reasons.keys() - known.keys())
        found = [[known.get(r, worded(r)), reasons[r]] for r in order]
        return [*found, *([["Awaiting classification", awaiting]] if awaiting else [])]

    # --- studies -------------------------------------------------------------------------------

    def standing_studies(self):
        rows = self.archive.table("studies/studies.csv")
        return [row for row in rows if row["study"] and not row["into"]]

    def waiting(self):
        """The reports of which every study is awaiting or ongoing."""
        states = {}
        for row in self.standing_studies():
            for unit in parted(row["reports"]):
                states.setdefault(unit, set()).add(row["state"])
        return {unit for unit, several in states.items() if "included" not in several}

    def included(self):
        here = self.stages[FT].standing
        return {unit for unit in self.archive.present if here[unit][1] == "include"}

    def counted_studies(self):
        """The included studies with their included reports."""
        reports = self.included() - self.waiting()
        found = {
            row["study"]: reports.intersection(parted(row["reports"]))
            for row in self.standing_studies()
            if row["state"] == "included"
        }
        return {study: several for study, several in found.items() if several}

    def studies(self):
        studies = self.counted_studies()
        alone = (self.included() - self.waiting()).difference(*studies.values())
        return len(studies) + len(alone)

    def interventions(self):
        rows = self.archive.table("studies/interventions.csv")
        return sum(not self.counted_studies().keys().isdisjoint(parted(r["studies"])) for r in rows)


def pending(counts):
    return {
        name: counts[f"pending {name}"] for name in ("title_abstract", "retrieval", "full_text")
    }


def status(stage):
    """What `status.json` says of a stage."""
    statuses = Counter(status for status, *_ in stage.standing.values())
    outcomes = Counter(outcome for _, outcome, _ in stage.standing.values())
    done = {*BARRED, "agreed", "resolved"}
    return {
        "statuses": dict(statuses),
        "included": outcomes["include"],
        "excluded": outcomes["exclude"],
        "awaiting": outcomes["awaiting"],
        "pending": sum(
            not outcome and status not in done for status, outcome, _ in stage.standing.values()
        ),
        "hidden": statuses["hidden"],
        "overturned": stage.overturned(),
    }
