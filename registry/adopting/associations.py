"""Samordningsförbund whose members a source names: municipalities that already decide and pay for things together."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml

from registry.errors import CatalogueDamaged, CatalogueMissing
from registry.files import parse_yaml
from registry.vocabulary import DATA


@dataclass(frozen=True)
class Association:
    """A samordningsförbund and its municipalities, by code, as far as the source says.

    ``whole`` is whether the source names all of them; ``says`` is what it says.
    """

    name: str
    municipalities: tuple[str, ...]
    whole: bool
    says: str
    source_title: str
    source_address: str


@dataclass(frozen=True)
class Associations:
    """All that are known. A municipality without one may be a member of one that no source here names."""

    known: tuple[Association, ...]

    def of(self, municipality: str) -> Association | None:
        """The association of the municipality with this code, if a source names it."""
        return self._by_municipality.get(municipality)

    @cached_property
    def _by_municipality(self) -> dict[str, Association]:
        return {code: association for association in self.known for code in association.municipalities}


def load_associations(path: Path = DATA / "places" / "samordningsforbund.yaml") -> Associations:
    """Reads the associations.

    Raises:
        CatalogueMissing: the file is not there.
        CatalogueDamaged: the file is not the YAML it should be.
    """
    try:
        rows = parse_yaml(path.read_text(encoding="utf-8"))
        return Associations(
            tuple(Association(**{**row, "municipalities": tuple(row["municipalities"])}) for row in rows)
        )
    except FileNotFoundError:
        raise CatalogueMissing(path) from None
    except (yaml.YAMLError, TypeError, KeyError) as error:
        raise CatalogueDamaged(path, str(error).splitlines()[0]) from error
