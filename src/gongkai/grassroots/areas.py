"""The areas every place begins with: the 26 of the pilot guides and those ministries added later (platform-standards §4:
the list [M], the later names seen on sites [C practice]). An office may rename, add and put away."""

from __future__ import annotations

#: (code, name); the national 26 first.
NATIONAL = (
    ("major-projects", "重大建设项目"),
    ("public-resources", "公共资源交易"),
    ("budgets", "财政预决算"),
    ("work-safety", "安全生产"),
    ("taxation", "税收管理"),
    ("land-compensation", "征地补偿"),
    ("house-taking", "国有土地上房屋征收与补偿"),
    ("affordable-housing", "保障性住房"),
    ("rural-dilapidated-houses", "农村危房改造"),
    ("environment", "生态环境"),
    ("public-culture", "公共文化服务"),
    ("public-legal-services", "公共法律服务"),
    ("rural-revitalisation", "乡村振兴"),
    ("disaster-relief", "救灾"),
    ("food-and-drugs", "食品药品监管"),
    ("urban-enforcement", "城市综合执法"),
    ("employment", "就业"),
    ("social-insurance", "社会保险"),
    ("social-assistance", "社会救助"),
    ("elderly-care", "养老服务"),
    ("household-registration", "户籍管理"),
    ("farm-subsidies", "涉农补贴"),
    ("compulsory-education", "义务教育"),
    ("health", "医疗卫生"),
    ("municipal-services", "市政服务"),
    ("spatial-planning", "国土空间规划"),
)
LATER = (
    ("natural-resources", "自然资源"),
    ("customs", "海关"),
    ("statistics", "统计"),
    ("transport", "交通运输"),
    ("tourism", "旅游"),
    ("press-and-copyright", "新闻出版版权"),
    ("water", "水利"),
    ("broadcasting", "广播电视"),
)
