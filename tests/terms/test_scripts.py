"""In which script a text is written; formulas, standards and models are of none."""

from __future__ import annotations

import pytest

from terms.scripts import script_of


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("一种降低铝电解槽能耗的阴极结构", "han"),
        ("基于GPT-4的专利检索方法", "han"),
        ("采用 deep learning 的缺陷检测方法及系统", "han"),
        ("A method for producing aluminium by electrolysis", "latin"),
        ("Verfahren zur Herstellung von Aluminium", "latin"),
        ("リチウムイオン電池の正極材料及びその製造方法", "kana"),
        ("리튬 이온 배터리용 양극 활물질", "hangul"),
        ("Способ получения алюминия электролизом", "cyrillic"),
        ("สวัสดีครับ วันนี้อากาศดีมาก", "other"),
        ("مرحبا كيف حالك اليوم", "other"),
    ],
)
def test_prose_is_of_the_script_of_most_of_it(text, script):
    assert script_of(text) == script


@pytest.mark.parametrize(
    "text",
    ["CO2", "Al2O3", "LiFePO4", "IL-6", "COVID-19", "GPT-4", "PM2.5", "ISO9001", "graphene", ""],
)
def test_what_holds_no_prose_is_of_no_script(text):
    assert script_of(text) is None
