from screener.model import NO_TAGS, Stage
from ui.screening.details import DetailsView, sections


def test_every_record_of_the_unit_is_shown_as_its_source_gave_it(review, tmp_path, qtbot):
    from screener import open_copy, open_project

    with open_project(review) as project:
        second = tmp_path / "embase.ris"
        second.write_text(
            "TY  - JOUR\nTI  - Peer support by smartphone for adults with schizophrenia\n"
            "AN  - L5551\nER  - \n",
            encoding="utf-8",
        )
        project.sources.import_file(second, source="Embase")
        uids = {r.number: r.id for r in project.sources.records()}
        project.duplicates.same([uids[1], uids[7]])
        project.consensus.write_copy("Ana", tmp_path / "ana.screener")
        found = list(sections(project, next(project.units.load([uids[1]]))))
    with open_copy(tmp_path / "ana.screener") as copy:
        unit = copy.units.get(copy.screening.queues.queue(Stage.TITLE_ABSTRACT)[0])
        in_copy = list(sections(copy, unit))
    headings = [s.heading for s in found]
    assert headings == [
        "Record 1", "Record 1, PubMed", "Tags of record 1", "Record 7, Embase", "Tags of record 7",
    ]  # fmt: skip
    assert ("Sources", "PubMed, Embase") in found[0].lines
    assert ("DOI", "10.5555/ui.1") in found[1].lines
    assert ("AN", "L5551") in found[4].lines
    assert [s.heading for s in in_copy] == [
        "Record 1", "Record 1, PubMed", "Record 7, Embase", "Tags",
    ]  # fmt: skip
    assert in_copy[3].lines == (("", NO_TAGS),)
    view = DetailsView()
    qtbot.addWidget(view)
    view.show_sections(iter(found))
    assert "L5551" in view.toPlainText()
    assert view.textCursor().position() == 0
