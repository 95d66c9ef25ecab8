"""Patent offices as exports name them: Chinese names and codes → two-letter codes (WIPO ST.3)."""

from __future__ import annotations

from patents.office_codes import OFFICES

_NAMES: dict[str, str] = dict(
    pair.split("=")
    for pair in """
    中国=CN 中国香港=HK 香港=HK 中国台湾=TW 台湾=TW 中国澳门=MO 澳门=MO 美国=US
    日本=JP 韩国=KR 德国=DE 法国=FR 英国=GB 俄罗斯=RU 世界知识产权组织=WO 欧洲专利局=EP
    欧亚专利局=EA 印度=IN 巴西=BR 加拿大=CA 澳大利亚=AU 西班牙=ES 意大利=IT 奥地利=AT
    瑞士=CH 比利时=BE 荷兰=NL 瑞典=SE 丹麦=DK 挪威=NO 芬兰=FI 波兰=PL 罗马尼亚=RO
    乌克兰=UA 以色列=IL 印度尼西亚=ID 斯洛文尼亚=SI 亚美尼亚=AM 泰国=TH 土耳其=TR 越南=VN
    白俄罗斯=BY 墨西哥=MX 保加利亚=BG 克罗地亚=HR 新加坡=SG 马来西亚=MY 菲律宾=PH 南非=ZA
    新西兰=NZ 捷克=CZ 匈牙利=HU 葡萄牙=PT 希腊=GR 爱尔兰=IE 苏联=SU 阿根廷=AR
    """.split()
)
"""Chinese name → code."""


def office_code(text: str) -> str | None:
    """The two-letter code of an office given by code or Chinese name; None when it is not known."""
    text = text.strip()
    if len(text) == 2 and text.upper() in OFFICES:
        return text.upper()
    return _NAMES.get(text.partition("(")[0].partition("（")[0].strip()) or _NAMES.get(text)
