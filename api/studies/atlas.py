"""专利导航 atlas: the chapters of an industry, its chain and its position, written as pictures."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from api.live.snapshot import LiveSnapshot
from api.studies.chain_shapes import AtlasAnswer
from api.studies.chains import chart
from api.studies.industries import Studies, StudyRequest, make_studies
from api.studies.references import NO_REFERENCE, opened_reference
from directions.atlas import write_atlas
from directions.chapters import Scope, make_chapters, position
from directions.facts import Chapter
from directions.reference import PatentReference
from directions.report.report import is_synthetic
from directions.study import Study
from patents.messages import text


@dataclass(frozen=True, slots=True, kw_only=True)
class AtlasRequest:
    """What an atlas is of.

    Attributes:
        industry: a name or `scheme:name`; empty for all patents of `where`.
        where: 检索式; empty for every patent.
        chain: name of a chain, or a YAML file; empty for none.
        reference: see `references.opened_reference`.
        counting: choices of the 口径 as `name=value`.
        period: `2011-2020`.
        title: as printed.
        language: of labels and the page.
    """

    industry: str = ""
    where: str = ""
    chain: str = ""
    reference: str = ""
    counting: tuple[str, ...] = ()
    period: str = ""
    title: str = ""
    language: Literal["zh", "en"] = "zh"


def make_atlas(
    live: LiveSnapshot,
    request: AtlasRequest,
    folder: Path,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> AtlasAnswer:
    """Write the atlas of an industry.

    Raises:
        NotFoundError: there is no such industry or chain.
        QueryError: a 检索式 is wrong.
        MissingFontError: the system has no Chinese font.
    """
    wanted = (request.industry,) if request.industry else ()
    studies = make_studies(
        live,
        StudyRequest(
            where=request.where,
            industries=wanted or None,
            counting=request.counting,
            period=request.period,
            title=request.title,
        ),
    )
    study = studies.parts[0] if request.industry and studies.parts else studies.whole
    chapters, needs = _chapters(live, request, studies, study)
    plates = write_atlas(
        study,
        chapters,
        folder,
        language=request.language,
        synthetic=is_synthetic(study),
        progress=progress,
    )
    pictures = sum(bool(plate.picture) for plate in plates)
    return AtlasAnswer(
        index=str(folder / "index.html"),
        title=study.title,
        count=study.count,
        pictures=pictures,
        tables=len(plates),
        needs=tuple(needs),
    )


def zipped_atlas(live: LiveSnapshot, request: AtlasRequest, folder: str) -> bytes:
    """The same as one zip file, made in a folder that may be thrown away."""
    home = Path(folder)
    make_atlas(live, request, home)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(home.rglob("*")):
            if path.is_file():
                archive.write(path, path.relative_to(home).as_posix())
    return packed.getvalue()


def _chapters(
    live: LiveSnapshot, request: AtlasRequest, studies: Studies, study: Study
) -> tuple[list[Chapter], list[str]]:
    whole = study is studies.whole
    scope = studies.scope() if whole else Scope(studies.scheme, studies.industries, part=True)
    chapters = list(make_chapters(study, scope))
    with opened_reference(live, request.reference, counting=study.counting) as opened:
        needs = [text(NO_REFERENCE)] if opened is None else []
        measured = (
            PatentReference(title=opened.title, study=opened.study)
            if opened is not None and opened.study is not None
            else None
        )
        names = () if request.industry else studies.industries
        chapters.append(position.chapter(studies.whole, studies.scheme, names, reference=measured))
    if request.chain:
        counted = chart(
            live, request.chain, request.where, reference=request.reference, counting=study.counting
        )
        chapters.append(counted.chapter)
    return chapters, needs
