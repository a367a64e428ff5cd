"""The tables of an archive, read with nothing but Python; see `recount.py`."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import tomllib
import zipfile
from collections import defaultdict
from functools import cached_property

FORMULA = re.compile(r"'[\s'\ufeff\u200b]*[=+\-@＝＋－＠\t\r\n]")


def plain(cell):
    """A cell without the apostrophe that keeps a spreadsheet from taking it for a formula."""
    return cell[1:] if FORMULA.match(cell) else cell


def parted(cell):
    return [part for part in cell.split("; ") if part]


class Archive:
    """What an archive holds."""

    def __init__(self, path):
        with zipfile.ZipFile(path) as archive:
            self.names = archive.namelist()
            self.files = {name: archive.read(name) for name in self.names}

    def manifest(self):
        """The files whose digest is another one, or that no line or no file is there for."""
        lines = self.files["MANIFEST.txt"].decode().splitlines()
        said = dict(reversed(line.split("  ", 1)) for line in lines)
        found = {
            name: hashlib.sha256(content).hexdigest()
            for name, content in self.files.items()
            if name != "MANIFEST.txt"
        }
        return said.items() ^ found.items()

    def table(self, name):
        text = self.files[name].decode("utf-8-sig") if name in self.files else ""
        rows = csv.DictReader(io.StringIO(text, newline=""))
        return [{key: plain(cell) for key, cell in row.items()} for row in rows]

    def json(self, name):
        return json.loads(self.files[f"numbers/{name}.json"])

    @cached_property
    def protocol(self):
        (now,) = (v for v in self.table("protocol/versions.csv") if v["in_force"])
        return tomllib.loads(self.files[now["file"]].decode())

    @cached_property
    def needed(self):
        return self.protocol.get("reviewers-per-record", 2)

    @cached_property
    def reasons(self):
        """The words of the reasons by their ids, in the order of the protocol."""
        found = {c["id"]: worded(c["id"]) for c in self.protocol.get("criteria", ())}
        return found | {r["id"]: r["text"] for r in self.protocol.get("reasons", ())}

    # --- records and units ---------------------------------------------------------------------

    @cached_property
    def imports(self):
        return {row["import"]: row for row in self.table("searches/searches.csv")}

    @cached_property
    def records(self):
        return {row["record"]: row for row in self.table("records/records.csv")}

    @cached_property
    def joins(self):
        return self.table("duplicates/joins.csv")

    @cached_property
    def units(self):
        """The numbers of the records of each unit, by the number it is known by."""
        found = defaultdict(list)
        for number, row in self.records.items():
            found[row["unit"]].append(number)
        return found

    @cached_property
    def connected(self):
        """The sets of records that the joins make one."""
        groups = Groups()
        for number in self.records:
            groups.join([number])
        for join in self.joins:
            groups.join(parted(join["records"]))
        return groups.sets()

    def unit(self, record):
        return self.records[record]["unit"]

    def absent(self, record):
        row = self.records[record]
        return bool(row["removed"] or row["withdrawn"])

    @cached_property
    def present(self):
        """The units of which a record is in the review."""
        return [u for u, members in self.units.items() if not all(map(self.absent, members))]

    @cached_property
    def people(self):
        return [p["person"] for p in self.table("people/people.csv") if p["role"] == "reviewer"]


def worded(id_):
    return id_.replace("-", " ").capitalize()


class Groups:
    """Things that were brought together."""

    def __init__(self):
        self.of = {}

    def join(self, several):
        whole = set(several).union(*(self.of.get(one, ()) for one in several))
        for one in whole:
            self.of[one] = whole

    def together(self, one, other):
        return other in self.of.get(one, ())

    def sets(self):
        return {frozenset(whole) for whole in self.of.values()}
