"""The rows of a proposal: its current state, and append-only events. Always inside the caller's transaction."""

import datetime as dt
import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import pyarrow as pa

from registry.database import Cursor
from registry.editing.drafts import BOOKKEEPING, Fields
from registry.errors import ProposalNotFound
from registry.values import Status

TABLES = """
CREATE TABLE IF NOT EXISTS proposal (
    id VARCHAR NOT NULL, initiative_id VARCHAR, base_revision INTEGER, fields VARCHAR NOT NULL,
    status VARCHAR NOT NULL, version INTEGER NOT NULL, author VARCHAR NOT NULL, origin VARCHAR NOT NULL,
    created_at TIMESTAMP NOT NULL, changed_at TIMESTAMP NOT NULL, changed_by VARCHAR NOT NULL);
CREATE TABLE IF NOT EXISTS proposal_event (
    proposal_id VARCHAR NOT NULL, initiative_id VARCHAR, number INTEGER NOT NULL, kind VARCHAR NOT NULL,
    made_by VARCHAR NOT NULL, made_at TIMESTAMP NOT NULL, words VARCHAR NOT NULL, fields VARCHAR);
"""
_TEXT, _NUMBER, _TIME = pa.string(), pa.int32(), pa.timestamp("us")
_PROPOSAL = pa.schema({
    "id": _TEXT, "initiative_id": _TEXT, "base_revision": _NUMBER, "fields": _TEXT, "status": _TEXT, "version": _NUMBER,
    "author": _TEXT, "origin": _TEXT, "created_at": _TIME, "changed_at": _TIME, "changed_by": _TEXT,
})  # fmt: skip
_EVENT = pa.schema({
    "proposal_id": _TEXT, "initiative_id": _TEXT, "number": _NUMBER, "kind": _TEXT, "made_by": _TEXT, "made_at": _TIME,
    "words": _TEXT, "fields": _TEXT,
})  # fmt: skip
OPEN = (Status.DRAFT, Status.IN_REVIEW)
_WRITTEN = ("id", "initiative_id", "base_revision", "status", "version", "changed_at", "changed_by")


class Origin(StrEnum):
    """Where a proposal comes from."""

    DESK = "redaktion"
    TIP = "tips"
    IMPORT = "import"


class EventKind(StrEnum):
    """What happened to a proposal."""

    CREATED = "skapat"
    SUBMITTED = "skickat till granskning"
    SENT_BACK = "skickat tillbaka"
    COMMENTED = "kommenterat"
    APPROVED = "godkänt"
    TAKEN_OVER = "övertaget"
    MERGED = "sammanfört med en nyare version"
    WITHDRAWN = "avslutat"
    REOPENED = "öppnat igen"


@dataclass(frozen=True)
class Proposal:
    """A record on its way, beside the published one that it changes.

    ``initiative_id`` is the record it changes, None for a new one until it is approved; ``base_revision`` the revision
    it was made from. ``version`` counts how often the fields have been saved. ``status`` is PUBLISHED when it has been
    approved and ARCHIVED when it was withdrawn or refused. ``changed_by`` saved the fields last. Times are UTC.
    """

    id: str
    initiative_id: str | None
    base_revision: int | None
    fields: Fields
    status: Status
    version: int
    author: str
    origin: Origin
    created_at: dt.datetime
    changed_at: dt.datetime
    changed_by: str


@dataclass(frozen=True)
class Event:
    """Something that happened to a proposal: by whom, when (UTC), in what words, and its fields as they were then.

    ``fields`` is None where the event says nothing of them (a comment).
    """

    proposal_id: str
    kind: EventKind
    by: str
    at: dt.datetime
    text: str
    fields: Fields | None


def new(fields: Fields, *, by: str, origin: Origin, initiative_id: str | None, base_revision: int | None) -> Proposal:
    """A proposal that is not saved yet."""
    made = now()
    return Proposal(
        uuid.uuid4().hex, initiative_id, base_revision, own(fields), Status.DRAFT, 1, by, origin, made, made, by
    )


def own(fields: Fields) -> Fields:
    """The fields without what the store keeps account of."""
    return {name: value for name, value in fields.items() if name not in BOOKKEEPING}


def insert(cursor: Cursor, proposals: Sequence[Proposal]) -> None:
    """Saves new proposals, each with its first event: two statements, however many they are."""
    rows = [vars(proposal) | {"fields": _json(proposal.fields)} for proposal in proposals]
    first = {"number": 1, "kind": EventKind.CREATED.value, "words": ""}
    events = [
        first
        | {"proposal_id": row["id"], "initiative_id": row["initiative_id"], "fields": row["fields"]}
        | {"made_by": row["author"], "made_at": row["created_at"]}
        for row in rows
    ]
    for table, incoming, schema in (("proposal", rows, _PROPOSAL), ("proposal_event", events, _EVENT)):
        cursor.register("incoming", pa.Table.from_pylist(incoming, schema=schema))
        cursor.execute(f"INSERT INTO {table} SELECT * FROM incoming")  # noqa: S608 - one of the two names above
        cursor.unregister("incoming")


def write(cursor: Cursor, proposal: Proposal, *, by: str) -> Proposal:
    """Saves what has changed in a proposal that is there; returns it as it was saved.

    Args:
        by: who saved the fields last; ``proposal.changed_by`` where they are as they were.
    """
    changed = replace(proposal, fields=own(proposal.fields), changed_at=now(), changed_by=by)
    cursor.execute(
        "UPDATE proposal SET initiative_id = $initiative_id, base_revision = $base_revision, fields = $fields, "
        "status = $status, version = $version, changed_at = $changed_at, changed_by = $changed_by WHERE id = $id",
        {name: getattr(changed, name) for name in _WRITTEN} | {"fields": _json(changed.fields)},
    )
    return changed


def write_again(cursor: Cursor, id: str, fields: Fields, *, seen_version: int, by: str) -> Proposal | None:
    """The usual save, in one statement: of an open proposal in that version, by who saved it last. Else None, unchanged."""
    row = cursor.execute(
        "UPDATE proposal SET fields = ?, version = version + 1, changed_at = ? "
        "WHERE id = ? AND version = ? AND changed_by = ? AND status IN (?, ?) RETURNING *",
        [_json(own(fields)), now(), id, seen_version, by, *OPEN],
    ).fetchone()
    return _proposal(*row) if row else None


def log(cursor: Cursor, proposal: Proposal, kind: EventKind, *, by: str, text: str, with_fields: bool = True) -> None:
    """Adds an event; ``with_fields`` keeps the proposal's fields as they are in ``proposal``."""
    fields = _json(proposal.fields) if with_fields else None
    cursor.execute(
        "INSERT INTO proposal_event SELECT ?, ?, count(*) + 1, ?, ?, ?, ?, ? FROM proposal_event WHERE proposal_id = ?",
        [proposal.id, proposal.initiative_id, kind, by, now(), text.strip(), fields, proposal.id],
    )


def withdraw_open(cursor: Cursor, ids: Sequence[str], *, by: str, text: str) -> int:
    """Withdraws those of the proposals that are open, each with its event: two statements, however many they are."""
    names = {"ids": list(ids), "open": list(OPEN), "kind": EventKind.WITHDRAWN, "by": by, "at": now(), "text": text}
    chosen = "id IN (SELECT unnest($ids::VARCHAR[])) AND status IN (SELECT unnest($open::VARCHAR[]))"
    cursor.execute(
        "INSERT INTO proposal_event SELECT id, initiative_id, "  # noqa: S608 - a constant
        "(SELECT count(*) FROM proposal_event WHERE proposal_id = proposal.id) + 1, $kind, $by, $at, $text, fields "
        f"FROM proposal WHERE {chosen}",
        names,
    )
    ended = {name: names[name] for name in ("ids", "open", "by", "at")} | {"status": Status.ARCHIVED}
    return len(
        cursor.execute(
            f"UPDATE proposal SET status = $status, changed_at = $at, changed_by = $by WHERE {chosen} RETURNING id",  # noqa: S608 - a constant
            ended,
        ).fetchall()
    )


def tie_events(cursor: Cursor, proposal: Proposal) -> None:
    """Marks all events of a proposal with the record it has become, so that erasing the record reaches them."""
    cursor.execute(
        "UPDATE proposal_event SET initiative_id = ? WHERE proposal_id = ?", [proposal.initiative_id, proposal.id]
    )


def read(cursor: Cursor, id: str) -> Proposal:
    """The proposal as it is now.

    Raises:
        ProposalNotFound: there is none.
    """
    row = cursor.execute("SELECT * FROM proposal WHERE id = ?", [id]).fetchone()
    if row is None:
        raise ProposalNotFound(id)
    return _proposal(*row)


def read_all(cursor: Cursor, status: Status | None, author: str | None, initiative_id: str | None) -> list[Proposal]:
    """The proposals with these values, the latest changed first; None leaves a value open."""
    rows = cursor.execute(
        "SELECT * FROM proposal WHERE (? IS NULL OR status = ?) AND (? IS NULL OR author = ?) "
        "AND (? IS NULL OR initiative_id = ?) ORDER BY changed_at DESC, id",
        [status, status, author, author, initiative_id, initiative_id],
    ).fetchall()
    return [_proposal(*row) for row in rows]


def read_some(cursor: Cursor, ids: Sequence[str]) -> list[Proposal]:
    """The proposals with these ids, in their order; one that is not there is left out."""
    rows = cursor.execute("SELECT * FROM proposal WHERE id IN (SELECT unnest(?::VARCHAR[]))", [list(ids)]).fetchall()
    found = {row[0]: row for row in rows}
    return [_proposal(*found[id]) for id in ids if id in found]


def read_events(cursor: Cursor, id: str) -> list[Event]:
    """What has happened to the proposal, in order."""
    rows = cursor.execute(
        "SELECT proposal_id, kind, made_by, made_at, words, fields FROM proposal_event WHERE proposal_id = ? "
        "ORDER BY number",
        [id],
    ).fetchall()
    return [
        Event(proposal, EventKind(kind), by, at, text, json.loads(fields) if fields else None)
        for proposal, kind, by, at, text, fields in rows
    ]


def delete(cursor: Cursor, id: str) -> None:
    """Deletes the proposal and its events."""
    cursor.execute("DELETE FROM proposal WHERE id = ?", [id])
    cursor.execute("DELETE FROM proposal_event WHERE proposal_id = ?", [id])


def now() -> dt.datetime:
    """The time, UTC, as it is stored."""
    return dt.datetime.now(dt.UTC).replace(tzinfo=None)


def _proposal(*row: Any) -> Proposal:
    id, initiative_id, base, fields, status, version, author, origin, created_at, changed_at, changed_by = row
    loaded, state, source = json.loads(fields), Status(status), Origin(origin)
    return Proposal(id, initiative_id, base, loaded, state, version, author, source, created_at, changed_at, changed_by)


def _json(fields: Fields) -> str:
    return json.dumps(fields, ensure_ascii=False, default=str)
