"""What is done with a report or a study that is marked: linked, parted, named, grouped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from screener.model import Intervention, Study, StudyState
from screener.model.words import counted
from screener.studies.studies import Studies
from ui.session.choice_card import Act, Choice, ChoiceCard
from ui.session.echo import clock
from ui.session.page import Page
from ui.studies.cards import NameCard
from ui.studies.left import LeftSide
from ui.studies.model import Listing, Report
from ui.studies.right import RightSide

_IN_IT = "tests it; Enter takes it out"


class Settling:
    """Does what the keys say with what is marked on the page, and says which of them are offered.

    `listing` gives what the page shows now, `on_left` whether the left side has the keyboard.
    """

    def __init__(
        self,
        page: Page,
        left: LeftSide,
        right: RightSide,
        listing: Callable[[], Listing],
        on_left: Callable[[], bool],
    ) -> None:
        self._page, self._session = page, page.session
        self._left, self._right = left, right
        self._listing, self._on_left = listing, on_left

    @property
    def _studies(self) -> Studies:
        return self._session.project.studies

    # --- what can be done --------------------------------------------------------------------

    def of_line(self) -> frozenset[str]:
        """Return the actions that the line marked on the right offers."""
        line, here = self._right.list.chosen(), not self._on_left()
        if line is None:
            return frozenset()
        if line.study is None:
            return frozenset(("name-study", "take-out") if here else ())
        found = {"name-study", "study-intervention", "study-state"}
        if here and len(self._listing().every) > 1:
            found.add("another-study")
        if here and line.report is not None:
            found.add("take-out")
            if line.report.unit != line.study.primary:
                found.add("primary-report")
        return frozenset(found)

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Return what the keys do, on the side that has the keyboard."""
        acts: dict[str, Callable[[], object]] = {
            "name-study": self._ask_name,
            "study-intervention": self._ask_intervention,
            "study-state": self._right.states.open_menu,
            "another-study": self._ask_into,
            "primary-report": self._make_primary,
            "take-out": self._take_out,
        }
        offered = self.of_line()
        found = {id_: act for id_, act in acts.items() if id_ in offered}
        one = self._left.list.chosen() if self._on_left() else None
        if one is not None:
            found["another-study"] = partial(self._ask_study, one.report, ())
            found["own-study"] = partial(self._make_study, one.report)
            if one.study is not None:
                found["put-report"] = partial(self._put, one.report, one.study)
        return found

    def _record(self, act: Act) -> None:
        """Do what can be taken back, and say so when it is on the disk."""
        if self._page.do(act.do):
            self._session.say(act.sentence, saved=clock(), can_take_back=True)

    # --- reports -----------------------------------------------------------------------------

    def _put(self, report: Report, study: Study) -> None:
        self._record(self._linking(report, study, also=False))

    def _make_study(self, report: Report) -> None:
        does = partial(self._studies.link, [report.unit])
        self._record(Act(does, f"Report {report.number} is a study of its own"))

    def _linking(self, report: Report, study: Study, *, also: bool) -> Act:
        """Return the act that puts a report into a study; one without an id is made first."""
        if study.id:
            does = partial(self._studies.link, [report.unit], study=study.id, also=also)
        else:
            does = partial(self._studies.link, [study.primary, report.unit])
        word = "is in {} too" if also else "put into {}"
        return Act(does, f"Report {report.number} {word.format(study.name)}")

    def _ask_study(self, report: Report, within: Iterable[str]) -> None:
        """Ask into which other study a report goes; it may stay in the one it is in as well."""
        without = {*within}
        others = {
            key: one for key, one in self._by_key().items()
            if one.id not in without and one.primary != report.unit
        }  # fmt: skip

        def into(choice: Choice, *, also: bool) -> Act:
            return self._linking(report, others[choice.id], also=also)

        both = ("In both studies", partial(into, also=True)) if without else None
        self._choose(
            "Into which study does it go?", "Put it there", self._choices(others),
            partial(into, also=False), about=f"Report {report.number}, {report.title}", other=both,
        )  # fmt: skip

    def _ask_into(self) -> None:
        """Ask into which study the marked report goes, or the marked study as a whole."""
        line = self._right.list.chosen()
        if line is None or line.study is None:
            return
        if line.report is not None:
            within = [one.id for one in self._listing().studies if line.report.unit in one.reports]
            self._ask_study(line.report, within)
            return
        study = line.study
        others = {key: one for key, one in self._by_key().items() if one.id != study.id}

        def join(choice: Choice) -> Act:
            other = others[choice.id]
            named = other.id or str(self._listing().reports[other.primary].number)
            does = partial(self._studies.join, named, study.id)
            return Act(does, f"{study.name} is joined to {other.name}")

        self._choose(
            "To which study does it belong?", "Join them", self._choices(others), join,
            about=study.name,
        )  # fmt: skip

    def _by_key(self) -> Mapping[str, Study]:
        return {one.id or one.primary: one for one in self._listing().every}

    def _choices(self, studies: Mapping[str, Study]) -> list[Choice]:
        reports = self._listing().reports
        found = [
            Choice(
                id=key, words=one.name,
                beside=f"report {reports[one.primary].number}, {reports[one.primary].title}",
            )
            for key, one in studies.items()
        ]  # fmt: skip
        return sorted(found, key=lambda one: one.words.casefold())

    def _take_out(self) -> None:
        """Take the marked report out of its study, or remove the marked intervention."""
        line = self._right.list.chosen()
        if line is None:
            return
        if line.report is not None and line.study is not None:
            does = partial(self._studies.unlink, line.report.unit, line.study.id)
            self._record(Act(does, f"Report {line.report.number} taken out of {line.study.name}"))
        elif line.intervention is not None and line.study is None:
            does_ = partial(self._studies.ungroup, line.intervention.id)
            self._record(Act(does_, f"{line.intervention.name} removed; its studies stay"))

    def _make_primary(self) -> None:
        line = self._right.list.chosen()
        if line is not None and line.study is not None and line.report is not None:
            number, name = line.report.number, line.study.name
            does = partial(self._studies.set, line.study.id, primary=line.report.unit)
            self._record(Act(does, f"Report {number} is the primary one of {name}"))

    # --- studies -----------------------------------------------------------------------------

    def set_state(self, state: str) -> None:
        """Say whether the marked study is included, awaiting or ongoing."""
        line = self._right.list.chosen()
        if line is not None and line.study is not None and line.study.state != state:
            does = partial(self._studies.set, line.study.id, state=StudyState(state))
            self._record(Act(does, f"{line.study.name} is {state}"))

    def _ask_name(self) -> None:
        line = self._right.list.chosen()
        if line is None:
            return
        study, group = line.study, line.intervention

        def name(words: str) -> Act:
            if study is not None:
                does: Callable[[], object] = partial(self._studies.set, study.id, name=words)
                return Act(does, f"{study.name} is called {words} now")
            if group is None:
                raise AssertionError("only a study or an intervention is named")
            does = partial(self._studies.group, words, group.studies, group.id)
            return Act(does, f"{group.name} is called {words} now")

        what = "the study" if study is not None else "the intervention"
        before = study.name if study is not None else group.name if group is not None else ""
        NameCard(self._session, f"Name of {what}", before, self._page.window(), name).open()

    def _ask_intervention(self) -> None:
        """Ask which intervention the marked study tests, or does not test any more."""
        line = self._right.list.chosen()
        if line is None or line.study is None:
            return
        study, known = line.study, {one.id: one for one in self._listing().interventions}
        choices = [
            Choice(
                id=one.id, words=one.name,
                beside=_IN_IT if study.id in one.studies
                else counted(len(one.studies), "study", "studies"),
            )
            for one in known.values()
        ]  # fmt: skip
        self._choose(
            "Which intervention does it test?", "Choose", choices,
            lambda choice: self._grouping(study, choice, known.get(choice.id)),
            about=study.name, new="a new intervention",
        )  # fmt: skip

    def _grouping(self, study: Study, choice: Choice, group: Intervention | None) -> Act:
        """Return the act that puts a study into an intervention, or out of one it is in."""
        name = choice.words
        if group is None or study.id not in group.studies:
            studies = [*(group.studies if group else ()), study.id]
            does: Callable[[], object] = partial(
                self._studies.group, name, studies, group.id if group else ""
            )
            return Act(does, f"{study.name} tests {name}")
        left = [one for one in group.studies if one != study.id]
        does = partial(self._studies.group, name, left, group.id)
        if not left:
            does = partial(self._studies.ungroup, group.id)
        return Act(does, f"{study.name} does not test {name} any more")

    def _choose(
        self,
        title: str,
        does: str,
        choices: list[Choice],
        act: Callable[[Choice], Act],
        *,
        about: str,
        new: str = "",
        other: tuple[str, Callable[[Choice], Act]] | None = None,
    ) -> None:
        ChoiceCard(
            self._session, title, does, self._page.window(), choices, act,
            about=about, new=new, other=other,
        ).open()  # fmt: skip
