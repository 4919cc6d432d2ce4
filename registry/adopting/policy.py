"""Policy windows: which laws, programmes and funds an initiative can use, and why.

What a record itself says of its policy links comes first, with the record's own statements. Then come the rules
of data/vocabulary/policy_windows.yaml, which the editors keep; that one fits an initiative is always their judgement.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from registry.adopting.editors_data import FOLDER, Reference, Source, cite, load_sources, read_yaml
from registry.adopting.rules import Facet, Rule
from registry.errors import CatalogueDamaged
from registry.initiative import Initiative, Part, Text
from registry.values import Basis, Role
from registry.vocabulary import PolicyObject, Vocabulary

FILE = "policy_windows.yaml"


class Dated(Part):
    """When something of a policy object holds, in the source's own terms."""

    what: Text
    when: Text
    source: Reference


class Entry(Part):
    """What the editors have added to a policy object: its dates, and the rules of who can use it."""

    object: Text
    dates: tuple[Dated, ...]
    rules: tuple[Rule, ...]


class _File(Part):
    roles: tuple[Role, ...]
    windows: tuple[Entry, ...]


@dataclass(frozen=True)
class Reason:
    """Why a window is open to an initiative.

    Stated in the record: ``rule`` is None and ``text`` is the record's own claim. Otherwise ``text`` completes
    "Passar därför att …" and ``met`` holds the facets and values that met the rule; ``basis`` is then the rule's.
    """

    text: str
    basis: Basis
    source: str
    rule: Rule | None = None
    met: tuple[tuple[Facet, str], ...] = ()

    @property
    def is_judgement(self) -> bool:
        """Whether it is the editors who say that it fits: every rule, and statements of their own."""
        return self.rule is not None or self.basis is Basis.EDITORIAL


@dataclass(frozen=True)
class Window:
    """A policy object that an initiative can use, with the reasons: those stated in the record first."""

    policy_object: PolicyObject
    reasons: tuple[Reason, ...]

    @property
    def why(self) -> str:
        """The first reason's words."""
        return self.reasons[0].text

    @property
    def basis(self) -> Basis:
        """What the first reason rests on: the editors' judgement for every rule."""
        return Basis.EDITORIAL if self.reasons[0].is_judgement else self.reasons[0].basis

    @property
    def is_stated(self) -> bool:
        """Whether the record itself names the policy object."""
        return self.reasons[0].rule is None


@dataclass(frozen=True)
class Policy:
    """The policy objects with their dates and rules. ``entries`` are by object id, in the vocabulary's order."""

    vocabulary: Vocabulary
    entries: dict[str, Entry]
    roles: tuple[Role, ...]
    sources: dict[str, Source]

    def windows_for(self, record: Initiative) -> list[Window]:
        """The windows open to ``record``: those it states itself first, then those that a rule gives."""
        stated = [id for id in record.policy_links if id in self.entries]
        ids = dict.fromkeys((*stated, *self.entries))
        windows = (Window(self.vocabulary.policy_objects[id], tuple(self._reasons(record, id))) for id in ids)
        return [window for window in windows if window.reasons]

    def cite(self, reference: str) -> str:
        """The reference with the documents' titles."""
        return cite(reference, self.sources)

    def _reasons(self, record: Initiative, id: str) -> Iterator[Reason]:
        if id in record.policy_links:
            yield from _stated(record, id)
        if record.role in self.roles:
            for rule in self.entries[id].rules:
                met = rule.met_by(record)
                if met:
                    yield Reason(rule.why, rule.basis, rule.source, rule, met)


def load_policy(vocabulary: Vocabulary, folder: Path = FOLDER) -> Policy:
    """Reads the dates and the rules.

    Raises:
        CatalogueMissing: a file is not there.
        CatalogueDamaged: a file has the wrong shape, names something that no vocabulary has, or leaves out a policy object.
    """
    sources = load_sources(folder)
    file = read_yaml(folder / FILE, _File, sources)
    entries = {entry.object: entry for entry in file.windows}
    wrong = sorted(set(entries) ^ set(vocabulary.policy_objects))
    wrong += [
        f"{rule.id}: {value}" for e in file.windows for rule in e.rules for value in rule.unknown_values(vocabulary)
    ]
    if wrong:
        raise CatalogueDamaged(folder / FILE, f"okänt eller utelämnat: {', '.join(wrong)}")
    in_order = {id: entries[id] for id in vocabulary.policy_objects}
    return Policy(vocabulary, in_order, file.roles, sources)


def _stated(record: Initiative, id: str) -> Iterator[Reason]:
    for statement in record.statements:
        if statement.field in (f"policy_links.{id}", "policy_links"):
            yield Reason(statement.claim, statement.basis, statement.source_title)
