"""Reviews of every shape, and texts that mean harm: the report is whole, and says what is so."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import docx
import openpyxl
import pytest

from screener import create_project, open_project
from screener.model import Cancelled, Criterion, Outcome, Previous, Stage, UserError
from screener.printing import document as d
from screener.printing.document import LINKED, is_linked
from screener.printing.manuscript.tables import doi_link, registration_link
from screener.printing.writing import encoded

TA, FT = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT


class Page(HTMLParser):
    """Notes every tag and address of a page."""

    def __init__(self):
        super().__init__()
        self.tags, self.addresses, self.attributes = set(), [], set()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        for name, value in attrs:
            self.attributes.add(name)
            if name in ("href", "src", "action", "xlink:href", "data", "poster"):
                self.addresses.append(value)


HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)>",
    "=HYPERLINK(\"http://evil.example\",\"x\")",
    "\u202eright to left \u0634\u0631\u062d",
    "a\u0007bell and \u0000 nothing \ufffe",
    "]]> & &amp; \" ' `",
    "x" * 500,
)  # fmt: skip


def hostile(folder, making):
    """A review with such texts in every place that a person or a source writes."""
    records = "".join(
        f"TY  - JOUR\nTI  - {title}\nAU  - {title[:80]}\nPY  - 2001\n"
        f"DO  - 10.1/<script>{n} \"onclick\nER  - \n\n"
        for n, title in enumerate(HOSTILE)
    )  # fmt: skip
    (folder / "h.ris").write_text(records, encoding="utf-8", errors="replace")
    protocol = replace(
        making.protocol,
        title=HOSTILE[0],
        question=HOSTILE[2],
        registration="javascript:alert(1)",
        criteria=(Criterion(id="participants", include=HOSTILE[1], exclude=HOSTILE[4]),),
    )
    path = folder / "hostile.screener"
    with create_project(path, title="x", protocol=protocol) as review:
        review.sources.import_file(
            folder / "h.ris", source=HOSTILE[0], platform=HOSTILE[1], strategy="\n".join(HOSTILE),
            limits=HOSTILE[4], filters=HOSTILE[5],
        )  # fmt: skip
        for number, why in enumerate(HOSTILE[:3], 1):
            review.sources.remove([str(number)], why)
    return path


def test_hostile_texts_stay_texts_on_a_page(tmp_path, making):
    with open_project(hostile(tmp_path, making), write=False) as review:
        whole = encoded(review.manuscript.document(), ".html").decode("utf-8")
    page = Page()
    page.feed(whole)
    assert not page.tags & {"script", "img", "iframe", "object", "embed", "link", "form", "base"}
    assert not {one for one in page.attributes if one.startswith("on")}
    assert {urlsplit(one).netloc for one in page.addresses} <= set(LINKED)
    assert {urlsplit(one).scheme for one in page.addresses} == {"https"}
    assert "default-src 'none'" in whole
    assert "&lt;script&gt;alert(1)" in whole
    assert "url(" not in whole
    assert "@import" not in whole


def test_hostile_texts_make_a_whole_word_file(tmp_path, making):
    with open_project(hostile(tmp_path, making), write=False) as review:
        content = encoded(review.manuscript.document(), ".docx")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(archive.read(name))
        links = ElementTree.fromstring(archive.read("word/_rels/document.xml.rels"))
    outside = [one.get("Target") for one in links if one.get("TargetMode") == "External"]
    assert {urlsplit(one).netloc for one in outside} <= set(LINKED)
    assert not [one for one in outside if " " in one or "<" in one or '"' in one]
    assert docx.Document(io.BytesIO(content)).tables


def test_hostile_texts_are_no_formulas(tmp_path, making):
    with open_project(hostile(tmp_path, making), write=False) as review:
        content = encoded(review.manuscript.document(sheets=True), ".xlsx")
    book = openpyxl.load_workbook(io.BytesIO(content))
    kinds = {cell.data_type for sheet in book for row in sheet for cell in row}
    assert "f" not in kinds
    assert any("HYPERLINK" in str(c.value) for sheet in book for row in sheet for c in row)


@pytest.mark.parametrize(
    "doi", ['10.1/a b<c>"d', "10.1/x#y?z", "10.1000/abc(1):2;3", "10.1/\u00e9\n"]
)
def test_a_doi_leads_to_doi_org_and_nowhere_else(doi):
    address = doi_link(doi)
    assert is_linked(address)
    assert not set(address) & set(' <>"#?\n')
    assert unquote(address) == f"https://doi.org/{doi}"


@pytest.mark.parametrize(
    ("number", "address"),
    [
        (
            "CRD42020139037",
            "https://www.crd.york.ac.uk/prospero/display_record.php?RecordID=139037",
        ),
        ("CRD42012002345", "https://www.crd.york.ac.uk/prospero/display_record.php?RecordID=2345"),
        ("10.17605/OSF.IO/ABCDE", "https://doi.org/10.17605/OSF.IO/ABCDE"),
        ("javascript:alert(1)", ""),
        ("CRD4 invented", ""),
        ("", ""),
    ],
)
def test_a_registration_is_linked_where_its_place_is_known(number, address):
    assert registration_link(number) == address
    assert not address or is_linked(address)


def test_letters_that_a_pdf_lacks_are_refused_in_a_sentence(tmp_path, making):
    with open_project(hostile(tmp_path, making), write=False) as review:
        with pytest.raises(UserError, match=r"has letters that PDF cannot show"):
            review.manuscript.write(tmp_path / "r.pdf")
        assert not (tmp_path / "r.pdf").exists()


# --- shapes --------------------------------------------------------------------------------------


def test_an_empty_review_says_what_is_missing(project, tmp_path, html_of):
    draft = project.manuscript.write(tmp_path / "r.docx")
    assert draft == "Draft while there are no records."
    said = html_of(project.manuscript.document())
    for one in (
        "The searches: none was imported.",
        "The selection: nobody has decided anything.",
        "Included studies: there are none.",
    ):
        assert one in said
    assert "identified by" not in said
    for ending in (".pdf", ".html", ".xlsx"):
        project.manuscript.write(tmp_path / f"r{ending}")
        assert (tmp_path / f"r{ending}").stat().st_size > 1000


def test_a_copy_is_refused(screened, tmp_path):
    with pytest.raises(UserError, match="coordinator's project"):
        screened.manuscript.write(tmp_path / "r.docx")
    assert not (tmp_path / "r.docx").exists()


def test_another_ending_or_spelling_is_refused(project, tmp_path):
    with pytest.raises(UserError, match=r"\.docx, \.pdf, \.html or \.xlsx"):
        project.manuscript.write(tmp_path / "r.odt")
    with pytest.raises(UserError, match="british or american"):
        project.manuscript.write(tmp_path / "r.docx", "welsh")
    assert list(tmp_path.glob("r.*")) == []


def test_it_can_be_stopped(project, tmp_path):
    def stop(done, _all, _what):
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        project.manuscript.write(tmp_path / "r.docx", progress=stop)
    assert list(tmp_path.glob("r.*")) == []


def test_three_reviewers_have_figures_of_all(tmp_path, making, html_of):
    names = ("Maya", "Jonas", "Lena")
    path = making.review(tmp_path, records=4, reviewers=names)
    for letter, last in zip("abc", ("include", "exclude", "include"), strict=True):
        said = {1: "include", 2: "exclude", 3: "include", 4: last}
        making.screen(tmp_path / f"{letter}.screener", said)
    with open_project(path) as review:
        review.consensus.merge(*(tmp_path / f"{letter}.screener" for letter in "abc"))
        said = html_of(review.manuscript.document())
        overall = review.consensus.agreement(TA).json()["overall"]
    assert "three reviewers (Maya, Jonas and Lena) recorded decisions" in said
    assert "4 records were decided by three reviewers." in said
    assert "Agreement of all reviewers, Title and abstract" in said
    assert f"{overall['fleiss_kappa']:.3f}" in said
    assert "Title and abstract: 1 item to settle: 1 conflict of verdicts." in said
    assert "Fleiss’ kappa, by Gwet’s linearisation" in said
    assert "At full text" not in said


def test_what_one_reviewer_alone_answered_is_beside_the_figures_of_all(tmp_path, making, html_of):
    names = ("Maya", "Jonas", "Lena")
    path = making.review(tmp_path, records=4, reviewers=names)
    for letter, more in zip("abc", ({4: "include"}, {}, {}), strict=True):
        said = {1: "include", 2: "exclude", 3: "include"}
        making.screen(tmp_path / f"{letter}.screener", said | more)
    with open_project(path) as review:
        review.consensus.merge(*(tmp_path / f"{letter}.screener" for letter in "abc"))
        document = review.manuscript.document()
        alone = review.consensus.agreement(TA).json()["overall"]["answered_by_one"]
    assert alone == 1
    assert "One reviewer alone had decided on 1 record." in html_of(document)
    table = next(t for t in d.tables(document) if t.caption.startswith("Agreement of all"))
    place = table.heads.index("By one alone")
    assert d.plain(table.rows[0][place]) == "1"


def test_a_measure_that_nobody_used_is_no_row(pair, html_of):
    pair.merge()
    with open_project(pair.project, write=False) as review:
        document = review.manuscript.document()
        (of,) = review.consensus.agreement(TA).pairs
    idle = [name for name, one in of.group("criteria").items() if not one.n]
    assert idle
    table = next(t for t in d.tables(document) if t.caption.startswith("Agreement, title"))
    assert [d.plain(row[1]) for row in table.rows if d.plain(row[1]) == "0"] == []
    said = html_of(document)
    assert "Nothing was answered by both: " in said
    assert all(name.replace("-", " ") in said for name in idle)


def test_what_is_open_is_named_by_what_it_is(tmp_path, making):
    path = making.review(tmp_path, records=3)
    making.screen(tmp_path / "a.screener", {1: "include", 2: "include", 3: "include"})
    making.screen(tmp_path / "b.screener", {1: "exclude", 2: "include"})
    with open_project(path) as review:
        review.consensus.merge(tmp_path / "a.screener", tmp_path / "b.screener")
        draft = review.manuscript.document().draft
    assert "2 records are undecided (1 in conflict, 1 with a decision missing)" in draft
    assert "2 items to settle: 1 conflict of verdicts and 1 missing answer." in draft


def test_without_full_text_nothing_of_it_is_said(pair, html_of):
    pair.merge()
    with open_project(pair.project, write=False) as review:
        said = html_of(review.manuscript.document())
    assert "At title and abstract two reviewers" in said
    for words in ("At full text", "sought for retrieval", "assessed for eligibility in full"):
        assert words not in said.replace("How many reports were", "")
    assert "2 conflicts of verdicts" in said


def test_what_is_hidden_is_told_by_its_number_alone(pair, html_of):
    with open_project(pair.project) as review:
        review.consensus.merge(pair.a)
        said = html_of(review.manuscript.document())
    assert "8 are hidden until everybody who is waited for has closed it." in said
    assert "the reviewers differed" not in said
    assert "were decided by" not in said


def test_other_methods_alone(tmp_path, making, html_of):
    path = tmp_path / "p.screener"
    with create_project(path, title="By hand", protocol=making.protocol) as review:
        making.fill(review, tmp_path, 3, source="Our shelf", kind="organisation")
        said = html_of(review.manuscript.document())
    assert "3 records were identified by other methods: 3 from organisations." in said
    assert "Our shelf (organisation) was searched" in said
    assert "searches of databases and registers" not in said
    assert "Databases: none was searched." in said


def test_an_updated_review(tmp_path, making, html_of):
    path = making.included(tmp_path)
    with open_project(path) as review:
        now = review.protocol.current
        review.protocol.set(replace(now, previous=Previous(studies=12, reports=14)), why="update")
        flow = review.report.flow()
        document = review.manuscript.document()
        said = html_of(document)
    assert (flow.total_studies, flow.total_reports) == (15, 17)
    assert "(12 studies in 14 reports) the review includes 15 studies in 17 reports." in said
    drawn = next(b.drawing for b in document.blocks if hasattr(b, "drawing"))
    assert "Total studies included in review (n = 15)" in drawn.description
    assert "Studies included in previous version of review (n = 12)" in drawn.description


def test_an_exclusion_for_another_reason_says_which(tmp_path, making, html_of):
    path = making.included(tmp_path, excluded=(2,))
    with open_project(path) as review:
        review.consensus.resolve(
            making.uid(review, 2), Outcome.EXCLUDE, step=FT, reason="other", overturn=True,
            why="It is a poem", by=["Maya", "Jonas"],
        )  # fmt: skip
        assert "Other: It is a poem" in html_of(review.manuscript.document())
