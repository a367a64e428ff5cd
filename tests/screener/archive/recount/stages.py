"""Where every unit stands at a stage of screening, from the tables; see `recount.py`.

The rules are those of docs/project-file.md ("Who has to answer", section 5) and docs/numbers.md.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property

from tests.screener.archive.recount.tables import parted

TA, FT = "title-abstract", "full-text"
BARRED = ("removed", "not-open", "not-retrieved")
WEIGHT = {"retrieved": 2, "not-retrieved": 1, "sought": 0, "taken back": 0}
ALWAYS = float("inf")


class Stage:
    """One stage as the tables have it; `before` is title and abstract for full text."""

    def __init__(self, archive, name, before=None):
        self.archive, self.name, self.before = archive, name, before
        self.entries = {
            row["entry"]: row | {"judged": judged(row)}
            for row in archive.table("decisions/decisions.csv")
            if row["stage"] == name
        }
        self.settled = {
            row["entry"]: row
            for row in archive.table("decisions/consensus.csv")
            if row["stage"] == name
        }
        self.parts = self._rows("people/taking-part.csv")
        self.closings = self._rows("people/closings.csv")
        self.early = self._rows("people/shown-early.csv")
        self.left_out = {
            row["reviewer"]: int(row["units"]) for row in self._rows("decisions/left-out.csv")
        }

    def _rows(self, name):
        return [row for row in self.archive.table(name) if row["stage"] == self.name]

    # --- what is open, and who has closed it ---------------------------------------------------

    @cached_property
    def opened(self):
        """The moment at which each unit was opened."""
        a, found = self.archive, {}
        if self.name == TA:
            for row in a.records.values():
                moment = int(a.imports[row["import"]]["moment"])
                found[row["unit"]] = min(moment, found.get(row["unit"], moment))
            return found
        for row in self._rows("decisions/openings.csv"):
            for record in parted(row["of"]):
                moment = int(row["moment"])
                found[a.unit(record)] = min(moment, found.get(a.unit(record), moment))
        return found | self.asked_again(found)

    def asked_again(self, opened):
        """What was not retrieved for a time, and that nobody had closed while it was asked."""
        ends = [int(row["moment"]) for row in self.closings] + [
            int(row["up_to"]) for row in self.early
        ]
        found, changes = {}, defaultdict(list)
        states = defaultdict(dict)
        for row in self.archive.table("decisions/retrieval.csv") if ends else ():
            unit = self.archive.unit(row["record"])
            states[unit][row["record"]] = row["state"]
            gone = max(states[unit].values(), key=WEIGHT.get) == "not-retrieved"
            if gone != bool(changes[unit] and changes[unit][-1][1]):
                changes[unit].append((int(row["moment"]), gone))
        for unit, several in changes.items():
            start = opened.get(unit, 0)
            for moment, stops in several if start else ():
                if stops and any(start <= end < moment for end in ends):
                    break
                start = start if stops else max(start, moment)
            if start:
                found[unit] = start
        return found

    @cached_property
    def reach(self):
        """Up to which moment each reviewer has closed the stage."""
        found = {}
        for row in self.closings:
            found[row["person"]] = max(int(row["moment"]), found.get(row["person"], 0))
        return found

    @cached_property
    def after(self):
        """By those who take part and have not left, up to which moment nobody waits for them."""
        return {p["person"]: int(p["not_asked_up_to"]) for p in self.parts if not p["left"]}

    @cached_property
    def closed_up_to(self):
        reaches = sorted(self.reach.values(), reverse=True)
        if len(reaches) < self.archive.needed:
            return 0
        theirs = [max(after, self.reach.get(who, 0)) for who, after in self.after.items()]
        return min([reaches[self.archive.needed - 1], *theirs])

    def visible(self, unit):
        moment = self.opened.get(unit, 0)
        return moment <= self.closed_up_to or any(
            int(row["after"]) < moment <= int(row["up_to"]) for row in self.early
        )

    def nothing_comes(self, unit):
        """Whether everybody who has to decide a unit has closed it."""
        done = 0
        if len(self.parts) >= self.archive.needed:
            theirs = [max(after, self.reach.get(who, 0)) for who, after in self.after.items()]
            done = min(theirs, default=ALWAYS)
        done = max(done, self.closed_up_to)
        return bool(done) and self.opened.get(unit, 0) <= done

    def waits_for(self, who, unit):
        after = self.after.get(who)
        return after is not None and (not after or self.opened.get(unit, 0) > after)

    # --- what is said --------------------------------------------------------------------------

    @cached_property
    def said(self):
        """The decisions that stand, by unit."""
        replaced = {e for row in self.entries.values() for e in parted(row["replaces"])}
        found = defaultdict(list)
        for entry, row in self.entries.items():
            stands = entry not in replaced and row["verdict"] != "taken back"
            assert stands == bool(row["stands"]), (entry, row)
            if stands:
                found[self.archive.unit(row["record"])].append(row)
        return found

    @cached_property
    def agreed(self):
        """What is settled, by unit: what another on it names as known to it is replaced."""
        replaced = {e for row in self.settled.values() for e in parted(row["replaces"])}
        heads = defaultdict(list)
        for entry, row in self.settled.items():
            if entry not in replaced and row["value"] != "taken back":
                heads[self.archive.unit(row["of"])].append(row)
        found = {}
        for unit, several in heads.items():
            named = {e for row in several for e in parted(row["basis"])}
            found[unit] = [r for r in several if named.isdisjoint(self.origins(r))]
        stand = {row["entry"] for several in found.values() for row in several}
        assert stand == {e for e, row in self.settled.items() if row["stands"]}, stand
        return found

    def origins(self, row):
        """A settlement, and those it puts back."""
        while row:
            yield row["entry"]
            row = self.settled.get(row["puts_back"])

    def state_of_report(self, unit):
        said = [
            row["state"]
            for row in self.archive.table("decisions/retrieval.csv")
            if row["stands"] and self.archive.unit(row["record"]) == unit
        ]
        return max(said, key=WEIGHT.get, default="sought")

    # --- where it stands -----------------------------------------------------------------------

    def barred(self, unit):
        if unit not in set(self.archive.present):
            return "removed"
        if self.name == FT:
            if unit not in self.opened or self.before.standing[unit][1] != "include":
                return "not-open"
            if self.state_of_report(unit) == "not-retrieved":
                return "not-retrieved"
        return ""

    @cached_property
    def standing(self):
        """Status, outcome and reason of every unit."""
        return {unit: self.stands(unit) for unit in self.archive.units}

    def stands(self, unit):
        if status := self.barred(unit):
            return status, "", ""
        if (self.said or self.left_out) and not self.visible(unit):
            return "hidden", "", ""
        said = self.said.get(unit, [])
        agreed = self.agreed.get(unit)
        if not agreed:
            return self.compared(unit, said)
        if len({(row["value"], row["reason"]) for row in agreed}) > 1:
            return "consensus-conflict", "", ""
        holds = all(self.holds(row, said) for row in agreed)
        first = agreed[0]
        return "resolved" if holds else "reopened", first["value"], first["reason"]

    def compared(self, unit, said):
        by = by_reviewer(said)
        if any(len(several) > 1 for several in by.values()):
            return "self", "", ""
        if len(by) < self.archive.needed:
            if self.nothing_comes(unit):
                return "missing", "", ""
            return "pending" if said else "not-started", "", ""
        verdicts = {row["verdict"] for row in said}
        reasons = {row["reason"] for row in said if row["verdict"] == "exclude"}
        if verdicts == {"exclude"}:
            if len(reasons) > 1 and self.name == FT:
                return "reason", "", ""
            return "agreed", "exclude", reasons.pop() if len(reasons) == 1 else ""
        if verdicts == {"include"}:
            return "agreed", "include", ""
        if {"include", "exclude"} <= verdicts:
            return "conflict", "", ""
        rule = self.archive.protocol.get("stages", {}).get(TA, {}).get("maybe", "advances")
        if self.name == FT or rule == "discuss":
            return "maybe", "", ""
        if rule == "advances":
            advances = "exclude" not in verdicts
            return ("agreed", "include", "") if advances else ("conflict", "", "")
        return "maybe" if verdicts == {"maybe"} else "conflict", "", ""

    def holds(self, agreed, said):
        """Whether the decisions are those a settlement was made on, or new and say the same."""
        basis = [self.entries[e] for e in parted(agreed["basis"]) if e in self.entries]
        before, now = by_reviewer(basis), by_reviewer(said)
        return all(now.get(who, set()) == was for who, was in before.items()) and all(
            {verdict for verdict, _ in now[who]} == {agreed["value"]}
            for who in now.keys() - before.keys()
        )

    # --- what a report tells -------------------------------------------------------------------

    def overturned(self):
        return sum(
            self.overturns(row)
            for unit, several in self.agreed.items()
            if self.barred(unit) != "removed"
            for row in several
        )

    def overturns(self, row):
        on = [self.entries[e] for e in parted(row["basis"]) if e in self.entries]
        origin = self.settled[[*self.origins(row)][-1]]
        earlier = [
            self.settled[e]
            for e in {*parted(row["basis"]), *parted(origin["replaces"])}
            if e in self.settled and self.settled[e]["value"] != "taken back"
        ]
        was = [
            (e["value"], e["reason"])
            for e in earlier
            if by_reviewer(self.entries[d] for d in parted(e["basis"]) if d in self.entries)
            == by_reviewer(on)
        ]
        if not was:
            by = by_reviewer(on)
            enough = len(by) >= self.archive.needed
            if enough and all(len(several) == 1 for several in by.values()):
                status, outcome, reason = self.compared("", on)
                was = [(outcome, reason)] if status == "agreed" else []
        return any(
            value != row["value"] or (reason and reason != row["reason"]) for value, reason in was
        )

    def modes(self):
        return Counter(
            row["mode"]
            for unit, several in self.agreed.items()
            if self.barred(unit) != "removed"
            for row in several
        )


def judged(row):
    return dict(part.split("=") for part in parted(row["judgements"]))


def by_reviewer(said):
    """What each reviewer says, as it is compared."""
    found = defaultdict(set)
    for row in said:
        found[row["reviewer"]].add((row["verdict"], row["reason"]))
    return found
