"""What is answered when a request cannot be: problem details (RFC 9457) with a sentence in Swedish."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from matching.errors import ChallengeTooLong, MatchingError
from matching.wording import for_visitors
from registry.errors import AddressInvalid, RecordNotFound, RegistryError, UnknownMunicipality, UnknownTerm

MEDIA_TYPE = "application/problem+json"

_TITLES = {
    400: "Felaktig fråga",
    404: "Finns inte",
    405: "Går inte att göra här",
    413: "För mycket text",
    422: "Går inte att läsa",
    429: "För många frågor",
    500: "Något oväntat hände",
    503: "Registret är inte öppet",
}
_DETAILS = {
    400: "Frågan går inte att läsa: den ska vara JSON, skriven i UTF-8.",
    404: "Det finns inget på den adressen. Adresserna står i /api/v1/openapi.json.",
    405: "Den adressen svarar inte på den metoden. Metoderna står i /api/v1/openapi.json.",
}
_STATUS: dict[type[Exception], int] = {
    AddressInvalid: 400,
    RecordNotFound: 404,
    UnknownTerm: 404,
    ChallengeTooLong: 413,
    UnknownMunicipality: 422,
    MatchingError: 422,
}
_REASONS = {
    "missing": "saknas",
    "extra_forbidden": "är inget som går att fråga efter",
    "literal_error": "är inte ett av värdena i openapi.json",
    "enum": "är inte ett av värdena i openapi.json",
    "int_parsing": "ska vara ett heltal",
    "int_type": "ska vara ett heltal",
    "bool_parsing": "ska vara true eller false",
    "string_type": "ska vara text",
    "string_too_long": "får ha högst {max_length} tecken",
    "greater_than_equal": "ska vara minst {ge}",
    "less_than_equal": "ska vara högst {le}",
    "json_invalid": "är inte giltig JSON",
}


class Problem(BaseModel):
    """What went wrong and what to do, in Swedish."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "about:blank",
                    "title": "Finns inte",
                    "status": 404,
                    "detail": "Det finns inget initiativ med beteckningen odling. Sök på namnet i stället.",
                }
            ]
        }
    )

    type: str = "about:blank"
    title: str = Field(description="Vad slags fel det är.")
    status: int = Field(description="Samma tal som svarets status.")
    detail: str = Field(description="Vad som hände och vad ni kan göra.")


def problem(status: int, detail: str = "", headers: Mapping[str, str] | None = None) -> JSONResponse:
    """The answer for ``status``; without ``detail`` the sentence that goes with the status."""
    title = _TITLES.get(status) or HTTPStatus(status).phrase
    content = Problem(title=title, status=status, detail=detail or _DETAILS.get(status, title))
    return JSONResponse(content.model_dump(), status, headers, MEDIA_TYPE)


def failed(error: Exception) -> JSONResponse:
    """The answer for an expected failure of the registry or of matching."""
    status = next((_STATUS[kind] for kind in type(error).__mro__ if kind in _STATUS), 503)
    return problem(status, for_visitors(error))


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """These statuses as FastAPI documents them."""
    return {status: {"model": Problem, "description": _TITLES[status]} for status in statuses}


def answer_problems(api: FastAPI) -> None:
    """Makes every failure in ``api`` a problem."""
    for kind in (RegistryError, MatchingError):
        api.add_exception_handler(kind, lambda _, error: failed(error))
    api.add_exception_handler(RequestValidationError, _unreadable)  # type: ignore[arg-type]
    api.add_exception_handler(HTTPException, _refused)  # type: ignore[arg-type]
    api.add_exception_handler(Exception, lambda _, error: problem(500, for_visitors(error)))


def _unreadable(_: Request, error: RequestValidationError) -> JSONResponse:
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"][1:]) or "texten"
    reason = _REASONS.get(first["type"], "har fel form").format(**first.get("ctx", {}))
    return problem(422, f"Frågan går inte att läsa: {where} {reason}.")


def _refused(_: Request, error: HTTPException) -> JSONResponse:
    # Only what we raise ourselves has words of our own; Starlette's are English.
    ours = error.detail if error.status_code not in _DETAILS else ""
    return problem(error.status_code, ours, error.headers)
