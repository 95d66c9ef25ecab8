from collections import Counter
from datetime import date

from patents.applicant_kinds import applicant_kind
from patents.numbers import parse_application_number, parse_publication_number
from patents.regions import resolve_region
from scripts.demo.corpus import make_applications, make_export
from scripts.demo.planning import Plan, load_shapes
from scripts.demo.reading import load_topics
from scripts.demo.settings import AS_OF


def test_the_same_seed_gives_the_same_corpus_and_another_seed_another():
    first, again, other = (
        [(p.number, p.application.draft, p.application.life) for p in make_export(60, seed)]
        for seed in (5, 5, 6)
    )
    assert first == again
    assert first != other


def test_there_are_as_many_patents_as_asked_for(applications):
    assert len(applications) == 700
    assert len({application.number for application in applications}) == 700


def test_numbers_have_the_official_form_right_check_digits_and_serials_never_issued(applications):
    for application in applications:
        number = parse_application_number(application.number)
        assert number.check_ok
        assert number.text == application.number
        assert number.patent_type == application.patent_type
        assert number.year == application.life.filing.year
        assert number.body[5] == "9"
        for text in application.publications:
            publication = parse_publication_number(text)
            assert publication.text == text
            assert publication.patent_type == application.patent_type
            assert text[3] == "9"


def test_a_and_b_of_one_application_share_their_number(applications):
    pairs = [a for a in applications if len(a.publications) == 2]
    assert len(pairs) > 100
    for application in pairs:
        first, grant = application.publications
        assert first[:-1] == grant[:-1]
        assert (first[-1], grant[-1]) == ("A", "B")


def test_publication_numbers_rise_with_the_day_of_publication(applications):
    for patent_type in ("发明", "实用新型"):
        row = sorted(
            (a.life.first_publication, a.publications[0])
            for a in applications
            if a.patent_type == patent_type
        )
        assert [number for _, number in row] == sorted(number for _, number in row)


def test_dates_follow_one_another(applications):
    for application in applications:
        life = application.life
        days = [application.pct_entry, life.publication, life.examination, life.grant]
        known = [life.filing, *(day for day in days if day)]
        assert known == sorted(known)
        assert all(day <= AS_OF for day, _ in life.history)
        assert [day for day, _ in life.history] == sorted(day for day, _ in life.history)
        if application.patent_type == "发明":
            assert life.publication is not None
            assert 180 <= (life.publication - life.filing).days <= 570
            assert life.grant is None or 540 <= (life.grant - life.filing).days <= 1470
        else:
            assert life.grant is not None
            assert 100 <= (life.grant - life.filing).days <= 290
        if life.lapse is not None:
            assert life.grant is not None
            assert life.grant <= life.lapse <= AS_OF
            assert life.expiry is None
        if life.expiry is not None:
            assert life.state == "有效"
            assert life.expiry > AS_OF


def test_status_and_reason_agree(applications):
    states = {"授权": "有效", "权利恢复": "有效", "实质审查": "审中", "公开": "审中"}
    for application in applications:
        assert application.life.state == states.get(application.life.words, "失效") or (
            application.life.words == "权利恢复"
        )
        if application.life.words in ("驳回", "撤回-视为撤回"):
            assert application.life.grant is None
        if application.life.words == "期限届满":
            assert application.patent_type != "发明"


def test_deeds_lie_between_publication_and_the_end_with_both_parties(applications):
    deeds = [(a, deed) for a in applications for deed in a.register.deeds]
    assert {deed.kind for _, deed in deeds} == {"转让", "许可", "质押"}
    for application, deed in deeds:
        assert application.life.first_publication < deed.day <= AS_OF
        assert application.life.lapse is None or deed.day <= application.life.lapse
        assert deed.given
        assert deed.taken
        assert not set(deed.given) & set(deed.taken)
        if deed.kind == "转让":
            continue
        assert application.life.grant is not None
        assert deed.day > application.life.grant


def test_the_present_holder_is_the_last_buyer(applications):
    for application in applications:
        sales = [deed for deed in application.register.deeds if deed.kind == "转让"]
        present = tuple(holder.name for holder in application.register.holders)
        first = tuple(holder.name for holder in application.party.applicants)
        assert present == (sales[-1].taken if sales else first)


def test_twins_share_day_title_and_applicant_and_only_one_survives(applications):
    twins = [a for a in applications if a.twin is not None]
    assert len(twins) >= 10
    for application in twins:
        other = application.twin
        assert other.twin is application
        assert {application.patent_type, other.patent_type} == {"发明", "实用新型"}
        assert application.draft.title == other.draft.title
        assert application.life.filing == other.life.filing
        assert application.party.applicants == other.party.applicants
        invention, model = sorted((application, other), key=lambda a: a.patent_type)
        if invention.life.grant is not None:
            assert model.life.lapse is not None
            assert model.life.lapse <= invention.life.grant


def test_no_two_texts_are_alike_but_those_of_twins(applications):
    singles = [a for a in applications if a.twin is None or a.patent_type == "发明"]
    abstracts = Counter(a.draft.abstract for a in singles)
    claims = Counter(a.draft.claim for a in singles if a.draft.claim)
    titles = Counter(a.draft.title for a in singles)
    assert max(abstracts.values()) == 1
    assert sum(claims.values()) - len(claims) <= len(singles) / 200
    assert sum(titles.values()) - len(titles) <= len(singles) / 50


def test_abstracts_have_the_customary_length(applications):
    lengths = [len(a.draft.abstract) for a in applications if a.patent_type != "外观设计"]
    assert max(lengths) <= 350
    assert sum(length < 150 for length in lengths) <= len(lengths) / 50
    assert 180 <= sum(lengths) / len(lengths) <= 240


def test_citations_go_back_in_time_and_both_ways(applications):
    cites = [(a, cited, letter) for a in applications for cited, letter in a.cites]
    assert len(cites) > 300
    assert {letter for _, _, letter in cites} == {"X", "Y", "A"}
    for citing, cited, letter in cites:
        assert cited.life.first_publication < citing.life.filing
        assert citing in cited.cited_by
        assert letter == "A" or cited.topic is citing.topic
    assert sum(len(a.cited_by) for a in applications) == len(cites)


def test_the_corpus_has_the_shape_of_a_provincial_study(applications):
    count = len(applications)
    types = Counter(a.patent_type for a in applications)
    assert 0.45 < types["发明"] / count < 0.65
    assert 0 < types["外观设计"] / count < 0.04
    kinds = Counter(a.party.applicants[0].kind for a in applications)
    assert 0.6 < kinds["企业"] / count < 0.8
    assert kinds.keys() >= {"企业", "高校", "科研院所", "医院", "个人"}
    home = sum(
        a.party.applicants[0].place is not None and a.party.applicants[0].place.province == "贵州省"
        for a in applications
    )
    assert 0.5 < home / count < 0.7
    assert sum(len(a.party.applicants) > 1 for a in applications) / count > 0.08
    shapes = load_shapes()
    whole = sum(shape.share for shape in shapes.values())
    for industry, shape in shapes.items():
        share = sum(a.topic.industry == industry for a in applications) / count
        assert abs(share - shape.share / whole) < 0.035


def test_filings_double_in_the_thirteenth_plan_and_the_last_18_months_are_incomplete(applications):
    years = Counter(a.life.filing.year for a in applications)
    twelfth = sum(years[year] for year in range(2011, 2016))
    thirteenth = sum(years[year] for year in range(2016, 2021))
    assert 2.0 < thirteenth / twelfth < 3.2
    assert years[2026] < years[2025] < years[2023]
    assert all(a.life.first_publication <= AS_OF for a in applications)


def test_topics_rise_and_fade_as_the_vocabulary_says():
    topics, shapes = load_topics(), load_shapes()
    plan = Plan(topics, shapes)
    applications = make_applications(1500, seed=4)
    early, late = Counter(), Counter()
    for application in applications:
        (early if application.life.filing < date(2017, 1, 1) else late)[application.topic.name] += 1
    assert late["固态与钠离子电池"] > 4 * early["固态与钠离子电池"]
    assert late["大语言模型与智能体"] > 5 > early["大语言模型与智能体"]
    fading = "苗药与中药组合物"
    assert late[fading] / late.total() < 0.6 * early[fading] / early.total()
    assert abs(sum(plan.shares.values()) - 1) < 1e-9


def test_names_say_what_kind_of_applicant_they_are(applications):
    for application in applications:
        for holder in application.party.applicants:
            assert applicant_kind(holder.name) == holder.kind, holder.name


def test_addresses_lead_to_the_place_they_were_made_from(applications):
    for application in applications:
        holder = application.party.applicants[0]
        if holder.place is None:
            continue
        region = resolve_region(address=holder.address)
        assert region.province == holder.place.province, holder.address
        assert region.city == holder.place.city, holder.address
        assert (region.county or "") == holder.place.county, holder.address
