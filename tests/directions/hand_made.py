"""A library of sixteen patents and a design, small enough to count by hand; dates and states are made up.

      filed       type      granted     state                lapsed      class  applicants        city
  1   2014-03-01  发明      2016-03-01  失效 未缴年费         2018-03-01  C22B   甲集团             贵阳
  2   2015-05-01  发明      2017-05-01  有效                  2 transfers C22B   乙大学 → 丙科技     贵阳
  3   2016-01-10  实用新型  2016-08-10  失效 未缴年费         2017-01-10  E21B   甲集团             贵阳
  4   2016-06-01  发明                  失效 驳回                         C22B   丁研究院           贵阳
  5   2017-02-01  发明      2019-02-01  有效                  1 licence   H01M   甲集团, 乙大学      遵义
  6   2017-07-01  实用新型  2018-01-01  失效 主动放弃         2020-07-01  C22B   甲铝业             遵义
  7   2018-01-15  发明                  审中                              H01M   乙大学             贵阳
  8   2018-03-15  发明      2020-03-15  有效                  1 pledge    H01M   甲铝业, PCT        遵义
  9   2018-05-15  实用新型  2018-12-15  有效                              C22B   张三               深圳
 10   2018-09-15  实用新型  2019-03-15  有效   inside a group: 甲集团 → 甲铝业  E21B             贵阳
 11   2019-02-02  发明                  审中                              H01M   甲集团             贵阳
 12   2019-04-02  发明                  失效 视为撤回                     G06F   乙大学, 丁研究院    贵阳
 13   2019-06-02  实用新型  2019-12-02  有效                              H01M   甲铝业             遵义
 14   2019-08-02  发明      2021-08-02  有效   family abroad              H01M, C22B  丙科技        贵阳
 15   2020-03-03  发明                  审中                              H01M   乙大学             贵阳
 16   2020-05-03  实用新型  2021-01-03  有效                              C22B   甲集团             unknown
 17   2018-02-02  外观设计  2018-06-06  有效   left out

As of 2021-12-31 filings are complete up to 2019: 1, 1, 2, 2, 4, 4 from 2014 to 2019, then 2.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl
import pyarrow as pa

from directions.counting import Counting
from directions.study import Period, Study, StudyTheme, make_study
from library.columns import append_column, table_of
from patents.merge import record_key
from patents.record import LegalEvent, PatentRecord

AS_OF = date(2021, 12, 31)
PERIOD = Period(2014, 2021)
JIA, LV, YI, BING, DING = "甲集团有限公司", "甲铝业有限公司", "乙大学", "丙科技有限公司", "丁研究院"
GROUPS = ((JIA, "甲集团"), (LV, "甲集团"))
INVENTION, UTILITY = "发明", "实用新型"
GUIYANG, ZUNYI = ("贵州省", "贵阳市"), ("贵州省", "遵义市")


def patent(number, kind, filed, applicants, place, ipc, granted=None, state="有效", **more):
    """One record; its events hold at least the publication, so that its history is known."""
    events = (LegalEvent(kind="公开", date=filed), *more.pop("events", ()))
    province, city = place or (None, None)
    return PatentRecord(
        application_number=f"CN{filed.year}1{number:07d}",
        publication_number=f"CN1{number:08d}A",
        patent_type=kind,
        title=f"第{number}件",
        filing_date=filed,
        publication_date=more.pop("published", filed),
        grant_date=granted,
        grant_number=f"CN1{number:08d}B" if granted else None,
        ipc_main=ipc[0],
        ipc=ipc,
        applicants=applicants,
        current_applicants=more.pop("now", applicants),
        province=province,
        city=city,
        legal_state=state,
        events=events,
        **more,
    )


def event(kind, *day):
    return LegalEvent(kind=kind, date=date(*day) if day else None)


def records() -> tuple[PatentRecord, ...]:
    d = date
    c22b, e21b, h01m = ("C22B21/00",), ("E21B7/00",), ("H01M10/05",)
    unpaid = {"state": "失效", "lapse_reason": "未缴年费"}
    return (
        patent(
            1, INVENTION, d(2014, 3, 1), (JIA,), GUIYANG, c22b, d(2016, 3, 1),
            lapse_date=d(2018, 3, 1), **unpaid,
        ),
        patent(
            2, INVENTION, d(2015, 5, 1), (YI,), GUIYANG, c22b, d(2017, 5, 1),
            now=(BING,), events=(event("转让", 2019, 6, 1), event("转让")),
        ),
        patent(
            3, UTILITY, d(2016, 1, 10), (JIA,), GUIYANG, e21b, d(2016, 8, 10),
            lapse_date=d(2017, 1, 10), **unpaid,
        ),
        patent(4, INVENTION, d(2016, 6, 1), (DING,), GUIYANG, c22b, state="失效", lapse_reason="驳回"),
        patent(
            5, INVENTION, d(2017, 2, 1), (JIA, YI), ZUNYI, h01m, d(2019, 2, 1),
            events=(event("许可", 2020, 2, 2),),
        ),
        patent(
            6, UTILITY, d(2017, 7, 1), (LV,), ZUNYI, c22b, d(2018, 1, 1),
            state="失效", lapse_reason="主动放弃", lapse_date=d(2020, 7, 1),
        ),
        patent(7, INVENTION, d(2018, 1, 15), (YI,), GUIYANG, h01m, state="审中"),
        patent(
            8, INVENTION, d(2018, 3, 15), (LV,), ZUNYI, h01m, d(2020, 3, 15),
            events=(event("质押", 2021, 5, 5),), pct_application_number="PCT/CN2018/000008",
        ),
        patent(9, UTILITY, d(2018, 5, 15), ("张三",), ("广东省", "深圳市"), c22b, d(2018, 12, 15)),
        patent(
            10, UTILITY, d(2018, 9, 15), (JIA,), GUIYANG, e21b, d(2019, 3, 15),
            now=(LV,), events=(event("转让", 2020, 1, 5),),
        ),
        patent(11, INVENTION, d(2019, 2, 2), (JIA,), GUIYANG, h01m, state="审中"),
        patent(
            12, INVENTION, d(2019, 4, 2), (YI, DING), GUIYANG, ("G06F17/00",),
            state="失效", lapse_reason="视为撤回",
        ),
        patent(13, UTILITY, d(2019, 6, 2), (LV,), ZUNYI, h01m, d(2019, 12, 2)),
        patent(
            14, INVENTION, d(2019, 8, 2), (BING,), GUIYANG, (*h01m, "C22B1/00"), d(2021, 8, 2),
            family=("CN100000014A", "US20200000014A1"),
        ),
        patent(15, INVENTION, d(2020, 3, 3), (YI,), GUIYANG, h01m, state="审中"),
        patent(16, UTILITY, d(2020, 5, 3), (JIA,), None, c22b, d(2021, 1, 3)),
        patent(17, "外观设计", d(2018, 2, 2), (JIA,), GUIYANG, (None,), d(2018, 6, 6)),
    )  # fmt: skip


INDUSTRIES = {
    "C22B": ["x:有色", "sei:新材料产业", "sei:先进有色金属材料"],
    "H01M": ["x:电池"],
    "E21B": [],
    "G06F": [],
}
HIGH_END = {8, 14}
SEI_OF_PATENT = {7: ["sei:新能源产业"], 8: ["sei:新能源产业"]}


def number_of(key: str) -> int:
    return int(key[7:])


def table(found: Sequence[PatentRecord] | None = None) -> pa.Table:
    """The columns of some records (of all when None), with their industries."""
    laid = table_of(sorted(found if found is not None else records(), key=record_key))
    lists = []
    for key, main in zip(laid.column("key").to_pylist(), laid.column("ipc_main").to_pylist(), strict=True):
        own = list(INDUSTRIES.get((main or "")[:4], []))
        number = number_of(key) if key.startswith("CN") and len(key) == 14 else 0
        own += ["x:高端"] if number in HIGH_END else []
        lists.append(own + SEI_OF_PATENT.get(number, []))
    return append_column(laid, "industries", pa.array(lists, pa.list_(pa.string())))


def study(found: Sequence[PatentRecord] | None = None, *, themes: bool = False, **options) -> Study:
    """The study of some records (of all when None); options as in `Counting`, besides groups and period."""
    laid = table(found)
    made = make_study(
        laid,
        np.arange(laid.num_rows),
        title=options.pop("title", "全省"),
        query="*",
        as_of=options.pop("as_of", AS_OF),
        period=options.pop("period", PERIOD),
        groups=options.pop("groups", GROUPS),
        counting=Counting(**options),
    )
    return replace(made, themes=themes_of(made)) if themes else made


def themes_of(made: Study) -> tuple[StudyTheme, ...]:
    """Batteries (H01M) and metals (C22B); the rest is in no theme."""
    subclass = made.patents["ipc_main"].str.slice(0, 4).to_numpy()
    return (
        StudyTheme(id="T1", name="电池", keywords=("电池",), rows=np.flatnonzero(subclass == "H01M")),
        StudyTheme(id="T2", name="冶炼", keywords=("电解",), rows=np.flatnonzero(subclass == "C22B")),
    )


def column(made, name: str) -> list[object]:
    return made.rows[name].to_list()


def pairs(made, first: str, second: str) -> dict[object, object]:
    return dict(zip(column(made, first), column(made, second), strict=True))


__all__ = ["AS_OF", "GROUPS", "PERIOD", "column", "pairs", "patent", "pl", "records", "study", "table"]
