"""What FastAPI's OpenAPI document would get wrong, put right."""

from typing import Any

from fastapi import FastAPI

from api.problems import MEDIA_TYPE

_UPDATED_AT = {
    "type": "string",
    "description": "När posten senast ändrades: UTC, utan utskriven tidszon.",
    "examples": ["2026-11-22T12:00:00"],
}


def describe(api: FastAPI) -> None:
    """Makes the document of ``api`` say what is sent: problems as problems, and times without a zone as such."""
    written_by_fastapi = api.openapi

    def document() -> dict[str, Any]:
        described = written_by_fastapi()
        described["components"]["schemas"]["Initiative"]["properties"]["updated_at"] = _UPDATED_AT
        for path in described["paths"].values():
            for operation in path.values():
                _correct(operation["responses"])
        return described

    api.openapi = document  # type: ignore[method-assign]


def _correct(answers: dict[str, Any]) -> None:
    for status, answer in answers.items():
        if status.startswith(("4", "5")) and "application/json" in answer.get("content", {}):
            answer["content"] = {MEDIA_TYPE: answer["content"].pop("application/json")}
