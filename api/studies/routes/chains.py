"""产业链, comparisons and the 专利导航 atlas over HTTP."""

from __future__ import annotations

from tempfile import TemporaryDirectory
from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.http.answers import AnswerRoute
from api.http.current import Current
from api.studies import chains as chain_service
from api.studies import compare as compare_service
from api.studies.atlas import AtlasRequest, zipped_atlas
from api.studies.chain_shapes import (
    AtlasQuery,
    ChainAnswer,
    ChainListAnswer,
    ChainQuery,
    CompareAnswer,
    CompareQuery,
)
from api.studies.industries import read_counting
from api.studies.references import from_outside

router = APIRouter(tags=["产业链"], route_class=AnswerRoute)


@router.get("/chains")
def chains(snapshot: Current) -> ChainListAnswer:
    """The chains of the library: its own and the shipped ones."""
    return chain_service.chains(snapshot)


@router.get("/chains/{name}")
def chain(snapshot: Current, name: str, asked: Annotated[ChainQuery, Query()]) -> ChainAnswer:
    """A chain counted: nodes, standing against a reference, holders, coverage."""
    counted = chain_service.chart(
        snapshot,
        chain_service.known_name(snapshot, name),
        asked.where,
        reference=from_outside(asked.reference),
        holders=asked.holder,
        alliance=asked.alliance,
        counting=read_counting(asked.count),
    )
    return counted.answer(asked.language)


@router.get("/compare")
def compare(snapshot: Current, asked: Annotated[CompareQuery, Query()]) -> CompareAnswer:
    """Two to six sides next to each other: main figures, years, classes."""
    compared = compare_service.compare(snapshot, asked.side, asked.where, counting=read_counting(asked.count))
    return compared.answer(asked.language)


@router.get("/atlas", response_class=Response, responses={200: {"content": {"application/zip": {}}}})
def atlas(snapshot: Current, asked: Annotated[AtlasQuery, Query()]) -> Response:
    """The atlas as a zip file: four folders of figures with their data, and an index page."""
    request = AtlasRequest(
        industry=asked.industry,
        where=asked.where,
        chain=chain_service.known_name(snapshot, asked.chain) if asked.chain else "",
        reference=from_outside(asked.reference),
        counting=tuple(asked.count),
        period=asked.period,
        language=asked.language,
    )
    with TemporaryDirectory() as folder:
        content = zipped_atlas(snapshot, request, folder)
    headers = {"Content-Disposition": 'attachment; filename="atlas.zip"'}
    return Response(content, media_type="application/zip", headers=headers)
