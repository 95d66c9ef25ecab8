"""One invented export per portal, with the headers that the portal writes."""

from datetime import date

import pytest

from patents.readers import FORMATS, open_export
from patents.record import Citation


def only(path):
    export = open_export(path)
    (row,) = export
    assert not row.warnings, row.warnings
    return export, row.record


def table(values):
    return [list(values), list(values.values())]


INCOPAT = {
    "序号": 1.0,
    "标题 (中文)": "一种石墨烯散热膜的卷绕装置",
    "标题 (英文)": "Winding device for graphene heat-spreading film",
    "标题（小语种原文）": "",
    "摘要 (中文)": "本发明公开了一种卷绕装置，包括机架和张力辊。",
    "摘要 (英文)": "A winding device with a frame and a tension roller.",
    "申请人": "甲新材料有限公司; 乙大学",
    "公开（公告）号": "CN112000001B",
    "公开（公告）日": "2021-09-03",
    "申请号": "CN202010123456.2",
    "申请日": "2020-02-21",
    "专利类型": "发明授权",
    "公开国别": "中国",
    "链接到incoPat": "http://example.org/1",
    "首项权利要求": "1. 一种卷绕装置，其特征在于，包括机架。",
    "权利要求数量": 8.0,
    "文献页数": 12.0,
    "IPC主分类": "B65H18/10",
    "IPC": "B65H18/10; B65H23/06",
    "CPC": "B65H18/10; Y02P70/10",
    "国民经济分类": "C3825(光伏设备及元器件制造); C39",
    "新兴产业分类": "3.5 (前沿新材料)",
    "标准化申请人": "甲新材料; 乙大学",
    "当前权利人": "丙科技有限公司",
    "申请人地址": "730000 甘肃省兰州市城关区一号路1号",
    "申请人省市代码": "中国甘肃;62",
    "中国申请人地市": "兰州",
    "中国申请人区县": "城关区",
    "发明人": "张一; 李二",
    "代理机构": "兰州某专利事务所",
    "代理人": "王三",
    "审查员": "赵四",
    "引证专利": "CN109000001A(X); US10123456B2",
    "引证次数": 2.0,
    "被引证专利": "CN113000001A; CN114000002B",
    "被引证次数": 2.0,
    "引证科技文献": "Li et al., Carbon 2018",
    "简单同族": "CN112000001A; CN112000001B; WO2021123456A1",
    "简单同族ID": "63012345",
    "优先权号": "CN201911234567",
    "优先权日": "2019-12-05; 2020-01-03",
    "PCT国际申请号": "PCT/CN2020/123456",
    "专利有效性": "有效",
    "当前法律状态": "授权",
    "法律状态": "2021.09.03 授权;2020.07.01 实质审查的生效;2020.06.05 公开",
    "首次公开日": "2020-06-05",
    "授权公告日": "2021-09-03",
    "预估到期日": "2040-02-21",
    "转让次数": 1.0,
    "转让执行日": "2022-03-01",
    "转让人": "甲新材料有限公司;乙大学",
    "受让人": "丙科技有限公司",
    "质押次数": 0.0,
    "合享价值度": 9.0,
    "自造列": "未知内容",
}


def test_incopat_fills_every_field_that_its_export_has(write_xlsx):
    export, record = only(write_xlsx(table(INCOPAT)))
    assert export.format == record.reader == "incopat"
    assert export.unread_columns == ("自造列",)
    assert (record.application_number, record.publication_number) == ("CN202010123456.2", "CN112000001B")
    assert (record.grant_number, record.kind_code, record.patent_type) == ("CN112000001B", "B", "发明")
    assert (record.publication_date, record.grant_date) == (date(2020, 6, 5), date(2021, 9, 3))
    assert (record.examination_date, record.expiry_date) == (date(2020, 7, 1), date(2040, 2, 21))
    assert record.title == INCOPAT["标题 (中文)"]
    assert record.title_en == INCOPAT["标题 (英文)"]
    assert record.abstract_en == INCOPAT["摘要 (英文)"]
    assert record.ipc == ("B65H18/10", "B65H23/06")
    assert record.cpc == ("B65H18/10", "Y02P70/10")
    assert record.industries == (("gb4754", "C3825"), ("gb4754", "C39"), ("sei", "3.5"))
    assert record.applicants == ("甲新材料有限公司", "乙大学")
    assert record.standard_applicants == ("甲新材料", "乙大学")
    assert record.current_applicants == ("丙科技有限公司",)
    assert (record.region_code, record.city, record.county) == ("中国甘肃;62", "兰州", "城关区")
    assert record.cites == (Citation(number="CN109000001A", category="X"), Citation(number="US10123456B2"))
    assert record.cited_by == ("CN113000001A", "CN114000002B")
    assert record.npl == ("Li et al., Carbon 2018",)
    assert (record.cites_count, record.cited_by_count, record.claim_count, record.page_count) == (2, 2, 8, 12)
    assert record.family == ("CN112000001A", "CN112000001B", "WO2021123456A1")
    assert record.priority_date == date(2019, 12, 5)
    assert record.pct_application_number == "PCT/CN2020/123456"
    assert (record.legal_state, record.legal_text, record.lapse_reason) == ("有效", "授权", None)
    assert [(event.kind, event.date) for event in record.events] == [
        ("公开", date(2020, 6, 5)),
        ("实审", date(2020, 7, 1)),
        ("授权", date(2021, 9, 3)),
        ("转让", date(2022, 3, 1)),
    ]
    assert record.events[-1].parties_from == ("甲新材料有限公司", "乙大学")
    assert (record.transfer_count, record.pledge_count, record.licence_count) == (1, 0, None)
    assert dict(record.portal_values)["合享价值度"] == "9"
    assert dict(record.raw) == {"自造列": "未知内容"}


def test_patsnap_takes_standardised_names_where_it_has_no_others(write_xlsx):
    export, record = only(
        write_xlsx(
            table(
                {
                    "序号": 1.0,
                    "公开(公告)号": "CN112000001B",
                    "法律状态/事件": "未缴年费 | 质押 | 权利转移",
                    "[标]当前申请(专利权)人": "丙科技",
                    "[标]原始申请(专利权)人": "甲新材料 | 乙大学",
                    "申请日": "2020-02-21",
                    "公开(公告)日": "2021-09-03",
                    "标题(译)(简体中文)": "一种散热膜",
                    "标题(译)(English)": "Heat-spreading film",
                    "引用专利": "CN109000001A | US10123456B2",
                    "专利类型": "授权发明",
                    "受理局": "中国",
                    "INPADOC法律状态": "2023-02-03 | -TERMINATION OF PATENT RIGHT DUE TO "
                    "NON-PAYMENT OF ANNUAL FEE"
                    " | CN | 2021-09-03 | +PATENT GRANT | CN | 2020-06-05 | PUBLICATION | CN",
                    "IPC分类号": "C01B32/184 | H05K7/20",
                    "IPC主分类号": "H05K7/20",
                    "UPC分类号": "-",
                    "SEP信息": "-",
                    "专利价值": "$120,000",
                }
            )
        )
    )
    assert export.format == "patsnap"
    assert record.applicants == record.standard_applicants == ("甲新材料", "乙大学")
    assert record.current_applicants == ("丙科技",)
    assert record.ipc == ("H05K7/20", "C01B32/184")
    assert (record.legal_state, record.lapse_reason) == ("失效", "未缴年费")
    assert record.publication_date == date(2020, 6, 5)
    assert {event.kind for event in record.events} == {"公开", "授权", "失效", "质押", "转让"}
    assert [cited.number for cited in record.cites] == ["CN109000001A", "US10123456B2"]
    assert dict(record.portal_values) == {"专利价值": "$120,000"}


def test_the_patsnap_page_scrape_of_designs_is_read(write_xlsx):
    export, record = only(
        write_xlsx(
            table(
                {
                    "公开公告号": "CN305000001S",
                    "专利名称": "保温杯",
                    "法律状态": "授权",
                    "申请号": "CN201830000001",
                    "LOC分类号": "07-01",
                    "申请日": "2018-01-02",
                    "授权日": "2018-08-03",
                    "标当前申请专利权人": "甲日用品",
                    "原始申请专利权人": "甲日用品有限公司",
                }
            )
        )
    )
    assert export.format == "patsnap"
    assert record.patent_type == "外观设计"
    assert record.locarno == ("07-01",)
    assert record.applicants == ("甲日用品有限公司",)
    assert record.grant_date == record.publication_date == date(2018, 8, 3)


def test_cnipr_of_25_columns_is_read(write_xlsx):
    values = dict.fromkeys(
        "申请号,公开（公告）号,公开（公告）日,申请日,专利号,名称,主分类号,分类号,分案原申请号,优先权,申请（专利权）人,发明（设计）人,"
        "地址,颁证日,国际申请,国际公布,进入国家日期,专利代理机构,代理人,摘要,主权项,参考文献,审查员,光盘号,PCT公开".split(
            ","
        ),
        "",
    )
    values |= {
        "申请号": "CN201220000001",
        "公开（公告）号": "CN202600001U",
        "公开（公告）日": "2013.01.02",
        "专利号": "ZL201220000001",
        "名称": "一种轨枕",
        "主分类号": "E01B3/32(2006.01)I",
        "分类号": "E01B3/32(2006.01)I;E01B9/10(2006.01)I",
        "优先权": "2012.01.16 DE 202012000389.5",
        "申请（专利权）人": "甲轨道有限公司;乙设计院",
        "国际申请": "PCT/CN2012/070001 2012.01.05",
        "国际公布": "WO2012/100001 ZH 2012.08.02",
        "专利代理机构": "某专利代理有限公司 32243",
        "参考文献": "CN 101234567 A,2008.05.01,全文.;US 2011/0123456 A1,2011.05.26;《铁道学报》2010",
        "PCT公开": 0.0,
    }
    export, record = only(write_xlsx(table(values)))
    assert export.format == "cnipr_25"
    assert export.unread_columns == ()
    assert record.agency == "某专利代理有限公司"
    assert dict(record.portal_values)["专利代理机构 (code)"] == "32243"
    assert (record.priority_date, record.priority_numbers) == (date(2012, 1, 16), ("DE202012000389.5",))
    assert record.pct_application_number == "PCT/CN2012/070001"
    assert record.pct_publication_number == "WO2012/100001"
    assert [cited.number for cited in record.cites] == ["CN101234567A", "US20110123456A1"]
    assert record.npl == ("《铁道学报》2010",)
    assert record.ipc == ("E01B3/32", "E01B9/10")


def test_cnipr_of_45_columns_tells_texts_from_paths(write_xls):
    values = {
        "申请号": "CN201010000001",
        "申请日": "2010.11.19",
        "公开（公告）号": "CN102100001A",
        "公开（公告）日": "2011.06.29",
        "专利类型": "1",
        "名称": "一种太阳能背膜",
        "分类号": "H01L31/048(2006.01)I",
        "申请（专利权）人": "甲膜业有限公司",
        "合并申请人": "",
        "发明（设计）人": "不公告发明人",
        "国省代码": "浙江;33",
        "主权项": "一种背膜。",
        "法律状态": "2012.05.30 授权|2011.08.10 实质审查的生效",
        "权利要求书": "C:\\Windows\\TEMP\\0128.xml",
        "说明书": "技术领域\n本发明涉及背膜。",
        "页数": "19",
    }
    export, record = only(write_xls(table(values)))
    assert export.format == "cnipr_45"
    assert record.inventors == ()
    assert record.claims == ""
    assert record.description == "技术领域\n本发明涉及背膜。"
    assert dict(record.raw) == {"权利要求书": "C:\\Windows\\TEMP\\0128.xml", "发明（设计）人": "不公告发明人"}
    assert record.legal_state == "有效"
    assert record.grant_date == date(2012, 5, 30)


def test_cnki_holds_ipc_under_the_name_of_another_classification(tmp_path):
    names = (
        "SrcDatabase-来源库,Author-作者,Applicant-申请人,Title-题名,CountryName-国省名称,PubNo-公开号,PubTime-公开日期,"
        "Summary-摘要,Claims-主权项,CLC-中图分类号"
    ).split(",")
    chinese = [
        "中国专利",
        "  张一;   李二 ",
        "甲大学",
        "一种导盲装置",
        "广东",
        "CN101800001A",
        "2010-09-01",
        "摘要。",
        "一种。",
    ]
    foreign = [
        "海外专利",
        "王三",
        "乙大学",
        "STIMULATOR",
        "",
        "TWI329999",
        "2010-08-21",
        "Stimulator with coils.",
        "",
    ]
    rows = [names, [*chinese, "A61H3/06;G10L15/02;C12R1∶685"], [*foreign, "A61N1/18"]]
    html = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    path = tmp_path / "CNKI.xls"
    path.write_text(f"<html><body><table border='1'>{html}</table></body></html>", "utf-8")
    export = open_export(path)
    first, second = (row.record for row in export)
    assert export.format == "cnki"
    assert first.ipc == ("A61H3/06", "G10L15/02", "C12R1/685")
    assert first.inventors == ("张一", "李二")
    assert (first.province, first.language, first.country) == ("广东", "zh", "CN")
    assert (second.country, second.language, second.patent_type) == ("TW", "en", None)
    assert second.title == "STIMULATOR"


def test_the_gazette_csv_tells_designs_from_utility_models(write_csv):
    header = "item,name,authorization_notice_id,authorized_announcement_date,filing_id,filing_date,"
    header += "patentee,designer,address,Int.Cl."
    rows = [
        header.split(","),
        [
            "1",
            "月饼",
            "CN305000001S",
            "2019.07.12",
            "201830000001",
            "2018.09.13",
            "甲",
            "乙;丙",
            "北京市",
            "01-01 (11)  ",
        ],
        [
            "2",
            "一种水槽",
            "CN209000001U",
            "2019.07.12",
            "201821000001",
            "2018.09.13",
            "甲",
            "乙",
            "北京市",
            "E03C1/182(2006.01)I;",
        ],
    ]
    export = open_export(write_csv(rows, encoding="gbk"))
    design, utility = (row.record for row in export)
    assert export.format == "cnipa_gazette"
    assert (design.locarno, design.ipc, design.patent_type) == (("01-01",), (), "外观设计")
    assert (utility.ipc, utility.grant_number) == (("E03C1/182",), "CN209000001U")
    assert utility.publication_date == utility.grant_date == date(2019, 7, 12)


def test_the_cnipa_search_crawl_has_one_date_for_publication_or_grant(write_xls):
    header = "专利类型,专利名称,法律状态,法律状态最后修改日期,申请公布日/授权公告日,申请号,申请日,"
    header += "申请人/专利权人,发明人"
    rest = [
        "实质审查的生效",
        "20170503",
        "2017.05.03",
        "CN201710000001",
        "2017.02.27",
        "甲大学",
        "张一 ; 李二",
    ]
    rows = [["发明申请", "一种Al<sub>2</sub>O<sub>3</sub>膜", *rest], ["实用新型", "一种膜", *rest]]
    export = open_export(write_xls([header.split(","), *rows]))
    application, utility = (row.record for row in export)
    assert export.format == "cnipa_search"
    assert application.title == "一种Al2O3膜"
    assert (application.publication_date, application.grant_date) == (date(2017, 5, 3), None)
    assert utility.grant_date == date(2017, 5, 3)


def test_the_cnipa_search_json_is_read(tmp_path):
    path = tmp_path / "patent_all.txt"
    path.write_text(
        '{"发明名称": "一种膜", "申请号": "CN201710000001", "公开（公告）号": "CN107000001A", '
        '"文献唯一标识": "x", '
        '"申请（专利权）人": "甲大学", "IPC分类号": "C01B32/184", "appSnHidden": "CN2017"}\n',
        "utf-8",
    )
    export, record = only(path)
    assert export.format == "cnipa_search"
    assert record.title == "一种膜"
    assert record.raw == (("appSnHidden", "CN2017"),)


def test_every_format_has_a_name_of_its_own():
    assert len(set(FORMATS)) == len(FORMATS)
    assert {"incopat", "patsnap", "cnipr_25", "cnipr_45", "cnki", "cnipa_gazette", "cnipa_search"} < set(
        FORMATS
    )


@pytest.mark.parametrize("header", ["別名", "备注"])
def test_headers_that_nobody_describes_are_named_as_unread(write_csv, header):
    export, record = only(write_csv(table({"申请号": "CN202010123456.2", "标题": "一种膜", header: "x"})))
    assert export.unread_columns == (header,)
    assert record.raw == ((header, "x"),)
