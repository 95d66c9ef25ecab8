"""Region columns and addresses → canonical province, city, county."""

from __future__ import annotations

from pathlib import Path

import pytest

from patents.regions import Region, resolve_region
from patents.tables.divisions import divisions

ADDRESSES = [
    # plain, with and without postcode, province or city left out
    ("贵州省贵阳市观山湖区长岭北路8号", "贵州省", "贵阳市", "观山湖区"),
    ("550081 贵州省贵阳市观山湖区长岭北路8号", "贵州省", "贵阳市", "观山湖区"),
    ("550081贵州省贵阳市观山湖区", "贵州省", "贵阳市", "观山湖区"),
    ("贵阳市观山湖区长岭北路8号", "贵州省", "贵阳市", "观山湖区"),
    ("江苏省江阴市澄江街道", "江苏省", "无锡市", "江阴市"),
    ("广东深圳南山区科技园", "广东省", "深圳市", "南山区"),
    ("深圳南山区科技园", "广东省", "深圳市", "南山区"),
    ("广东省-深圳市-龙岗区", "广东省", "深圳市", "龙岗区"),
    ("中国北京市海淀区", "北京市", "北京市", "海淀区"),
    ("中华人民共和国广东省", "广东省", None, None),
    # municipalities, cities without counties, county-level divisions under the province
    ("上海市徐汇区龙漕路299号", "上海市", "上海市", "徐汇区"),
    ("重庆市市辖区渝北区", "重庆市", "重庆市", "渝北区"),
    ("广东省东莞市麻涌镇新基村", "广东省", "东莞市", None),
    ("中山市小榄镇", "广东省", "中山市", None),
    ("海南省儋州市那大镇", "海南省", "儋州市", None),
    ("甘肃省嘉峪关市雄关街道", "甘肃省", "嘉峪关市", None),
    ("河南省济源市沁园街道", "河南省", "济源市", None),
    ("湖北省仙桃市", "湖北省", "仙桃市", None),
    # autonomous divisions and their short forms
    ("贵州省黔东南州凯里市", "贵州省", "黔东南苗族侗族自治州", "凯里市"),
    ("黔东南州凯里市", "贵州省", "黔东南苗族侗族自治州", "凯里市"),
    ("湖南省湘西州吉首市", "湖南省", "湘西土家族苗族自治州", "吉首市"),
    ("青海省海南州共和县", "青海省", "海南藏族自治州", "共和县"),
    ("内蒙古呼和浩特市和林格尔县", "内蒙古自治区", "呼和浩特市", "和林格尔县"),
    ("内蒙古包头市昆区", "内蒙古自治区", "包头市", "昆都仑区"),
    ("新疆伊犁州伊宁市", "新疆维吾尔自治区", "伊犁哈萨克自治州", "伊宁市"),
    # 兵团, new areas, zones
    ("新疆生产建设兵团第八师石河子市", "新疆维吾尔自治区", "石河子市", None),
    ("新疆石河子市北四路", "新疆维吾尔自治区", "石河子市", None),
    ("天津市经济技术开发区第三大街", "天津市", "天津市", "滨海新区"),
    ("天津市滨海新区", "天津市", "天津市", "滨海新区"),
    ("重庆两江新区金渝大道", "重庆市", "重庆市", None),
    ("贵州省贵安新区", "贵州省", "贵阳市", None),
    ("河北省雄安新区容城县", "河北省", "保定市", "容城县"),
    ("陕西省杨凌示范区", "陕西省", "咸阳市", "杨陵区"),
    ("中国(上海)自由贸易试验区芳春路", "上海市", "上海市", "浦东新区"),
    ("中国（上海）自由贸易试验区芳春路", "上海市", "上海市", "浦东新区"),
    ("苏州工业园区星湖街", "江苏省", "苏州市", None),
    ("江苏省南京市江宁经济技术开发区", "江苏省", "南京市", "江宁区"),
    ("江苏省南京市高新区浦口区大桥北路", "江苏省", "南京市", "浦口区"),
    ("广东省深圳市光明新区公明街道", "广东省", "深圳市", "光明区"),
    # names that several places share
    ("江苏省徐州市鼓楼区", "江苏省", "徐州市", "鼓楼区"),
    ("江苏省鼓楼区", "江苏省", None, None),
    ("鼓楼区中山北路", None, None, None),
    ("北京市朝阳区", "北京市", "北京市", "朝阳区"),
    ("辽宁省朝阳市朝阳县", "辽宁省", "朝阳市", "朝阳县"),
    ("西藏拉萨市城关区", "西藏自治区", "拉萨市", "城关区"),
    ("甘肃省兰州市城关区", "甘肃省", "兰州市", "城关区"),
    ("吉林吉林市昌邑区", "吉林省", "吉林市", "昌邑区"),
    # streets are no cities
    ("北京路12号", None, None, None),
    ("中山大道58号", None, None, None),
    ("广东省中山大学", "广东省", None, None),
    ("湖北省宜昌市大连路38号", "湖北省", "宜昌市", None),
    # former names and memberships
    ("湖北省襄樊市樊城区", "湖北省", "襄阳市", "樊城区"),
    ("四川省成都市双流县公兴镇", "四川省", "成都市", "双流区"),
    ("浙江省杭州市江干区丁桥镇", "浙江省", "杭州市", "上城区"),
    ("上海市闸北区", "上海市", "上海市", "静安区"),
    ("广东省广州市萝岗区", "广东省", "广州市", "黄埔区"),
    ("山东省莱芜市钢城区", "山东省", "济南市", "钢城区"),
    ("安徽省巢湖市居巢区", "安徽省", "合肥市", "巢湖市"),
    ("安徽省六安市寿县", "安徽省", "淮南市", "寿县"),
    ("四川省万县市", "重庆市", "重庆市", "万州区"),
    ("河北省邢台市桥西区", "河北省", "邢台市", "信都区"),
    ("陕西省渭南市韩城市新城区", "陕西省", "渭南市", "韩城市"),
    # Hong Kong, Macao, Taiwan
    ("中国香港九龙", "香港特别行政区", None, None),
    ("中国澳门南湾大马路", "澳门特别行政区", None, None),
    ("中国台湾新北市", "台湾省", "新北市", None),
    # a postcode and nothing else
    ("315031", "浙江省", None, None),
]


@pytest.mark.parametrize(("address", "province", "city", "county"), ADDRESSES)
def test_an_address_says_province_city_and_county(
    address: str, province: str | None, city: str | None, county: str | None
):
    region = resolve_region(address=address)
    assert (region.province, region.city, region.county) == (province, city, county)


@pytest.mark.parametrize(
    ("address", "country"),
    [
        ("日本东京都港区", "JP"),
        ("美国马萨诸塞州", "US"),
        ("韩国首尔市江南区", "KR"),
        ("1-1 Marunouchi, Chiyoda-ku, Tokyo 100-0005, Japan", "JP"),
        ("Nanshan District, Shenzhen 518057, P.R. China", "CN"),
        (
            "Room 1203, Building A, Innovation Plaza, 12 Science Road, Industrial Zone, Seoul, Korea",
            "KR",
        ),
        ("贵阳市", "CN"),
        ("中国台湾台北市", "CN"),
        ("unknown street 5", None),
    ],
)
def test_a_foreign_or_english_address_gives_its_country_only(address: str, country: str | None):
    region = resolve_region(address=address)
    assert region.country == country
    if country != "CN" or address.isascii():
        assert region.province is None


@pytest.mark.parametrize(
    ("code", "province", "city"),
    [
        ("浙江;33", "浙江省", None),
        ("33", "浙江省", None),
        ("94", "广东省", "深圳市"),
        ("广州;81", "广东省", "广州市"),
        ("中国香港;81", "香港特别行政区", None),
        ("66", "海南省", None),
        ("85", "重庆市", "重庆市"),
        ("CN440000", "广东省", None),
        ("520115", "贵州省", "贵阳市"),
        ("TW", "台湾省", None),
        ("??", None, None),
    ],
)
def test_the_code_of_cnipa_is_read(code: str, province: str | None, city: str | None):
    region = resolve_region(region_code=code)
    assert (region.province, region.city) == (province, city)


def test_a_foreign_code_gives_the_country():
    assert resolve_region(region_code="US") == Region(country="US")
    assert resolve_region(province="美国") == Region(country="US")


@pytest.mark.parametrize("spelling", ["贵州", "贵州省", "贵州省 ", "贵州;52"])
def test_province_names_become_canonical(spelling: str):
    assert resolve_region(province=spelling).province == "贵州省"


def test_columns_come_first_and_the_address_fills_them():
    assert resolve_region("32", None, None, None, "南京市鼓楼区").county == "鼓楼区"
    assert resolve_region("44", None, None, None, "天河区五山路").city == "广州市"
    assert resolve_region(None, "广东", "深圳", "南山区") == Region("广东省", "深圳市", "南山区", "CN")
    assert resolve_region(None, "广东", "东莞市", "市区").city == "东莞市"
    assert resolve_region(province="广州").city == "广州市"


def test_an_address_never_contradicts_the_columns():
    assert resolve_region("32", None, None, None, "广东省深圳市") == Region("江苏省", None, None, "CN")


def test_of_several_addresses_the_first_is_read():
    assert resolve_region(address="贵阳市云岩区北京路; 北京市海淀区").city == "贵阳市"


def test_nothing_gives_nothing():
    assert resolve_region() == Region()
    assert resolve_region(address="") == Region()
    assert resolve_region(address="-") == Region()


def test_every_county_is_found_from_its_full_address():
    names, wrong = divisions(), []
    for code, name in names.items():
        if len(code) != 6 or "71" <= code[4:] <= "79" or code[2:4] == "90":
            continue
        address = names[code[:2]] + names.get(code[:4], "") + name + "科技路1号"
        if resolve_region(address=address).county != name:
            wrong.append(address)
    assert wrong == []


def test_every_county_is_found_in_an_address_that_names_its_province():
    names = divisions()
    for code in (code for code in names if len(code) == 6):
        found = resolve_region(address=f"{names[code[:2]]}{names.get(code[:4], '')}{names[code]}科技路1号")
        assert found.province == names[code[:2]]


@pytest.mark.shared
def test_real_addresses_have_a_province_and_mostly_a_city(shared_data: Path):
    pq = pytest.importorskip("pyarrow.parquet")
    table = pq.read_table(shared_data / "data" / "patents.parquet", columns=["address", "province"])
    regions = [resolve_region(address=address) for address in table["address"].to_pylist() if address]
    assert sum(region.country is not None for region in regions) == len(regions) == 607
    assert sum(region.province is not None for region in regions) >= 605
    assert sum(region.city is not None for region in regions) >= 530
    column = [resolve_region(province=text) for text in table["province"].to_pylist() if text]
    assert sum(region.province is not None for region in column) / len(column) > 0.999
