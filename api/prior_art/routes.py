"""Prior art of a text, a number, or a draft that is sent."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Response, UploadFile
from pydantic import Field

from api.http.answers import AnswerRoute
from api.http.current import AppSettings, Current
from api.http.files import FILES, Export, Kind, sent
from api.http.parameters import Parameters, takes
from api.prior_art.book import book_of_prior_art
from api.prior_art.prior_art import prior_art
from api.prior_art.question import MOST_BYTES, draft_of_bytes
from api.prior_art.shapes import PriorArtAnswer, PriorArtRequest, PriorArtWanted
from api.search.routes import require_limits
from api.selections.filters import Filters
from documents.book_files import write_book

router = APIRouter(tags=["prior art"], route_class=AnswerRoute)


@takes(PriorArtWanted)
class DraftForm(Parameters):
    """A draft with how to answer; an empty field is one that is left out."""

    file: Annotated[UploadFile, Field(description="docx, pdf or txt")]
    where: Annotated[str, Field(description="检索式 that narrows what is searched")] = ""
    ipc: Annotated[str, Field(description="IPC prefix")] = ""

    def filters(self) -> Filters:
        """The two short filters of the form."""
        return Filters(where=self.where, ipc=(self.ipc,) if self.ipc.strip() else ())


@router.post("/prior-art", responses=FILES)
def find_prior_art(
    request: PriorArtRequest, snapshot: Current, settings: AppSettings, export: Export = None
) -> PriorArtAnswer | Response:
    """What was public before a day and comes closest to a claim, element by element."""
    wanted = request.make(PriorArtWanted)
    require_limits(request.query, wanted.k, settings)
    return _sent(prior_art(snapshot, request.query, request.filters.make(Filters), wanted), export)


@router.post("/prior-art/draft", responses=FILES)
def find_prior_art_of_draft(
    form: Annotated[DraftForm, Form(media_type="multipart/form-data")],
    snapshot: Current,
    settings: AppSettings,
    export: Export = None,
) -> PriorArtAnswer | Response:
    """The same for a draft application: its claims, title and abstract are found in the file."""
    wanted = form.make(PriorArtWanted)
    require_limits("", wanted.k, settings)
    data = form.file.file.read(MOST_BYTES + 1)
    draft = draft_of_bytes(data, form.file.filename or "draft")
    return _sent(prior_art(snapshot, draft, form.filters(), wanted), export)


def _sent(answer: PriorArtAnswer, export: Kind | None) -> PriorArtAnswer | Response:
    if export is None:
        return answer
    return sent(
        lambda path: write_book(book_of_prior_art(answer), path),
        export,
        plain="prior-art",
        name=f"现有技术检索-{answer.asked.title or answer.asked.name}",
    )
