"""The page of forms: what there is, taking, copying, editing, saving, files; by keys and mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from screener import open_project
from screener.answers import shipped, toml
from screener.model import AnswerState
from screener.store import history
from screener.store.kinds import KINDS
from ui.session import files
from ui.session.page import NOT_SAVED

K = Qt.Key


def events(review, *kinds):
    return history.of_kinds(review._file, *(kinds or KINDS))


def lines(page):
    rows = page.overview.list.rows
    return [rows.row(n).words for n in range(rows.rowCount())]


# --- the list -------------------------------------------------------------------------------------


def test_it_lists_the_forms_of_the_review_and_those_that_come_with_the_program(person):
    listed = lines(person.page)
    assert listed[:3] == ["Of this review", "What was done", "Come with Screener"]
    assert {form.title for _, form in shipped.every()} == {*listed[3:]}
    assert person.preview() == ["Design", "Enrolled"]  # what waits for an answer is not asked yet


def test_where_a_shipped_form_is_from_is_shown_and_t_takes_it(person):
    mqrs = shipped.shipped("mqrs")
    person.mark(mqrs.title)
    about = person.page.overview.about.text()
    assert mqrs.reference.rstrip(".") in about
    assert "not checked against the source" in about
    assert "Licence: unknown" in about
    person.press(K.Key_T)
    assert person.kept("mqrs").content() == mqrs.content()
    assert person.page.overview.chosen().own
    assert lines(person.page).index(mqrs.title) < lines(person.page).index("Come with Screener")
    assert "is taken" in person.echo


def test_the_preview_is_answered_as_a_reviewer_does_and_records_nothing(person):
    person.preview()
    review = person.page.session.project
    before = len(events(review))
    view = person.page.overview.preview.view
    person.click(view.current.open_field.options.lines[0])
    person.qtbot.waitUntil(lambda: view.current is not None)
    view.focus_current()
    person.press(K.Key_1 if view.current.open_field.given().blank else K.Key_Tab)
    assert [b.question.words for b in view._blocks[:3] if not b.isHidden()] == [
        "Design", "How they were randomized", "Enrolled",
    ]  # fmt: skip
    assert len(events(review)) == before


# --- a new form -----------------------------------------------------------------------------------


def test_a_form_is_made_with_keys_alone(person):
    person.press(K.Key_N)
    person.type("What peers do")
    person.press(K.Key_Escape)  # back to the parts
    person.mark("Section, no title yet")
    person.press(K.Key_Return)
    person.type("Peers")
    person.press(K.Key_Escape, K.Key_N)
    assert person.at == "Label"
    person.type("Role of the peer")
    person.press(K.Key_Tab)
    person.press(*[K.Key_Down] * 5)
    assert person.editor.draft.question.type == "choice"
    person.tab_to("Option 1")
    person.type("Leads")
    person.press(K.Key_Return)
    person.type("Takes part")
    person.tab_to("Required")
    person.press(K.Key_Space)
    assert person.preview() == ["Role of the peer"]
    person.ctrl(K.Key_Return)
    assert not person.page.editing
    made = person.kept("what-peers-do")
    (field,) = made.questions
    assert (field.id, field.section, field.required) == ("role-of-the-peer", "peers", True)
    assert [(o.id, o.text) for o in field.options] == [
        ("leads", "Leads"),
        ("takes-part", "Takes part"),
    ]
    assert set(field.special) == {
        AnswerState.NOT_REPORTED, AnswerState.UNCLEAR, AnswerState.NOT_APPLICABLE,
    }  # fmt: skip
    assert "version 1 saved" in person.echo
    assert person.page.overview.chosen().form.id == "what-peers-do"


def test_a_copy_of_a_shipped_form_has_an_id_of_its_own_and_says_where_it_is_from(person):
    mqrs = shipped.shipped("mqrs")
    person.mark(mqrs.title)
    person.press(K.Key_C)
    assert person.page.editing
    person.ctrl(K.Key_Return)
    (made,) = [s.form for s in person.page.session.project.forms.steps() if s.id != "what-was-done"]
    assert made.id != mqrs.id
    assert made.reference.startswith(f"Adapted from {mqrs.title}")
    assert made.questions == mqrs.questions
    assert made.licence == mqrs.licence


def test_a_cut_off_is_off_until_the_team_turns_it_on(person):
    person.mark(shipped.shipped("mqrs").title)
    person.press(K.Key_C)
    assert [band.on for band in person.form.overall.bands] == [False]
    person.click(person.editor.panels["form"].bands.tick("0"))
    assert [band.on for band in person.form.overall.bands] == [True]
    person.editor.outline.setFocus()
    person.ctrl(K.Key_Z)
    assert [band.on for band in person.form.overall.bands] == [False]


@pytest.mark.parametrize("lacks", ["title", "label", "options"])
def test_what_is_missing_is_said_in_one_sentence_and_nothing_is_lost(person, lacks):
    person.press(K.Key_N)
    person.type("" if lacks == "title" else "Mine")
    person.press(K.Key_Escape, K.Key_N)
    person.type("" if lacks == "label" else "A field")
    person.press(K.Key_Escape)
    person.mark("Section, no title yet") if lacks != "title" else None
    if lacks != "title":
        person.press(K.Key_Return)
        person.type("A section")
        if lacks == "options":
            person.press(K.Key_Escape)
            person.mark("A field")
            person.press(K.Key_Return, K.Key_Tab, *[K.Key_Down] * 5)
    before = person.form
    person.ctrl(K.Key_Return)
    assert person.page.editing
    assert person.form == before
    assert {"title": "no title", "label": "no label", "options": "without words"}[
        lacks
    ] in person.problem
    assert len(person.page.session.project.forms.steps()) == 1


# --- the next version -----------------------------------------------------------------------------


def edit(person, part):
    person.press(K.Key_E)
    person.mark(part)


@pytest.mark.parametrize("project", [True], indirect=True)
def test_a_version_is_saved_with_the_words_of_what_changed(person, project):
    edit(person, "Enrolled")
    person.press(K.Key_Return)
    person.type("People enrolled")
    person.ctrl(K.Key_Return)
    assert person.page.editing
    assert "what changed" in person.problem
    assert person.at == "What changed, and why"
    person.add("Clearer.")
    person.ctrl(K.Key_Return)
    form = person.kept()
    assert (form.version, form.question("enrolled").words) == (2, "People enrolled")
    person.window.close_review()
    with open_project(project, write=False) as review:
        assert [one.event.body.why for one in events(review, "form")] == ["", "Clearer."]


def test_saving_without_a_change_makes_no_version(person):
    person.press(K.Key_E)
    person.ctrl(K.Key_Return)
    assert person.kept().version == 1
    assert "Nothing was different" in person.echo


def test_what_answers_may_name_stays_and_is_retired_instead(person):
    edit(person, "Design")
    panel = person.editor.panels["field"]
    assert not panel.type.isEnabled()
    person.press(K.Key_Delete)  # a field of version 1: it is retired
    assert person.form.question("design").retired
    assert person.preview() == ["Enrolled"]
    person.press(K.Key_Delete)
    assert not person.form.question("design").retired
    person.press(K.Key_Return)
    person.tab_to("Option 2")
    row = panel.options.rows[1]
    assert row.remove.text() == "Retire"
    person.click(row.remove)
    assert [o.retired for o in person.form.question("design").options] == [False, True]
    person.ctrl(K.Key_Z)
    assert [o.retired for o in person.form.question("design").options] == [False, False]


def test_a_section_or_list_of_an_earlier_version_is_not_removed(person):
    for part in ("Study", "Arms"):
        edit(person, part) if not person.page.editing else person.mark(part)
        assert not person.editor.acts["remove-part"].isEnabled()
        before = person.form
        person.press(K.Key_Delete)
        assert person.form == before


def test_new_fields_and_options_are_removed_and_put_back(person):
    edit(person, "Enrolled")
    person.press(K.Key_N)
    person.type("Analysed")
    person.press(K.Key_Escape)
    assert [q.id for q in person.form.questions] == [
        "design", "how", "enrolled", "analysed", "dose",
    ]  # fmt: skip
    person.press(K.Key_Delete)
    assert person.form.question("analysed") is None
    person.ctrl(K.Key_Z)
    assert person.form.question("analysed").words == "Analysed"
    person.ctrl(K.Key_Z, K.Key_Z)
    assert person.form == person.kept()
    person.press(K.Key_Y, modifier=Qt.KeyboardModifier.ControlModifier)
    assert len(person.form.questions) == 5


def test_fields_and_sections_change_their_order(person):
    edit(person, "Enrolled")
    alt = Qt.KeyboardModifier.AltModifier
    person.press(K.Key_Up, modifier=alt)
    assert [q.id for q in person.form.questions] == ["design", "enrolled", "how", "dose"]
    person.press(K.Key_Down, modifier=alt)
    person.press(K.Key_Down, modifier=alt)  # a field stays in its section
    assert [q.id for q in person.form.questions] == ["design", "how", "enrolled", "dose"]
    person.mark("Each arm")
    person.press(K.Key_Up, modifier=alt)
    assert [s.id for s in person.form.sections] == ["each-arm", "study"]
    assert person.form.questions[0].id == "dose"


def test_everything_of_a_field_can_be_said(person):
    edit(person, "Enrolled")
    panel = person.editor.panels["field"]
    person.press(K.Key_Return)
    person.tab_to("Units")
    person.add("people, families")
    person.tab_to("Least")
    person.add("1")
    person.tab_to("Help")
    person.add("At the start.")
    person.tab_to("More")
    person.press(K.Key_Space)
    person.tab_to("Asked")
    person.press(K.Key_Down)
    person.tab_to("unclear")
    person.press(K.Key_Space)
    person.tab_to("Code")
    person.add("N1")
    person.tab_to("Compared")
    person.press(K.Key_Down)
    field = person.form.question("enrolled")
    assert (field.units, str(field.minimum), field.help) == (
        ("people", "families"),
        "1",
        "At the start.",
    )
    assert (field.when.field, field.when.options) == ("design", ("rct",))
    assert field.special == (AnswerState.NOT_REPORTED, AnswerState.NOT_APPLICABLE)
    assert (field.code, str(field.compare)) == ("N1", "wording")
    assert panel.when.options.tick("rct").isChecked()


def test_a_number_that_is_none_stays_where_it_was_typed_and_holds_up_saving(person):
    edit(person, "Enrolled")
    person.press(K.Key_Return)
    person.tab_to("Least")
    person.add("two")
    person.press(K.Key_Escape)
    person.mark("Design")
    person.mark("Enrolled")
    assert person.editor.panels["field"].least.text() == "two"
    person.mark("Design")
    person.ctrl(K.Key_Return)
    assert "“two” is no number" in person.problem
    assert person.editor.draft.spot.id == "enrolled"
    assert person.kept().version == 1


def test_a_field_that_another_waits_for_keeps_what_is_waited_for(person):
    edit(person, "Study")
    person.press(K.Key_N)
    person.type("Kind")
    panel = person.editor.panels["field"]
    panel.type.set_choice("choice")
    person.tab_to("Option 1")
    person.type("Group")
    person.press(K.Key_Escape, K.Key_N)
    person.type("How large")
    panel._show_rest(shown=True)
    panel.when.field.set_choice("kind")
    assert person.form.question("how-large").when.options == ("group",)
    person.press(K.Key_Escape)
    person.mark("Kind")
    person.press(K.Key_Return)
    person.type("Kind of help")  # its id follows, and so does what waits for it
    assert person.form.question("how-large").when.field == "kind-of-help"
    person.press(K.Key_Escape, K.Key_Delete)
    assert "asked only when" in person.problem
    assert person.form.question("kind-of-help") is not None


# --- typed work is not lost -----------------------------------------------------------------------


def test_leaving_asks_about_what_is_not_saved_and_esc_has_its_order(person):
    edit(person, "Enrolled")
    person.press(K.Key_Return)
    person.type("People")
    person.press(K.Key_Escape)
    assert person.at == "Parts of the form"
    person.press(K.Key_Escape)
    assert person.page.editing
    assert person.problem == NOT_SAVED
    person.press(K.Key_Escape)  # dismisses the problem
    assert not person.problem
    assert person.form.question("enrolled").words == "People"
    person.ctrl(K.Key_W)
    assert person.window.session is not None
    assert person.problem
    person.press(K.Key_Escape)
    person.window.frame.go("studies")
    person.window.frame.go("forms")
    assert person.form.question("enrolled").words == "People"
    person.ctrl(K.Key_Z)
    person.press(K.Key_Escape)
    assert not person.page.editing
    assert person.kept().version == 1


def test_typing_in_one_field_is_one_act(person):
    edit(person, "Enrolled")
    person.press(K.Key_Return)
    person.type("People")
    person.tab_to("Help")
    person.add("All of them")
    person.ctrl(K.Key_Z)
    assert (person.form.question("enrolled").words, person.form.question("enrolled").help) == (
        "People",
        "",
    )
    person.ctrl(K.Key_Z)
    assert person.form == person.kept()
    assert person.editor.panels["field"].label.text() == "Enrolled"


# --- files ----------------------------------------------------------------------------------------


def test_a_form_is_saved_as_a_file_and_imported_again(person, tmp_path, monkeypatch):
    path = tmp_path / "form.toml"
    monkeypatch.setattr(files, "ask_save", lambda *_: path)
    person.press(K.Key_X)
    assert toml.read(path).content() == person.kept().content()
    text = path.read_text(encoding="utf-8").replace('"Enrolled"', '"People enrolled"')
    path.write_text(text, encoding="utf-8")
    monkeypatch.setattr(files, "ask_open", lambda *_: path)
    person.press(K.Key_I)
    assert person.page.editing
    assert person.page.unsaved()
    assert person.kept().version == 1
    person.editor.why.setFocus()
    person.add("From the file.")
    person.ctrl(K.Key_Return)
    assert person.kept().question("enrolled").words == "People enrolled"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id = "how"', 'id = "design"', "stands twice"),
        ('type = "integer"', 'type = "telephone"', "which is none; choose one of text"),
        ('    { id = "pre-post", text = "Pre-post" },\n', "", "cannot lose its option “pre-post”"),
        ('type = "integer"', 'type = "text"', "keeps its type"),
    ],
)
def test_a_bad_file_is_one_sentence_and_changes_nothing(person, tmp_path, old, new, said):
    path = tmp_path / "bad.toml"
    text = toml.text(person.kept())
    path.write_text(text.replace(old, new), encoding="utf-8")
    person.page.load_file(path)
    assert said in person.problem
    assert person.problem.count(". ") == 0
    assert not person.page.editing
    person.press(K.Key_Escape, K.Key_E)
    before = person.form
    person.page.load_file(path)
    assert said in person.problem
    assert person.form == before


def test_a_file_fills_the_form_that_is_edited_as_one_act(person, tmp_path):
    path = tmp_path / "form.toml"
    path.write_text(toml.text(person.kept()).replace('"Enrolled"', '"Counted"'), encoding="utf-8")
    edit(person, "Design")
    person.page.load_file(path)
    assert person.form.question("enrolled").words == "Counted"
    person.editor.outline.setFocus()
    person.ctrl(K.Key_Z)
    assert person.form == person.kept()


# --- how it looks ---------------------------------------------------------------------------------


def test_the_preview_folds_where_there_is_no_room_and_f7_shows_it(person):
    edit(person, "Design")
    person.window.resize(900, 640)
    person.qtbot.waitUntil(lambda: person.editor.preview.isHidden())
    person.press(K.Key_F7)
    assert person.editor.preview.isVisible()
    assert person.preview() == ["Design", "Enrolled"]
    person.press(K.Key_F7)
    assert person.editor.panels["field"].isVisible()


def test_what_is_edited_is_in_sight_in_the_preview(person):
    edit(person, "Enrolled")
    person.preview()
    assert person.editor.preview.view.current.question.id == "enrolled"
    assert person.at == "Parts of the form"  # the keyboard stayed


# --- what is said, and what is seen ---------------------------------------------------------------


def test_nobody_is_asked_why_while_the_form_is_open_for_nobody(person):
    edit(person, "Enrolled")
    assert not person.editor.why.isVisible()
    person.press(K.Key_Return)
    person.type("People enrolled")
    person.ctrl(K.Key_Return)
    assert not person.page.editing
    assert (person.kept().version, person.kept().question("enrolled").words) == (
        2, "People enrolled",
    )  # fmt: skip


def test_options_with_the_same_words_are_refused(person):
    edit(person, "Design")
    person.press(K.Key_Return)
    person.tab_to("Option 2")
    person.type("randomized ")
    person.ctrl(K.Key_Return)
    assert person.page.editing
    assert "“Design” has the option “Randomized” twice" in person.problem
    assert person.kept().version == 1


def test_what_was_said_of_a_draft_goes_with_it(person, tmp_path):
    place = tmp_path / "mine.toml"
    place.write_text(toml.text(shipped.shipped("mqrs")), encoding="utf-8")
    person.page.load_file(place)
    assert "nothing is saved yet" in person.echo
    person.editor.outline.setFocus()
    person.page.end_edit()
    assert "nothing is saved yet" not in person.echo


def test_what_was_removed_and_put_back_is_not_said_to_be_removed(person):
    edit(person, "Enrolled")
    person.press(K.Key_N)
    person.type("A new one")
    person.press(K.Key_Escape, K.Key_Delete)
    assert "Removed" in person.echo
    person.ctrl(K.Key_Z)
    assert "Removed" not in person.echo


def test_the_field_that_was_added_is_typed_into_in_sight(person):
    edit(person, "Enrolled")
    sheet = person.editor._stack.currentWidget()
    person.window.resize(1366, 480)
    QApplication.processEvents()
    sheet.verticalScrollBar().setValue(sheet.verticalScrollBar().maximum())
    assert sheet.verticalScrollBar().value() > 0
    person.press(K.Key_N)
    assert person.at == "Label"
    seen = sheet.viewport().rect()
    assert seen.contains(person.focus.mapTo(sheet.viewport(), person.focus.rect().center()))
    for _ in range(8):
        person.press(K.Key_Tab)
        if sheet.isAncestorOf(person.focus):
            middle = person.focus.mapTo(sheet.viewport(), person.focus.rect().center())
            assert seen.contains(middle), person.at


# --- removing -------------------------------------------------------------------------------------


def test_del_removes_a_form_nobody_uses_and_ctrl_z_brings_it_back(person):
    person.mark("What was done")
    assert person.page.overview.acts["remove-form"].isVisible()
    person.press(K.Key_Delete)
    assert "What was done" not in lines(person.page)
    assert person.echo == "What was done is removed"
    assert person.page.session.project.forms.steps() == ()
    person.ctrl(K.Key_Z)
    assert "What was done" in lines(person.page)
    assert person.kept().title == "What was done"


def test_a_form_that_was_taken_goes_by_ctrl_z_and_one_that_is_removed_can_be_taken_again(person):
    title = shipped.shipped("mqrs").title
    person.mark(title)
    person.press(K.Key_T)
    person.ctrl(K.Key_Z)
    assert lines(person.page).index(title) > lines(person.page).index("Come with Screener")
    person.mark(title)
    person.press(K.Key_T, K.Key_Delete)
    assert person.page.overview.chosen() is not None
    assert person.page.overview.title.text() == title
    assert not person.page.overview.chosen().own
    person.press(K.Key_T)
    assert person.kept("mqrs").version == 1


@pytest.mark.parametrize("project", [True], indirect=True)
def test_a_form_that_is_open_is_not_removed(person):
    person.mark("What was done")
    assert not person.page.overview.acts["remove-form"].isVisible()
    person.press(K.Key_Delete)
    assert "is open for studies" in person.problem
    assert person.kept().title == "What was done"


# --- what is given up ----------------------------------------------------------------------------


def score_of(person, text):
    """A field with a score whose first option has what is no number in its place."""
    person.press(K.Key_E)
    person.mark("Design")
    person.press(K.Key_N)
    person.type("How well")
    person.press(K.Key_Tab)
    while person.editor.draft.question.type != "score":
        person.press(K.Key_Down)
    person.tab_to("Option 1")
    person.type("All of it")
    person.tab_to("Score of option 1")
    person.type(text)
    assert person.editor.draft.typed


def test_what_was_typed_for_an_option_goes_with_the_option(person):
    score_of(person, "many")
    person.tab_to("Remove")
    row = person.editor.panels["field"].options.rows[0]
    person.click(row.remove)
    assert not person.editor.draft.typed
    person.ctrl(K.Key_Z)  # and comes back without what was no number
    assert not person.editor.draft.typed


def test_what_was_typed_for_an_option_stays_with_it_when_its_words_change(person):
    score_of(person, "many")
    person.back()
    person.type("Nearly all of it")
    row = person.editor.panels["field"].options.rows[0]
    assert row.score.text() == "many"
    assert "no number" in row.warn.text()
    person.tab()
    person.type("2")
    assert not person.editor.draft.typed


def test_what_was_typed_goes_with_the_kind_of_the_field(person):
    person.press(K.Key_N)
    person.press(K.Key_Escape, K.Key_N)
    person.type("How long")
    person.press(K.Key_Tab)
    while person.editor.draft.question.type != "integer":
        person.press(K.Key_Down)
    person.tab_to("Least")
    person.type("few")
    assert person.editor.draft.typed
    person.back()
    person.back()
    while person.at != "Answered with":
        person.back()
    while person.editor.draft.question.type != "text":
        person.press(K.Key_Up)
    assert not person.editor.draft.typed


def test_it_says_of_which_unit_least_and_most_are(person):
    person.press(K.Key_E)
    person.mark("Enrolled")
    panel = person.editor.panels["field"]
    assert not panel._limits.isVisible()
    person.to(panel.units.edit.accessibleName())
    person.type("years, months")
    assert panel._limits.text() == "Least and most are in years; months have no limits."


def take_back_offered(person):
    return person.window.frame.footer.echo.take_back.isVisible()


def test_what_was_done_to_the_list_is_not_offered_to_be_taken_back_in_the_editor(person):
    """*Take back* there would undo an edit, and not what it stands beside."""
    person.mark(shipped.shipped("mqrs").title)
    person.press(K.Key_T)
    assert take_back_offered(person)
    person.press(K.Key_E)
    assert person.page.editing
    assert not take_back_offered(person)
    assert person.echo == ""


def test_that_something_was_removed_is_said_until_the_next_edit(person):
    edit(person, "Design")
    person.press(K.Key_N)
    person.add("Colour")
    person.mark("Colour")
    person.press(K.Key_Delete)
    assert "Ctrl Z puts it back" in person.echo
    person.mark("Enrolled")
    assert "Ctrl Z puts it back" in person.echo
    person.press(K.Key_Return)
    person.add("?")
    assert person.echo == ""


def test_a_field_that_is_added_to_a_list_is_asked_for_its_rows(person):
    edit(person, "Design")
    person.press(K.Key_L)
    person.add("Outcomes")
    person.mark("Outcomes")
    person.press(K.Key_N)
    field = person.editor.draft.question
    assert field.list == (person.form.lists[-1].id,)
    assert field.section not in ("study", "each-arm")
    assert "asked for each" in person.echo
    person.add("Measure")
    person.mark("Outcomes")
    person.press(K.Key_N)
    assert person.editor.draft.question.section == field.section


def test_why_a_section_cannot_be_asked_for_rows_is_said(person):
    edit(person, "Design")
    person.press(K.Key_S)
    panel = person.editor.panels["section"]
    assert not panel.per.isEnabled()
    assert "once it has a field" in panel._fixed.text()
    person.mark("Study")
    assert "an earlier version asks these fields" in panel._fixed.text()
    names = [panel.per.edit.accessibleName(), panel.when.field.edit.accessibleName()]
    assert len({*names}) == 2


def test_what_lacks_words_is_gone_to(person):
    edit(person, "Design")
    person.press(K.Key_S, K.Key_Escape)
    person.press(K.Key_N)
    person.add("Colour")
    person.mark("What was done")
    person.ctrl(K.Key_Return)
    assert person.problem == "A section has no title; name it."
    assert person.editor.draft.spot.part == "section"
    assert person.at == "Title of the section"


def test_a_field_that_waits_for_an_answer_says_so_where_it_is_edited(person):
    edit(person, "How they were randomized")
    said = person.editor.preview._waits
    person.qtbot.waitUntil(lambda: "asked only when Design is" in said.text())
    assert said.isVisible()
    person.press(K.Key_Down)
    person.qtbot.waitUntil(lambda: not said.text())


def test_a_new_form_and_its_section_are_told_apart(person):
    person.press(K.Key_N)
    rows = person.editor.outline.rows
    words = [rows.row(n).words for n in range(rows.rowCount())]
    assert "The form, no title yet" in words
    assert "Section, no title yet" in words
