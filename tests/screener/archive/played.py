"""Reviews played at random through the Python API, the same for the same number.

Searches by every method, joins across them, removals and withdrawals before and after, two to four
reviewers who leave, come late and open their stage again, meetings that settle and overturn, full
texts that are not to be had, studies, a form with scores, undo wherever it comes to somebody's
mind; ended at any place. Whatever is refused changes nothing and is passed over.
"""

from __future__ import annotations

import os
import random
from dataclasses import replace
from pathlib import Path

from screener import create_project, merge_into, open_copy, open_project
from screener.answers.form import Form, FormKind, Overall
from screener.model import (
    AnswerState,
    MaybeRule,
    Mode,
    Option,
    Question,
    SourceKind,
    Stage,
    UserError,
    Verdict,
)
from tests.screener.conftest import PROTOCOL, fill

TA, FT = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT
NAMES = ("Maya", "Jonas", "Ines", "=Nina, née Ö")
REASONS = [c.id for c in PROTOCOL.criteria] + ["no-full-report"]
SCORES = tuple(Option(id=f"score-{n}", text=f"{n} points", score=str(n)) for n in range(3))
RATING = Form(
    id="rating",
    title="Rating",
    kind=FormKind.APPRAISAL,
    overall=Overall(how="sum"),
    questions=(
        *(
            Question(
                id=f"item-{n}", words=f"Item {n}", type="score", options=SCORES, required=True,
                special=(AnswerState.NOT_APPLICABLE,),
            )
            for n in (1, 2, 3)
        ),
        Question(id="weeks", words="Weeks", type="integer", special=(AnswerState.NOT_REPORTED,)),
    ),
)  # fmt: skip


class Played:
    """One review that is being played in a folder."""

    def __init__(self, folder, seed):
        self.folder, self.rng, self.seed = Path(folder), random.Random(seed), seed
        self.project = self.folder / "p.screener"
        self.copies, self.searches, self.files = {}, 0, 0
        self.names = list(NAMES[: self.rng.choice((2, 2, 3, 4))])

    def play(self):
        """Play it to some end; returns the project."""
        self.at("coordinator")
        self.begin()
        parts = (self.title_abstract, self.full_text, self.included)
        for part in parts[: self.rng.choice((1, 2, 2, 3, 3, 3))]:
            part()
            for _ in range(self.rng.choice((0, 1, 2, 3, 6))):
                self.anything()
        return self.project

    def at(self, computer):
        home = self.folder / f"home-{computer}"
        home.mkdir(exist_ok=True)
        os.environ["SCREENER_HOME"] = str(home)

    def change(self, work):
        """Do something in the project."""
        self.at("coordinator")
        try:
            with open_project(self.project) as review:
                work(review)
        except UserError:
            return False
        return True

    # --- the coordinator -------------------------------------------------------------------------

    def begin(self):
        rng = self.rng
        protocol = replace(
            PROTOCOL,
            maybe=rng.choice(list(MaybeRule)),
            reviewers_per_record=min(len(self.names), rng.choice((2, 2, 2, 2, 3, 1))),
            reason_required={TA: False, FT: rng.random() < 0.8},
        )
        create_project(self.project, title=protocol.title, protocol=protocol).close()
        for _ in range(rng.randint(3, 5)):
            self.search()
        self.change(lambda r: r.duplicates.join(r.duplicates.find().certain))
        for _ in range(rng.randint(0, 4)):
            rng.choice((self.join, self.join, self.remove))()

    def search(self):
        """Import some records; those of a mark that was there before are duplicates."""
        self.searches += 1
        n, rng = self.searches, self.rng
        kind = rng.choice([*SourceKind, SourceKind.DATABASE, SourceKind.DATABASE])
        how = {"mark": rng.choice("abc"), "first": rng.randint(1, 15), "kind": kind}
        how |= {"source": f"Source {rng.randint(1, n)}", "strategy": f"peer* AND support {n}"}
        self.change(lambda r: fill(r, self.folder, rng.randint(3, 9), **how))

    def records(self, review):
        return [record.id for record in review.sources.records()]

    def join(self):
        def work(review):
            two = self.rng.sample(self.records(review), 2)
            review.duplicates.same(two, rule=self.rng.choice(("by hand", "question")))

        self.change(work)

    def split(self):
        self.change(lambda r: r.duplicates.split(self.rng.choice(self.records(r))))

    def remove(self):
        def work(review):
            some = self.rng.sample(self.records(review), self.rng.choice((1, 1, 2)))
            groups = [records for _, records in review.duplicates.groups()]
            if groups and self.rng.random() < 0.4:
                some = [*self.rng.choice(groups)]  # a group as a whole
            why = self.rng.choice(("=retracted", "out of range"))
            review.sources.remove(some, why, automatic=self.rng.random() < 0.5)

        self.change(work)

    def withdraw(self):
        batch = str(self.rng.randint(1, self.searches))
        self.change(lambda r: r.sources.withdraw(batch, "the wrong dates"))

    def put_back(self):
        batch = str(self.rng.randint(1, self.searches))
        self.change(lambda r: r.sources.put_back(batch))

    def correct(self):
        self.change(lambda r: r.sources.correct(self.rng.choice(self.records(r)), {"year": "1999"}))

    def undo(self):
        def work(review):
            for _ in range(self.rng.randint(1, 3)):
                review.undo()
            if self.rng.random() < 0.3:
                review.redo()

        self.change(work)

    def retrieve(self, most=1):
        def work(review):
            units = review.screening.open_units(FT)
            for unit in self.rng.sample(units, min(most, len(units))):
                states = ("retrieved", "retrieved", "retrieved", "not-retrieved", "sought")
                state = self.rng.choice(states)
                review.fulltext.set_retrieval(unit, state, "no copy is to be had")

        self.change(work)

    def one_report_twice(self):
        """Two reports turn out to be one, of which one copy was to be had and one was not."""

        def work(review):
            two = self.rng.sample(review.screening.open_units(FT), 2)
            for unit, state in zip(two, ("retrieved", "not-retrieved"), strict=True):
                review.fulltext.set_retrieval(unit, state, "no copy is to be had")
            review.duplicates.same(two, rule="by hand")

        self.change(lambda r: len(r.screening.open_units(FT)) > 1 and work(r))

    def protocol(self):
        def work(review):
            now = review.protocol.current
            what = self.rng.choice(("maybe", "needed", "criterion"))
            if what == "maybe":
                now = replace(now, maybe=self.rng.choice(list(MaybeRule)))
            elif what == "needed":
                now = replace(now, reviewers_per_record=self.rng.randint(1, 3))
            else:
                first = replace(now.criteria[0], exclude=self.rng.choice(("children", "nobody")))
                now = replace(now, criteria=(first, *now.criteria[1:]))
            review.protocol.set(now, why="we talked")

        self.change(work)

    def someone_leaves(self):
        who, stage = self.rng.choice(self.names), self.rng.choice((TA, FT))
        self.change(lambda r: r.consensus.leave(who, stage, "a new post"))

    def someone_comes(self):
        who = self.rng.choice(NAMES)
        if who not in self.names:
            self.names.append(who)
        stage, after = self.rng.choice((TA, FT)), self.rng.random() < 0.5

        def work(review):
            review.consensus.add_person(who)
            review.consensus.join(who, stage, opened_after=after)

        self.change(work)

    # --- the reviewers ---------------------------------------------------------------------------

    def copy_for(self, who):
        """Write a newer copy, or now and then go on with the older one."""
        older = self.copies.get(who)
        if older is not None and self.rng.random() < 0.08:
            return older
        self.files += 1
        path = self.folder / f"copy-{self.files}.screener"
        if not self.change(lambda r: r.consensus.write_copy(who, path)):
            return None
        if older is not None and self.rng.random() < 0.1:
            self.at(who)
            try:
                merge_into(older, path)
            except UserError:
                return path
            return older
        self.copies[who] = path
        return path

    def screen(self, who, stage, share=1.0, *, close=True):
        """Decide a share of what is pending, and some of it anew; close; merge at times."""
        path = self.copy_for(who)
        if path is None:
            return None
        rng = self.rng
        self.at(f"{self.names.index(who)}{'' if rng.random() < 0.8 else '-desktop'}")
        try:
            with open_copy(path) as mine:
                if mine.screening.closed(stage):
                    mine.screening.reopen(stage, "one more look.")
                units, numbers = mine.screening.to_screen(stage), dict(mine.units.numbered())
                for unit in units:
                    again = mine.screening.decision(unit, stage) is not None
                    if rng.random() < (0.1 if again else share):
                        self.decide(mine, unit, stage, numbers[unit])
                if rng.random() < 0.1:
                    mine.undo()
                if close and units:
                    mine.screening.close(stage)
        except UserError:
            pass
        return path

    def decide(self, mine, unit, stage, number):
        rng = self.rng
        usual = random.Random(f"{self.seed} {number} {stage}").random()
        word = "include" if usual < 0.6 else "exclude"
        if rng.random() < 0.25:
            word = rng.choice(("include", "exclude", "maybe"))
        reason = rng.choice(REASONS[:2]) if word == "exclude" else ""
        reason = "" if stage is TA and rng.random() < 0.5 else reason
        judged = {
            id_: rng.choice(("met", "met", "not-met", "unclear"))
            for id_ in REASONS[:3]
            if rng.random() < 0.5
        }
        word = "none" if rng.random() < 0.02 else word
        how = {"reason": reason, "judgements": judged} if word != "none" else {}
        try:
            mine.screening.decide(unit, Verdict(word), stage=stage, note="=1+1", **how)
        except UserError:
            mine.screening.decide(unit, Verdict.INCLUDE, stage=stage)

    def everybody(self, stage):
        paths = []
        for who in list(self.names):
            done = 1.0 if self.rng.random() < 0.9 else self.rng.random()
            path = self.screen(who, stage, done, close=self.rng.random() < 0.96)
            paths += [path] if path else []
        self.merge(paths)

    def merge(self, paths):
        early = self.rng.random() < 0.15
        why = self.rng.choice(("", "the deadline"))
        how = {"open_early": True, "why": why} if early else {}
        if not self.change(lambda r: r.consensus.merge(*paths, **how)):
            for path in paths:
                self.change(lambda r, one=path: r.consensus.merge(one))

    def again(self):
        """Somebody looks again at what was decided, or goes on with what came since."""
        who, stage = self.rng.choice(self.names), self.rng.choice((TA, FT))
        path = self.screen(who, stage, self.rng.random(), close=self.rng.random() < 0.7)
        if path is not None:
            self.merge([path])

    # --- the meeting -----------------------------------------------------------------------------

    def settle(self, stage=None, share=None):
        """Settle a share of what differs."""
        stage = stage or self.rng.choice((TA, FT))

        def work(review):
            waiting = [s.subject for s in review.consensus.differing(stage) if s.open]
            for unit in waiting:
                if self.rng.random() < (self.rng.random() if share is None else share):
                    self.resolve(review, unit, stage)

        self.change(work)

    def overturn(self):
        stage = self.rng.choice((TA, FT))

        def work(review):
            unit = self.rng.choice(review.units.ids())
            self.resolve(review, unit, stage)

        self.change(work)

    def resolve(self, review, unit, stage):
        rng = self.rng
        outcome = rng.choice(("include", "include", "exclude"))
        outcome = "awaiting" if stage is FT and rng.random() < 0.15 else outcome
        reason = rng.choice(REASONS) if outcome == "exclude" else ""
        mode = Mode.ADJUDICATION if rng.random() < 0.3 else Mode.DISCUSSION
        by = ["Dora"] if mode is Mode.ADJUDICATION else self.names[:2]
        try:
            if mode is Mode.ADJUDICATION:
                review.consensus.add_person("Dora", arbitrator=True)
            review.consensus.resolve(
                unit, outcome, step=stage, reason=reason, why="we read it", by=by, mode=mode,
                overturn=True,
            )  # fmt: skip
        except UserError:
            return

    # --- the course ------------------------------------------------------------------------------

    def title_abstract(self):
        self.everybody(TA)
        self.settle(TA, 0.85)

    def full_text(self):
        self.change(lambda r: r.screening.open(FT))
        self.retrieve(8)
        self.everybody(FT)
        self.settle(FT, 0.85)

    def included(self):
        for _ in range(self.rng.randint(0, 5)):
            self.study()
        self.rate()
        for _ in range(self.rng.randint(0, 4)):
            self.study()

    def study(self):
        rng = self.rng

        def work(review):
            every = review.studies.all()
            two = rng.sample(every, min(2, len(every)))
            what = rng.choice(("link", "group", "state", "join", "unlink"))
            if what == "link":
                review.studies.link(
                    [u for one in two for u in one.reports], also=rng.random() < 0.3
                )
            elif what == "group":
                name = rng.choice(("Peer line", "Together"))
                review.studies.group(name, [str(one.id or one.name) for one in two])
            elif what == "state" and two:
                state = rng.choice(("awaiting", "ongoing", "included"))
                review.studies.set(two[0].id or two[0].name, state=state)
            elif what == "join" and len(two) > 1:
                review.studies.join(*(one.id or one.name for one in two))
            elif two:
                review.studies.unlink(two[0].reports[0])

        self.change(work)

    def rate(self):
        """Open the form for all studies, answer and settle it."""

        def begin(review):
            review.forms.keep(RATING)
            review.studies.open(RATING.id)

        if not self.change(begin):
            return
        paths = [path for who in self.names[:2] if (path := self.answer(who))]
        self.merge(paths)
        self.change(self.settle_ratings)

    def answer(self, who):
        path, rng = self.copy_for(who), self.rng
        if path is None:
            return None
        self.at(str(self.names.index(who)))
        try:
            with open_copy(path) as mine:
                answering = mine.forms.answering(RATING.id)
                for place, study in enumerate(mine.forms.step(RATING.id).subjects()):
                    for question in RATING.questions:
                        self.rated(answering, study, place, question)
                if rng.random() < 0.9:
                    answering.close()
        except UserError:
            pass
        return path

    def rated(self, answering, study, place, question):
        rng = self.rng
        if rng.random() < 0.08:
            return
        usual = random.Random(f"{self.seed} {place} {question.id}").randint(0, 2)
        number = usual if rng.random() < 0.8 else rng.randint(0, 2)
        value = str(number) if question.type == "integer" else f"score-{number}"
        never = random.Random(f"{self.seed} {place} {question.id} na").random() < 0.2
        if rng.random() < 0.05 or never:
            answering.answer(study, question.id, state=question.special[0])
        else:
            answering.answer(study, question.id, value)

    def settle_ratings(self, review):
        for one in list(review.consensus.discrepancies(RATING.id)):
            if self.rng.random() < 0.7 and one.state == "open":
                question = RATING.question(one.item.question)
                value = "1" if question.type == "integer" else "score-1"
                review.consensus.resolve(
                    one.subject, value, step=RATING.id, item=one.item, why="we read it",
                    by=self.names[:2],
                )  # fmt: skip

    def anything(self):
        """Something that happens at any time."""
        self.rng.choice(
            (
                self.search, self.join, self.join, self.split, self.remove, self.withdraw,
                self.put_back, self.correct, self.one_report_twice,
                self.undo, self.undo, self.retrieve, self.protocol,
                self.someone_leaves, self.someone_comes, self.again, self.again, self.again,
                self.settle, self.settle, self.overturn, self.overturn, self.study,
                lambda: self.change(lambda r: r.screening.open(FT)),
                lambda: self.change(lambda r: r.consensus.open_early("no time is left")),
            )
        )()  # fmt: skip


def play(folder, seed):
    """Play the review of a number in an empty folder; returns the project."""
    before = os.environ.get("SCREENER_HOME")
    try:
        return Played(folder, seed).play()
    finally:
        if before is None:
            os.environ.pop("SCREENER_HOME", None)
        else:
            os.environ["SCREENER_HOME"] = before
