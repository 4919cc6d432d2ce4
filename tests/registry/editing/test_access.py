"""Who may do what: each duty includes those before it, and nobody signed in may do nothing."""

import pytest

from registry.editing.access import Act, Duty, Person, may, require
from registry.errors import NotAllowed
from registry.wording import in_swedish

ALLOWED = {
    Duty.CONTRIBUTOR: {Act.PROPOSE},
    Duty.EDITOR: {Act.PROPOSE, Act.REVIEW},
    Duty.ADMINISTRATOR: {Act.PROPOSE, Act.REVIEW, Act.ERASE},
}


@pytest.mark.parametrize("duty", Duty)
@pytest.mark.parametrize("act", Act)
def test_a_duty_includes_its_acts_and_no_others(duty: Duty, act: Act) -> None:
    """The person comes back where they may, and is refused where they may not."""
    person = Person("Sara", duty)
    assert may(person, act) == (act in ALLOWED[duty])
    if act in ALLOWED[duty]:
        assert require(person, act) is person
    else:
        with pytest.raises(NotAllowed) as refused:
            require(person, act)
        assert refused.value.signed_in


@pytest.mark.parametrize("act", Act)
def test_nobody_signed_in_is_refused(act: Act) -> None:
    """Whoever is not signed in is asked to sign in."""
    with pytest.raises(NotAllowed) as refused:
        require(None, act)
    assert in_swedish(refused.value).startswith("Logga in")


def test_the_refusal_names_the_duty_it_takes() -> None:
    """A contributor who tries to review is told which role it needs."""
    with pytest.raises(NotAllowed) as refused:
        require(Person("Sara", Duty.CONTRIBUTOR), Act.REVIEW)
    assert "rollen redaktör" in in_swedish(refused.value)
