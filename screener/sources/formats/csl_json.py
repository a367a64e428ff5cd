"""CSL-JSON, which Zotero, Mendeley, Crossref and Pandoc write."""

from __future__ import annotations

import re

from screener.sources.decoding import Content
from screener.sources.formats import json_items
from screener.sources.formats.format import Format


def recognise(content: Content) -> float:
    """Look for the names that only CSL-JSON has, in JSON."""
    if not json_items.recognise(content):
        return 0.0
    marks = r'"(?:date-parts|container-title|family|article-journal)"'
    return 0.97 if re.search(marks, content.sample) else 0.0


FORMAT = Format(name="csl-json", label="CSL-JSON", recognise=recognise, read=json_items.read)
