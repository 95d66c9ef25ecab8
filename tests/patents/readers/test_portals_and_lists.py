"""Invented exports of portals outside China, of an API, and of plain lists."""

from datetime import date

from patents.readers import open_export


def only(path):
    export = open_export(path)
    (row,) = export
    assert not row.warnings, row.warnings
    return export, row.record


def table(values):
    return [list(values), list(values.values())]


def test_google_patents_is_read_below_its_search_url(write_csv):
    header = "id,title,assignee,inventor/author,priority date,filing/creation date,publication date,"
    header += "grant date,result link"
    rows = [
        ["search URL:", "https://patents.google.com/?q=film"],
        header.split(","),
        [
            "CN-112000001-B",
            "一种膜",
            "甲有限公司, 乙大学",
            "张一, 李二",
            "2019-12-05",
            "2020-02-21",
            "2021-09-03",
            "2021-09-03",
            "x",
        ],
        [
            "US-10123456-B2",
            "Film and method",
            "Acme Co., Ltd., Beta Inc.",
            "J. Roe",
            "",
            "2018-01-01",
            "2020-01-01",
            "",
            "x",
        ],
    ]
    export = open_export(write_csv(rows))
    chinese, american = (row.record for row in export)
    assert export.format == "google_patents"
    assert chinese.publication_number == "CN112000001B"
    assert chinese.applicants == ("甲有限公司", "乙大学")
    assert chinese.inventors == ("张一", "李二")
    assert american.applicants == ("Acme Co., Ltd.", "Beta Inc.")
    assert (american.country, american.language, american.grant_date) == ("US", "en", date(2020, 1, 1))


def test_lens_numbers_are_completed_by_their_columns(write_csv):
    header = [
        "#",
        "Jurisdiction",
        "Kind",
        "Publication Number",
        "Lens ID",
        "Publication Date",
        "Application Number",
        "Title",
    ]
    header += [
        "Applicants",
        "CPC Classifications",
        "IPCR Classifications",
        "Cited by Patent Count",
        "Legal Status",
    ]
    rows = [
        header,
        [
            "1",
            "US",
            "B2",
            "9554548",
            "123-456",
            "2017-01-31",
            "US 201414123456 A",
            "Film",
            "ACME LTD;;BETA INC",
            "Y02E60/10;;H01M4/02",
            "H01M4/02",
            "3",
            "Active",
        ],
        [
            "2",
            "CN",
            "A",
            "CN 112000001 A",
            "123-457",
            "2021-01-31",
            "CN 202010123456 A",
            "一种膜",
            "甲公司",
            "",
            "H01M4/02",
            "0",
            "Pending",
        ],
    ]
    export = open_export(write_csv(rows))
    american, chinese = (row.record for row in export)
    assert export.format == "lens"
    assert american.publication_number == american.grant_number == "US9554548B2"
    assert american.application_number == "US14/123456"
    assert american.applicants == ("ACME LTD", "BETA INC")
    assert american.cpc == ("Y02E60/10", "H01M4/02")
    assert american.legal_state == "有效"
    assert chinese.application_number == "CN202010123456.2"
    assert chinese.legal_state == "审中"


def test_espacenet_lists_a_and_b_in_one_cell(write_csv):
    rows = [
        ["Espacenet", "", ""],
        [
            "No",
            "Title",
            "Abstract",
            "Inventors",
            "Applicants",
            "Publication number",
            "Earliest priority",
            "IPC",
            "CPC",
            "Publication date",
            "Earliest publication",
            "Family number",
        ],
        [
            "1",
            "一种膜",
            "",
            "张一\n李二",
            "甲公司",
            "CN112000001A\nCN112000001B",
            "2019-12-05",
            "C01B32/184",
            "",
            "2020-06-05\n2021-09-03",
            "2020-06-05",
            "63012345",
        ],
    ]
    export = open_export(write_csv(rows, delimiter=";"))
    (row,) = export
    assert export.format == "espacenet"
    assert (row.record.publication_number, row.record.grant_number) == ("CN112000001A", "CN112000001B")
    assert row.record.publication_date == date(2020, 6, 5)
    assert row.record.inventors == ("张一", "李二")


def test_the_portal_api_csv_is_read(write_csv):
    values = {
        "": "0",
        "id": "CN112000001A",
        "rank": "0",
        "loc": "",
        "legalStatus": "有效专利",
        "currentStatus": "授权",
    }
    values |= {
        "type": "发明公开",
        "title": "一种膜",
        "applicant": "甲公司; 乙公司",
        "applicationDate": "2020-02-21",
    }
    values |= {
        "mainIpc": "C01B32/184",
        "applicationNumber": "CN202010123456.2",
        "documentNumber": "CN112000001A",
    }
    values |= {
        "documentDate": "2020-06-05",
        "inventor": "张一",
        "applicantType": "企业",
        "ipc": "H05K7/20; C01B32/184",
    }
    export, record = only(write_csv(table(values)))
    assert export.format == "portal_api"
    assert record.raw == ()
    assert record.ipc == ("C01B32/184", "H05K7/20")
    assert record.applicants == ("甲公司", "乙公司")
    assert (record.legal_state, record.legal_text) == ("有效", "授权")
    assert dict(record.portal_values) == {"applicantType": "企业", "legalStatus": "有效专利"}


def test_soopat_lists_and_the_patent_table_are_read(write_csv):
    soopat = {
        "序号": "1",
        "公开(公告)号": "CN112000001A",
        "标题": "一种膜",
        "申请日": "2020-02-21",
        "公开(公告)日": "2020-06-05",
    }
    soopat |= {"申请人": "甲公司", "发明(设计)人": "张一", "IPC": "C01B32/184"}
    export, record = only(write_csv(table(soopat)))
    assert (export.format, record.inventors) == ("soopat", ("张一",))
    layout = {
        "序号": "1",
        "申请日": "20200221",
        "公开日": "20200605",
        "授权公告日": "20210903",
        "申请人": "甲公司",
    }
    layout |= {
        "申请号": "202010123456.2",
        "公开号": "CN112000001A",
        "授权公告号": "CN112000001B",
        "专利名称": "一种膜",
    }
    layout |= {
        "授权名称": "一种膜",
        "专利转移次数": "1",
        "许可次数": "0",
        "失效日期": "20230203",
        "转让日期": "20220301",
    }
    export, record = only(write_csv(table(layout), name="table.csv"))
    assert export.format == "patent_table"
    assert (record.publication_number, record.publication_date) == ("CN112000001A", date(2020, 6, 5))
    assert (record.grant_number, record.grant_date) == ("CN112000001B", date(2021, 9, 3))
    assert (record.transfer_count, record.licence_count, record.lapse_date) == (1, 0, date(2023, 2, 3))
    assert [(event.kind, event.date) for event in record.events] == [("转让", date(2022, 3, 1))]


def test_a_table_with_common_headers_only_is_generic(write_csv):
    export, record = only(
        write_csv(table({"专利号": "ZL202010123456.2", "专利名称": "一种膜", "专利权人": "甲公司"}))
    )
    assert export.format == "generic"
    assert record.application_number == "CN202010123456.2"
    assert record.current_applicants == record.applicants == ("甲公司",)
