"""Why a record fits a challenge, and what speaks against it, in the reader's language. Every sentence is true of the record."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from matching.challenge import Challenge
from matching.words import carries_meaning, stem, tokens
from registry.initiative import Initiative
from registry.language import gettext, later
from registry.places import Municipality, Places
from registry.values import Basis, Evidence, Operation, Setting
from registry.vocabulary import Vocabulary

_ALIKE = later("Liknar er text i betydelse, utan gemensam målgrupp eller gemensamma ord.")
_JUDGED = later("Har bedömts svara mot behov som liknar ert.")
_ALIKE_IN_WORDS = later("Har ord som liknar orden i er text.")
_SAME_GROUP = later("Samma målgrupp: {label}."), later("Samma målgrupp: {label} (vår bedömning).")
_SAME_THEME = later("Samma tema: {label}."), later("Samma tema: {label} (vår bedömning).")
_MOST_WORDS = 4
_MOST_PLACES = 4
_MOST_GROUPS = 3


class Ground(StrEnum):
    """What a reason is about."""

    NAME = "namn"
    TARGET_GROUP = "målgrupp"
    THEME = "tema"
    SETTING = "plats"
    SENTENCE = "känns igen"
    WORDS = "ord"
    TRIED = "provat"
    JUDGED = "bedömt"
    MEANING = "betydelse"
    CAUTION = "tänk på"


@dataclass(frozen=True)
class Reason:
    """One sentence for or, when it is a caution, against; ``ground`` says what it is about.

    ``own`` are the catalogue's own words in it, which are Swedish whatever the reader's language is.
    """

    ground: Ground
    text: str
    own: tuple[str, ...] = ()


@dataclass(frozen=True)
class Signs:
    """What comparing a record with the challenge brought to light.

    ``named``: the challenge names it. ``spelt``: the challenge is nearly its name. ``judged``: judges are expected to
    call it clearly relevant. ``sentence``: its situation nearest to the challenge, if any is near. ``words``: the
    challenge's telling words, stem -> as written. ``by_meaning``: whether meaning was compared.
    """

    named: bool
    spelt: bool
    judged: bool
    sentence: str | None
    words: Mapping[str, str]
    by_meaning: bool


class Explainer:
    """Explains matches with the labels of these vocabularies and places."""

    def __init__(self, vocabulary: Vocabulary, places: Places) -> None:
        self._vocabulary = vocabulary
        self._places = places

    def reasons(self, challenge: Challenge, record: Initiative, signs: Signs) -> tuple[Reason, ...]:
        """What speaks for the record, strongest first. There is always at least one reason."""
        found = (
            *self._name(record, signs),
            *self._shared(challenge, record, "target_groups", Ground.TARGET_GROUP, _SAME_GROUP),
            *self._shared(challenge, record, "themes", Ground.THEME, _SAME_THEME),
            *self._setting(challenge, record),
            *([Reason(Ground.SENTENCE, signs.sentence, (signs.sentence,))] if signs.sentence else []),
            *self._tried(challenge, record),
            *self._words(signs.words, record),
            *([Reason(Ground.JUDGED, gettext(_JUDGED))] if signs.judged else []),
        )
        return found or (Reason(Ground.MEANING, gettext(_ALIKE if signs.by_meaning else _ALIKE_IN_WORDS)),)

    def cautions(self, challenge: Challenge, record: Initiative) -> tuple[Reason, ...]:
        """What a reader should know before going on."""
        return tuple(self._cautions(challenge, record))

    def tried(self, record: Initiative) -> str:
        """Where it is or has been used, in one sentence."""
        codes = record.tried_in()
        if codes:
            names = [self._places.municipalities[code].name for code in codes]
            tied = gettext("Används eller har prövats i") if record.is_tried else gettext("Knyts i källorna till")
            return f"{tied} {listed(names, most=6)}."
        regions = [gettext(self._places.region_label(code)) for code in record.regions]
        if not regions:
            return gettext("Var det används är inte känt.")
        return gettext("{places}. Inga kommuner kända.").format(places=listed(regions))

    def _name(self, record: Initiative, signs: Signs) -> Iterator[Reason]:
        if signs.named:
            yield Reason(Ground.NAME, gettext("Ni nämner {name}.").format(name=record.name), (record.name,))
        elif signs.spelt:
            words = gettext("Det ni skrev liknar namnet {name}.").format(name=record.name)
            yield Reason(Ground.NAME, words, (record.name,))

    def _shared(
        self, challenge: Challenge, record: Initiative, field: str, ground: Ground, words: tuple[str, str]
    ) -> Iterator[Reason]:
        for value in challenge.values(field):
            if value not in getattr(record, field):
                continue
            ours = record.basis_of(field, value) is Basis.EDITORIAL
            label = decapitalised(self._vocabulary.label(field, value))
            yield Reason(ground, gettext(words[ours]).format(label=label), (label,))

    def _setting(self, challenge: Challenge, record: Initiative) -> Iterator[Reason]:
        shared = [setting for setting in challenge.settings if setting in record.settings]
        if shared:
            yield Reason(Ground.SETTING, gettext("Avses för {settings}.").format(settings=listed(_settings(shared))))

    def _tried(self, challenge: Challenge, record: Initiative) -> Iterator[Reason]:
        here = challenge.municipality
        if here is None:
            return
        tried = [self._places.municipalities[code] for code in record.tried_in()]
        tied = gettext("Prövat i") if record.is_tried else gettext("Knyts i källorna till")
        if here in tried:
            yield Reason(Ground.TRIED, f"{tied} {here.name}.")
        alike = [m.name for m in tried if m.group == here.group and m != here]
        if alike:
            words = gettext("{tied} {places}, samma kommungrupp som {here} ({group}).").format(
                tied=tied, places=listed(alike, _MOST_PLACES), here=here.name, group=f"{here.group} {here.group_name}"
            )
            yield Reason(Ground.TRIED, words)
        near = [m.name for m in tried if m.lan == here.lan and m.group != here.group and m != here]
        if near:
            words = gettext("{tied} {places}, i samma län som {here}.").format(
                tied=tied, places=listed(near, _MOST_PLACES), here=here.name
            )
            yield Reason(Ground.TRIED, words)

    @staticmethod
    def _words(words: Mapping[str, str], record: Initiative) -> Iterator[Reason]:
        text = f"{record.name} {' '.join(record.aliases)} {record.summary} {record.description}".lower()
        beginnings = tuple(word for word in words if word in text)  # a stem is the beginning of its word
        alike = (token for token in tokens(text) if token.startswith(beginnings)) if beginnings else ()
        theirs = {stem(token) for token in alike if carries_meaning(token)}
        shared = [said for word, said in words.items() if word in theirs]
        if shared:
            said = gettext("Ord i er text som också står i posten: {words}.").format(words=listed(shared[:_MOST_WORDS]))
            yield Reason(Ground.WORDS, said)

    def _cautions(self, challenge: Challenge, record: Initiative) -> Iterator[Reason]:
        yield from self._other_age(challenge, record) or self._other_groups(challenge, record)
        if record.operation is Operation.ENDED:
            yield _caution(gettext("Verksamheten är avslutad."))
        if record.evidence is Evidence.NOT_ASSESSED:
            yield _caution(gettext("Evidensen är inte bedömd."))
        yield from self._untried(challenge, record)
        if record.doubts:
            doubt = _first_sentence(record.doubts[0])
            yield _caution(doubt, doubt)

    def _other_age(self, challenge: Challenge, record: Initiative) -> list[Reason]:
        groups = self._vocabulary.target_groups
        asked = {groups[id].age for id in challenge.values("target_groups")} - {""}
        meant = {groups[id].age for id in record.target_groups} - {""}
        if not asked or not meant or asked & meant:
            return []
        theirs, ours = (listed([gettext(age) for age in sorted(ages)]) for ages in (meant, asked))
        return [_caution(gettext("Avser {theirs}; ni frågar om {ours}.").format(theirs=theirs, ours=ours))]

    def _other_groups(self, challenge: Challenge, record: Initiative) -> list[Reason]:
        """Only where everyone asked about is outside the record's groups, broader and related ones counted in."""
        groups, asked = self._vocabulary.target_groups, challenge.values("target_groups")
        near = {kin for id in asked for kin in (id, *groups[id].broader, *groups[id].related)}
        if not asked or not record.target_groups or near & set(record.target_groups):
            return []
        theirs, ours = ([decapitalised(groups[id].label) for id in ids] for ids in (record.target_groups, asked))
        words = gettext("Riktar sig till {theirs}. Bland målgrupperna står inte {ours}.").format(
            theirs=listed(theirs, _MOST_GROUPS), ours=listed(ours, _MOST_GROUPS)
        )
        return [_caution(words, *theirs[:_MOST_GROUPS], *ours[:_MOST_GROUPS])]

    def _untried(self, challenge: Challenge, record: Initiative) -> Iterator[Reason]:
        tried = [self._places.municipalities[code] for code in record.tried_in()]
        if not tried:
            return
        for setting in challenge.settings[:1]:
            if setting != Setting.DEPRIVED and not any(_is(municipality, setting) for municipality in tried):
                yield _caution(gettext("Inte prövat i {setting}, vad vi vet.").format(setting=gettext(setting)))


def _caution(text: str, *own: str) -> Reason:
    return Reason(Ground.CAUTION, text, own)


def _first_sentence(text: str) -> str:
    return re.split(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ])", text, maxsplit=1)[0]


def _settings(settings: Sequence[str]) -> list[str]:
    return [gettext(setting) for setting in settings]


def _is(municipality: Municipality, setting: str) -> bool:
    return setting in municipality.settings


def listed(words: list[str] | tuple[str, ...], most: int = 10) -> str:
    """ "a, b och c"; past ``most`` the rest are counted."""
    if len(words) > most:
        return gettext("{first} och {n} till").format(first=", ".join(words[:most]), n=len(words) - most)
    return gettext(" och ").join(filter(None, (", ".join(words[:-1]), words[-1])))


def decapitalised(label: str) -> str:
    """The label as it stands inside a sentence; abbreviations keep their capitals."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]
