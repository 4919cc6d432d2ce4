"""A draft on somebody's screen: saved at every change, and never on top of what somebody else saved."""

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Concatenate, ParamSpec

import streamlit as st

from registry.editing.access import Act, Person, may, require
from registry.editing.differences import Merged, differences, merge
from registry.editing.drafts import Fields
from registry.editing.proposals import Proposal
from registry.errors import DraftConflict, RegistryError
from registry.values import Status
from registry.wording import for_visitors
from ui.context import context
from ui.signing_in.identity import current_person

_MOST_EARLIER = 50
_P = ParamSpec("_P")


def _one_at_a_time(method: Callable[Concatenate["Draft", _P], None]) -> Callable[Concatenate["Draft", _P], None]:
    """Holds the draft's lock: Streamlit begins the next run of a page while the one before is still being stopped."""

    @wraps(method)
    def alone(draft: "Draft", /, *args: _P.args, **kwargs: _P.kwargs) -> None:
        with draft.lock:
            method(draft, *args, **kwargs)

    return alone


@dataclass
class Draft:
    """What is on the screen (``fields``) and the proposal as it last stood in the registry (``stored``).

    ``generations`` counts the times that a field was replaced by something else than the form itself: its widgets are
    keyed by it, so that they show what came, while those of other fields keep what is being typed. ``theirs`` is set
    while a conflict waits to be settled, ``problem`` while something on the screen could not be saved. ``came_in``
    names fields that others changed.
    """

    stored: Proposal
    fields: Fields
    generations: Counter[str] = field(default_factory=Counter)
    theirs: Proposal | None = None
    problem: str = ""
    came_in: tuple[str, ...] = ()
    earlier: list[Fields] = field(default_factory=list)
    lock: threading.RLock = field(default_factory=threading.RLock, repr=False, compare=False)

    @property
    def id(self) -> str:
        """The proposal's id."""
        return self.stored.id

    @property
    def unsaved(self) -> bool:
        """Whether something on the screen is not yet in the registry."""
        return self.fields != self.stored.fields

    def key(self, of: str, *parts: object) -> str:
        """A key for a widget of this draft; ``of`` is the field that it shows, or what it is for."""
        return " ".join(map(str, ("draft", self.id, self.generations[of], of, *parts)))

    @_one_at_a_time
    def change(self, changes: Fields) -> None:
        """Takes in what was filled in, and saves it."""
        if all(self.fields.get(name) == value for name, value in changes.items()):
            return
        self.earlier = [*self.earlier, self.fields][-_MOST_EARLIER:]
        self.came_in = ()
        self.fields = self.fields | changes
        self.save()

    @_one_at_a_time
    def change_part(self, name: str, position: int, part: str, value: Any) -> None:
        """Changes one part of one row in a field that holds rows."""
        rows = [dict(row) for row in self.fields.get(name) or []]
        rows[position][part] = value
        self.change({name: rows})

    @_one_at_a_time
    def undo(self) -> None:
        """Goes back to how it was before the last change."""
        self.replace(self.earlier.pop())

    @_one_at_a_time
    def replace(self, fields: Fields) -> None:
        """Puts other fields in place of those on the screen, and saves them."""
        self.generations.update(change.field for change in differences(self.fields, fields))
        self.fields = fields
        self.save()

    @_one_at_a_time
    def save(self) -> None:
        """Saves what is on the screen. What cannot be saved stays there, with the reason in ``problem``."""
        try:
            person = require(current_person(), Act.PROPOSE)
            self._take(
                context().proposals.autosave(self.id, self.fields, seen_version=self.stored.version, by=person.name)
            )
        except DraftConflict:
            self._meet(context().proposals.get(self.id))
        except RegistryError as error:
            self.problem = for_visitors(error)

    def merged(self) -> Merged:
        """What is here and what somebody else saved, joined field by field as far as they do not contradict."""
        assert self.theirs is not None  # noqa: S101 - asked only while a conflict waits
        return merge(self.stored.fields, self.fields, self.theirs.fields)

    @_one_at_a_time
    def settle(self, fields: Fields) -> None:
        """Ends a conflict with the fields that were chosen from both versions."""
        if self.theirs is not None:
            self.stored, self.theirs = self.theirs, None
        self.replace(fields)

    @_one_at_a_time
    def refresh(self) -> None:
        """Shows what somebody else has saved, unless something here waits to be saved."""
        stored = context().proposals.get(self.id)
        if stored.version == self.stored.version:
            self.stored = stored  # it may have been sent in or back meanwhile
            return
        if self.unsaved:
            return
        self.came_in = tuple(change.field for change in differences(self.fields, stored.fields))
        self.generations.update(self.came_in)
        self._take(stored)

    def _take(self, stored: Proposal) -> None:
        self.stored, self.fields, self.problem = stored, stored.fields, ""

    def _meet(self, theirs: Proposal) -> None:
        """Somebody saved in between: what does not contradict is joined at once, the rest is left to be chosen."""
        self.theirs = theirs
        merged = self.merged()
        if not merged.conflicts:
            self.came_in = tuple(change.field for change in differences(self.stored.fields, theirs.fields))
            self.settle(merged.fields)


def open_draft(id: str) -> Draft:
    """The draft as this visit has it, brought up to date with the registry.

    Raises:
        ProposalNotFound: there is no such proposal.
    """
    key = f"draft {id}"
    if key not in st.session_state:
        stored = context().proposals.get(id)
        st.session_state[key] = Draft(stored, stored.fields)
    draft: Draft = st.session_state[key]
    draft.refresh()
    return draft


def may_edit(person: Person, proposal: Proposal) -> bool:
    """Whether the form is open to this person: one's own drafts, and for an editor all that are not closed."""
    if may(person, Act.REVIEW):
        return proposal.status in (Status.DRAFT, Status.IN_REVIEW)
    return proposal.status is Status.DRAFT and proposal.author == person.name
