"""Where definitions come from, named once."""

#: Counting dates, co-application, concentration, specialisation.
OECD = "OECD, Patent Statistics Manual, 2009"
#: WIPO's yearly statistics: filings by year and class, grants, patents in force.
WIPO = "WIPO, World Intellectual Property Indicators（指标说明）"
#: Grants, patents in force, transfers, licences and pledges by year.
CNIPA = "国家知识产权局《知识产权统计年报》"
#: What regional studies do without naming anyone for it.
USUAL = "区域专利研究的通行算法"
#: Rules of this project where practice leaves a gap.
OWN = "本项目规则"
