# ruff: noqa: E501
"""Indicators: pure functions of a `Study`, one topic a module.

Each returns an `Indicator` (one number) or a `Table`; what a table's columns mean stands in its
definitions. A period of None means the whole study for counts, and `Study.period` for growth.

To come, module by module (replaced by the modules themselves):

    directions.indicators.filings
      filings(study, period=None)->Indicator            filings_by_year(study)->Table "filings_by_year": year,count[,发明.. as invention,utility,design],complete(bool, unprinted)
      filings_by_period(study, periods=PLANS)->Table "filings_by_period": period,years,count,per_year,share
      patent_types(study)->Table "patent_types": patent_type,count,share
    directions.indicators.grants
      grants(study, period=None, patent_type="")->Indicator     grant_rate(study, period=None, patent_type="")->Indicator
      grants_by_year(study)->Table "grants_by_year": year,filings,grants,granted,rate     grants_by_type(study)->Table "grants_by_type": patent_type,filings,granted,rate
    directions.indicators.legal
      in_force(study, patent_type=""), in_force_share(study), lapsed(study), lapse_share(study) ->Indicator
      legal_states(study)->Table "legal_states": state,count,share[,invention,utility]
    directions.indicators.lapses
      lapse_reasons(study)->Table "lapse_reasons": reason,count,share    lapses_by_year(study)->Table "lapses_by_year": year,count
    directions.indicators.maintenance
      mean_maintenance(study)->Indicator   maintenance_bands(study)->Table "maintenance_bands": band,count,share (0–1,0–2,0–3 cumulative, 3–5, ≥5)   survival(study)->Table "survival": year,share,low,high
    directions.indicators.operation
      operated(study), operation_share(study)->Indicator  operation_kinds(study)->Table "operation_kinds": kind,patents,events,share   operation_by_year(study)->Table "operation_by_year": year,transfers,licences,pledges
    directions.indicators.growth
      year_on_year(study, year), growth_rate(study, period=None), increment(study, period=None), multiple(study, earlier, later)->Indicator
      growth_by_year(study)->Table "growth_by_year": year,count,yoy,moving_average   plan_multiples(study, periods=PLANS)->Table "plan_multiples": period,count,multiple(R),increase(R-1),growth_rate,increment
      peak_years(study, count=3)->Table "peak_years": year,count,yoy    growth_phases(study)->Table "growth_phases": phase,years,count,rate
    directions.indicators.industries   (study.patents["industries"] holds "scheme:name")
      industry_table(study, scheme, names=())->Table "industries": industry,count,share,growth_rate,granted,in_force,multiple...   industries_by_year(study, scheme, names=())->Table "industries_by_year" long: industry,year,count,complete
      industry_within(study, inner, outer)->Indicator     overlaps(study, scheme, names)->Table "industry_overlaps": industry,other,count,share
    directions.indicators.ipc   (level: "class"|"subclass"|"group")
      top_ipc(study, level="subclass", count=10)->Table "top_ipc_subclass"/"top_ipc_class": ipc,title,count,share,cumulative,growth_rate,operated,rank_operated   ipc_concentration(study, level, count=10)->Indicator
      most_active_ipc(study, level="subclass", count=10, floor=None)->Table "most_active_ipc_*": ipc,title,count,growth_rate ; ipc_by_year(study, level, count=10)->Table long: ipc,year,count
      ipc_by_operation(study, level, count=10)->Table: ipc,title,operated,count,share
    directions.indicators.sei
      top_sei(study, level=1|2, count=10)->Table "top_sei_1": industry,code,count,share,growth_rate ; most_active_sei(...)
    directions.indicators.applicants
      top_applicants(study, kind="", count=20)->Table "top_applicants": applicant,kind,count,share,growth_rate,in_force,first_year ; applicant_kinds(study)->Table "applicant_kinds": kind,applicants,count,share
      concentration(study)->Table: measure… ; cr10(study), hhi(study)->Indicator
    directions.indicators.groups
      applicant_groups(study, count=20)->Table "applicant_groups": group,members,count,share,ipc_most,ipc_active,sei_most,sei_active,directions    group_members(study, group)->Table: member,count,...
      university_table(study, count=20)->Table "universities" same columns for 高校/科研院所
    directions.indicators.cooperation
      cooperation(study)->Indicator, cooperation_share(study)->Indicator, cooperation_kinds(study)->Table "cooperation_kinds": kinds,count,share ; partners(study,count=20)->Table "partners": applicant,partner,count ; cooperation_by_year
    directions.indicators.transfers
      transfers_by_applicant(study,count=20)->Table "transfers": applicant,out,into,balance
    directions.indicators.regions
      region_table(study, level="city"|"province"|"county", within="", count=0)->Table "regions_city": region,count,share,growth_rate,invention,in_force
      regions_by_year(...) long ; per_population(study, facts, year), per_revenue(study, facts, year)->Table ; read_region_facts(path)->RegionFacts
    directions.indicators.pct     pct_filings(study), pct_share(study)->Indicator, pct_by_year(study)->Table
    directions.indicators.dense   read_industry_facts(path), dense_industries(study, scheme, facts)->Table "dense_industries"
    directions.indicators.high_value  high_value(study)->Indicator, high_value_criteria(study)->Table "high_value": criterion,count,share,missing
    directions.indicators.themes  theme_table(study, floor=..)->Table "themes": theme,name,keywords,count,share,earlier_share,later_share,growth(R),low,high,quadrant ; theme_quadrant(study)->Figure ; emerging_themes, fading_themes ->Table ; themes_by_year(study)->Table long: theme,name,year,count,share
    directions.indicators.who     theme_holders(study)->Table "theme_holders": name,applicants,leading,firms,universities,cities,co_applicants ; theme_leaders(study, theme, count=10)->Table ; theme_gaps(study, applicant)->Table ; white_space(study)->Table
    directions.indicators.compare compare(studies)->Table "compare": measure + one column a study (s0,s1..); compare_ipc(studies), compare_by_year(studies)
"""
