"""What a Word file is made of where python-docx has no call for it: faces, links, borders, flags.

What stands in an element has the order of the standard, ECMA-376 part 1; Word refuses others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from screener.printing import document as d

if TYPE_CHECKING:
    from docx.table import Table as WordTable
    from docx.table import _Cell as WordCell
    from docx.text.paragraph import Paragraph as WordParagraph

# Faces every Word has; LibreOffice shows Carlito and Caladea, of the same widths, in their place.
SANS, SERIF, EQUAL, SIGNS = "Calibri", "Cambria", "Consolas", "Segoe UI Symbol"
_QUIET = RGBColor(0x5A, 0x5F, 0x64)
Loose: TypeAlias = Any
"""A part of a Word file as the library has it, which is not typed."""


def fill(
    paragraph: WordParagraph, said: d.Words, *, size: float | None = None, serif: bool = False
) -> None:
    """Write words into a paragraph, in points of `size` or the size of its style."""
    for run in said:
        if run.mark:
            set_face(paragraph.add_run(d.SIGNS[run.mark] + " "), SIGNS)
        into: Loose = paragraph
        before = len(paragraph.runs)
        text = d.letters(run.text)
        if run.link and d.is_linked(run.link):
            _linked(into, text, run.link, size)
            continue
        written = paragraph.add_run(text)
        written.bold = run.strong or None
        if run.quiet:
            written.font.color.rgb = _QUIET
        if serif:
            set_face(written, SERIF)
        for one in paragraph.runs[before:]:
            one.font.size = None if size is None else Pt(size)


def _linked(paragraph: WordParagraph, text: str, address: str, size: float | None) -> None:
    known = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), known)
    run = paragraph.add_run(text)
    run.font.underline = True
    run.font.size = None if size is None else Pt(size)
    link.append(run._r)
    paragraph._p.append(link)


def tick(paragraph: WordParagraph, text: str, ticked: bool) -> None:
    """Write a box to tick with its words; a box stays with its words."""
    set_face(paragraph.add_run(d.TICKED if ticked else d.BOX), SIGNS)
    paragraph.add_run("\u00a0" + d.letters(text).replace(" ", "\u00a0") + "    ")


def set_face(run: Loose, face: str) -> None:
    """Set the face of a run for all scripts."""
    run.font.name = face
    run._element.rPr.rFonts.set(qn("w:eastAsia"), face)
    run._element.rPr.rFonts.set(qn("w:cs"), face)


def set_style(style: Loose, face: str, size: float) -> None:
    """Set face and size of a style, black."""
    style.font.name, style.font.size = face, Pt(size)
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.rPr.rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), face)


def set_language(style: Loose, language: str) -> None:
    """Set the language of a style."""
    told = OxmlElement("w:lang")
    told.set(qn("w:val"), language)
    for old in style.element.rPr.findall(qn("w:lang")):
        style.element.rPr.remove(old)
    style.element.rPr.append(told)


def add_field(paragraph: WordParagraph, code: str) -> None:
    """Write a field that Word computes, such as PAGE."""
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("", "1"), ("end", "")):
        run = paragraph.add_run(text if text == "1" else "")
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        elif text == code:
            told = OxmlElement("w:instrText")
            told.set(qn("xml:space"), "preserve")
            told.text = code
            run._r.append(told)


def edge(paragraph: WordParagraph, sides: tuple[str, ...], eighths: int) -> None:
    """Draw lines at sides of a paragraph, in eighths of a point."""
    about = paragraph._p.get_or_add_pPr()
    about.insert_element_before(_borders("w:pBdr", sides, eighths), *_AFTER_BORDERS)


_AFTER_BORDERS = (
    "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap", "w:overflowPunct",
    "w:topLinePunct", "w:autoSpaceDE", "w:autoSpaceDN", "w:bidi", "w:adjustRightInd",
    "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents",
    "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment", "w:textboxTightWrap",
    "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange",
)  # fmt: skip
"""What stands behind the borders of a paragraph in the order of the standard (ECMA-376, 17.3.1)."""


def _borders(name: str, sides: tuple[str, ...], eighths: int) -> Loose:
    borders = OxmlElement(name)
    for side in sides:
        edge = OxmlElement(f"w:{side}")
        for key, value in (
            ("val", "single"),
            ("sz", str(eighths)),
            ("space", "1"),
            ("color", "000000"),
        ):
            edge.set(qn(f"w:{key}"), value)
        borders.append(edge)
    return borders


def edge_cell(cell: WordCell) -> None:
    """Draw the thick line at the left of a cell that is in dispute."""
    cell._tc.get_or_add_tcPr().append(_borders("w:tcBorders", ("left",), 40))


def rule(table: WordTable) -> None:
    """Draw the lines between the rows of a table."""
    about = table._tbl.tblPr
    borders = _borders("w:tblBorders", ("top", "bottom", "insideH"), 4)
    layout = about.find(qn("w:tblLayout"))
    if layout is None:
        about.append(borders)
    else:
        layout.addprevious(borders)


def flag(row: Loose, name: str) -> None:
    """Set a flag of a row of a table, such as that it is not torn by a page."""
    row._tr.get_or_add_trPr().append(OxmlElement(name))
