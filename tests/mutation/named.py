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
_PAGE = "ui/session/page.py"
_RULES = "screener/screening/rules.py"
_DECISIONS = "screener/screening/decisions.py"
_UNION = "screener/store/union.py"
_CACHES = "screener/store/caches.py"
_UNDO = "screener/store/undo.py"
_STANDING = "screener/consensus/standing.py"
_LOOK = "screener/consensus/look.py"
_COVERAGE = "screener/consensus/coverage.py"
_SETTLING = "screener/consensus/settling.py"
_MEETING = "screener/consensus/meeting.py"
_AGREED = "screener/consensus/agreed.py"
_AGREEMENT = "screener/consensus/agreement/agreement.py"
_FIRSTS = "screener/consensus/firsts.py"
_FROZEN = "screener/consensus/agreement/frozen.py"
_OF_TWO = "screener/consensus/agreement/answers.py"
_STEP = "screener/screening/step.py"
_TALLY = "screener/duplicates/tally.py"
_PLACING = "screener/report/placing.py"
_SESSION = "ui/session/session.py"
_PAINTER = "ui/consensus/item_painter.py"

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
        "UNION SELECT l.author ",
        "EXCEPT SELECT l.author ",
        "what an author says anew in a merge stands beside what it supersedes",
    ),
    Fault(
        _UNION,
        "FROM main.event WHERE rowid > ?",
        "FROM main.event WHERE rowid > ? + 1",
        "the first event a merge brings is not in the caches",
    ),
    Fault(
        _UNDO,
        "WHERE e.log = ? AND e.seq < ? ",
        "WHERE e.log = ? AND e.seq < ? - 1 ",
        "where a page of the history begins, one event is passed by",
    ),
    # Anybody superseding anybody.
    Fault(
        _CACHES,
        "self._gone.get(_slot(row), {}).get(row[6], ())",
        "next((gone[row[6]] for gone in self._gone.values() if row[6] in gone), ())",
        "an event that names another's as superseded takes it away",
    ),
    Fault(
        _CACHES,
        "return *slot(row[0], row[1], row[3], row[4]), row[5]",
        'return "", "", "", "", row[5]',
        "an event supersedes what stands at another place of the same person",
    ),
    Fault(
        _CACHES,
        "if on and row[2] not in on:",
        "if False:",
        "an event supersedes what stands on a record that was never joined with its own",
    ),
    Fault(
        _CACHES,
        "    if not named:\n        return\n    joined",
        "    return\n    joined",
        "a join that comes later leaves standing what its records' entries supersede",
    ),
    # Corner cases of PRISMA.
    Fault(
        _TALLY,
        "left = {uid for uid in ours if uid not in removed}",
        "left = set(ours)",
        "a unit whose records of databases were removed counts in the left column",
    ),
    Fault(
        _TALLY,
        "return frozenset(self.unit_of.get(uid, uid) for uid in self.left)",
        "return self.left",
        "a unit shown by a record of another method leaves the column of databases",
    ),
    Fault(
        _PLACING,
        "(Status.NOT_STARTED, Status.PENDING, Status.HIDDEN, Status.MISSING)",
        "(Status.NOT_STARTED, Status.PENDING, Status.HIDDEN)",
        "a report sought and decided by one of two counts as assessed",
    ),
    Fault(
        _PLACING,
        "if found.status is Status.AGREED:  # only a criterion was judged differently",
        "if False:",
        "agreed items with differing judgements keep the flow a draft",
    ),
    Fault(
        _PLACING,
        '"not_eligible", reason(found.reason or OTHER_REASON)]',
        '"not_eligible", *([reason(found.reason)] if found.reason else [])]',
        "a report excluded without one reason is in no line of the box",
    ),
    Fault(
        _TALLY,
        "return self.others - len(set(present) - self.by_databases)",
        "return len(self.theirs) - len(set(present) - self.by_databases)",
        "a record of another method that was removed is called a duplicate",
    ),
    # Notices from a worker.
    Fault(
        _SESSION,
        "        if self._writing or get_ident() != self._thread:\n"
        "            self._waiting.append(changes)\n        else:\n"
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
        "wrote, self._writing = self._writing, False\n        self._pass_on",
        "wrote = self._writing\n        self._pass_on",
        "after a long action nothing can be written any more",
    ),
    Fault(
        _PAGE,
        "if self.isVisible():\n            self.read_again()\n\n    def _on_derived",
        "self.read_again()\n\n    def _on_derived",
        "a page that is hidden reads all the same",
    ),
    Fault(
        _PAGE,
        "if self.isVisible():\n            self.read_again()\n\n    def _on_busy",
        "self.read_again()\n\n    def _on_busy",
        "a page that is hidden reads what the worker has derived for another one",
    ),
    Fault(
        _PAGE,
        "if self.isVisible():\n            self.read_again()\n            self.take_busy()",
        "self.read_again()\n        self.take_busy()",
        "every page reads when long work ends, hidden ones too",
    ),
    Fault(
        _PAGE,
        "self._missed = changes if self._missed is None else self._missed.with_(changes)",
        "self._missed = changes if self.isVisible() else None",
        "a page that is not shown does not hear of a merge",
    ),
    # Who has to answer, and when it may be seen.
    Fault(
        _COVERAGE,
        "limit = min(limit, max(self.parts[who].after, reach))",
        "limit = min(limit, max(self.parts[who].after, reach, limit))",
        "answers are shown though somebody who is waited for has not closed",
    ),
    Fault(
        _COVERAGE,
        "limit = min(limit, max(self.parts[who].after, reach))",
        "limit = min(limit, reach)",
        "who joined late hides again what was visible",
    ),
    Fault(
        _COVERAGE,
        "could = {who for who in self.waited_for() if who != reviewer}",
        "could = set(self.waited_for())",
        "when one of two leaves, what they were to close stays hidden for ever",
    ),
    Fault(
        _COVERAGE,
        "if place > self.opened(unit_of[record]) and not self._seen(place)",
        "if False",
        "a join of records shows what a reviewer decided and has not closed",
    ),
    # Two meetings.
    Fault(
        _AGREED,
        "if (one.outcome, one.reason) != (other.outcome, other.reason):",
        "if one.outcome != other.outcome:",
        "two meetings that exclude for different reasons count as one",
    ),
    Fault(
        _LOOK,
        "if not all(says_the_same(self._step, item, what, other) for other in others):",
        "if False:",
        "of two meetings that differ one wins silently",
    ),
    Fault(
        _SETTLING,
        "supersedes=_heads_of(file, step.id, subject, item)",
        "supersedes=[]",
        "settling again leaves the other meeting's consensus standing",
    ),
    Fault(
        _MEETING,
        "return min((head.body.level for",
        "return max((head.body.level for",
        "of two meetings the one that shows more counts",
    ),
    Fault(
        _MEETING,
        "every = dict.fromkeys(who for head in found for who in head.body.people)",
        "every = dict.fromkeys(found[-1].body.people)",
        "who was at the other of two meetings is forgotten",
    ),
    Fault(
        _AGREED,
        'reason=said.get("reason", "")',
        'reason=""',
        "what was agreed stands without its reason",
    ),
    # Agreement's counts.
    Fault(
        _FROZEN,
        "        if subject not in present:\n",
        "        if False:\n",
        "units that are gone count as lacking a decision",
    ),
    Fault(
        _AGREEMENT,
        "if not all(self._step.same(item, values[0], other) for other in values[1:]):",
        "if False:",
        "of two differing decisions of one reviewer one counts",
    ),
    Fault(
        _STEP,
        'return "exclude" if unfold(value).verdict is Verdict.EXCLUDE else "include"',
        'return None if _verdict(value) == "maybe" else _verdict(value)',
        "maybe against exclude is in no cell of include and exclude",
    ),
    Fault(
        _OF_TWO,
        "table[place[one]][place[other]] = times",
        "table[place[one]][place[other]] = 1",
        "a criterion judged in the same way on many records is counted once",
    ),
    Fault(
        _FIRSTS,
        "other.event != one.event and self._knows(one, other)",
        "other.event != one.event and self._knows(other, one)",
        "agreement is taken at the last close instead of the first",
    ),
    Fault(
        _FIRSTS,
        "first if all(set(first) == set(other) for other in others) else None",
        "first",
        "a copy from before closing that was decided otherwise rewrites the agreement",
    ),
    Fault(
        "screener/store/closing.py",
        "                shut[id_] = behind",
        "                pass",
        "a second close hides what was changed behind the first",
    ),
    # What the meeting sees.
    Fault(
        _PAINTER,
        "enumerate(sorted(shown, key=_by_value))",
        "enumerate(shown)",
        "without names the place of a column tells whose it is",
    ),
    Fault(
        _PAINTER,
        "return shown if level is Level.EVERYTHING else [_bare(column, level) for column in shown]",
        "return shown if level > Level.RECORD else [_bare(column, level) for column in shown]",
        "without names reasons and notes come with the columns",
    ),
    Fault(
        "ui/consensus/decision_painter.py",
        'reason=decision.reason if level is Level.EVERYTHING else ""',
        "reason=decision.reason",
        "a decision is taken with a reason that nobody sees",
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
        "if any(judgements.get(id_) is Judgement.UNCLEAR for id_ in required):",
        "if Judgement.UNCLEAR in judgements.values():",
        "unclear on an optional criterion suggests maybe",
    ),
    Fault(
        _RULES,
        "[c.id for c in protocol.criteria if stage in c.required_at]",
        "[c.id for c in protocol.criteria if c.required_at]",
        "a criterion that full text requires holds the suggestion back at title and abstract",
    ),
    Fault(
        _RULES,
        "if reason == OTHER_REASON and is_blank(note):",
        "if reason == OTHER_REASON and not note:",
        "a blank note is enough for the other reason",
    ),
    # The reason after re-judging.
    Fault(
        _RULES,
        "if suggested is not None and suggested.verdict is Verdict.EXCLUDE:",
        "if before is None and suggested is not None and suggested.reason:",
        "exclude keeps the old reason after the record was judged again",
    ),
    Fault(
        _RULES,
        'return "" if earlier is not None and earlier.reason == before.reason else before.reason',
        "return before.reason",
        "exclude keeps a reason that came of judgements which suggest it no longer",
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
        "head = found[-1]\n        return decision_from(",
        "head = found[0]\n        return decision_from(",
        "of two decisions that stand the older one is shown",
    ),
)
