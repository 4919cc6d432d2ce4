"""Failures in words, for whoever meets them: what happened, what was kept, what to do.

One sentence or two on one line, so that the page and the command line can say the same.
They are Swedish unless a page's reader has asked for another language; those that only an operator meets are always Swedish.
"""

from functools import singledispatch

from registry import errors
from registry.language import gettext, later

_SENT = {"behov": later("behov"), "tips": later("tips")}


def for_visitors(error: Exception) -> str:
    """What to tell somebody who visits the service: paths and processes of the machine stay out of it."""
    if isinstance(error, errors.RegistryUnavailable):
        return gettext(
            "Registret går inte att öppna just nu. Inget har gått förlorat. Försök igen om en stund. "
            "Den som driver tjänsten ser orsaken i terminalen."
        )
    return in_swedish(error)


@singledispatch
def in_swedish(error: Exception) -> str:
    """What to tell the reader about ``error``."""
    words = gettext(
        "Något oväntat hände ({kind}). Inget har ändrats. Försök igen, och meddela MSI om det händer fler gånger."
    )
    return words.format(kind=type(error).__name__)


@in_swedish.register
def _(error: errors.RecordInvalid) -> str:
    return gettext("{error.where}: {error.field}: {error.reason}. Rätta fältet och försök igen.").format(error=error)


@in_swedish.register
def _(error: errors.RecordNotFound) -> str:
    return gettext("Det finns inget initiativ med beteckningen {error.id}. Sök på namnet i stället.").format(
        error=error
    )


@in_swedish.register
def _(error: errors.RecordExists) -> str:
    return gettext(
        "Det finns redan ett initiativ med beteckningen {error.id}. Inget har sparats. Välj en annan beteckning."
    ).format(error=error)


@in_swedish.register
def _(error: errors.EditConflict) -> str:
    return gettext(
        "{error.id} har ändrats av någon annan sedan ni öppnade det (version {error.seen_revision} är nu "
        "{error.current_revision}). Inget har skrivits över. Jämför versionerna och spara igen."
    ).format(error=error)


@in_swedish.register
def _(error: errors.RevisionNotFound) -> str:
    return gettext(
        "{error.id} har ingen version {error.revision}. Inget har ändrats. Välj en version ur historiken."
    ).format(error=error)


@in_swedish.register
def _(error: errors.ProposalNotFound) -> str:
    return gettext("Förslaget {error.id} finns inte, eller har raderats. Gå till Redaktion och välj ur listan.").format(
        error=error
    )


@in_swedish.register
def _(error: errors.DraftConflict) -> str:
    return gettext(
        "Någon annan har ändrat förslaget sedan ni öppnade det. Inget har skrivits över, och det ni skrev finns kvar "
        "på sidan. Jämför de två versionerna, välj fält för fält och spara igen."
    )


@in_swedish.register
def _(error: errors.NotInThisState) -> str:
    return gettext(
        "Det går inte att {wanted} nu, eftersom läget är {state}. Någon annan kan ha hunnit före. "
        "Inget har ändrats. Läs in sidan på nytt."
    ).format(wanted=gettext(error.wanted), state=gettext(error.state))


@in_swedish.register
def _(error: errors.ErasureUnconfirmed) -> str:
    return gettext("Inget har raderats. Skriv beteckningen {error.id} precis så i rutan för att bekräfta.").format(
        error=error
    )


@in_swedish.register
def _(error: errors.ReasonMissing) -> str:
    return gettext("Skriv en motivering, så att andra förstår varför. Inget har ändrats.")


@in_swedish.register
def _(error: errors.NotAllowed) -> str:
    if not error.signed_in:
        words = gettext("Logga in för att {act}. Inget har ändrats, och det ni skrev finns kvar på sidan.")
        return words.format(act=gettext(error.act))
    return gettext(
        "Ni har inte behörighet att {act}: det kräver rollen {duty}. Inget har ändrats, och det ni skrev "
        "finns kvar på sidan. Be en administratör om rollen."
    ).format(act=gettext(error.act), duty=gettext(error.needs))


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
def _(error: errors.BackupDamaged) -> str:
    return f"{error.path} går inte att använda som säkerhetskopia ({error.detail}). Inget har ändrats. Välj en annan kopia."


@in_swedish.register
def _(error: errors.BackupUnprovable) -> str:
    return f"Tabellen {error.table} går inte att kopiera ({error.detail}). Ingen säkerhetskopia har skrivits. Meddela utvecklarna."


@in_swedish.register
def _(error: errors.BackupNotAnswered) -> str:
    return (
        f"Tjänsten som använder {error.path} lämnar ingen säkerhetskopia ({error.detail}). Ingen kopia har skrivits. "
        "Se efter att den går som den ska, eller stoppa den och försök igen."
    )


@in_swedish.register
def _(error: errors.HomeNotEmpty) -> str:
    return (
        f"Det finns redan en databas: {error.path}. Inget har ändrats. "
        "Lägg till --ersatt för att byta ut den; den gamla flyttas då åt sidan."
    )


@in_swedish.register
def _(_error: errors.DutyUnknown) -> str:
    return gettext(
        "Det gick inte att kontrollera er roll, så inget har ändrats. Det ni skrev finns kvar. Försök igen om en stund."
    )


@in_swedish.register
def _(error: errors.UnknownMunicipality) -> str:
    words = gettext("Det finns ingen kommun som heter {error.name}.").format(error=error)
    if not error.nearest:
        return words
    return f"{words} {gettext('Menar ni {names}?').format(names=gettext(' eller ').join(error.nearest))}"


@in_swedish.register
def _(error: errors.UnknownTerm) -> str:
    return gettext("{error.id} finns inte i ordlistan {error.vocabulary}. Välj ett värde ur listan.").format(
        error=error
    )


@in_swedish.register
def _(error: errors.AddressInvalid) -> str:
    return f"{error.address or 'Det tomma värdet'} är ingen adress som går att använda här. Den som driver tjänsten anger den rätta i {error.setting}."


@in_swedish.register
def _(error: errors.FeedbackFull) -> str:
    if error.scope == "visit":
        return gettext(
            "Tack, ni har svarat {error.most} gånger. Fler svar sparas inte under det här besöket, men ni kan ändra dem ni gett."
        ).format(error=error)
    return gettext("Svaret sparades inte: fler svar tas inte emot i dag. Försök igen i morgon.")


@in_swedish.register
def _(error: errors.FeedbackNotSaved) -> str:
    return gettext("Det gick inte att spara just nu. Träffen påverkas inte. Försök igen om en stund.")


@in_swedish.register
def _(error: errors.FileTooLarge) -> str:
    return (
        gettext(
            "Filen {file} är för stor: {size:.1f} MB. Vi tar emot högst {limit} MB. "
            "Inget har importerats. Dela filen och importera delarna var för sig."
        )
    ).format(file=error.file, size=error.size / 1048576, limit=error.limit // 1048576)


@in_swedish.register
def _(error: errors.TooManyRows) -> str:
    limit = f"{error.limit:,}".replace(",", "\u00a0")
    words = gettext(
        "Filen {file} har fler än {limit} rader. Inget har importerats. Dela filen och importera delarna var för sig."
    )
    return words.format(file=error.file, limit=limit)


@in_swedish.register
def _(error: errors.TableUnreadable) -> str:
    return gettext(
        "Filen {error.file} går inte att läsa: {error.reason}. Inget har importerats. Rätta filen och försök igen."
    ).format(error=error)


@in_swedish.register
def _(error: errors.ColumnMissing) -> str:
    return gettext(
        "Ingen kolumn är vald för {error.what}. Välj vilken kolumn i filen som innehåller uppgiften."
    ).format(error=error)


@in_swedish.register
def _(error: errors.ImportHasErrors) -> str:
    return gettext(
        "{error.wrong} av {error.rows} rader har fel, så inget har importerats. Rätta raderna i filen, "
        "eller välj att importera de rader som går."
    ).format(error=error)


@in_swedish.register
def _(_error: errors.ImportOutdated) -> str:
    return gettext(
        "Registret har ändrats sedan förhandsgranskningen gjordes. Inget har importerats. Granska filen på nytt."
    )


@in_swedish.register
def _(error: errors.AnswersUnreadable) -> str:
    what = {
        "large": gettext("Filen är för stor för att vara svaren från en mottagarkoll (högst 100 kB)"),
        "other": gettext("Filen är inte svaren från en mottagarkoll"),
        "version": gettext("Filen är sparad i en version som den här tjänsten inte läser"),
        "damaged": gettext("Filen är skadad eller ändrad"),
    }[error.reason]
    words = gettext(
        "{what}. Inga svar har ändrats. Välj filen som ni laddade ner från mottagarkollen, eller svara på frågorna här."
    )
    return words.format(what=what)


@in_swedish.register
def _(_error: errors.NothingWritten) -> str:
    return gettext("Det finns ingen text att skicka. Inget har sparats. Skriv några meningar och skicka igen.")


@in_swedish.register
def _(error: errors.TextTooLong) -> str:
    length, limit = (f"{number:,}".replace(",", "\u00a0") for number in (error.length, error.limit))
    words = gettext(
        "Texten är för lång: {length} tecken. Högst {limit} tecken går att spara. Inget har sparats. "
        "Korta texten och skicka igen."
    )
    return words.format(length=length, limit=limit)


@in_swedish.register
def _(error: errors.PersonalDataFound) -> str:
    return (
        gettext(
            "Texten innehåller {kind}: ”{found}” (tecken {first}–{last}). "
            "Personuppgifter får inte stå i registret, så inget har sparats. Ta bort uppgiften och skicka igen."
        )
    ).format(
        kind=gettext(error.kind),
        found=error.found,
        first=error.position,
        last=error.position + len(error.found) - 1,
    )


@in_swedish.register
def _(error: errors.SendingFull) -> str:
    if error.scope == "visit":
        words = gettext(
            "Tack, ni har skickat {most} {kind} under det här besöket, och fler tas inte emot nu. "
            "Det ni redan skickat är sparat. Återkom en annan dag om ni har fler."
        )
        return words.format(most=error.most, kind=gettext(_SENT[error.kind]))
    words = gettext(
        "Fler {kind} tas inte emot i dag. Det ni skrev är inte sparat; spara det hos er och försök igen i morgon."
    )
    return words.format(kind=gettext(_SENT[error.kind]))


@in_swedish.register
def _(error: errors.NeedNotFound) -> str:
    return gettext("Det anmälda behovet {error.id} finns inte, eller har tagits bort. Läs in sidan på nytt.").format(
        error=error
    )


@in_swedish.register
def _(_error: errors.NetworkUnreachable) -> str:
    return gettext(
        "Inga webbplatser går att nå härifrån just nu, så inget har sparats om länkarna. Kontrollera nätet och försök igen."
    )
