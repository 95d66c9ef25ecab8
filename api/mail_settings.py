"""Where watch mail goes out: PATLAS_MAIL_* variables, read when mail may be sent."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


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
