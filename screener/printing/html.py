"""A document as one HTML page: no scripts, nothing loaded from elsewhere; it prints well too."""

from __future__ import annotations

from collections.abc import Iterator
from functools import singledispatchmethod
from html import escape as _escaped

from screener.printing import document as d
from screener.report.svg import svg

# The faces are those of the program where a computer has them; nothing is fetched.
_STYLE = """
body { font: 11pt/1.45 "Source Sans 3", "Source Sans Pro", Calibri, "Segoe UI", Arial, sans-serif;
  color: #000; background: #fff; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h1, h2, .item h4 { font-family: "Source Serif 4", "Source Serif Pro", Cambria, Georgia, serif; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 1.2rem 0 .4rem; }
h2 { font-size: 1.3rem; margin: 2rem 0 .5rem; } h3 { font-size: 1.05rem; margin: 1.4rem 0 .3rem; }
h4 { font-size: 1rem; margin: 1rem 0 .2rem; }
p, ul { margin: .4rem 0; overflow-wrap: anywhere; } .quiet { color: #5a5f64; }
.small { font-size: .87rem; } a { color: #0f5f78; }
pre { font: .8rem/1.4 Consolas, Menlo, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
.running { display: flex; justify-content: space-between; gap: 1rem; font-size: .8rem; }
.running-end { border-bottom: 1px solid #000; padding-bottom: .3rem; }
.draft { border: 2px solid #000; padding: .5rem .8rem; margin: .8rem 0; }
.draft b { letter-spacing: .12em; }
figure { margin: 1rem 0; break-inside: avoid; } figure svg { width: 100%; height: auto; }
table { border-collapse: collapse; width: 100%; font-size: .87rem; margin: .3rem 0 1rem; }
caption, figcaption { text-align: left; font-weight: 600; padding: .3rem 0; }
th, td { text-align: left; vertical-align: top; padding: .25rem .5rem .25rem 0;
  border-bottom: 1px solid #85827c; overflow-wrap: anywhere; }
th { border-bottom: 1.5px solid #000; } tr { break-inside: avoid; }
caption, figure svg, h2, h3, h4 { break-after: avoid; } figcaption { break-before: avoid; }
.figure { text-align: right; font-variant-numeric: tabular-nums; }
.wide { overflow-x: auto; }
.group > h3 { border-bottom: 2px solid #000; padding-bottom: .3rem; break-after: avoid; }
.item { break-inside: avoid; border-bottom: 1px solid #000; padding: .8rem 0 1rem; }
.item h4 { margin: 0; font-size: 1.1rem; line-height: 1.3; display: flex; font-weight: 600;
  overflow-wrap: anywhere; }
.item .number { flex: none; min-width: 2.6rem; padding-right: .4rem; box-sizing: border-box; }
.item .of { margin-left: 2.6rem; }
.item .of > p { margin: 0 0 .5rem; } .item table { table-layout: fixed; font-size: 1rem; }
.item table td, .item table th { border: 0; } .item th { font-weight: 400; font-size: .87rem; }
.item tr > th:first-child, .item thead td { width: 8.5rem; padding-left: .5rem; }
.item thead th { font-weight: 600; }
.item .quiet { color: #000; } .item .dispute { border-left: 5px solid #000; }
.serif { font-family: "Source Serif 4", "Source Serif Pro", Cambria, Georgia, serif; }
.boxes { display: grid; gap: .1rem .6rem; }
.present span { display: inline-block; margin-right: 1.2rem; }
.pen { border-bottom: 1px solid #000; height: 1.7rem; }
.break { break-before: page; }
@page { size: A4; margin: 13mm 20mm; }
@media print { body { max-width: none; margin: 0; padding: 0; font-size: 10.5pt; } }
"""

# Whatever a text holds, a browser that shows this loads and runs nothing.
_POLICY = (
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\';'
    " style-src 'unsafe-inline'; img-src data:\">"
)


_PEN = '<div class="pen"></div>'


def escape(text: str) -> str:
    """Give a text as HTML that shows its letters."""
    return _escaped(d.letters(text))


def html(document: d.Document) -> str:
    """Give the whole page; every text of the review is escaped."""
    return _Page(document).text()


class _Page:
    """One page, and how each block is written on it."""

    def __init__(self, document: d.Document) -> None:
        self._document = document
        self._out: list[str] = []

    def text(self) -> str:
        """Write the page."""
        of = self._document
        title = escape(of.title)
        self._out = [
            "<!DOCTYPE html>",
            f'<html lang="{escape(of.language)}">',
            f'<head><meta charset="utf-8"><title>{title}</title>',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            _POLICY,
            f"<style>{_STYLE}</style></head>",
            "<body>",
            f'<div class="running"><b>{escape(of.running.review)}</b>',
            f"<span>{escape(of.running.what)}</span></div>",
            f'<div class="running running-end"><span>{escape(of.running.details)}</span></div>',
            f"<h1>{title}</h1>",
        ]
        if of.subtitle:
            self._out.append(f"<p>{escape(of.subtitle)}</p>")
        if of.draft:
            self._out.append(f'<p class="draft"><b>DRAFT</b> {escape(of.draft)}</p>')
        for block in of.blocks:
            self._write(block)
        self._out += ["</body>", "</html>", ""]
        return "\n".join(self._out)

    @singledispatchmethod
    def _write(self, block: d.Block) -> None:
        raise TypeError(block)

    @_write.register
    def _heading(self, block: d.Heading) -> None:
        level = min(block.level, 3) + 1
        self._out.append(f"<h{level}>{escape(block.text)}</h{level}>")

    @_write.register
    def _paragraph(self, block: d.Paragraph) -> None:
        if block.code:
            self._out.append(f"<pre>{escape(d.plain(block.words))}</pre>")
        else:
            kind = ' class="small"' if block.small else ""
            self._out.append(f"<p{kind}>{_words(block.words)}</p>")

    @_write.register
    def _bullets(self, block: d.Bullets) -> None:
        items = "".join(f"<li>{_words(item)}</li>" for item in block.items)
        self._out.append(f"<ul>{items}</ul>")

    @_write.register
    def _table(self, block: d.Table) -> None:
        kinds = [' class="figure"' if i in block.figures else "" for i in range(len(block.heads))]
        heads = zip(kinds, block.heads, strict=True)
        first = "".join(f'<th scope="col"{kind}>{escape(head)}</th>' for kind, head in heads)
        rows = "\n".join(
            "<tr>" + "".join(f"<td{k}>{_words(c)}</td>" for k, c in zip(kinds, row, strict=True))
            + "</tr>"
            for row in block.rows
        )  # fmt: skip
        self._out.append(
            f'<div class="wide"><table><caption>{escape(block.caption)}</caption>{_columns(block)}'
            f"<thead><tr>{first}</tr></thead>\n<tbody>\n{rows}\n</tbody></table></div>"
        )

    @_write.register
    def _picture(self, block: d.Picture) -> None:
        drawn = svg(block.drawing).partition("?>")[2].strip()
        caption = f"<figcaption>{escape(block.caption)}</figcaption>" if block.caption else ""
        share = f' style="max-width:{block.share:.0%}"' if block.share < 1 else ""
        self._out.append(f"<figure{share}>{drawn}{caption}</figure>")

    @_write.register
    def _break(self, block: d.PageBreak) -> None:
        self._out.append('<div class="break"></div>')

    @_write.register
    def _group(self, block: d.Group) -> None:
        self._out.append(f'<section class="group"><h3>{escape(block.heading)}</h3>')
        self._out += [_item(item) for item in block.items]
        self._out.append("</section>")

    @_write.register
    def _present(self, block: d.Present) -> None:
        ticks = (_box(name, i in block.ticked) for i, name in enumerate(block.names))
        others = ", ".join(block.others) or ("" if block.date else "_" * 24)
        more = f"and {escape(others)} " if others else ""
        self._out.append(
            f'<p class="present"><b>present:</b> {"".join(ticks)} {more}'
            f"date {escape(block.date or '_' * 16)}</p>"
        )


def _words(said: d.Words) -> str:
    return "".join(_run(run) for run in said)


def _run(run: d.Run) -> str:
    sign = f'<span aria-hidden="true">{d.SIGNS[run.mark]}</span> ' if run.mark else ""
    text = escape(run.text).replace("\n", "<br>")
    if run.strong:
        text = f"<b>{text}</b>"
    if run.quiet:
        text = f'<span class="quiet">{text}</span>'
    if run.link and d.is_linked(run.link):
        text = f'<a href="{escape(run.link)}" rel="noreferrer">{text}</a>'
    return sign + text


def _columns(block: d.Table) -> str:
    if not block.widths:
        return ""
    whole = sum(block.widths)
    return "".join(f'<col style="width:{width / whole:.1%}">' for width in block.widths)


def _box(text: str, ticked: bool) -> str:
    return f"<span>{d.TICKED if ticked else d.BOX} {escape(text)}</span>"


def _item(item: d.Item) -> str:
    columns = max(1, len(item.heads))
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in item.heads)
    body = "".join(line for row in item.rows for line in _rows(row, columns))
    first = f"<thead><tr><td></td>{heads}</tr></thead>" if item.heads else ""
    return (
        f'<article class="item"><h4><span class="number">{escape(item.number)}</span>'
        f'<bdi dir="auto">{escape(item.title)}</bdi></h4><div class="of">'
        f'<p class="small"><bdi dir="auto">{escape(item.byline)}</bdi></p>'
        f"<table>{first}<tbody>{body}</tbody></table></div></article>"
    )


def _rows(row: d.Row, columns: int) -> Iterator[str]:
    """Give the lines of the table that a row of an item takes."""
    if isinstance(row, d.Dispute):
        named = f"in dispute<br><b>{escape(row.label)}</b>"
        inner = [_cells(below, columns) for below in row.rows]
        inner = inner or [f'<td colspan="{columns}"></td>']
        over = f'<th scope="rowgroup" class="dispute" rowspan="{len(inner)}">{named}</th>'
        for place, cells in enumerate(inner):
            yield f"<tr>{'' if place else over}{cells}</tr>"
        return
    label = escape(row.label)
    if isinstance(row, d.Ticks | d.Pen):
        label = f"<b>{label}</b>"
    elif isinstance(row, d.Cells) and row.below:
        label += f'<br><span class="small">{escape(row.below)}</span>'
    yield f'<tr><th scope="row">{label}</th>{_cells(row, columns)}</tr>'


def _cells(row: d.Row, columns: int) -> str:
    """Give what stands beside the label of a row that is no dispute."""
    serif = ' class="serif"' if isinstance(row, d.Cells | d.Said) and row.serif else ""
    if isinstance(row, d.Cells):
        said = [_words(cell) for cell in row.cells]
        if row.write:
            said[-1] = _PEN
        return "".join(f'<td{serif} dir="auto">{cell}</td>' for cell in said)
    if isinstance(row, d.Said):
        return f'<td colspan="{columns}"{serif} dir="auto">{_words(row.words)}</td>'
    if isinstance(row, d.Ticks):
        boxes = "".join(_box(text, i in row.ticked) for i, text in enumerate(row.boxes))
        stops = f"grid-template-columns:repeat({row.columns},1fr)"
        grid = f'<div class="boxes" style="{stops}">{boxes}</div>'
        return f'<td colspan="{columns}">{grid}</td>'
    lines = row.lines if isinstance(row, d.Pen) else 1
    return f'<td colspan="{columns}">{_PEN * lines}</td>'
