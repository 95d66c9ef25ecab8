"""Fixtures that every room's tests may use."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from patents.messages import in_language

# What a property test tries is the same on every run and no clock decides: `make test` never fails by
# chance. `make fuzz` explores (PATLAS_HYPOTHESIS=random).
_SLOW = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large]
settings.register_profile(
    "fixed", derandomize=True, deadline=None, database=None, suppress_health_check=_SLOW
)
settings.register_profile(
    "random", deadline=None, database=None, suppress_health_check=_SLOW, print_blob=True
)
settings.load_profile(os.environ.get("PATLAS_HYPOTHESIS", "fixed"))

CHECKOUT = Path(__file__).resolve().parent.parent


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Tests read messages in English, whatever the machine speaks."""
    with in_language("en"):
        yield


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Folder of public patent data beside the checkout; tests that need it skip without it."""
    folder = Path(os.environ.get("PATLAS_TEST_DATA", CHECKOUT.parent / "shared"))
    if not (folder / "data" / "patents.parquet").exists():
        pytest.skip(f"no public patent data at {folder}; set PATLAS_TEST_DATA to its folder")
    return folder


@pytest.fixture(scope="session")
def with_chinese_font() -> None:
    """Tests that draw figures skip on a system without a font that has Chinese characters."""
    from directions.figures import chinese_font
    from patents.errors import MissingFontError

    try:
        chinese_font()
    except MissingFontError as error:
        pytest.skip(f"{error.what}; {error.help}")
