"""Plausible faults by name, each as a patch of one text that stands once in its file."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class Fault(NamedTuple):
    """One fault: in which file, which text becomes which, and what a person would see of it."""

    file: str
    before: str
    after: str
    why: str

    def planted(self, root: Path) -> str:
        """Return the file's text with the fault, "" when its place is not there exactly once."""
        path = root / self.file
        text = path.read_text("utf-8") if path.exists() else ""
        return text.replace(self.before, self.after) if text.count(self.before) == 1 else ""


_LINE = "ui/screening/line.py"
_MODEL = "ui/screening/model.py"
_QUEUE = "ui/screening/queue_model.py"
_RULES = "screener/screening/rules.py"
_DECISIONS = "screener/screening/decisions.py"
_UNION = "screener/store/union.py"
_CACHES = "screener/store/caches.py"
_UNDO = "screener/store/undo.py"
_STATUSES = "screener/consensus/statuses.py"
_CONSENSUS = "screener/consensus/consensus.py"
_AGREEMENT = "screener/consensus/agreement.py"
_COUNTING = "screener/report/counting.py"
_SESSION = "ui/session/session.py"

FAULTS = (
    # The next record after the last one.
    Fault(
        _LINE,
        'return self.ids[0] if len(self.ids) > 1 else ""',
        'return ""',
        "after the last record of the queue nothing is shown, though others are pending",
    ),
    Fault(
        _LINE,
        "self.ids.pop(self.at)\n        if self.at >= len(self.ids):\n            self.at = 0",
        "self.ids.pop(self.at)\n        self.at = min(self.at, len(self.ids) - 1)",
        "after the last record the queue stands on another one than is shown",
    ),
    Fault(
        _LINE,
        "if not leaving:\n            return self.current",
        "if not leaving:\n            return self.ids[0]",
        "a record that stays in its queue as its last one shows the first",
    ),
    Fault(
        _QUEUE,
        "self.line.at + 1 >= len(self.line)",
        "self.line.at + 2 >= len(self.line)",
        "the last record of a queue is never read ahead",
    ),
    # A decision that is the last row of the file.
    Fault(
        _UNION,
        "WHERE e.rowid <= ? AND l.author",
        "WHERE e.rowid < ? AND l.author",
        "an author whose one decision is the last row before a merge loses it",
    ),
    Fault(
        _UNION,
        "FROM main.event WHERE rowid > ?",
        "FROM main.event WHERE rowid > ? + 1",
        "the first event a merge brings is not in the caches",
    ),
    Fault(
        _UNDO,
        "WHERE e.rowid < ? ORDER BY e.rowid DESC",
        "WHERE e.rowid < ? - 1 ORDER BY e.rowid DESC",
        "where a page of the history begins, one event is passed by",
    ),
    # Anybody superseding anybody.
    Fault(
        _CACHES,
        "if row is not None and _owner(row) == who:",
        "if row is not None:",
        "an event that names another's as superseded takes it away",
    ),
    Fault(
        _CACHES,
        "return LOG_OF.get(row[0], row[0]), row[3]",
        'return "", row[3]',
        "a coordinator's event supersedes what the same person wrote as a reviewer",
    ),
    # Corner cases of PRISMA.
    Fault(
        _COUNTING,
        "if kind.is_database and uid not in removed})",
        "if kind.is_database})",
        "a unit whose records of databases were removed counts in the left column",
    ),
    Fault(
        _COUNTING,
        "left_units = {membership.get(uid, uid) for uid in left_records}",
        "left_units = set(left_records)",
        "a unit shown by a record of another method leaves the column of databases",
    ),
    Fault(
        _COUNTING,
        "state.status in (Status.NOT_STARTED, Status.PENDING, Status.MISSING)",
        "state.status in (Status.NOT_STARTED, Status.PENDING)",
        "a report sought and decided by one of two counts as assessed",
    ),
    Fault(
        _COUNTING,
        "if state.open and state.status is not Status.AGREED:",
        "if state.open:",
        "agreed items with differing judgements keep the flow a draft",
    ),
    Fault(
        _COUNTING,
        "column.reasons[state.reason or OTHER_REASON] += 1",
        "column.reasons[state.reason] += bool(state.reason)",
        "a report excluded without one reason is in no line of the box",
    ),
    Fault(
        _COUNTING,
        "uid not in absent and batch in kinds and not",
        "batch in kinds and not",
        "a record of another method that was removed is called a duplicate",
    ),
    # Notices from a worker.
    Fault(
        _SESSION,
        "        if self._writing:\n            self._waiting.append(changes)\n        else:\n"
        "            self.changed.emit(changes)",
        "        self.changed.emit(changes)",
        "a notice of a long action is given in the worker's thread",
    ),
    Fault(
        _SESSION,
        "for changes in waiting:",
        "for changes in waiting[:1]:",
        "of several notices of a long action the pages hear the first",
    ),
    Fault(
        _SESSION,
        "wrote, self._writing = self._writing, False\n        waiting",
        "wrote = self._writing\n        waiting",
        "after a long action nothing can be written any more",
    ),
    Fault(
        _QUEUE,
        "elif changes.touches(*_TOUCHING):\n            self._stale = True",
        "elif changes.touches(*_TOUCHING):\n            self._stale = self._active",
        "a page that is not shown does not hear of a merge",
    ),
    # Two meetings.
    Fault(
        _STATUSES,
        "if len({(c.verdict, c.reason) for c in consensus}) > 1:",
        "if len({c.verdict for c in consensus}) > 1:",
        "two meetings that exclude for different reasons count as one",
    ),
    Fault(
        _STATUSES,
        "if len({(c.verdict, c.reason) for c in consensus}) > 1:",
        "if False:",
        "of two meetings that differ one wins silently",
    ),
    Fault(
        _CONSENSUS,
        "before = [c.event for c in self._statuses.consensus_heads(stage, [unit]).get(unit, [])]",
        "before: list[str] = []",
        "settling again leaves the other meeting's consensus standing",
    ),
    Fault(
        _CONSENSUS,
        'return min((int(body["level"]) for',
        'return max((int(body["level"]) for',
        "of two meetings the one that shows more counts",
    ),
    Fault(
        _CONSENSUS,
        "names = dict.fromkeys(name for one in found for name in one)",
        "names = dict.fromkeys(found[-1] if found else ())",
        "who was at the other of two meetings is forgotten",
    ),
    # Agreement's counts.
    Fault(
        _AGREEMENT,
        "lacking=len((one.keys() ^ other.keys()) & set(present))",
        "lacking=len(one.keys() ^ other.keys())",
        "units that are gone count as lacking a decision",
    ),
    Fault(
        _AGREEMENT,
        "if times[one.author] == 1",
        "if times[one.author]",
        "of two differing decisions of one reviewer one counts",
    ),
    Fault(
        _AGREEMENT,
        "three[0][2] + three[1][2]]",
        "three[0][2]]",
        "maybe against exclude is in no cell of include and exclude",
    ),
    Fault(
        _AGREEMENT,
        "[criterion][mark[left]][mark[right]] += times",
        "[criterion][mark[left]][mark[right]] += 1",
        "a criterion judged in the same way on many records is counted once",
    ),
    Fault(
        _AGREEMENT,
        "closed[log] = min(seq, closed.get(log, seq))",
        "closed[log] = max(seq, closed.get(log, seq))",
        "agreement is taken at the last close instead of the first",
    ),
    # The suggestion.
    Fault(
        _RULES,
        "for criterion in protocol.criteria:\n        if judgements.get(criterion.id) is",
        "for criterion in reversed(protocol.criteria):\n        if judgements.get(criterion.id) is",
        "of two criteria not met the last one is the suggested reason",
    ),
    Fault(
        _RULES,
        "if any(judgements.get(c.id) is Judgement.UNCLEAR for c in protocol.criteria):",
        "if any(judgements.get(c.id) is Judgement.UNCLEAR for c in required):",
        "unclear on an optional criterion suggests to include",
    ),
    Fault(
        _RULES,
        "[c for c in protocol.criteria if stage in c.required_at] or protocol.criteria",
        "[c for c in protocol.criteria if c.required_at] or protocol.criteria",
        "a criterion that full text requires holds the suggestion back at title and abstract",
    ),
    Fault(
        _RULES,
        "if reason == OTHER_REASON and not note.strip():",
        "if reason == OTHER_REASON and not note:",
        "a blank note is enough for the other reason",
    ),
    # The reason after re-judging.
    Fault(
        _MODEL,
        "if suggested is not None and suggested.verdict is Verdict.EXCLUDE:\n"
        "            return suggested.reason",
        "if sheet.decision is None and suggested is not None and suggested.reason:\n"
        "            return suggested.reason",
        "exclude keeps the old reason after the record was judged again",
    ),
    Fault(
        _MODEL,
        "sheet.decision is not None and not sheet.rejudged",
        "sheet.decision is not None",
        "what new judgements suggest cannot be taken on a decided record",
    ),
    Fault(
        _MODEL,
        "judgements=sheet.judgements,\n                )",
        "judgements=sheet.decision.judgements if sheet.decision else sheet.judgements,\n"
        "                )",
        "deciding again records the judgements of before",
    ),
    Fault(
        _DECISIONS,
        "return self._decision(real[-1][0], unit, stage)",
        "return self._decision(real[0][0], unit, stage)",
        "of two decisions that stand the older one is shown",
    ),
)
