"""What kind of body an applicant is, read from the end of its name.

The last word of a Chinese name says what it is: 大学科技园有限公司 is a firm, 附属医院 a hospital. So the
words are looked for at the end, brackets removed, and only then inside. Kinds follow the classes of the
patent statistics yearbook (企业, 大专院校, 科研单位, 机关团体, 个人), hospitals and authorities apart.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from patents.half_width import fold

ApplicantKind = Literal["企业", "高校", "科研院所", "医院", "政府", "个人", "其他"]

# Traditional characters of the words that tell the kind.
_SIMPLIFIED = str.maketrans(
    "學醫會廠業團國電總實驗農銀構組織處廳屬範車馬", "学医会厂业团国电总实验农银构组织处厅属范车马"
)
_LONGEST = 200
_BRACKETS = re.compile(r"\([^()]*\)")
_LATIN_FIRM = re.compile(
    r"\b(?:CO|LTD|LIMITED|INC|INCORPORATED|CORP|CORPORATION|COMPANY|LLC|LLP|LP|PLC|GMBH|AG|KG|SE|SA|SAS|SARL|"
    r"S\.?P\.?A|SRL|SL|BV|NV|AB|A/?S|OY|OYJ|PTY|PTE|KK|ULC|HOLDINGS?|GROUP|INDUSTRIES|ELECTRIC|ELECTRONICS|AIRCRAFT|"
    r"MOTORS?|SYSTEMS?|TECHNOLOG(?:Y|IES)|INTERNATIONAL|ENTERPRISES?|WORKS|PRODUCTS|AEROSPACE|ENGINES?|ООО|ОАО|ЗАО|ПАО|АО)\b"
)
_LATIN_UNIVERSITY = re.compile(
    r"\b(?:UNIV\w*|COLLEGE|POLYTECHNIC|ÉCOLE|ECOLE|HOCHSCHULE|INSTITUTE OF TECHNOLOGY|УНИВЕРСИТЕТ)\b"
)
_LATIN_INSTITUTE = re.compile(
    r"\b(?:INST\w*|ACAD\w*|LABORATOR\w+|RESEARCH|CENTRE NATIONAL|FRAUNHOFER|ИНСТИТУТ)\b"
)
_LATIN_HOSPITAL = re.compile(r"\b(?:HOSPITAL|CLINIC|MEDICAL CENT\w+|CHARITE)\b")
_LATIN_AUTHORITY = re.compile(
    r"\b(?:MINISTRY|DEPARTMENT|GOVERNMENT|SECRETARY|UNITED STATES|NASA|ARMY|NAVY)\b"
)
_LATIN_PERSON = re.compile(r"[A-Z][A-Z'.-]*,? [A-Z][A-Z'. -]*|[А-ЯЁІЇЄ'-]+ [А-ЯЁІЇЄ'.]+ ?[А-ЯЁІЇЄ'. -]*")

_FIRM_END = re.compile(
    r"(?:公司|集团|会社|企业|合作社|联社|厂|工厂|工场|矿|煤矿|农场|林场|牧场|商行|商店|商社|经营部|门市部|批发部|销售部|加工部|加工点|工作室|事务所|"
    r"银行|酒店|宾馆|饭店|餐厅|药店|药房|超市|店|坊|铺|家具城|种植园|养殖场|养殖基地|种植基地|供电局|电力局|电业局|铁路局|矿务局|工程局|"
    r"石油管理局|油田|分厂|车间|作坊|工作站点|财团|实业|控股|株式会社|部分公司|印刷所|茶场|电站|发电厂|水厂|工程处|工程队|物资管理处)$"
)
_FIRM_INSIDE = re.compile(r"有限公司|有限责任|股份公司|总公司|分公司|合伙企业|株式会社")
_HOSPITAL_END = re.compile(
    r"(?:医院|卫生院|卫生所|诊所|保健院|保健所|妇幼保健中心|临床中心|医疗中心|医学中心|防治院|防治所|防治中心|门诊部|急救中心|"
    r"卫生服务中心|血液中心|血站|疗养院|眼科中心|肿瘤中心|口腔中心)$"
)
_UNIVERSITY_END = re.compile(
    r"(?:大学|(?<!科)学院|高等专科学校|专科学校|高等学校|分校|校区|党校|职业技术学校|大学堂|理工|医科)$"
)
_UNIVERSITY_INSIDE = re.compile(r"大学(?!城|生)|(?<!科)学院(?!路|街)|军医大")
_INSTITUTE_END = re.compile(
    r"(?:研究院|研究所|科学院|研究总院|研究中心|研究室|研究会|研究部|研发中心|研制中心|设计院|设计所|设计部|设计总院|规划院|勘察院|勘查院|勘测院|测绘院|"
    r"调查院|信息院|工程院|实验室|实验中心|试验中心|实验站|试验站|试验场|科研所|科研院|科学所|技术所|检验院|检验所|检测院|检测所|检疫所|监测站|监测中心|"
    r"监测总站|检测站|检测中心|测试中心|测评中心|鉴定中心|计量院|计量所|分析中心|工程中心|技术中心|创新中心|推广站|推广中心|植物园|天文台|气象台|"
    r"情报所|信息所|标准院|标准化院|地质队|地质大队|总体部|监察所|纤检所|纤维检验局|药检所|工程技术院|地质调查局)$"
)
_INSTITUTE_INSIDE = re.compile(r"研究院|研究所|科学院|实验室|弗劳恩霍夫|弗朗霍夫|马克斯·?普朗克")
_INSTITUTE_ENDING_OF_ANY_KIND = re.compile(r"(?:院|所)$")
_AUTHORITY_END = re.compile(
    r"(?:人民政府|政府|公安局|分局|支队|大队|总队|管委会|管理委员会|委员会|办事处|法院|检察院|海关|边检站|部队|军区|舰队|基地部|司令部|政治部|后勤部|装备部|"
    r"消防局|局|厅|署|委|办公室|管理处|管理所|派出所|监狱|合众国|共和国|王国|联邦|指挥部|武装部|(?:教育|科技|农业|国防|水利|卫生|公安|交通|铁道|建设|环境保护|信息化|运输|能|国务|州.{0,20}|政府.{0,20})部)$"
)
_MINISTRY = re.compile("(?:卫生|公安|教育|农业|水利|交通|铁道|建设|科技|国防)部")
_AUTHORITY_INSIDE = re.compile(r"解放军|武警|武装警察|人民政府|公安|美国政府")
_ORGANISATION = re.compile(
    r"(?:协会|学会|商会|联合会|促进会|基金会|基金|中心|站|中学|小学|幼儿园|学校|电视台|电台|台|博物院|艺术院|画院|剧院|图书馆|文化馆|馆|宫|社|队|会|组织|机构|联盟|系统|体系|处|基地)$"
)
_SCHOOL_END = re.compile(r"(?:中学|小学|幼儿园|技工学校|培训学校)$")
_PERSON = re.compile(r"[\u3400-\u9fff]{2,4}|[A-Z\u3400-\u9fff.]+(?:·[A-Z\u3400-\u9fff.]+)+")


@lru_cache(maxsize=65536)
def applicant_kind(name: str) -> ApplicantKind:
    """Tell the kind of an applicant.

    Args:
        name: one name, best normalised by `normalise_name`.

    Returns:
        One of 企业, 高校, 科研院所, 医院, 政府, 个人, 其他; 其他 also for an empty name and whatever
        says nothing about itself.
    """
    plain = _BRACKETS.sub("", _BRACKETS.sub("", fold(name))).translate(_SIMPLIFIED).strip().upper()
    if not plain:
        return "其他"
    plain = plain[-_LONGEST:]
    if re.search(r"[\u3400-\u9fff]", plain):
        return _chinese_kind(plain)
    return _latin_kind(plain)


def _chinese_kind(name: str) -> ApplicantKind:
    if name.endswith("公司"):
        return "企业"
    if _PERSON.fullmatch(name) and not _looks_like_a_body(name):
        return "个人"
    for pattern, kind in _BY_END:
        if pattern.search(name):
            return _corrected(name, kind)
    return _corrected(name, "企业" if _LATIN_FIRM.search(name) else "其他")


_BY_END: tuple[tuple[re.Pattern[str], ApplicantKind], ...] = (
    (_HOSPITAL_END, "医院"),
    (_UNIVERSITY_END, "高校"),
    (_FIRM_END, "企业"),
    (_INSTITUTE_END, "科研院所"),
    (_AUTHORITY_END, "政府"),
    (_INSTITUTE_ENDING_OF_ANY_KIND, "科研院所"),
    (_ORGANISATION, "其他"),
)


def _corrected(name: str, kind: ApplicantKind) -> ApplicantKind:
    """What the end says, set right by what stands before it."""
    if kind in ("医院", "高校"):
        return kind
    if _FIRM_INSIDE.search(name):
        return "企业"
    if _SCHOOL_END.search(name):
        return "其他"
    if kind in ("科研院所", "其他", "政府") and _UNIVERSITY_INSIDE.search(name):
        return "医院" if "医院" in name else "高校"
    if kind in ("科研院所", "其他", "政府") and _INSTITUTE_INSIDE.search(name):
        return "科研院所"
    return "政府" if kind == "其他" and _AUTHORITY_INSIDE.search(name) else kind


def _looks_like_a_body(name: str) -> bool:
    if _MINISTRY.fullmatch(name):
        return True
    if "·" in name:
        return bool(re.search(r"大学|学院|公司|(?:集团|会社|医院|研究所|中心|部|局|基金会)$", name))
    ends = (_HOSPITAL_END, _UNIVERSITY_END, _INSTITUTE_END, _FIRM_END, _AUTHORITY_END, _ORGANISATION)
    return any(pattern.search(name) for pattern in ends) and (len(name) > 3 or name[0] not in SURNAMES)


def _latin_kind(name: str) -> ApplicantKind:
    for pattern, kind in _BY_LATIN_WORD:
        if pattern.search(name):
            return kind
    if _LATIN_PERSON.fullmatch(name) and len(name.split()) <= 4:
        return "个人"
    return "企业" if " " not in name else "其他"


_BY_LATIN_WORD: tuple[tuple[re.Pattern[str], ApplicantKind], ...] = (
    (_LATIN_HOSPITAL, "医院"),
    (_LATIN_UNIVERSITY, "高校"),
    (_LATIN_FIRM, "企业"),
    (_LATIN_INSTITUTE, "科研院所"),
    (_LATIN_AUTHORITY, "政府"),
)

# The 250 or so surnames that cover nearly all Han Chinese; only used to tell 陈部 from 某某部.
SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟"
    "熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符"
    "舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席"
    "卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘"
    "满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜"
)
