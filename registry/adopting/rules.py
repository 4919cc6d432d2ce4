"""Rules that the editors write as data: what a record must have, and why that matters."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from registry.adopting.editors_data import Reference
from registry.initiative import Initiative, Part, Text
from registry.values import Basis, Form, Sector, Setting
from registry.vocabulary import Vocabulary

Facet = Literal["target_groups", "themes", "settings", "sectors", "form", "legal_forms"]


class Requirement(Part):
    """A record meets it when it has one of ``any_of`` in ``facet``.

    ``legal_forms`` is free text in the records: there it is enough that one of the words occurs.
    """

    facet: Facet
    any_of: tuple[Text, ...] = Field(min_length=1)

    def met_by(self, record: Initiative) -> tuple[str, ...]:
        """The record's values that meet it; empty when none does."""
        if self.facet == "legal_forms":
            words = [word.casefold() for word in self.any_of]
            return tuple(form for form in record.legal_forms if any(word in form.casefold() for word in words))
        values = getattr(record, self.facet)
        present = (values,) if isinstance(values, str) else values
        return tuple(str(value) for value in present if value in self.any_of)


class Rule(Part):
    """When ``why`` is true of a record: every line of ``where`` must be met.

    ``basis`` tells whether the source itself names what the rule asks for, or the editors read it so.
    """

    id: Text
    why: Text
    where: tuple[Requirement, ...] = Field(min_length=1)
    basis: Basis
    source: Reference

    def met_by(self, record: Initiative) -> tuple[tuple[Facet, str], ...]:
        """The facets and values of the record that meet the rule, each once; empty when it does not hold."""
        met: dict[tuple[Facet, str], None] = {}
        for requirement in self.where:
            values = requirement.met_by(record)
            if not values:
                return ()
            met.update(dict.fromkeys((requirement.facet, value) for value in values))
        return tuple(met)

    def unknown_values(self, vocabulary: Vocabulary) -> Iterator[str]:
        """Values that no record can have, such as a misspelt target group."""
        known: dict[str, set[str]] = {
            "target_groups": set(vocabulary.target_groups),
            "themes": set(vocabulary.themes),
            "settings": set(Setting),
            "sectors": set(Sector),
            "form": set(Form),
        }
        for requirement in self.where:
            for value in requirement.any_of:
                if requirement.facet in known and value not in known[requirement.facet]:
                    yield f"{requirement.facet}.{value}"
