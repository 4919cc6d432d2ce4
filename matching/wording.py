"""Matching's failures in words, added to the registry's."""

from matching import errors
from registry.language import gettext
from registry.wording import for_visitors, in_swedish

__all__ = ["for_visitors", "in_swedish"]


@in_swedish.register
def _(error: errors.ChallengeEmpty) -> str:
    return gettext("Det finns inget ord att söka på. Skriv vilka det gäller och vad som behöver bli bättre.")


@in_swedish.register
def _(error: errors.ChallengeTooShort) -> str:
    return gettext("En bokstav räcker inte. Skriv några ord om utmaningen.")


@in_swedish.register
def _(error: errors.ChallengeTooLong) -> str:
    length, limit = (f"{number:,}".replace(",", "\u00a0") for number in (error.length, error.limit))
    words = gettext(
        "Texten är för lång: {length} tecken. Högst {limit} tecken går att söka på. "
        "Klistra in det stycke som beskriver behovet."
    )
    return words.format(length=length, limit=limit)


@in_swedish.register
def _(error: errors.ModelUnavailable) -> str:
    detail = f" ({error.detail})" if error.detail else ""
    return (
        f"Språkmodellen {error.model} går inte att läsa in{detail}. "
        "Ange en mapp eller ett namn som finns i SPRIDBART_MODEL, eller ta bort variabeln för att använda den medföljande."
    )


@in_swedish.register
def _(error: errors.CasesInvalid) -> str:
    return f"{error.path}, rad {error.line}: {error.reason}. Varje rad ska vara ett JSON-objekt med id och query."
