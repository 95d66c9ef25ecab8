"""Indicators: pure functions of a `Study`, one topic a module.

Each returns an `Indicator` (one number) or a `Table`; what its numbers mean stands in its definitions
(`directions.definitions`), what it rests on in its coverage. Where columns lack there is no value, and
`missing` names them. A period of None means the whole study for counts and `Study.period` for growth.

- filings, grants: 申请量 and 授权量 by year, plan and type; 授权率.
- legal, lapses, maintenance: 有效量, 失效量 and why; 维持年限, 维持率.
- operation, transfers: 运营量; who gave patents away and who took them over.
- growth, phases: 同比, 年均增长率, 年均增长量, multiples of periods, peaks, phases.
- industries, ipc, sei: 产业, IPC and 新兴产业; most filed and most active.
- applicants, groups, cooperation: rankings, kinds, concentration; groups with members; 产学研.
- regions, facts_file: provinces, cities, counties; per inhabitant and per revenue.
- pct, high_value, dense: PCT, 高价值发明专利, 专利密集型产业.
- themes, who: share and growth of themes; who is in them and who is not.
- compare: studies side by side.

building, categories, leading and marks are what these are put together from.
"""
