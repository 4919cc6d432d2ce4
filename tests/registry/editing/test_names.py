"""One name in the history for each person."""

import pytest

from registry.editing.names import RESERVED, NameStore
from registry.store import InitiativeStore


def test_the_second_with_a_name_gets_a_number_and_both_keep_theirs() -> None:
    """Also after the next start, and whatever the case and accents; who changes back has the old name again."""
    with InitiativeStore() as store:
        names = NameStore(store)
        assert names.name_of("idp|1", "Anna Berg") == "Anna Berg"
        assert names.name_of("idp|2", "ANNA BERG") == "ANNA BERG (2)"
        assert names.name_of("idp|3", "Anna Berg") == "Anna Berg (3)"
        assert names.name_of("idp|1", "Anna Ek") == "Anna Ek"
        again = NameStore(store)
        assert [again.name_of(f"idp|{n}", "Anna Berg") for n in (1, 3)] == ["Anna Berg", "Anna Berg (3)"]


@pytest.mark.parametrize("name", RESERVED)
def test_nobody_is_called_as_the_registry_itself(name: str) -> None:
    """Tips and the editors together have names of their own."""
    with InitiativeStore() as store:
        assert NameStore(store).name_of("idp|1", name) == f"{name} (2)"


def test_the_subject_itself_is_not_kept() -> None:
    """A subject may be an address; the database holds a hash."""
    with InitiativeStore() as store:
        NameStore(store).name_of("anna@msi.example", "Anna")
        with store.database.cursor() as cursor:
            assert "@" not in str(cursor.execute("SELECT * FROM person_name").fetchall())
