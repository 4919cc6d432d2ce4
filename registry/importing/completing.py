"""Which of an import's proposals can be published as they are, and what the others lack."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from registry.database import Database
from registry.editing import proposal_rows
from registry.editing.drafts import problems
from registry.editing.proposals import Proposal
from registry.importing.known import OPEN
from registry.importing.memory import proposals_of
from registry.places import Places, fold
from registry.upkeep.duplicates import Duplicate
from registry.upkeep.duplicates import Known as Entries
from registry.upkeep.likeness import Entry
from registry.vocabulary import Vocabulary


@dataclass(frozen=True)
class Ready:
    """A proposal that nothing stops from being published, in the version that was looked at.

    ``like`` are ids of the records that may be the same.
    """

    id: str
    version: int
    name: str
    like: tuple[str, ...] = ()


@dataclass(frozen=True)
class Completeness:
    """The open proposals of an import: those ``ready``, by name, and in how many each field stops the others."""

    run_id: str
    ready: tuple[Ready, ...]
    incomplete: int
    stopping: Mapping[str, int]


def completeness(
    database: Database, run_id: str, published: Entries, vocabulary: Vocabulary, places: Places
) -> Completeness:
    """Looks through the import's proposals that are still open, beside what has been ``published`` by now."""
    with database.cursor() as cursor:
        found = proposal_rows.read_some(cursor, proposals_of(cursor, run_id))
    whole, stopping, incomplete = list[Proposal](), Counter[str](), 0
    for proposal in found:
        if proposal.status not in OPEN:
            continue
        fields = {problem.field for problem in problems(proposal.fields, vocabulary, places)}
        stopping.update(fields)
        incomplete += bool(fields)
        if not fields:
            whole.append(proposal)
    near = published.near_many([Entry.typed(one.fields, one.id) for one in whole])
    ready = [_ready(proposal, alike) for proposal, alike in zip(whole, near, strict=True)]
    ready.sort(key=lambda one: (fold(one.name), one.id))
    return Completeness(run_id, tuple(ready), incomplete, dict(stopping.most_common()))


def _ready(proposal: Proposal, alike: Sequence[Duplicate]) -> Ready:
    like = tuple(one.initiative_id for one in alike if one.initiative_id != proposal.initiative_id)
    return Ready(proposal.id, proposal.version, str(proposal.fields.get("name")), like)
