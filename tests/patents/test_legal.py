from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patents.legal import classify_status, ended_after_grant, parse_events, status_after
from patents.record import LegalEvent, PatentRecord


@pytest.mark.parametrize(
    ("text", "state", "reason"),
    [
        # PatSnap
        ("授权", "有效", None),
        ("授权 | 一案双申 | 权利转移", "有效", None),
        ("授权 | 质押 | 保全 | 一案双申", "有效", None),
        ("未缴年费", "失效", "未缴年费"),
        ("未缴年费 | 诉讼 | 无效程序 | 一案双申 | 口头审理", "失效", "未缴年费"),
        ("避免重复授权 | 一案双申", "失效", "避免重复授权"),
        ("撤回-视为撤回", "失效", "视为撤回"),
        ("撤回-主动撤回", "失效", "主动撤回"),
        ("撤回-未指定类型", "失效", "撤回"),
        ("放弃-视为放弃", "失效", "视为放弃取得专利权"),
        ("放弃-主动放弃", "失效", "主动放弃"),
        ("放弃-未指定类型", "失效", "放弃"),
        ("驳回 | 复审", "失效", "驳回"),
        ("实质审查 | 诉讼 | 复审", "审中", None),
        ("公开", "审中", None),
        ("期限届满", "失效", "期限届满"),
        ("权利终止", "失效", "权利终止"),
        ("申请终止", "失效", "申请终止"),
        ("全部撤销", "失效", "全部撤销"),
        ("部分无效", "有效", None),
        ("权利恢复", "有效", None),
        ("PCT指定期满", "失效", "PCT指定期满"),
        ("PCT指定期内", "审中", None),
        ("未确认", "未知", None),
        # incoPat and other portals
        ("有效", "有效", None),
        ("有效专利", "有效", None),
        ("失效", "失效", None),
        ("无效", "失效", None),
        ("审中", "审中", None),
        ("在审", "审中", None),
        ("有权", "有效", None),
        ("无权", "失效", None),
        ("实质审查", "审中", None),
        # CNIPA and CNIPR
        ("实质审查的生效", "审中", None),
        ("发明专利申请公布", "审中", None),
        ("发明专利权授予", "有效", None),
        ("外观设计专利权授予", "有效", None),
        ("发明专利申请公布后的驳回", "失效", "驳回"),
        ("发明专利申请公布后的撤回", "失效", "撤回"),
        ("发明专利申请公布后的视为撤回", "失效", "视为撤回"),
        ("专利申请的视为撤回", "失效", "视为撤回"),
        ("被视为撤回的申请视为放弃取得专利权的权利", "失效", "视为撤回"),
        ("专利权的视为放弃", "失效", "视为放弃取得专利权"),
        ("专利权的终止", "失效", "权利终止"),
        ("专利权的终止(未缴年费专利权终止)", "失效", "未缴年费"),
        ("专利权的终止未缴纳年费专利权终止", "失效", "未缴年费"),
        ("专利权的终止(②专利权有效期届满)", "失效", "期限届满"),
        ("专利权有效期届满", "失效", "期限届满"),
        ("专利权的主动放弃", "失效", "主动放弃"),
        ("专利权的主动放弃;其他有关事项避免重复授权放弃专利权", "失效", "避免重复授权"),
        ("避免重复授予专利权", "失效", "避免重复授权"),
        ("专利权的无效、部分无效宣告专利权全部无效", "失效", "全部无效"),
        ("专利权的无效宣告(专利权部分无效)", "有效", None),
        ("专利权的撤销专利权全部撤销", "失效", "全部撤销"),
        ("专利权的转移", "有效", None),
        ("专利申请权、专利权的转移", "未知", None),
        ("著录事项变更", "未知", None),
        ("撤回优先权", "未知", None),
        ("未授权", "未知", None),
        # case states of the examination portal
        ("专利权维持", "有效", None),
        ("等年费滞纳金", "有效", None),
        ("未缴年费专利权终止，等恢复", "失效", "未缴年费"),
        ("驳回等复审请求", "审中", None),
        ("逾期视撤失效", "失效", "视为撤回"),
        ("一通出案待答复", "审中", None),
        ("等年登印费", "审中", None),
        ("放弃专利权（重复授权）", "失效", "避免重复授权"),
        ("届满终止失效", "失效", "期限届满"),
        # Google Patents and lens.org
        ("Active", "有效", None),
        ("Active, expires 2031-03-29", "有效", None),
        ("Pending", "审中", None),
        ("Granted", "有效", None),
        ("Withdrawn", "失效", "撤回"),
        ("Expired - Fee Related", "失效", "未缴年费"),
        ("Expired - Lifetime", "失效", "期限届满"),
        ("INACTIVE", "失效", None),
        ("DISCONTINUED", "失效", None),
        ("PATENTED", "有效", None),
        ("UNKNOWN", "未知", None),
        # full-width and spaced
        ("　实质审查 的 生效 ", "审中", None),
        ("天气晴朗", "未知", None),
    ],
)
def test_statuses_are_classed_as_the_portals_mean_them(text, state, reason):
    status = classify_status(text)
    assert (status.state, status.reason) == (state, reason)


@pytest.mark.parametrize("text", ["", " ", "-", "--", "\u3000"])
def test_an_empty_status_is_unknown_and_never_lapsed(text):
    status = classify_status(text)
    assert (status.state, status.reason, status.after_grant) == ("未知", None, None)


@pytest.mark.parametrize(
    "text", ["驳回", "撤回-主动撤回", "发明专利申请公布后的视为撤回", "视为放弃取得专利权", "PCT指定期满"]
)
def test_what_ended_before_grant_is_no_lapse_of_a_granted_right(text):
    status = classify_status(text)
    assert status.state == "失效"
    assert status.kind in ("驳回", "撤回")
    assert status.after_grant is False


@pytest.mark.parametrize(
    "text", ["未缴年费", "期限届满", "专利权的主动放弃", "避免重复授权", "专利权全部无效"]
)
def test_what_ended_a_granted_right_says_so(text):
    assert classify_status(text).after_grant is True


def test_a_lapse_without_reason_does_not_say_whether_it_came_after_grant():
    assert classify_status("失效").after_grant is None
    assert classify_status("放弃-未指定类型").after_grant is None


@pytest.mark.parametrize(
    ("state", "reason", "grant", "expected"),
    [
        ("有效", None, "CN111534432B", False),
        ("未知", None, None, False),
        ("失效", "驳回", None, False),
        ("失效", "视为撤回", "CN111534432B", False),
        ("失效", "未缴年费", None, True),
        ("失效", None, "CN111534432B", True),
        ("失效", "放弃", "CN111534432B", True),
        ("失效", "放弃", None, None),
        ("失效", None, None, None),
    ],
)
def test_a_record_tells_whether_its_granted_right_ended(state, reason, grant, expected):
    record = PatentRecord(legal_state=state, lapse_reason=reason, grant_number=grant)
    assert ended_after_grant(record) is expected


CNIPR_LINES = """2012.05.30 公开
2012.07.11 实质审查的生效 IPC(主分类):H01M4/00申请日:20111121
2014.01.01 授权
2016.01.06 专利权的终止 未缴年费专利权终止申请日:20111121授权公告日:20140101终止日期:20151121"""

CNIPR_BLOCKS = """#法律状态公告日：20120926;
法律状态：授权;
描述信息：授权;

#法律状态公告日：20121219;
法律状态：专利申请权、专利权的转移;
描述信息：专利权的转移IPC(主分类):A41D   1/00;\
变更事项:专利权人;变更前权利人:甲科技股份有限公司;变更后权利人:甲科技股份有限公司;\
变更事项:地址;变更前权利人:某市某路127号4楼;变更后权利人:某市某路129号4楼;\
变更事项:专利权人;变更前权利人:乙创新股份有限公司;变更后权利人:丙控股股份有限公司;登记生效日:20121116;

#法律状态公告日：20220104;
法律状态：专利权有效期届满;
描述信息：专利权有效期届满IPC(主分类):A41D1/00;授权公告日:20120926;"""

INPADOC = (
    "2024-01-26 | -TERMINATION OF PATENT RIGHT DUE TO NON-PAYMENT OF ANNUAL FEE | CN | "
    "2023-02-07 | FEE PAYMENT | CN | 2022-07-05 | +PATENT GRANT | CN | "
    "2019-06-21 | ENTRY INTO FORCE OF REQUEST FOR SUBSTANTIVE EXAMINATION | CN | "
    "2019-05-28 | PUBLICATION | CN"
)


def test_a_history_by_lines_is_read_with_its_days():
    assert [(event.date, event.kind) for event in parse_events(CNIPR_LINES)] == [
        (date(2012, 5, 30), "公开"),
        (date(2012, 7, 11), "实审"),
        (date(2014, 1, 1), "授权"),
        (date(2016, 1, 6), "失效"),
    ]


def test_days_inside_a_description_open_no_entry():
    assert len(parse_events(CNIPR_BLOCKS)) == 3


def test_a_transfer_names_who_gave_and_who_received_and_leaves_addresses_out():
    transfer = parse_events(CNIPR_BLOCKS)[1]
    assert (transfer.kind, transfer.date) == ("转让", date(2012, 12, 19))
    assert transfer.parties_from == ("甲科技股份有限公司", "乙创新股份有限公司")
    assert transfer.parties_to == ("甲科技股份有限公司", "丙控股股份有限公司")


def test_licence_and_pledge_name_their_parties():
    licence, pledge = parse_events(
        "2019-03-01 专利实施许可合同备案的生效 合同备案号:2019330000012;"
        "让与人:张三;受让人:某某有限公司;许可种类:独占许可;备案日期:20190201\n"
        "2021.05.06 专利权质押合同登记的生效 登记号:Y2021980001234;登记生效日:20210415;"
        "出质人:某某股份有限公司;质权人:某银行"
    )
    assert (licence.kind, licence.parties_from, licence.parties_to) == ("许可", ("张三",), ("某某有限公司",))
    assert (pledge.kind, pledge.parties_from, pledge.parties_to) == (
        "质押",
        ("某某股份有限公司",),
        ("某银行",),
    )
    assert pledge.date == date(2021, 5, 6)


def test_the_end_of_a_pledge_is_not_counted_as_another_pledge():
    (event,) = parse_events(
        "2022.05.06 专利权质押合同登记的注销 登记号:Y1;解除日:20220415;出质人:甲有限公司;质权人:乙银行"
    )
    assert event.kind == "变更"


def test_inpadoc_lines_are_read_and_a_fee_is_no_grant():
    assert [event.kind for event in parse_events(INPADOC)] == ["公开", "实审", "授权", "其他", "失效"]


def test_undated_transfers_of_patsnap_are_events_and_its_status_is_none():
    events = parse_events("授权 | 质押 | 一案双申 | 权利转移")
    assert [(event.kind, event.date) for event in events] == [("质押", None), ("其他", None), ("转让", None)]
    assert parse_events("授权") == parse_events("未缴年费") == parse_events("-") == parse_events("") == ()


def test_events_come_by_day_and_once():
    events = parse_events("2014.01.01 授权\n2012.05.30 公开\n2014.01.01 授权")
    assert [event.date for event in events] == [date(2012, 5, 30), date(2014, 1, 1)]


@pytest.mark.parametrize(
    ("history", "state", "reason", "since"),
    [
        (CNIPR_LINES, "失效", "未缴年费", date(2016, 1, 6)),
        (CNIPR_BLOCKS, "失效", "期限届满", date(2022, 1, 4)),
        (INPADOC, "失效", "未缴年费", date(2024, 1, 26)),
        ("2012.05.30 公开\n2014.01.01 授权\n2015.01.01 专利权的转移", "有效", None, date(2014, 1, 1)),
        (
            "2012.05.30 公开\n2013.01.01 发明专利申请公布后的视为撤回\n2014.01.01 权利的恢复",
            "审中",
            None,
            date(2014, 1, 1),
        ),
        ("2012.05.30 授权\n2013.01.01 专利权的终止\n2014.01.01 权利的恢复", "有效", None, date(2014, 1, 1)),
        ("2013.01.01 专利权的终止\n2014.01.01 权利的恢复", "有效", None, date(2014, 1, 1)),
    ],
)
def test_the_last_step_of_a_history_is_the_status(history, state, reason, since):
    status = classify_status(history)
    assert (status.state, status.reason, status.since) == (state, reason, since)


def test_events_without_a_day_lead_to_no_status():
    assert status_after([LegalEvent(kind="授权", text="授权")]).state == "未知"


words = st.sampled_from(
    [
        "授权",
        "公开",
        "实质审查的生效",
        "专利权的终止",
        "发明专利申请公布后的驳回",
        "专利权的转移",
        "著录事项变更",
    ]
)
histories = st.lists(
    st.tuples(st.dates(date(1986, 1, 1), date(2025, 1, 1)), words), max_size=8, unique_by=lambda e: e[0]
)


@given(histories)
def test_a_written_history_is_read_back_entry_by_entry(entries):
    text = "\n".join(f"{day:%Y.%m.%d} {word}" for day, word in entries)
    assert [(event.date, event.text) for event in parse_events(text)] == sorted(entries)


@given(st.text(max_size=60))
def test_any_text_has_a_status_and_events_without_a_break(text):
    assert classify_status(text).state in ("有效", "失效", "审中", "未知")
    parse_events(text)


@pytest.mark.shared
def test_all_statuses_of_real_data_are_understood(shared_data):
    polars = pytest.importorskip("polars")
    table = polars.read_parquet(shared_data / "data" / "patents.parquet", columns=["legal_status"])
    statuses = set(table["legal_status"].drop_nulls())
    assert len(statuses) > 30
    assert not {text for text in statuses if classify_status(text).state == "未知"}
