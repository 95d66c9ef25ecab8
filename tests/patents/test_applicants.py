from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patents.applicants import applicant_kind, name_key, normalise_name, split_names


@pytest.mark.parametrize(
    "separator", [";", "；", " ; ", ";              ", "|", " | ", "｜", "\n", "\r\n", "、", ",", "，"]
)
def test_names_are_split_at_every_separator(separator):
    assert split_names(separator.join(["甲科技有限公司", "某某大学", "张三"])) == (
        "甲科技有限公司",
        "某某大学",
        "张三",
    )


@pytest.mark.parametrize(
    "name",
    [
        "某某肿瘤防治中心(某某附属肿瘤医院、某某肿瘤研究所)",
        "ACME CO., LTD",
        "SMITH, JOHN",
        "基础研究,临床和卫生服务基金会的某某医疗中心",
        "AB/XYZ INC",
        "贝克·某某公司",
    ],
)
def test_separators_inside_one_name_do_not_split_it(name):
    assert split_names(name) == (name,)


def test_names_apart_by_spaces_are_split_when_each_is_plainly_a_name():
    assert split_names("北京某某大学 北京某某科技有限公司") == ("北京某某大学", "北京某某科技有限公司")
    assert split_names("张三 李四") == ("张三", "李四")
    assert split_names("张 三") == ("张三",)
    assert split_names("ROBERT BOSCH GMBH") == ("ROBERT BOSCH GMBH",)


def test_each_name_comes_once_and_in_order():
    assert split_names("乙公司;甲公司；乙公司;") == ("乙公司", "甲公司")


@pytest.mark.parametrize("text", ["", "-", " ; ", "--", "无"])
def test_no_names_are_no_names(text):
    assert split_names(text) == ()


@pytest.mark.parametrize(
    ("spelling", "name"),
    [
        ("某某（中国）有限公司", "某某(中国)有限公司"),
        ("某某（中国)有限公司", "某某(中国)有限公司"),
        ("某某( 北京) 科技有限公司", "某某(北京)科技有限公司"),
        ("ＴＣＬ集团股份有限公司", "TCL集团股份有限公司"),
        ("  某某  有限公司，", "某某有限公司"),
        ("乔纳森・某某", "乔纳森·某某"),
        ("ROBERT  BOSCH GMBH [DE]", "ROBERT BOSCH GMBH"),
        ("ACME CO., LTD.", "ACME CO., LTD."),
        ("“某某有限公司”", "某某有限公司"),
        ("ACME (CHINA)  CO., LTD", "ACME (CHINA) CO., LTD"),
    ],
)
def test_a_name_is_spelt_in_one_way(spelling, name):
    assert normalise_name(spelling) == name


def test_limited_companies_of_two_forms_are_two_firms():
    assert normalise_name("某某有限公司") != normalise_name("某某有限责任公司")
    assert name_key("某某有限公司") != name_key("某某有限责任公司")


def test_the_key_of_a_name_disregards_brackets_spaces_and_case():
    assert name_key("Acme (China) Co., Ltd.") == name_key("ACME（CHINA）CO LTD")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("华为技术有限公司", "企业"),
        ("清华大学科技园有限公司", "企业"),
        ("某某研究院有限公司", "企业"),
        ("某某医院管理有限公司", "企业"),
        ("学院路科技有限公司", "企业"),
        ("甘肃省交通规划勘察设计院股份有限公司", "企业"),
        ("国网江西省电力有限公司电力科学研究院", "企业"),
        ("宁波某某投资合伙企业(有限合伙)", "企业"),
        ("某某大学(某某研究院(筹))", "高校"),
        ("某某县某某种植专业合作社", "企业"),
        ("中山市古镇某某照明电器经营部", "企业"),
        ("某某鼓风机厂", "企业"),
        ("中国人民解放军第五七一九工厂", "企业"),
        ("绍兴供电局", "企业"),
        ("株式会社某某", "企业"),
        ("三星電子株式會社", "企业"),
        ("贝克·某某公司", "企业"),
        ("AUDI AG", "企业"),
        ("ROBERT BOSCH GMBH", "企业"),
        ("SAFRAN", "企业"),
        ("清华大学", "高校"),
        ("清华大学深圳研究院", "高校"),
        ("中国科学院大学", "高校"),
        ("兰州石化职业技术学院", "高校"),
        ("桂林旅游高等专科学校", "高校"),
        ("中国石油大学(北京)", "高校"),
        ("中国人民解放军国防科技大学", "高校"),
        ("電子科技大學", "高校"),
        ("MASSACHUSETTS INSTITUTE OF TECHNOLOGY", "高校"),
        ("THE REGENTS OF THE UNIVERSITY OF CALIFORNIA", "高校"),
        ("中国科学院", "科研院所"),
        ("山东省农业科学院", "科研院所"),
        ("中国科学院兰州化学物理研究所", "科研院所"),
        ("钢铁研究总院", "科研院所"),
        ("鹏城实验室", "科研院所"),
        ("某省药品检验所", "科研院所"),
        ("四川大学华西医院", "医院"),
        ("浙江大学医学院附属第一医院", "医院"),
        ("中山大学附属第八医院(深圳福田)", "医院"),
        ("中国人民解放军总医院", "医院"),
        ("佛山市妇幼保健院", "医院"),
        ("上海市公安局", "政府"),
        ("苏州工业园区管理委员会", "政府"),
        ("陇南市人民政府", "政府"),
        ("中国人民解放军75837部队", "政府"),
        ("上海市第一中级人民法院", "政府"),
        ("卫生部", "政府"),
        ("张三", "个人"),
        ("欧阳修文", "个人"),
        ("陈部", "个人"),
        ("阿布都热依木·买买提", "个人"),
        ("C·戴维·某某", "个人"),
        ("SMITH, JOHN", "个人"),
        ("KONKIEL PATRICK", "个人"),
        ("不公告发明人", "其他"),
        ("某某大学附属中学", "其他"),
        ("上海博物馆", "其他"),
        ("中央电视台", "其他"),
        ("", "其他"),
    ],
)
def test_the_kind_of_an_applicant_is_read_from_the_end_of_its_name(name, kind):
    assert applicant_kind(name) == kind


names = st.sampled_from(
    ["甲科技有限公司", "乙大学", "丙研究所(丁、戊)", "李四", "ACME CO., LTD", "SMITH, JOHN", "贝克·某某公司"]
)


@given(st.lists(names, max_size=6), st.sampled_from([";", "；", "|", "\n"]))
def test_splitting_what_was_joined_gives_the_names_back(listed, separator):
    assert split_names(separator.join(listed)) == tuple(dict.fromkeys(listed))


@given(st.text(max_size=40))
def test_normalising_twice_changes_nothing_more(text):
    once = normalise_name(text)
    assert normalise_name(once) == once
    assert all(split_names(name) for name in split_names(text))
    assert applicant_kind(text) in ("企业", "高校", "科研院所", "医院", "政府", "个人", "其他")


@pytest.mark.shared
def test_names_of_real_data_stay_whole(shared_data):
    polars = pytest.importorskip("polars")
    table = polars.read_parquet(shared_data / "data" / "patents.parquet", columns=["applicants"])
    real = {name for listed in table["applicants"] if listed is not None for name in listed}
    broken = {name for name in real if len(split_names(name)) != 1}
    assert len(real) > 9_000
    assert len(broken) <= 1, "one row of the data holds two names joined by a comma"
