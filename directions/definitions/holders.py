"""申请人: counts, kinds, groups, cooperation, transfers, concentration."""

from directions.definitions.sources import CNIPA, OECD, OWN, USUAL
from directions.facts import Definition

_ORGANISATIONS = "单位申请人指企业、高校、科研院所、医院、政府等，个人不计"

HOLDERS = (
    Definition(
        id="applicants.all",
        name="申请人专利量（全部申请人）",
        text="申请人参与申请的专利件数；合作申请的每个申请人各计一件。",
        unit="件",
        needs=("applicants",),
        source=OECD,
        name_en="Patents of the applicant (all applicants)",
        text_en="Patents that name the applicant; a joint patent counts once for each of its applicants.",
    ),
    Definition(
        id="applicants.first",
        name="申请人专利量（第一申请人）",
        text="以其为第一申请人的专利件数；每件专利只计一个申请人。",
        unit="件",
        needs=("applicants",),
        source=CNIPA,
        name_en="Patents of the applicant (first applicant)",
        text_en="Patents whose first applicant it is; each counts for one applicant only.",
    ),
    Definition(
        id="applicant_share.known",
        name="申请人占比",
        text="申请人的专利件数除以申请人已知的专利件数；按全部申请人计时各占比之和可大于 100%。",
        unit="%",
        denominator="申请人已知的专利",
        needs=("applicants",),
        source=USUAL,
        name_en="Share of the applicant",
        text_en="Patents of the applicant over patents with an applicant; counted by all applicants, shares "
        "may add up to more than 100 %.",
    ),
    Definition(
        id="applicant_kind.all",
        name="申请人类型占比（全部申请人）",
        text="至少有一个该类申请人的专利件数除以申请人已知的专利件数；合作申请可计入多类。",
        unit="%",
        denominator="申请人已知的专利",
        needs=("applicant_kinds",),
        source=f"{CNIPA}（申请人类型）；类型由名称判定，{OWN}",
        name_en="Share of the kind of applicant (all applicants)",
        text_en="Patents with an applicant of the kind over patents with an applicant; a joint patent may be "
        "of several kinds. Kinds are read from names.",
    ),
    Definition(
        id="applicant_kind.first",
        name="申请人类型占比（第一申请人）",
        text="第一申请人属于该类的专利件数除以申请人已知的专利件数；各类之和为 100%。",
        unit="%",
        denominator="申请人已知的专利",
        needs=("applicant_kinds",),
        source=f"{CNIPA}（申请人类型）；类型由名称判定，{OWN}",
        name_en="Share of the kind of applicant (first applicant)",
        text_en="Patents whose first applicant is of the kind over patents with an applicant; shares add up "
        "to 100 %. Kinds are read from names.",
    ),
    Definition(
        id="applicant_group.members",
        name="集团专利量",
        text="集团任一成员参与申请的专利件数，成员之间合作申请的只计一件；成员以集团成员表为准，表中没有的按"
        "名称中的集团字号归并。",
        unit="件",
        needs=("applicants",),
        source=f"用户的集团成员表（groups.yaml）；{OWN}",
        name_en="Patents of the group",
        text_en="Patents that name a member of the group, joint patents of members once; members by the file "
        "of groups, else by the name of the group within theirs.",
    ),
    Definition(
        id="direction.rising",
        name="发展方向",
        text="最近三个完整年份的件数多于此前三年的主题（最近三年至少两件），按增加件数排列。",
        unit="",
        source=OWN,
        name_en="Directions",
        text_en="Themes with more patents in the last three complete years (two or more) than in the three "
        "before, by increase.",
    ),
    Definition(
        id="cooperation.organisations",
        name="合作研发量",
        text=f"有两个及以上单位申请人的专利件数；{_ORGANISATIONS}。",
        unit="件",
        needs=("applicants", "applicant_kinds"),
        source=OECD,
        name_en="Joint patents",
        text_en="Patents with two organisations or more among their applicants; individuals do not count.",
    ),
    Definition(
        id="cooperation.industry_university",
        name="产学研合作量",
        text="申请人中既有企业又有高校或科研院所的专利件数。",
        unit="件",
        needs=("applicants", "applicant_kinds"),
        source=USUAL,
        name_en="Joint patents of firms with universities or institutes",
        text_en="Patents with both a firm and a university or research institute among their applicants.",
    ),
    Definition(
        id="cooperation_share.known",
        name="合作研发占比",
        text="合作研发量除以申请人已知的专利件数。",
        unit="%",
        denominator="申请人已知的专利",
        needs=("applicants", "applicant_kinds"),
        source=OECD,
        name_en="Share of joint patents",
        text_en="Joint patents over patents with an applicant.",
    ),
    Definition(
        id="transfer_flow.holders",
        name="转出量与转入量",
        text="发生过转让的专利中，原申请人不再是当前权利人的计转出，新的当前权利人计转入；中间环节不可知，"
        "集团内部转让按所选口径。",
        unit="件",
        needs=("applicants", "current_applicants", "transfer_count"),
        source=OWN,
        name_en="Transfers out and in",
        text_en="Of transferred patents: out for an applicant that holds them no more, in for a holder that "
        "did not file them; steps in between are not known.",
    ),
    Definition(
        id="concentration.CR10",
        name="申请人集中度 CR10",
        text="前十位申请人的专利件数（去重）除以申请人已知的专利件数。",
        unit="%",
        denominator="申请人已知的专利",
        needs=("applicants",),
        source="集中率（concentration ratio），产业组织的通用指标",
        name_en="Concentration CR10",
        text_en="Unique patents of the ten largest applicants over patents with an applicant.",
    ),
    Definition(
        id="concentration.HHI",
        name="赫芬达尔指数 HHI",
        text="各申请人专利件数占全部申请人件数之和的份额的平方和，取值 0 至 1。",
        unit="",
        denominator="各申请人专利件数之和",
        needs=("applicants",),
        source="Herfindahl–Hirschman 指数（Hirschman, AER 54, 1964）",
        name_en="Herfindahl–Hirschman index",
        text_en="Sum of the squared shares of the applicants in the sum of their counts, from 0 to 1.",
    ),
)
