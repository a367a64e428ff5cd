"""The whole review through the core: the example, from its searches to the flow and the exports."""

import csv
import importlib.util
import json
import shutil
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from screener import compare, merge_into, open_copy, open_project
from screener.example import CONTENT, write_example
from screener.model import Outcome, Stage, Status
from screener.report.flow import check
from screener.report.identified import OTHER_REMOVED
from screener.report.listing import Which
from screener.report.saving import save
from screener.studies.listing import appraisals, lines
from screener.studies.tables import Tables

TA, FT = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT
TOOLS = Path(__file__).parents[3] / "shared" / "tools"


@pytest.fixture
def place(example, tmp_path):
    """A copy of it that a test may change."""
    shutil.copytree(example, tmp_path / "review")
    return tmp_path / "review"


@pytest.fixture(scope="module")
def review(example):
    """The merged project, to read."""
    with open_project(example / "merged.screener", write=False) as opened:
        yield opened


def reference(name):
    place = TOOLS / f"{name}.py"
    if not place.exists():
        pytest.skip("the shared tools are not here")
    spec = importlib.util.spec_from_file_location(name, place)
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


def told():
    return tomllib.loads((CONTENT / "review.toml").read_text(encoding="utf-8"))


# --- what the example holds -----------------------------------------------------------------------


def test_what_is_written(example, tmp_path):
    names = {p.name for p in example.iterdir()}
    assert names == {
        "project.screener", "reviewer-a.screener", "reviewer-b.screener", "merged.screener",
        "later", "protocol.toml", "sources",
    }  # fmt: skip
    assert {p.name for p in (example / "later").iterdir()} == {
        "project.screener", "reviewer-a.screener", "reviewer-b.screener",
    }  # fmt: skip
    for path in example.glob("**/*.screener"):
        with open_project(path, write=False) as opened:
            assert opened.verify() == []
    with pytest.raises(Exception, match=r"is there already; choose an empty folder\."):
        write_example(example)


def test_the_copies_are_finished_and_closed(example):
    for letter in "ab":
        with open_project(example / f"reviewer-{letter}.screener", write=False) as mine:
            for stage in Stage:
                standing = mine.screening.progress(stage)
                assert standing.closed
                assert standing.pending <= 1
                assert standing.decided > 20


def test_every_record_says_that_it_is_invented(review):
    mark = told()["marking"]
    records = list(review.sources.records())
    assert len(records) > 140
    assert all(mark in r.fields.keywords for r in records)


def test_the_numbers_that_the_review_must_show(review):
    numbers = told()["numbers"]
    flow = review.report.flow()
    wanted = numbers["identified"]
    assert flow.database_results == wanted["databases"]
    assert flow.register_results == wanted["registers"]
    assert flow.citations_results == wanted["citation-searching"]
    assert flow.website_results == wanted["websites"]
    assert flow.new_reports == sum(numbers["reports-included"].values())
    assert not flow.draft


LINES = {"dbr_excluded": "dbr_not_included", "other_excluded": "other_not_included"}

# --- the flow -------------------------------------------------------------------------------------


def assert_identities(flow):
    """domain.md 3.3 and 3.4, in a draft with what is pending."""
    f, left, right = flow, flow.dbr_pending, flow.other_pending
    excluded, others = (sum(n for _, n in x) for x in (f.dbr_excluded, f.other_excluded))
    identified = f.database_results + f.register_results
    removed = f.duplicates + f.excluded_automatic + f.excluded_other
    assert f.records_screened == identified - removed
    assert f.records_screened == f.records_excluded + f.dbr_sought_reports + left.title_abstract
    assert f.dbr_sought_reports == f.dbr_notretrieved_reports + left.retrieval + f.dbr_assessed
    assert f.other_sought_reports == (
        f.other_notretrieved_reports + right.retrieval + f.other_assessed
    )
    left_in = f.dbr_assessed - excluded - f.dbr_awaiting - left.full_text
    right_in = f.other_assessed - others - f.other_awaiting - right.full_text
    assert f.new_reports == left_in + right_in
    assert f.new_studies <= f.new_reports
    assert sum(n for _, n in f.database_specific_results) == f.database_results
    assert sum(n for _, n in f.register_specific_results) == f.register_results
    assert f.other_sought_reports <= f.other_identified
    if not f.draft:
        assert f.pending.open == 0
    counts = [v for v in f.json().values() if isinstance(v, int)]
    assert min(counts) >= 0
    assert check(f) == ()


@pytest.mark.parametrize("name", ["project", "merged"])
def test_the_flow_adds_up(example, name):
    with open_project(example / f"{name}.screener", write=False) as opened:
        counted = opened.report.counted()
    flow = counted.flow
    assert_identities(flow)
    assert flow.draft == (name == "project")
    for field, units in counted.behind.items():
        if field == OTHER_REMOVED:  # in a sentence, in no box
            continue
        box, _, name = field.partition(":")
        number = getattr(flow, box)
        if isinstance(number, tuple):
            lines = number if not box.endswith("excluded") else getattr(flow, LINES[box])
            number = dict(lines).get(name, 0) if name else sum(n for _, n in number)
        elif name:
            number = getattr(number, name)
        if field == "new_studies":  # behind a study are all its reports
            number = flow.new_reports
        assert len(units) == len(set(units)) == (number or 0), field


def test_the_reference_finds_nothing_wrong_with_the_flow(review):
    prisma = reference("prisma_ref")
    document = json.loads(json.dumps(review.report.flow().json()))
    errors = [words for severity, words in prisma.derive(document) if severity == "error"]
    # What awaits classification stands on a line of its own, which the reference does not know.
    awaiting = review.report.flow().dbr_awaiting + review.report.flow().other_awaiting
    assert errors == [] or (awaiting and all("new_reports" in e for e in errors))


# --- the meeting ----------------------------------------------------------------------------------


def test_merging_shows_a_discrepancy_of_every_kind(place):
    copies = [place / f"reviewer-{x}.screener" for x in "ab"]
    merge_into(place / "project.screener", *copies)
    with open_project(place / "project.screener", write=False) as opened:
        kinds = {str(d.kind) for s in Stage for d in opened.consensus.discrepancies(s)}
        assert kinds == {
            "consensus-conflict", "reopened", "self", "conflict", "reason", "maybe", "missing",
            "judgement",
        }  # fmt: skip
        assert_identities(opened.report.flow())


def test_both_orders_of_merging_and_a_repetition_show_the_same(place):
    copies = [place / f"reviewer-{x}.screener" for x in "ab"]
    seen = []
    for name, order in (("one", copies), ("two", copies[::-1])):
        target = shutil.copy(place / "project.screener", place / f"{name}.screener")
        for file in order:
            merge_into(target, file)
        written = Path(target).read_bytes()
        merge_into(target, *order)
        assert Path(target).read_bytes() == written
        with open_project(target, write=False) as opened:
            seen.append(
                [
                    *(opened.consensus.states(s) for s in Stage),
                    *(opened.consensus.agreement(s) for s in Stage),
                    opened.report.flow(),
                ]
            )
    assert seen[0] == seen[1]


def test_the_kinds_are_those_of_the_reference(review):
    decisions = reference("decisions_ref")
    rule = str(review.protocol.current.maybe)
    tried = 0
    for stage in Stage:
        found = review.consensus.all_decisions(stage)
        agreed = review.consensus.agreed(stage)
        for unit, state in review.consensus.states(stage).items():
            made = found.get(unit, [])
            people = {d.reviewer for d in made}
            if unit in agreed or len(people) < 2 or len(made) > len(people):
                continue
            if state.status in (Status.REMOVED, Status.NOT_OPEN, Status.NOT_RETRIEVED):
                continue
            verdicts = [str(d.verdict) for d in made]
            reasons = [d.reason for d in made if d.verdict == "exclude"]
            status, outcome = decisions.compare(verdicts, reasons, str(stage), rule)
            assert (str(state.status), state.outcome and str(state.outcome)) == (status, outcome)
            tried += 1
    assert tried > 80


def test_the_agreement_is_that_of_the_reference(review):
    figures = reference("agreement_ref")
    for stage in Stage:
        (pair,) = review.consensus.agreement(stage).pairs
        for one in map(pair.figures, ("binary", "three_way")):
            table = [list(row) for row in one.table]
            kappa = figures.cohen_kappa(table)
            assert one.n == kappa["n"] > 20
            assert one.raw == pytest.approx(figures.raw_agreement(table))
            assert one.kappa == pytest.approx(kappa["kappa"])
            assert tuple(one.kappa_interval) == pytest.approx((kappa["lo"], kappa["hi"]))
            assert one.pabak == pytest.approx(figures.pabak(table))
            assert tuple(one.json()["raw_interval"]) == pytest.approx(
                figures.wilson(sum(table[i][i] for i in range(len(table))), one.n)
            )


def test_agreement_by_counting_the_decisions_of_the_first_close(example, review):
    """The tables counted from the reviewers' tables of the example, without the program."""
    rows = {}
    for which in "ab":
        with (CONTENT / f"decisions-{which}.csv").open(encoding="utf-8-sig", newline="") as handle:
            rows[which] = list(csv.DictReader(handle))
    (pair,) = review.consensus.agreement(TA).pairs
    counted = pair.figures("three_way")
    assert counted.n <= min(len(r) for r in rows.values())
    assert sum(map(sum, counted.table)) == counted.n
    assert sum(len(units) for units in pair.cells["three_way"].values()) == counted.n


def test_compare_reads_only(place):
    copies = [place / f"reviewer-{x}.screener" for x in "ab"]
    before = [p.read_bytes() for p in copies]
    with compare(*copies) as (both, found):
        assert [f.refused for f in found] == [None, None]
        assert both.consensus.agreement(FT).pairs[0].figures("binary").n > 20
    assert [p.read_bytes() for p in copies] == before


def test_nothing_vanishes_between_the_stages(review):
    first, second = (review.consensus.states(s) for s in Stage)
    assert set(first) == set(second)
    for unit, state in first.items():
        if state.outcome is Outcome.INCLUDE:
            assert second[unit].status not in (Status.NOT_OPEN, Status.REMOVED)
        elif state.status is not Status.REMOVED:
            assert second[unit].status is Status.NOT_OPEN
    included = [u for u, s in second.items() if s.outcome is Outcome.INCLUDE]
    assert len(included) == review.report.flow().new_reports


# --- what comes out -------------------------------------------------------------------------------


def test_exports_hold_what_they_say(review, tmp_path):
    for which in Which:
        counts = {
            ending: review.report.export(tmp_path / f"{which}.{ending}", which=which, stage=FT)
            for ending in ("ris", "csv", "json")
        }
        assert len(set(counts.values())) == 1
    with (tmp_path / "included.csv").open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert len(rows) == review.report.flow().new_reports
    assert {row["Full text: outcome"] for row in rows} == {"include"}
    whole = json.loads((tmp_path / "excluded.json").read_text(encoding="utf-8"))
    reasons = sum(n for _, n in (*review.report.flow().dbr_excluded,))
    reasons += sum(n for _, n in review.report.flow().other_excluded)
    assert len(whole) == reasons
    assert (tmp_path / "included.ris").read_text(encoding="utf-8").count("ER  -") == len(rows)


@pytest.mark.parametrize("ending", ["svg", "pdf", "png", "csv"])
def test_the_diagram_is_saved(review, tmp_path, ending):
    path = tmp_path / f"flow.{ending}"
    save(review.report.flow(), path)
    start = {"svg": b"<", "pdf": b"%PDF", "png": b"\x89PNG", "csv": b"data,"}[ending]
    assert path.read_bytes().lstrip(b"\xef\xbb\xbf").startswith(start)
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_a_reviewer_goes_on_in_a_newer_copy(place):
    with open_project(place / "merged.screener") as opened:
        opened.consensus.write_copy("Maya Lindqvist", place / "newer.screener")
    merge_into(place / "reviewer-a.screener", place / "newer.screener")
    with open_copy(place / "reviewer-a.screener") as mine:
        assert mine.verify() == []
        assert mine.screening.closed(FT)
        assert [r.name for r in mine.consensus.reviewers()] == ["Maya Lindqvist", "Jonas Roth"]


# --- studies, extraction, ratings -----------------------------------------------------------------

FORMS = ("extraction", "mqrs")


def table(name):
    with (CONTENT / name).open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def planted(form):
    """What is to settle by the tables of the example: what the meeting settled, and the rows."""
    found = [(r["study"], r["field"], r["row"]) for r in table(f"consensus-{form}.csv")]
    if form == "extraction":
        rows = [
            (r["study"], r["list"], id_.partition(":")[2])
            for r in table("pairs.csv")
            for id_ in r["rows"].split(";")
        ]
        found += rows
    return Counter(found)


def to_settle(opened, form):
    found = opened.consensus.discrepancies(form)
    return Counter((d.name, d.item.question, d.item.row) for d in found)


def test_the_review_ends_with_32_reports_30_studies_24_interventions(review):
    numbers = told()["numbers"]
    flow = review.report.flow()
    assert (flow.new_reports, flow.new_studies, flow.draft) == (32, 30, False)
    assert (review.studies.count(), len(review.studies.interventions())) == (30, 24)
    assert numbers["interventions"] == 24
    assert review.studies.problems() == []
    assert all(study.interventions for study in review.studies.all())
    counts = {
        words: n
        for of, words, n in Tables(
            review.units, review.studies, review.consensus, review.forms.steps()
        )
        .sheets("studies")[1]
        .rows
        if of == "design"
    }
    assert counts == {
        "Randomized controlled trial": "11",
        "Quasi-experimental": "2",
        "Pre-post": "15",
        "Qualitative": "2",
    }


@pytest.mark.parametrize("form", FORMS)
def test_each_planted_difference_is_found_once_and_none_else(place, form):
    copies = [place / "later" / f"reviewer-{x}.screener" for x in "ab"]
    seen = []
    for order in (copies, copies[::-1]):
        target = shutil.copy(place / "later" / "project.screener", place / f"{len(seen)}.screener")
        for file in order:
            merge_into(Path(target), file)
        with open_project(target, write=False) as opened:
            assert to_settle(opened, form) == planted(form)
            step = opened.forms.step(form)
            seen.append([list(lines(opened.consensus, step)), opened.consensus.agreement(form)])
    assert seen[0] == seen[1]


@pytest.mark.parametrize("form", FORMS)
def test_nothing_is_left_to_settle(review, form):
    standing = review.consensus.standing(form)
    assert all(one.closed for one in standing.reviewers)
    assert set(standing.statuses) <= {"agreed", "resolved", "blank", "wording", "not-open"}
    assert not [d for d in review.consensus.differing(form) if d.open]
    for one in lines(review.consensus, review.forms.step(form)):
        assert one.status is not Status.AGREED or len({a.reviewer for a in one.answers}) == 2


def test_the_totals_are_those_of_the_tables(review):
    """The MQRS of each study summed up from the tables, without the program."""
    said = {(r["study"], r["field"]): r["value"] for r in table("mqrs-a.csv")}
    said |= {(r["study"], r["field"]): r["value"] for r in table("consensus-mqrs.csv")}
    totals = Counter()
    for (study, _), value in said.items():
        totals[study] += int(value.removeprefix("score-")) if value.startswith("score-") else 0
    step = review.forms.step("mqrs")
    found = {step.name_of(s): one for s, one in appraisals(review.consensus, step)}
    assert {name: int(one.total) for name, one in found.items()} == dict(totals)
    assert len(found) == 28
    assert all(one.complete and int(one.possible) == 17 for one in found.values())


@pytest.mark.parametrize("raw", [False, True])
def test_every_row_of_every_table_is_as_long_as_its_heads(review, raw):
    tables = Tables(review.units, review.studies, review.consensus, review.forms.steps())
    named = [("studies", ""), *(("answers", form) for form in FORMS), ("appraisal", "mqrs")]
    for what, stage in named:
        for sheet in tables.sheets(what, stage=stage, raw=raw):
            assert sheet.rows
            assert {len(row) for row in sheet.rows} == {len(sheet.heads)}
