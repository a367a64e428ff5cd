"""Decisions of Rayyan, ASReview, Covidence and Abstrackr become one reviewer's, undoably."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener import open_copy, open_project
from screener.model import Cancelled, Criterion, Entry, Fields, Protocol, Stage, UserError, Verdict
from screener.screening.elsewhere import rayyan as rayyan_reader
from screener.screening.elsewhere.decisions import (
    DIALECTS,
    decisions,
    may_be_decided_alike,
    read_export,
)
from screener.screening.elsewhere.taking import propose, record, take_decisions

TA, FT = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT
WORDS = ("larch", "birch", "rowan", "alder", "hazel", "maple", "cedar", "aspen", "elder", "holly")


def title(number):
    return f"{WORDS[number % 10].title()} plain {number}: a study of {WORDS[number // 10 % 10]}"


def doi(number):
    return f"10.5555/plain.{number}"


def ris(path, *notes):
    """One record for each (number, N1 values)."""
    path.write_text(
        "".join(
            f"TY  - JOUR\nTI  - {title(number)}\n"
            + "".join(f"N1  - {value}\n" for value in values)
            + f"DO  - {doi(number)}\nER  - \n\n"
            for number, *values in notes
        ),
        encoding="utf-8",
    )
    return path


def table(path, headings, *rows, delimiter=","):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows([headings, *rows])
    path.write_text(out.getvalue(), encoding="utf-8")
    return path


def rayyan(verdicts, *, reasons="", labels="", notes=""):
    inclusion = ", ".join(f'"{name}"=>"{word}"' for name, word in verdicts.items())
    parts = [f"RAYYAN-INCLUSION: {{{inclusion}}}"]
    parts += [f"RAYYAN-LABELS: {labels}"] if labels else []
    parts += [f"RAYYAN-EXCLUSION-REASONS: {reasons}"] if reasons else []
    parts += [f"USER-NOTES: {{{notes}}}"] if notes else []
    return " | ".join(parts)


def found(review, stage=TA):
    """What this reviewer decided: number to (verdict, reason, note)."""
    units = review.units.load(review.screening.to_screen(stage))
    return {
        unit.number: (str(d.verdict), d.reason, d.note)
        for unit in units
        if (d := review.screening.decision(unit.id, stage))
    }


def verdicts(review, stage=TA):
    return {number: verdict for number, (verdict, _, _) in found(review, stage).items()}


@pytest.fixture
def maya(making, tmp_path):
    """Maya's open copy with six records, none decided."""
    making.review(tmp_path, records=6)
    with open_copy(tmp_path / "a.screener") as mine:
        yield mine


@pytest.fixture
def maya_at_full_text(making, tmp_path):
    """Maya's open copy with full text open for four of five records."""
    path = making.review(tmp_path, records=5)
    decisions = {1: "include", 2: "include", 3: "include", 4: "include", 5: "exclude"}
    for letter in "ab":
        making.screen(tmp_path / f"{letter}.screener", decisions)
    with open_project(path) as review:
        review.consensus.merge(tmp_path / "a.screener", tmp_path / "b.screener")
        review.screening.open(FT)
        review.consensus.write_copy("Maya", tmp_path / "later.screener")
    with open_copy(tmp_path / "later.screener") as mine:
        yield mine


# --- Rayyan -------------------------------------------------------------------------------------


def rayyan_csv(path, *rows):
    headings = ["key", "title", "year", "authors", "abstract", "notes", "doi", "pubmed_id"]
    lines = [
        [f"rayyan-{n}", title(n), 1990, "A. Person and B. Person", "", text, doi(n), ""]
        for n, text in rows
    ]
    return table(path, headings, *lines)


@pytest.mark.parametrize("kind", ["csv", "ris"])
def test_rayyan(maya, tmp_path, kind):
    rows = [
        (1, rayyan({"Maya": "Included"}, labels="Pilot,Method", notes='"Maya"=>["Look again"]')),
        (2, rayyan({"Maya": "Excluded"}, reasons="study design")),
        (3, rayyan({"Maya": "Maybe"})),
        (4, "Something about the article."),
    ]
    path = tmp_path / "articles.csv"
    path = rayyan_csv(path, *rows) if kind == "csv" else ris(path, *rows)
    taken = take_decisions(maya, path, stage=TA)
    assert found(maya) == {
        1: ("include", "", "Look again\nLabels in Rayyan: Pilot, Method"),
        2: ("exclude", "study-design", ""),
        3: ("maybe", "", ""),
    }
    assert (taken.tool, taken.person, taken.stage) == ("Rayyan", "Maya", TA)
    assert (taken.taken, taken.replaced, taken.undecided, taken.others) == (3, 0, 1, 0)


def test_rayyan_of_two_people_takes_one(maya, tmp_path):
    path = ris(
        tmp_path / "both.ris",
        (1, rayyan({"maya": "Included", "Emily": "Excluded"}, labels="Emily's label")),
        (2, rayyan({"Emily": "Included"}, notes='"Emily"=>["Emily\'s own"]')),
        (3, rayyan({"Emily": "Excluded", "maya": "Excluded"}, reasons="participants")),
        (4, rayyan({"Emily": "Excluded", "maya": "Included"}, reasons="participants")),
    )
    taken = take_decisions(maya, path, stage=TA)
    # A label, or a reason of two who excluded, may be Emily's.
    assert found(maya) == {
        1: ("include", "", ""),
        3: ("exclude", "", ""),
        4: ("include", "", ""),
    }
    assert (taken.taken, taken.others, taken.undecided) == (3, 4, 1)
    assert (taken.unattributed, taken.no_reason) == (1, 0)


def test_rayyan_of_others_needs_a_name(maya, tmp_path):
    path = ris(tmp_path / "e.ris", (1, rayyan({"Emily": "Included", "Ana": "Maybe"})))
    with pytest.raises(UserError, match="Ana and Emily, none of Maya"):
        take_decisions(maya, path, stage=TA)
    with pytest.raises(UserError, match="no decisions of Bo; it has those of Ana and Emily"):
        take_decisions(maya, path, stage=TA, reviewer="Bo")
    assert found(maya) == {}
    taken = take_decisions(maya, path, stage=TA, reviewer=" emily ")
    assert verdicts(maya) == {1: "include"}
    assert (taken.person, taken.others) == ("Emily", 1)


@pytest.mark.parametrize("arrow", ["=>", " => ", "=&gt;"])
def test_rayyan_names_and_notes_with_marks(maya, tmp_path, arrow):
    name = r'"O\"Hara | Bo"'
    text = (
        f'Before. RAYYAN-INCLUSION: {{{name}{arrow}"Excluded"}} | '
        rf'USER-NOTES: {{{name}{arrow}["a ] b, \"c\"", "d"]}}'
    )
    path = ris(tmp_path / "o.ris", (1, text))
    take_decisions(maya, path, stage=TA, reviewer='O"Hara | Bo')
    assert found(maya) == {1: ("exclude", "", 'a ] b, "c"\nd')}


def ruby(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


TEXTS = st.text(alphabet=st.sampled_from('ab é"\\[]{}|,=>:;\n'), min_size=1).map(str.strip)


@given(name=TEXTS.filter(bool), note=TEXTS, word=st.sampled_from(["Included", "Maybe", "Excluded"]))
def test_rayyan_any_name_and_note_come_back(name, note, word):
    text = (
        f"RAYYAN-INCLUSION: {{{ruby(name)}=>{ruby(word)}}} | USER-NOTES: "
        f"{{{ruby(name)}=>[{ruby(note)}, {ruby('b')}]}}"
    )
    entry = Entry(fields=Fields(title="T"), raw=(("N1", text),))
    (found,) = rayyan_reader.read([entry], TA)
    assert (found.person, found.note) == (name, f"{note}\nb" if note else "b")


@given(
    cells=st.lists(
        st.tuples(
            st.sampled_from(
                ["N1", "notes", "consensus", "label", "labeler", "Covidence #", "asreview_label"]
            ),
            st.lists(
                st.sampled_from(
                    ["RAYYAN-INCLUSION:", "USER-NOTES:", '"', "=>", "{", "[", "]", "}", "|", "Maya",
                     "Included", "ASReview_relevant", "asreview_note:", "\\", "1", "x", "Yes",
                     "Exclusion reason:", ";", " "]
                )
            ).map("".join),
        )
    )
)  # fmt: skip
def test_any_marks_are_read_without_an_error(cells):
    entry = Entry(fields=Fields(title="T"), raw=tuple(cells))
    for read in DIALECTS.values():
        for found in read([entry, entry], FT) or []:
            assert found.verdict in (Verdict.INCLUDE, Verdict.MAYBE, Verdict.EXCLUDE)


# --- reasons ------------------------------------------------------------------------------------


def test_reasons_at_full_text(maya_at_full_text, tmp_path):
    mine = maya_at_full_text
    path = ris(
        tmp_path / "ft.ris",
        (1, rayyan({"Maya": "Excluded"}, reasons="NO FULL REPORT,Study_Design,too short")),
        (2, rayyan({"Maya": "Excluded"}, reasons="wrong dose,wrong drug", notes='"Maya"=>"Hm"')),
        (3, rayyan({"Maya": "Excluded"})),
        (4, rayyan({"Maya": "Excluded", "Emily": "Excluded"}, reasons="participants")),
        (5, rayyan({"Maya": "Included"})),
    )
    taken = take_decisions(mine, path, stage=FT)
    assert found(mine, FT) == {
        1: ("exclude", "study-design", "too short\nFurther reasons: no-full-report"),
        2: ("exclude", "other", "wrong dose; wrong drug\nHm"),
        3: ("exclude", "other", "No reason was given in Rayyan."),
        4: ("exclude", "other", "Rayyan does not say which of several people gave the reason."),
    }
    assert taken.reasons == ("too short", "wrong dose", "wrong drug")
    assert (taken.no_reason, taken.unattributed, taken.taken) == (1, 1, 4)
    assert [(row.record, row.line > 0) for row in taken.not_open] == [(5, True)]
    again = take_decisions(mine, path, stage=FT)
    assert (again.taken, again.same, again.differing) == (0, 4, ())


def test_a_reason_whose_words_have_a_comma(making, tmp_path):
    protocol = Protocol(
        title="R",
        criteria=(Criterion(id="participants"),),
        further_reasons=(("short", "Poster, letter, or comment"),),
    )
    making.review(tmp_path, records=2, protocol=protocol)
    text = rayyan({"Maya": "Excluded"}, reasons="Poster,letter,or comment")
    with open_copy(tmp_path / "a.screener") as mine:
        take_decisions(mine, ris(tmp_path / "r.ris", (1, text)), stage=TA)
        assert found(mine) == {1: ("exclude", "short", "")}


# --- the other tools ----------------------------------------------------------------------------


def test_asreview_table(maya, tmp_path):
    path = table(
        tmp_path / "asreview.csv",
        ["title", "doi", "included", "asreview_label", "asreview_time", "asreview_note"],
        [title(1), doi(1), 0, 1, 1.7e9, "Fits well"],
        [title(2), doi(2), 1, 0, 1.7e9, ""],
        [title(3), doi(3), 1, "", "", ""],
        [title(4), "", 1, "1.0", "", ""],
    )
    taken = take_decisions(maya, path, stage=TA)
    assert found(maya) == {
        1: ("include", "", "Fits well"),
        2: ("exclude", "", ""),
        4: ("include", "", ""),
    }
    assert (taken.tool, taken.person, taken.undecided) == ("ASReview", "", 1)
    with pytest.raises(UserError, match="does not say whose"):
        take_decisions(maya, path, stage=TA, reviewer="Maya")


def test_asreview_older_table(maya, tmp_path):
    headings = ["record_id", "title", "abstract", "included", "asreview_ranking"]
    rows = [[7, title(1), "", 1, 1], [8, title(2), "", 0, 2], [9, title(3), "", "", 3]]
    taken = take_decisions(maya, table(tmp_path / "a.csv", headings, *rows), stage=TA)
    assert verdicts(maya) == {1: "include", 2: "exclude"}
    assert (taken.tool, taken.person, taken.undecided) == ("ASReview", "", 1)


def test_asreview_ris(maya, tmp_path):
    path = ris(
        tmp_path / "asreview.ris",
        (1, "ASReview_relevant", "ASReview_prior", 'asreview_note: "caf\\u00e9"'),
        (2, "Before. ASReview_irrelevant. After.", "asreview_label: 0"),
        (3, "ASReview_not_seen", "asreview_label: null"),
        (4, "ASReview_validate_relevant"),
        (5, "ASReview_relevant", "ASReview_irrelevant"),
    )
    taken = take_decisions(maya, path, stage=TA)
    assert found(maya) == {1: ("include", "", "café"), 2: ("exclude", "", "")}
    assert [row.record for row in taken.contradictory] == [5, 5]
    assert (taken.tool, taken.person, taken.undecided) == ("ASReview", "", 2)


def abstrackr(path, *rows, people=("maya", "emily"), delimiter="\t"):
    notes = [f"{about} notes ({p})" for p in people for about in ("general", "outcome")]
    headings = ["(internal) id", "pubmed id", "title", "tags", "consensus", *people, *notes]
    return table(path, headings, *rows, ["citations that are not yet labeled by anyone"],
                 [99, "none", title(6), ""], delimiter=delimiter)  # fmt: skip


@pytest.mark.parametrize("delimiter", ["\t", ","], ids=["tsv", "csv"])
def test_abstrackr(maya, tmp_path, delimiter):
    path = abstrackr(
        tmp_path / "labels.txt",
        [11, "none", title(1), "tag", "x", 1, -1, "Good", "Weight", "Bad", ""],
        [12, "none", title(2), "", 1, "o", 1, "", "", "", ""],
        [13, "none", title(3), "", 0, 0, 0, "", "", "", ""],
        [14, "none", title(4), "", -1, -1, -1, "", "", "", ""],
        delimiter=delimiter,
    )
    taken = take_decisions(maya, path, stage=TA)
    assert found(maya) == {
        1: ("include", "", "Good\nOutcome: Weight"),
        3: ("maybe", "", ""),
        4: ("exclude", "", ""),
    }
    assert (taken.tool, taken.person, taken.others) == ("Abstrackr", "maya", 4)


def test_abstrackr_consensus_is_nobodys(maya, tmp_path):
    path = abstrackr(tmp_path / "c.tsv", [11, "none", title(1), "", 1, "o"], people=("maya",))
    with pytest.raises(UserError, match="comes from Abstrackr but holds no decisions"):
        take_decisions(maya, path, stage=TA)
    headings = ["(internal) id", "pubmed id", "label", "labeler", "title"]
    rows = [[1, "none", 1, "consensus", title(1)], [1, "none", -1, "maya", title(1)]]
    old = table(tmp_path / "old.csv", headings, *rows)
    with pytest.raises(UserError, match="no decisions of consensus; it has those of maya"):
        take_decisions(maya, old, stage=TA, reviewer="consensus")
    take_decisions(maya, old, stage=TA)
    assert verdicts(maya) == {1: "exclude"}


COVIDENCE = ["Title", "Authors", "Abstract", "Published Year", "DOI", "Covidence #", "Study"]


def covidence(path, headings, *rows):
    lines = [[title(n), "", "", 1990, doi(n), f"#{n}", "", *more] for n, *more in rows]
    return table(path, [*COVIDENCE, *headings], *lines)


def test_covidence_columns_of_each_stage(maya, tmp_path):
    headings = [
        "Title and abstract screening: Maya", "Title and abstract screening: Emily",
        "Title and abstract final decision", "Full text review: Maya",
    ]  # fmt: skip
    path = covidence(
        tmp_path / "c.csv",
        headings,
        [1, "Yes", "No", "Included", "Exclude"],
        [2, "No", "Maybe", "Included", ""],
        [3, "Maybe", "", "", ""],
        [4, "", "Yes", "", ""],
    )
    taken = take_decisions(maya, path, stage=TA)
    assert verdicts(maya) == {1: "include", 2: "exclude", 3: "maybe"}
    assert (taken.tool, taken.person, taken.others) == ("Covidence", "Maya", 3)


def test_covidence_reasons_in_notes_are_of_full_text(maya_at_full_text, tmp_path):
    mine = maya_at_full_text
    path = covidence(
        tmp_path / "c.csv",
        ["Notes", "Tags"],
        [1, "Exclusion reason: Study design; Seen twice", "German"],
        [2, "Exclusion reason: Wrong dose; ", ""],
        [3, "", ""],
    )
    with pytest.raises(UserError, match="does not say what was decided at title and abstract"):
        take_decisions(mine, path, stage=TA)
    taken = take_decisions(mine, path, stage=FT)
    assert found(mine, FT) == {
        1: ("exclude", "study-design", "Seen twice\nTags in Covidence: German"),
        2: ("exclude", "other", "Wrong dose"),
    }
    assert (taken.tool, taken.undecided) == ("Covidence", 1)


def test_a_list_that_was_decided_alike(maya, tmp_path):
    path = covidence(tmp_path / "irrelevant.csv", [], [1], [4])
    with pytest.raises(UserError, match="if all of it has one verdict, say which"):
        take_decisions(maya, path, stage=TA)
    taken = take_decisions(maya, path, stage=TA, alike=Verdict.EXCLUDE)
    assert verdicts(maya) == {1: "exclude", 4: "exclude"}
    assert taken.tool == ""
    own = ris(tmp_path / "own.ris", (2, "ASReview_relevant"))
    with pytest.raises(UserError, match="decisions of its own"):
        take_decisions(maya, own, stage=TA, alike=Verdict.EXCLUDE)


# --- matching, what is here already, undo ---------------------------------------------------------


def test_rows_that_match_nothing_or_contradict(making, tmp_path):
    path = making.review(tmp_path, records=3)
    (tmp_path / "same.ris").write_text(
        "TY  - JOUR\nTI  - Alike\nPY  - 1990\nER  - \n\n"
        "TY  - JOUR\nTI  - Alike\nPY  - 2020\nER  - \n\n",
        encoding="utf-8",
    )
    with open_project(path) as review:
        review.sources.import_file(tmp_path / "same.ris", source="Embase")
        review.consensus.write_copy("Lena", tmp_path / "l.screener")
    export = table(
        tmp_path / "labels.csv",
        ["title", "doi", "asreview_label"],
        ["alike", "", 1],
        ["Unheard of", "10.5555/none", 0],
        [title(1), doi(1), 1],
        [title(1).upper(), "", 1],
        [title(2), doi(2), 1],
        ["Another title", doi(2), 0],
    )
    with open_copy(tmp_path / "l.screener") as mine:
        taken = take_decisions(mine, export, stage=TA)
        assert verdicts(mine) == {1: "include"}
    assert [(r.line, r.title, str(r.verdict), r.record) for r in taken.not_matched] == [
        (2, "alike", "include", 0),
        (3, "Unheard of", "exclude", 0),
    ]
    assert [(r.line, r.record) for r in taken.contradictory] == [(6, 2), (7, 2)]
    assert (taken.taken, taken.repeated) == (1, 1)


def test_what_is_decided_here_stays_unless_replaced(making, maya, tmp_path):
    making.decide(maya, 1, "include")
    making.decide(maya, 2, "exclude", reason="participants", note="My own words")
    making.decide(maya, 3, "maybe")
    maya.screening.notes.set_note(making.uid(maya, 4), TA, "A thought")
    path = ris(
        tmp_path / "r.ris",
        (1, rayyan({"Maya": "Included"})),
        (2, rayyan({"Maya": "Excluded"}, reasons="study design")),
        (3, rayyan({"Maya": "Included"}, notes='"Maya"=>["Sure now"]')),
        (4, rayyan({"Maya": "Excluded"}, notes='"Maya"=>["Rats"]')),
        (5, rayyan({"Maya": "Excluded"})),
    )
    before = found(maya), maya.consensus.states(TA)
    taken = take_decisions(maya, path, stage=TA)
    assert (taken.taken, taken.same) == (2, 1)
    assert [(r.record, str(r.verdict)) for r in taken.differing] == [(2, "exclude"), (3, "include")]
    assert found(maya)[2] == ("exclude", "participants", "My own words")
    assert found(maya)[4] == ("exclude", "", "A thought\nRats")
    taken = take_decisions(maya, path, stage=TA, replace=True)
    assert (taken.taken, taken.replaced, taken.same, taken.differing) == (2, 2, 3, ())
    assert found(maya)[2] == ("exclude", "study-design", "My own words")
    assert found(maya)[3] == ("include", "", "Sure now")
    maya.undo()
    maya.undo()
    assert (found(maya), maya.consensus.states(TA)) == before
    assert maya.screening.notes.note(making.uid(maya, 4), TA) == "A thought"
    assert maya.verify() == []


def test_a_reason_here_stays_where_the_file_has_none(making, maya, tmp_path):
    making.decide(maya, 1, "exclude", reason="participants")
    path = ris(tmp_path / "r.ris", (1, "ASReview_irrelevant"))
    taken = take_decisions(maya, path, stage=TA, replace=True)
    assert (taken.taken, taken.same) == (0, 1)
    assert found(maya)[1] == ("exclude", "participants", "")


def test_it_is_one_action(making, maya, tmp_path):
    before = making.shown(maya)
    path = ris(tmp_path / "r.ris", *((n, "ASReview_relevant") for n in range(1, 7)))
    take_decisions(maya, path, stage=TA)
    assert maya.screening.progress(TA).decided == 6
    assert maya.undo_name() == "6 decisions"
    maya.undo()
    assert making.shown(maya) == before
    maya.redo()
    assert set(verdicts(maya).values()) == {"include"}


def test_nothing_to_take_is_no_action(making, maya, tmp_path):
    making.decide(maya, 1, "include")
    events = len(maya._file.rows("SELECT id FROM event"))
    take_decisions(maya, ris(tmp_path / "r.ris", (1, "ASReview_relevant")), stage=TA)
    assert len(maya._file.rows("SELECT id FROM event")) == events


# --- refusals -------------------------------------------------------------------------------------


def test_files_without_decisions(making, maya, tmp_path):
    plain = making.write_ris(tmp_path / "plain.ris", 2)
    with pytest.raises(UserError, match="holds no decisions of Rayyan"):
        take_decisions(maya, plain, stage=TA)
    empty = ris(tmp_path / "rayyan.ris", (1, "RAYYAN-LABELS: Pilot"))
    with pytest.raises(UserError, match="comes from Rayyan but holds no decisions"):
        take_decisions(maya, empty, stage=TA)
    both = ris(tmp_path / "2.ris", (1, "ASReview_relevant", rayyan({"Maya": "Excluded"})))
    with pytest.raises(UserError, match="made in Rayyan and ASReview"):
        take_decisions(maya, both, stage=TA)
    with pytest.raises(UserError, match="There is no file"):
        take_decisions(maya, tmp_path / "none.ris", stage=TA)
    with pytest.raises(UserError, match="the project that is open"):
        take_decisions(maya, tmp_path / "a.screener", stage=TA)
    assert found(maya) == {}


def test_only_into_a_copy(making, tmp_path):
    with open_project(making.review(tmp_path)) as review:
        path = ris(tmp_path / "r.ris", (1, "ASReview_relevant"))
        with pytest.raises(UserError, match="Open your own copy"):
            take_decisions(review, path, stage=TA)


def test_a_closed_stage_takes_nothing(making, maya, tmp_path):
    making.decide(maya, 1, "include")
    maya.screening.close(TA)
    before = making.shown(maya)
    path = ris(tmp_path / "r.ris", (1, "ASReview_relevant"), (2, "ASReview_irrelevant"))
    with pytest.raises(UserError, match="closed"):
        take_decisions(maya, path, stage=TA)
    assert making.shown(maya) == before


@pytest.mark.parametrize("at", ["Matching records", "Recording decisions"])
def test_stopping_changes_nothing(making, maya, tmp_path, at):
    def stop(_done, _total, what, /):
        if what == at:
            raise Cancelled

    before = making.shown(maya)
    path = ris(tmp_path / "r.ris", (1, "ASReview_relevant"))
    with pytest.raises(Cancelled):
        take_decisions(maya, path, stage=TA, progress=stop)
    assert making.shown(maya) == before
    assert maya.verify() == []


# --- looked at before it is recorded ---------------------------------------------------------


def test_what_would_be_taken_is_seen_first(maya, tmp_path):
    path = ris(
        tmp_path / "rayyan.ris",
        (1, rayyan({"Maya": "Included", "emily": "Excluded"})),
        (2, rayyan({"maya": "Excluded", "Emily": "Included"})),
        (9, rayyan({"Maya": "Maybe"})),
    )
    decided = decisions(read_export(path), TA)
    assert decided.tool == "Rayyan"
    assert decided.people == {"Maya": 3, "emily": 2}
    proposal = propose(maya, decided, stage=TA)
    assert (proposal.taken.taken, proposal.taken.matched) == (
        2,
        {"doi": 2, "pmid": 0, "title": 0},
    )
    assert [row.title for row in proposal.taken.not_matched] == [title(9)]
    assert found(maya) == {}
    assert record(maya, proposal) == proposal.taken
    assert verdicts(maya) == {1: "include", 2: "exclude"}


def test_what_a_record_is_matched_by(maya, tmp_path):
    path = table(
        tmp_path / "list.csv",
        ["title", "doi", "included"],
        [title(1), doi(1), "1"],
        [title(2).upper(), "", "0"],
    )
    taken = take_decisions(maya, path, stage=TA)
    assert taken.matched == {"doi": 1, "pmid": 0, "title": 1}


def test_only_a_file_without_decisions_may_be_decided_alike(tmp_path):
    plain = ris(tmp_path / "plain.ris", (1,), (2,))
    told = ris(tmp_path / "rayyan.ris", (1, rayyan({"Maya": "Included"})))
    assert may_be_decided_alike(read_export(plain), TA)
    assert not may_be_decided_alike(read_export(told), TA)


@pytest.mark.parametrize("words", [("Included", "Excluded"), ("Excluded", "Included")])
def test_rayyan_of_somebody_who_decided_both_ways_is_left_alone(maya, tmp_path, words):
    both = ", ".join(f'"Maya"=>"{word}"' for word in words)
    path = ris(
        tmp_path / "e.ris",
        (1, f"RAYYAN-INCLUSION: {{{both}}}"),
        (2, 'RAYYAN-INCLUSION: {"Maya"=>"Included", "Maya"=>"Included"}'),
    )
    taken = take_decisions(maya, path, stage=TA)
    assert (taken.taken, [row.record for row in taken.contradictory]) == (1, [1, 1])


def test_of_thousands_of_names_only_some_are_said(maya, tmp_path):
    people = {f"Person {n}": "Included" for n in range(2000)}
    path = ris(tmp_path / "e.ris", (1, rayyan(people)))
    with pytest.raises(UserError) as told:
        take_decisions(maya, path, stage=TA)
    assert len(str(told.value)) < 500
