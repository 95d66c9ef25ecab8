from collections import Counter, defaultdict
from datetime import date

import numpy as np
import polars as pl

from patents.applicant_kinds import applicant_kind
from patents.numbers import parse_application_number, parse_publication_number
from patents.regions import resolve_region
from scripts.demo.corpus import make_corpus
from scripts.demo.plan import activity
from scripts.demo.settings import AS_OF, YEARS
from scripts.demo.vocabulary import load_shapes, load_topics

DEEDS = ("转让", "许可", "质押")


def pairs(patents):
    twins = defaultdict(list)
    for patent in patents:
        if patent["twin"] >= 0:
            twins[patent["twin"]].append(patent)
    return list(twins.values())


def publications(patent):
    return [number for number in (patent["published"], patent["granted"]) if number]


def test_the_same_seed_gives_the_same_corpus_and_another_seed_another():
    first, again, other = (make_corpus(80, seed)[0] for seed in (5, 5, 6))
    assert first.equals(again)
    assert not first["title"].equals(other["title"])


def test_there_are_as_many_patents_as_asked_for(corpus):
    assert len(corpus) == 900
    assert corpus["number"].n_unique() == 900


def test_numbers_have_the_official_form_right_check_digits_and_serials_never_issued(patents):
    for patent in patents:
        number = parse_application_number(patent["number"])
        assert number.check_ok
        assert number.text == patent["number"]
        assert number.patent_type == patent["type"]
        assert number.year == patent["filing"].year
        assert number.body[5] == "9"
        for text in publications(patent):
            publication = parse_publication_number(text)
            assert publication.text == text
            assert publication.patent_type == patent["type"]
            assert text[3] == "9"


def test_a_and_b_of_one_application_share_their_number(patents):
    both = [publications(patent) for patent in patents if len(publications(patent)) == 2]
    assert len(both) > 130
    for first, grant in both:
        assert first[:-1] == grant[:-1]
        assert (first[-1], grant[-1]) == ("A", "B")


def test_publication_numbers_rise_with_the_day_of_publication(patents):
    for patent_type in ("发明", "实用新型"):
        own = [patent for patent in patents if patent["type"] == patent_type]
        numbers = [number for _, number in sorted((p["first_publication"], publications(p)[0]) for p in own)]
        assert numbers == sorted(numbers)


def test_dates_follow_one_another(patents):
    for patent in patents:
        days = [patent[name] for name in ("filing", "pct_entry", "publication", "examination", "grant")]
        known = [day for day in days if day]
        assert known == sorted(known)
        assert known[-1] <= AS_OF
        if patent["priority_day"]:
            assert patent["priority_day"] < patent["filing"]
        if patent["type"] == "发明":
            assert 180 <= (patent["publication"] - patent["filing"]).days <= 570
            assert patent["grant"] is None or 540 <= (patent["grant"] - patent["filing"]).days <= 1475
        else:
            assert 100 <= (patent["grant"] - patent["filing"]).days <= 290
        if patent["lapse"]:
            assert patent["grant"] <= patent["lapse"] <= AS_OF
            assert patent["expiry"] is None
        if patent["expiry"]:
            assert patent["state"] == "有效"
            assert patent["expiry"] > AS_OF


def test_status_and_reason_agree(patents):
    states = {"授权": "有效", "权利恢复": "有效", "实质审查": "审中", "公开": "审中"}
    for patent in patents:
        assert patent["state"] == states.get(patent["words"], "失效")
        if patent["words"] in ("驳回", "撤回-视为撤回"):
            assert patent["grant"] is None
        if patent["words"] == "期限届满":
            assert patent["type"] != "发明"


def test_deeds_lie_between_publication_and_the_end_with_both_parties(patents):
    seen = Counter()
    for patent in patents:
        for kind in DEEDS:
            given, taken, days = (patent[f"{kind}_{part}"] for part in ("given", "taken", "days"))
            seen[kind] += len(days)
            assert len(days) == patent[f"{kind}_count"]
            assert len(taken) == len(days) <= len(given)
            assert not set(given[-1:]) & set(taken[-1:])
            for text in days:
                day = date.fromisoformat(text)
                assert patent["first_publication"] < day <= AS_OF
                assert patent["lapse"] is None or day <= patent["lapse"]
                assert kind == "转让" or day > patent["grant"]
    assert min(seen[kind] for kind in DEEDS) > 5
    assert seen["转让"] > seen["质押"]


def test_the_present_holder_is_the_last_buyer_or_the_applicant_by_its_present_name(patents, made):
    applicants = made[1].table
    present = dict(zip(applicants["former"], applicants["name"], strict=True))
    for patent in patents:
        last = patent["转让_taken"][-1:] or patent["applicants"]
        assert [present.get(name, name) for name in last] == patent["current"]


def test_twins_share_day_title_and_applicant_and_only_one_survives(patents):
    twins = pairs(patents)
    assert len(twins) >= 8
    for first, second in twins:
        assert {first["type"], second["type"]} == {"发明", "实用新型"}
        for column in ("title", "filing", "applicants", "inventors"):
            assert first[column] == second[column]
        invention, model = sorted((first, second), key=lambda patent: patent["type"])
        assert invention["abstract"].replace("本发明", "本实用新型") == model["abstract"]
        if invention["grant"]:
            assert model["lapse"] is not None
            assert model["lapse"] <= invention["grant"]


def test_near_twins_come_from_one_applicant_within_months(patents):
    bodies = defaultdict(list)
    for patent in patents:
        if patent["type"] != "外观设计" and patent["twin"] < 0:
            bodies[patent["topic"], patent["form"], patent["body"]].append(patent)
    near = [group for group in bodies.values() if len(group) > 1]
    assert len(near) >= 8
    for group in near:
        assert len({patent["applicant"] for patent in group}) == 1
        assert len({patent["title"] for patent in group}) > 1 or len({p["abstract"] for p in group}) > 1
        days = sorted(patent["filing"] for patent in group)
        assert (days[-1] - days[0]).days <= 240


def test_no_two_texts_are_alike_but_those_of_twins(patents):
    singles = [patent for patent in patents if patent["twin"] < 0 or patent["type"] == "发明"]
    abstracts = Counter(patent["abstract"] for patent in singles)
    claims = Counter(patent["claim"] for patent in singles if patent["claim"])
    titles = Counter(patent["title"] for patent in singles)
    assert max(abstracts.values()) == 1
    assert sum(claims.values()) - len(claims) <= len(singles) / 200
    assert sum(titles.values()) - len(titles) <= len(singles) / 50


def test_abstracts_have_the_customary_length(corpus):
    lengths = corpus.filter(pl.col("type") != "外观设计")["abstract"].str.len_chars()
    assert lengths.max() <= 350
    assert (lengths < 150).sum() <= len(lengths) / 50
    assert 180 <= lengths.mean() <= 240


def test_citations_go_back_in_time(patents):
    cites = [(patent, patents[row], letter) for patent in patents
             for row, letter in zip(patent["cites"], patent["letters"], strict=True)]  # fmt: skip
    assert len(cites) > 400
    assert {letter for *_, letter in cites} == {"X", "Y", "A"}
    for citing, cited, letter in cites:
        assert cited["first_publication"] < citing["filing"]
        assert letter == "A" or cited["topic"] == citing["topic"]
    near = sum(citing["topic"] == cited["topic"] for citing, cited, _ in cites)
    assert near > 0.8 * len(cites)


def test_families_abroad_have_a_pct_number_and_members_at_other_offices(patents):
    families = [patent for patent in patents if patent["foreign"]]
    assert len(families) >= 8
    for patent in families:
        world, *others = patent["foreign"]
        assert world.startswith("WO")
        assert others
        assert patent["pct_publication"]
        for number in patent["foreign"]:
            assert parse_publication_number(number).text


def test_the_corpus_has_the_shape_of_a_provincial_study(corpus, made):
    count, types = len(corpus), Counter(corpus["type"])
    assert 0.45 < types["发明"] / count < 0.65
    assert 0 < types["外观设计"] / count < 0.04
    kinds = Counter(kinds[0] for kinds in corpus["kinds"])
    assert 0.6 < kinds["企业"] / count < 0.8
    assert kinds["高校"] > kinds["个人"] > kinds["医院"] > 0
    place = made[1].table["province"].gather(corpus["applicant"])
    assert 0.5 < (place == "贵州省").mean() < 0.68
    cities = Counter(made[1].table.filter(pl.col("province") == "贵州省")["city"])
    assert cities["贵阳市"] > 4 * cities["黔西南布依族苗族自治州"]


def test_every_industry_has_the_share_that_the_vocabulary_asks_for(corpus):
    shares = Counter(corpus["industry"])
    whole = sum(shape.share for shape in load_shapes().values())
    for name, shape in load_shapes().items():
        assert abs(shares[name] / len(corpus) - shape.share / whole) < 0.035


def test_filings_double_in_the_thirteenth_plan_and_the_last_18_months_are_incomplete(corpus):
    years = Counter(corpus["filing"].dt.year())
    twelfth = sum(years[year] for year in range(2011, 2016))
    thirteenth = sum(years[year] for year in range(2016, 2021))
    assert 2.0 < thirteenth / twelfth < 3.2
    assert years[2026] < years[2025] < years[2023]
    assert corpus["first_publication"].max() <= AS_OF


def test_topics_rise_and_fade_as_the_vocabulary_says():
    shares = activity(load_topics(), load_shapes())
    assert abs(shares.sum() - 1) < 1e-9
    corpus = make_corpus(1500, seed=4)[0]
    early = Counter(corpus.filter(pl.col("filing") < date(2017, 1, 1))["topic_name"])
    late = Counter(corpus.filter(pl.col("filing") >= date(2017, 1, 1))["topic_name"])
    assert late["固态与钠离子电池"] > 4 * early["固态与钠离子电池"]
    assert late["大语言模型与智能体"] > 5 > early["大语言模型与智能体"]
    fading = "苗药与中药组合物"
    assert late[fading] / late.total() < 0.6 * early[fading] / early.total()
    assert np.allclose(shares.shape, (len(load_topics()), len(YEARS)))


def test_names_say_what_kind_of_applicant_they_are(patents):
    for patent in patents:
        for name, kind in zip(patent["applicants"], patent["kinds"], strict=True):
            assert applicant_kind(name) == kind, name


def test_some_firms_had_another_name_before(made, corpus):
    renamed = made[1].table.filter(pl.col("former") != "")
    assert len(renamed) > 15
    for name, former in zip(renamed["name"], renamed["former"], strict=True):
        assert name != former
        assert name.removesuffix("公司")[:4] == former.removesuffix("公司")[:4]
    listed = set(corpus["applicants"].explode())
    assert listed & set(renamed["former"])
    assert listed & set(renamed["name"])


def test_inventors_work_in_teams_and_some_share_a_name(patents):
    together, homes = Counter(), defaultdict(set)
    for patent in patents:
        names = patent["inventors"]
        assert len(names) == len(set(names)) > 0
        together.update(frozenset((a, b)) for a in names for b in names if a < b)
        for name in names:
            homes[name].add(patent["applicants"][0])
    assert max(together.values()) >= 4
    assert sum(len(places) > 2 for places in homes.values()) >= 5


def test_addresses_lead_to_the_place_they_were_made_from(made):
    for row in made[1].table.filter(pl.col("province") != "").iter_rows(named=True):
        region = resolve_region(address=row["address"])
        assert (region.province, region.city, region.county or "") == (
            row["province"],
            row["city"],
            row["county"],
        )
