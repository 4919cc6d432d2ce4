"""Failures in Swedish, for whoever meets them: what happened, what was kept, what to do.

One sentence or two on one line, so that the page and the command line can say the same.
"""

from functools import singledispatch

from registry import errors


def for_visitors(error: Exception) -> str:
    """What to tell somebody who visits the service: paths and processes of the machine stay out of it."""
    if isinstance(error, errors.RegistryUnavailable):
        return (
            "Registret går inte att öppna just nu. Inget har gått förlorat. Försök igen om en stund. "
            "Den som driver tjänsten ser orsaken i terminalen."
        )
    return in_swedish(error)


@singledispatch
def in_swedish(error: Exception) -> str:
    """What to tell the reader about ``error``."""
    return f"Något oväntat hände ({type(error).__name__}). Inget har ändrats. Försök igen, och meddela MSI om det händer fler gånger."


@in_swedish.register
def _(error: errors.RecordInvalid) -> str:
    return f"{error.where}: {error.field}: {error.reason}. Rätta fältet och försök igen."


@in_swedish.register
def _(error: errors.RecordNotFound) -> str:
    return f"Det finns inget initiativ med beteckningen {error.id}. Sök på namnet i stället."


@in_swedish.register
def _(error: errors.RecordExists) -> str:
    return f"Det finns redan ett initiativ med beteckningen {error.id}. Inget har sparats. Välj en annan beteckning."


@in_swedish.register
def _(error: errors.EditConflict) -> str:
    return (
        f"{error.id} har ändrats av någon annan sedan ni öppnade det (version {error.seen_revision} är nu "
        f"{error.current_revision}). Inget har skrivits över. Jämför versionerna och spara igen."
    )


@in_swedish.register
def _(error: errors.CatalogueMissing) -> str:
    return f"Filen {error.path} saknas. Hämta hem projektet på nytt eller kör: python -m registry compile"


@in_swedish.register
def _(error: errors.CatalogueDamaged) -> str:
    return f"Filen {error.path} går inte att läsa ({error.detail}). Kör: python -m registry compile, eller hämta hem filen på nytt."


@in_swedish.register
def _(error: errors.StorageUnwritable) -> str:
    return (
        f"Det går inte att skriva i mappen {error.path} ({error.detail}). "
        "Ge skrivrätt till mappen eller välj en annan med SPRIDBART_HOME."
    )


@in_swedish.register
def _(error: errors.StoreBusy) -> str:
    return (
        f"Databasen {error.path} används redan av {error.holder}. "
        "Stäng det programmet, eller välj en annan mapp med SPRIDBART_HOME."
    )


@in_swedish.register
def _(error: errors.StoreDamaged) -> str:
    return (
        f"Databasen {error.path} går inte att läsa ({error.detail}). "
        "Flytta undan filen och starta om: registret fylls då ur den medföljande katalogen."
    )


@in_swedish.register
def _(error: errors.UnknownMunicipality) -> str:
    hint = f" Menar ni {' eller '.join(error.nearest)}?" if error.nearest else ""
    return f"Det finns ingen kommun som heter {error.name}.{hint}"


@in_swedish.register
def _(error: errors.UnknownTerm) -> str:
    return f"{error.id} finns inte i ordlistan {error.vocabulary}. Välj ett värde ur listan."


@in_swedish.register
def _(error: errors.FeedbackFull) -> str:
    if error.scope == "visit":
        return f"Tack, ni har svarat {error.most} gånger. Fler svar sparas inte under det här besöket, men ni kan ändra dem ni gett."
    return "Svaret sparades inte: fler svar tas inte emot i dag. Försök igen i morgon."


@in_swedish.register
def _(error: errors.FeedbackNotSaved) -> str:
    return "Det gick inte att spara just nu. Träffen påverkas inte. Försök igen om en stund."
