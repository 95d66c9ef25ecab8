"""The settings and their page say the same."""

from __future__ import annotations

from pathlib import Path

from api.settings import Settings

PAGE = Path(__file__).resolve().parents[2] / "docs" / "settings.md"


def test_the_page_lists_every_setting_with_its_default_and_description():
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| `PATLAS_")]
    expected = []
    for name, field in Settings.model_fields.items():
        default = "–" if field.default == () else f"`{field.default}`"
        expected.append(f"| `PATLAS_{name.upper()}` | {default} | {field.description} |")
    assert rows == expected


def test_settings_come_from_the_environment(monkeypatch):
    monkeypatch.setenv("PATLAS_PORT", "9000")
    monkeypatch.setenv("PATLAS_MAX_K", "7")
    settings = Settings()
    assert (settings.port, settings.max_k) == (9000, 7)
