"""Prior art of a text, a number, or a draft that is sent."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Response, UploadFile
from pydantic import ConfigDict, Field

from api.http.current import AppSettings, Current
from api.http.files import FILES, Export, Kind, sent
from api.live.snapshot import LiveSnapshot
from api.prior_art import prior_art
from api.prior_art.answer import PriorArt
from api.prior_art.shapes import PriorArtAnswer, PriorArtFields, PriorArtRequest
from api.service import result_exporting
from api.settings import Settings
from patents.drafts import MOST_BYTES, draft_of_bytes
from patents.errors import InputError
from selection.filters import Filters

router = APIRouter(tags=["prior art"])


class DraftForm(PriorArtFields):
    """A draft with how to answer; an empty field is one that is left out."""

    model_config = ConfigDict(extra="forbid")

    file: Annotated[UploadFile, Field(description="docx, pdf or txt")]
    where: Annotated[str, Field(description="检索式 that narrows what is searched")] = ""
    ipc: Annotated[str, Field(description="IPC prefix")] = ""

    def as_filters(self) -> Filters:
        """The two short filters of the form."""
        return Filters(where=self.where, ipc=(self.ipc,) if self.ipc.strip() else ())


@router.post("/prior-art", response_model=PriorArtAnswer, responses=FILES)
def find_prior_art(
    request: PriorArtRequest, snapshot: Current, settings: AppSettings, export: Export = None
) -> PriorArtAnswer | Response:
    """What was public before a day and comes closest to a claim, element by element."""
    _check(request, len(request.query), settings)
    found = prior_art.prior_art(snapshot, request.query, request.filters.to(Filters), request.as_wanted())
    return _answer(snapshot, found, export)


@router.post("/prior-art/draft", response_model=PriorArtAnswer, responses=FILES)
def find_prior_art_of_draft(
    form: Annotated[DraftForm, Form(media_type="multipart/form-data")],
    snapshot: Current,
    settings: AppSettings,
    export: Export = None,
) -> PriorArtAnswer | Response:
    """The same for a draft application: its claims, title and abstract are found in the file."""
    _check(form, 0, settings)
    data = form.file.file.read(MOST_BYTES + 1)
    draft = draft_of_bytes(data, form.file.filename or "draft")
    found = prior_art.prior_art(snapshot, draft, form.as_filters(), form.as_wanted())
    return _answer(snapshot, found, export)


def _answer(snapshot: LiveSnapshot, found: PriorArt, export: Kind | None) -> PriorArtAnswer | Response:
    if export is None:
        return PriorArtAnswer.model_validate(found)
    return sent(
        lambda path: result_exporting.export_prior_art(found, path),
        export,
        plain="prior-art",
        name=f"现有技术检索-{found.asked.title or found.asked.name}",
    )


def _check(wanted: PriorArtFields, length: int, settings: Settings) -> None:
    if wanted.k > settings.max_k:
        raise InputError(
            f"k is {wanted.k}, at most {settings.max_k}", help="ask for fewer, or raise PATLAS_MAX_K"
        )
    if length > settings.max_text:
        raise InputError(
            f"the query has {length} characters, at most {settings.max_text}",
            help="send the draft as a file, or raise PATLAS_MAX_TEXT",
        )
