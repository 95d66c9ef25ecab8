"""Settings of the service: one described table, read from PATLAS_* variables when the app is made.

Nothing is read at import. Settings that belong to the *data* (encoder, home region) are kept in the
library, not here.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, SecretStr
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from embed.of_library import MEMORY


def _folders(given: object) -> object:
    """Paths in one text, or one path, as several."""
    if isinstance(given, Path):
        return (given,)
    return tuple(filter(None, given.split(os.pathsep))) if isinstance(given, str) else given


class Settings(BaseSettings):
    """What an administrator may set; `docs/settings.md` prints this table and is tested against it."""

    model_config = SettingsConfigDict(env_prefix="PATLAS_", extra="ignore")

    library: Annotated[
        tuple[Path, ...],
        NoDecode,
        BeforeValidator(_folders),
        Field(description="Folders of the libraries that are served, separated as in PATH."),
    ] = ()
    host: Annotated[str, Field(description="Address to listen on; 0.0.0.0 for every interface.")] = (
        "127.0.0.1"
    )
    port: Annotated[int, Field(ge=0, le=65535, description="Port to listen on; 0 takes a free one.")] = 8020
    max_k: Annotated[int, Field(ge=1, description="Most hits that one request may ask for.")] = 200
    max_text: Annotated[
        int, Field(ge=100, description="Longest query text in characters; more is refused, never cut.")
    ] = 100_000
    max_body: Annotated[
        int, Field(ge=1_000, description="Largest body of a request in bytes, an uploaded file included.")
    ] = 50_000_000
    lang: Annotated[
        str,
        Field(description="Language (zh or en) of commands, and of answers where a request prefers neither."),
    ] = "zh"
    log_level: Annotated[str, Field(description="Level of the log on stderr.")] = "info"
    encoder_memory: Annotated[
        int, Field(ge=0, description="Bytes that the encoders of the libraries may take together.")
    ] = MEMORY
    refresh_seconds: Annotated[
        float, Field(ge=0, description="How often a running service looks for a new snapshot, in seconds.")
    ] = 2.0


class MailVariables(BaseSettings):
    """An SMTP server; docs/selections.md prints this table and is tested against it."""

    model_config = SettingsConfigDict(env_prefix="PATLAS_MAIL_", extra="ignore")

    host: Annotated[str, Field(description="SMTP server; no mail is sent without it.")] = ""
    port: Annotated[int, Field(ge=1, le=65535, description="Its port.")] = 25
    security: Annotated[Literal["none", "starttls", "tls"], Field(description="none, starttls or tls.")] = (
        "none"
    )
    user: Annotated[str, Field(description="Empty when the server wants none.")] = ""
    password: Annotated[SecretStr, Field(description="Of that user.")] = SecretStr("")
    sender: Annotated[str, Field(description="Address in From.")] = ""
    recipients: Annotated[str, Field(description="Addresses in To, separated by commas.")] = ""
