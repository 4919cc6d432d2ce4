"""The closed sets of values that a record's fields take; what is shown is the value itself."""

from enum import StrEnum


class Role(StrEnum):
    """What the record is to the registry; only an initiative is offered as a match in itself."""

    INITIATIVE = "initiativ"
    METHOD_IN_PROJECT = "metod i projekt"
    ACTOR = "aktör"
    CONCEPT = "koncept"
    SUPPORT = "stödstruktur"
    PROGRAMME = "policyprogram"
    INTERNATIONAL_MODEL = "internationell förebild"
    NEED_IDEA = "idé från behovslistan"


class Form(StrEnum):
    """What kind of thing it is."""

    METHOD = "metod"
    MODEL = "modell"
    ACTIVITY = "verksamhet"
    COLLABORATION = "samarbete"
    PRODUCT = "produkt"
    SERVICE = "tjänst"
    FINANCE = "finansiering"


class Sector(StrEnum):
    """Who runs it."""

    PUBLIC = "offentlig sektor"
    CIVIL_SOCIETY = "civilsamhälle"
    BUSINESS = "näringsliv"
    ACADEMIA = "akademi"


class Setting(StrEnum):
    """The kind of place it is meant for."""

    SPARSE = "glesbygd"
    RURAL = "landsbygd"
    SMALL_TOWN = "mindre ort"
    TOWN = "stad"
    METROPOLITAN = "storstad"
    DEPRIVED = "utsatt område"


class Operation(StrEnum):
    """Whether it runs today."""

    RUNNING = "pågår"
    REGULAR = "i ordinarie drift"
    PAUSED = "pausad"
    ENDED = "avslutad"
    UNKNOWN = "okänt"


class Maturity(StrEnum):
    """How far it has come towards being taken up by others."""

    NOT_ASSESSED = "ej bedömd"
    IDEA = "idé"
    TRIED = "prövad"
    PACKAGED = "paketerad"
    SPREAD = "spridd"
    REGULAR = "ordinarie drift"


class Evidence(StrEnum):
    """What its effects rest on. To be mentioned is not evidence."""

    NOT_ASSESSED = "ej bedömd"
    DESCRIBED = "beskriven"
    EXPERIENCE = "beprövad erfarenhet"
    BEFORE_AFTER = "före-efter-mätning"
    CONTROL_GROUP = "kontrollgrupp"
    REPLICATED = "replikerad"


class Basis(StrEnum):
    """What a statement rests on."""

    DOCUMENT = "underlag"
    PUBLIC = "publik källa"
    EDITORIAL = "redaktionell bedömning"


class Status(StrEnum):
    """Where the record is on its way to the reader."""

    DRAFT = "förslag"
    IN_REVIEW = "granskning"
    PUBLISHED = "publicerad"
    ARCHIVED = "arkiverad"
