"""Which units rest on a record or a criterion that changed afterwards; a mark, no status."""

from __future__ import annotations

import json
from collections.abc import Collection

from screener.consensus.decided import groups, rows_on
from screener.model import Stage
from screener.protocol.protocol import ProtocolVersions
from screener.store.file import File

_SEEN = (
    "SELECT c.unit, json_extract(e.body, '$.body.seen') FROM current c "
    "JOIN event e ON e.id = c.event "
    "WHERE c.kind = 'decision' AND c.stage = ? AND c.verdict <> 'none'"
)
_VERSIONS = (
    "SELECT json_extract(e.body, '$.body.protocol'), json_group_array(c.unit) FROM current c "
    "JOIN event e ON e.id = c.event "
    "WHERE c.kind = 'decision' AND c.stage = ? AND c.verdict <> 'none'"
)


def stale(
    file: File, protocol: ProtocolVersions, stage: Stage, only: Collection[str] | None = None
) -> set[str]:
    """Return the units (of all, or of those named) with a decision that is out of date."""
    return _corrected(file, stage, only) | _criteria(file, protocol, stage, only)


def _corrected(file: File, stage: Stage, only: Collection[str] | None) -> set[str]:
    """Return the units whose kept record was corrected after a decision."""
    latest = {
        body["record"]: body["version"] for _, body in file.heads("correct") if "version" in body
    }
    wanted = latest.keys() if only is None else latest.keys() & set(only)
    unit_of = groups(file) if wanted else {}
    found = set()
    for record, seen in rows_on(file, _SEEN, (stage,), wanted):
        unit = unit_of.get(record, record)
        if unit in wanted and seen not in ("", latest[unit]):
            found.add(unit)
    return found


def _criteria(
    file: File, protocol: ProtocolVersions, stage: Stage, only: Collection[str] | None
) -> set[str]:
    """Return the units decided under a version of which a criterion has changed."""
    # Decisions are made in copies, so none is older than the protocol of the first copy.
    before_copies = file.rows(
        "SELECT count(*) FROM event WHERE kind = 'protocol' AND rowid < "
        "(SELECT coalesce(min(rowid), 0) FROM event WHERE kind = 'reviewer')"
    )
    if not protocol.changed_criteria(before_copies[0][0]):
        return set()
    unit_of = groups(file)
    found: set[str] = set()
    for version, records in rows_on(file, _VERSIONS, (stage,), only, tail="GROUP BY 1"):
        if protocol.changed_criteria(int(version or 0)):
            found.update(unit_of.get(r, r) for r in json.loads(records))
    return found
