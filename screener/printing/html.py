"""A document as one HTML page: no scripts, nothing loaded from elsewhere; it prints well too."""

from __future__ import annotations

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
.figure { text-align: right; font-variant-numeric: tabular-nums; }
.wide { overflow-x: auto; }
.group > h3 { border-bottom: 2px solid #000; padding-bottom: .3rem; break-after: avoid; }
.item { break-inside: avoid; border-bottom: 1px solid #000; padding: .6rem 0 1rem; }
.item h4 { margin: 0; font-size: 1.05rem; } .item > p { margin: 0 0 .5rem; }
.item table td, .item table th { border: 0; } .item th { width: 8.5rem; font-weight: 400; }
.item thead th { width: auto; font-weight: 600; }
.item .dispute th:first-child { border-left: 5px solid #000; padding-left: .5rem; }
.serif { font-family: "Source Serif 4", "Source Serif Pro", Cambria, Georgia, serif; }
.boxes span { display: inline-block; min-width: 8.5rem; margin-right: .8rem; }
.pen { border-bottom: 1px solid #000; height: 2rem; }
.break { break-before: page; }
@page { size: A4; margin: 13mm 20mm; }
@media print { body { max-width: none; margin: 0; padding: 0; font-size: 10.5pt; } }
"""

# Whatever a text holds, a browser that shows this loads and runs nothing.
_POLICY = (
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\';'
    " style-src 'unsafe-inline'; img-src data:\">"
)


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
        self._out.append(f"<figure>{drawn}{caption}</figure>")

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
        more = ", ".join(block.others) or "_" * 24
        self._out.append(
            f'<p class="boxes"><b>present:</b> {"".join(ticks)} and {escape(more)}'
            f" date {escape(block.date or '_' * 16)}</p>"
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
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in item.heads)
    body = "".join(_row(row, max(1, len(item.heads))) for row in item.rows)
    first = f"<thead><tr><td></td>{heads}</tr></thead>" if item.heads else ""
    return (
        f'<article class="item"><h4>{escape(item.number)}&ensp;{escape(item.title)}</h4>'
        f'<p class="small">{escape(item.byline)}</p>'
        f"<table>{first}<tbody>{body}</tbody></table></article>"
    )


def _row(row: d.Row, columns: int, kind: str = "") -> str:
    if isinstance(row, d.Dispute):
        first = f'<tr class="dispute"><th scope="row" colspan="{columns + 1}">in dispute: '
        rows = "".join(_row(below, columns, "dispute") for below in row.rows)
        return f"{first}<b>{escape(row.label)}</b></th></tr>{rows}"
    if isinstance(row, d.Cells):
        serif = ' class="serif"' if row.serif else ""
        cells = "".join(f"<td{serif}>{_words(cell)}</td>" for cell in row.cells)
    elif isinstance(row, d.Said):
        serif = ' class="serif"' if row.serif else ""
        cells = f'<td colspan="{columns}"{serif}>{_words(row.words)}</td>'
    elif isinstance(row, d.Ticks):
        boxes = "".join(_box(text, i in row.ticked) for i, text in enumerate(row.boxes))
        cells = f'<td colspan="{columns}" class="boxes">{boxes}</td>'
    else:
        cells = f'<td colspan="{columns}">{"<div class=pen></div>" * row.lines}</td>'
    return f'<tr class="{kind}"><th scope="row">{escape(row.label)}</th>{cells}</tr>'
