"""Who may do what at the editorial desk. Reading is open and needs no leave."""

from dataclasses import dataclass
from enum import StrEnum

from registry.errors import NotAllowed


class Duty(StrEnum):
    """What somebody is trusted with; each duty includes those before it."""

    CONTRIBUTOR = "bidragsgivare"
    EDITOR = "redaktör"
    ADMINISTRATOR = "administratör"


@dataclass(frozen=True)
class Person:
    """Somebody signed in. ``name`` stands in the history, which only signed-in people see."""

    name: str
    duty: Duty


class Act(StrEnum):
    """What needs leave: proposing; approving, sending back, archiving, restoring; erasing and backing up."""

    PROPOSE = "föreslå"
    REVIEW = "granska"
    ERASE = "radera"


_LEAST_DUTY = {Act.PROPOSE: Duty.CONTRIBUTOR, Act.REVIEW: Duty.EDITOR, Act.ERASE: Duty.ADMINISTRATOR}
_RISING = tuple(Duty)


def may(person: Person | None, act: Act) -> bool:
    """Whether the person's duty includes ``act``; nobody signed in may do nothing."""
    return person is not None and _RISING.index(person.duty) >= _RISING.index(_LEAST_DUTY[act])


def least_duty(act: Act) -> Duty:
    """The lowest duty that includes ``act``."""
    return _LEAST_DUTY[act]


def require(person: Person | None, act: Act) -> Person:
    """The person, where their duty includes ``act``. To be called immediately before each change.

    Raises:
        NotAllowed: it does not, or nobody is signed in.
    """
    if person is None or not may(person, act):
        raise NotAllowed(act, least_duty(act), signed_in=person is not None)
    return person
