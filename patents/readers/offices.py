"""Patent offices as exports name them: names, abbreviations and codes → two-letter codes (WIPO ST.3)."""

from __future__ import annotations

import re
from functools import lru_cache

from patents.characters import simplified
from patents.half_width import fold
from patents.office_codes import OFFICES

_NAMES: dict[str, str] = dict(
    pair.split("=")
    for pair in """
    中国=CN 国内=CN 中国大陆=CN 大陆=CN 中华人民共和国=CN CHN=CN 国家知识产权局=CN
    中国国家知识产权局=CN 中国香港=HK 香港=HK 中国台湾=TW 台湾=TW
    中国台湾省=TW 台湾地区=TW 中国澳门=MO 澳门=MO 美国=US 美国专利商标局=US 日本=JP 日本特许厅=JP
    韩国=KR 德国=DE 法国=FR 英国=GB 俄罗斯=RU 俄罗斯联邦=RU 世界知识产权组织=WO 国际局=WO
    世界知识产权组织国际局=WO PCT=WO 欧洲专利局=EP 欧专局=EP 欧洲=EP 欧亚专利局=EA 欧亚专利组织=EA
    印度=IN 巴西=BR 加拿大=CA 澳大利亚=AU 西班牙=ES 意大利=IT 奥地利=AT 瑞士=CH 比利时=BE 荷兰=NL
    瑞典=SE 丹麦=DK 挪威=NO 芬兰=FI 波兰=PL 罗马尼亚=RO 卢森堡=LU 冰岛=IS 斯洛伐克=SK 乌克兰=UA
    以色列=IL 印度尼西亚=ID 斯洛文尼亚=SI 亚美尼亚=AM 泰国=TH 土耳其=TR 越南=VN 塞尔维亚=RS
    立陶宛=LT 白俄罗斯=BY 墨西哥=MX 保加利亚=BG 克罗地亚=HR 新加坡=SG 马来西亚=MY 菲律宾=PH 南非=ZA
    智利=CL 哥伦比亚=CO 新西兰=NZ 捷克=CZ 匈牙利=HU 葡萄牙=PT 希腊=GR 爱尔兰=IE 苏联=SU 阿根廷=AR
    秘鲁=PE 埃及=EG 摩洛哥=MA 东德=DD 沙特阿拉伯=SA 拉脱维亚=LV 爱沙尼亚=EE 格鲁吉亚=GE
    哈萨克斯坦=KZ 摩尔多瓦=MD 塞浦路斯=CY 非洲知识产权组织=OA 海湾合作委员会专利局=GC
    海湾阿拉伯国家合作委员会=GC 非洲地区知识产权组织=AP 前苏联=SU 乌拉圭=UY 巴拿马=PA 古巴=CU
    """.split()
)
"""Chinese name → code."""

_ENGLISH: dict[str, str] = dict(
    pair.strip().rsplit(" ", 1)
    for pair in """
    china CN, p.r. china CN, people's republic of china CN, cnipa CN, sipo CN, hong kong HK,
    taiwan TW, chinese taipei TW, tipo TW, macao MO, united states US, united states of america US,
    usa US, uspto US, japan JP, jpo JP, korea KR, south korea KR, republic of korea KR, kipo KR,
    germany DE, dpma DE, france FR, inpi FR, united kingdom GB, great britain GB, uk GB, ukipo GB,
    russia RU, russian federation RU, european patent office EP, european patent office (epo) EP,
    epo EP, wipo WO, pct WO, international bureau WO, eurasian patent organization EA, india IN,
    brazil BR, canada CA, cipo CA, australia AU, spain ES, italy IT, austria AT, switzerland CH,
    belgium BE, netherlands NL, sweden SE, denmark DK, norway NO, finland FI, poland PL, romania RO,
    ukraine UA, israel IL, indonesia ID, thailand TH, turkey TR, vietnam VN, viet nam VN, mexico MX,
    singapore SG, malaysia MY, philippines PH, south africa ZA, new zealand NZ, czech republic CZ,
    hungary HU, portugal PT, greece GR, ireland IE, soviet union SU, argentina AR, chile CL,
    colombia CO, peru PE, egypt EG, morocco MA, saudi arabia SA, cuba CU, costa rica CR,
    dominican republic DO, german democratic republic DD
    """.split(",")
)
_SPLIT = re.compile(r"[(（;；,，/|\[【:：]")


@lru_cache(maxsize=4096)
def office_code(text: str) -> str | None:
    """The two-letter code of an office given by code, Chinese or English name; None when it is not known.

    Of a code beside a name (`中国;CN`, `US(美国)`) either is taken.
    """
    folded = simplified(fold(text))
    for piece in (folded, *_SPLIT.split(folded)):
        name = piece.strip(" )]】")
        if len(name) == 2 and name.upper() in OFFICES:
            return name.upper()
        code = _NAMES.get(name.upper()) or _ENGLISH.get(name.lower())
        if code:
            return code
    return None
