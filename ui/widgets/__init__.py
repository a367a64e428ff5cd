"""Shared widgets that know the vocabulary and nothing of a project: a catalogue, one module a line.

How a widget gets the look: `look_of(widget)` gives `colour(name)`, `font(step)`, `line(step)`,
`px(distance)`, `element(element)`; `follow(self, self._restyle)` calls now and on every change of
theme or text size. `Look.install(application)` once at the start. Distances are given at 100 %.

theme       Theme(scheme, scale, reading, record_size, record_spacing); Look.install, .set_theme,
            .changed; look_of(widget); follow(object, method); Sized(widget, width=, height=) keeps
            a measure
tokens      colours, type steps, distances, ELEMENTS; no Qt
words       Words(text, step=, colour=, wrap=, selectable=) plain text label, .set_look(step=,
            colour=) .show_text(text or "" for nothing); ElidedWords(...) one line;
            Hairline(vertical=); Surface(colour, lined=); layouts whose distances follow the text
            size: Row, Column (gap=, margins=) .add(widget, (widget, 1), Space(8), 1) .boxed() as a
            widget, Grid (gap=, row_gap=) .add_row(*widgets); stacked(*views) one at a time;
            clear(layout), drop(*widgets); announce(widget, sentence, at_once=) by a screen reader
marks       Mark(sign, size=, colour=) .set_sign .set_colour; ElementTile(element, name, size=);
            paint_sign, paint_tile, paint_outline, paint_underline, paint_fade for delegates;
            SIGN_WORDS: include maybe exclude none met not-met unclear "" (not judged) person
keycap      KeyCap(key); cap_size, paint_cap for delegates; key_words("Ctrl+I")
button      Button(text, kind="edge|filled|link|quiet", key=, second=, does=, name=, spoken=, low=)
            .set_key .set_second .set_kind .set_spoken; chose(name). DecisionButton(verdict,
            text="", key=) .set_state("plain|suggested|decided|quiet", second). They never listen
            for their key; `session.keys.ActionButton` shows the one of an action.
chooser     Chooser(choices, name=, key=) words with a menu: .choose, .current, .set_choices; chosen
rail        Rail .set_review(title, whose, foot) .set_stages([StageLine(id=, name=, words=, share=,
            begun=)]) .choose(id) .current() .focus_stages(); chosen(str)
header      PageHeader(name, words) .set_name .set_words .set_right(words, strong) .set_actions
            .set_lead .set_share(0..1 or None) .set_focused(bool); .dress(...) sets all of them
echo        EchoLine(take_back_key=) .show_saved(sentence, sign=, saved=,
            can_take_back=) .ask(sentence) .clear(); taken_back, keys_asked.
            ProgressLine .show_progress(what, done, total, left); stopped.
            Footer(): .echo, .progress, .show_progress(on=)
problem     ProblemBar .show_problem(sentence, [(id, words)]) .dismiss(); acted(id), dismissed
empty       EmptyPage(title, sentence, action=, key=, second=) .set_texts; acted, acted_second;
            Texts(title=, sentence=, action=, second=)
ring        class X(Ringed, QWidget): wears the focus ring; ring_of(widget) .surround .leave
rows        Field(heading, text, right=, strong=, colour=); RowsModel(fields) .set_rows(rows) or
            .set_keys(keys, fetch, changed) .row(number) .key(number)
lists       RowList(name, model) for rows a delegate paints: .height_of_rows() .restyle();
            paint_chosen, paint_hairline, paint_words for delegates
scroll      ScrollArea(inside, bare=): no frame, no keyboard of its own
record      RecordView .show_record(RecordText(title=, byline=, quiet=, abstract=, keywords=),
            title=spans, abstract=spans) .set_highlights .set_highlighted(bool)
            .set_elements(frozenset or None) .set_percent .scroll_page .selected_text() .column();
            focused(bool), column_moved(left, width). A span has start, end, element.
abstract    parts(text): headings of a structured abstract and where their text lies
criteria    CriteriaPanel .set_criteria(criteria, further reasons) .set_judgements({id: judgement})
            .judge(judgement) .move_mark(-1 or 1) .reset_mark() .marked .set_read_only(bool);
            judged(criterion, judgement or ""), reason_chosen(id), fold_asked.
            ReasonLines: the same reasons in quiet lines, when the panel is folded
tables      RowTable(name) .setModel(RowsModel) .current() .choose(number); opened(int),
            row_changed(int)
fields      PlainEditor(text, lines=); ChoiceField(label, choices, chosen=) .choice(),
            .set_choice(id); changed(str); the bare editor is .edit
segmented   Segmented([(id, words)], name=) .choose(id) .current(); chosen(str)
dotplot     DotPlot .set_rows([DotRow(name=, value=, low=, high=, figure=, interval=, marked=,
            element=, note=)])
diffcell    DiffCell(text, spans, step=): text with its differing words marked;
            differing(texts): the words that differ, as (start, end) of each text
"""
