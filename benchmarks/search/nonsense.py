"""Texts that no patent is near to: everyday sentences, other languages, random characters."""

from __future__ import annotations

import numpy as np

EVERYDAY = """
今天天气不错，我们下午去公园走走吧
他昨晚忘了给女朋友打电话，心里很过意不去
这部电影的结局太感人了，很多观众都哭了
请问去火车站应该坐几路公交车
妈妈做的红烧肉是世界上最好吃的菜
昨天那场足球赛又输了，球迷们非常失望
明天下午三点在会议室开会，请大家准时到
我想学弹吉他，可总是坚持不下来
这家饭店的服务员态度太差，以后再也不来了
北京的秋天是一年里最美的季节
小猫在沙发上睡着了，发出轻轻的呼噜声
他因为迟到被老师批评了一顿
春节回家的人很多，路上堵了六个小时
法院判决被告赔偿原告经济损失三万元
总统宣布将于下周访问邻国并签署协议
股市大跌，投资者人心惶惶
她在日记里写下了对未来的憧憬
我们班今年有三个同学考上了重点大学
小说的主人公是一个孤独的老人
祝你生日快乐，身体健康，万事如意
秦朝统一六国以后修筑了长城
这首歌的旋律非常优美，歌词也很动人
房价一直在涨，年轻人买不起房
你好，请问你叫什么名字
昨天的婚礼上新娘哭得稀里哗啦
他最喜欢读唐代诗人写的送别诗
我最喜欢的颜色是蓝色，因为它让我想起大海
兄弟俩为了遗产闹得不可开交
老师让我们背诵课文，明天检查
旅游团在山上住了两晚，看到了日出和云海
决赛吸引了全球几十亿观众
昨晚做了一个奇怪的梦，梦见自己在天上飞
女儿今年上小学一年级，特别喜欢画画
商场正在打折，人山人海
这位作家去年获得了文学奖
爷爷年轻的时候当过兵，打过仗
外婆家门前有一条小河，河里有很多鱼
请把窗户关上，外面风太大了
哲学家认为人生的意义在于追求幸福
他的普通话说得不标准，带着浓重的口音
今年的高考作文题目很有意思
两国外长就边境问题举行了会谈
演唱会的门票五分钟就卖光了
我不知道该怎么向她解释这件事情
邻居家的狗叫了一整夜，吵得我睡不着
佛教在汉代传入中国
合同到期后双方没有续签
他向公司提出辞职，准备回老家开一家小店
孩子们围着圣诞树唱歌跳舞
奶奶每天早上六点起床去买菜
""".split()

LANGUAGES = tuple(
    line
    for line in """
The quick brown dog ran along the river bank until sunset
What do people live for and why do they suffer so much
My grandmother used to tell us stories about the old village
The government announced that elections would be held next month
A method for producing aluminium by electrolysis with an inert anode
Lithium ion battery cathode material coated with carbon and its preparation
La recette de ma voisine est la meilleure de la ville
Procédé de fabrication d'une batterie au lithium
Heute ist schönes Wetter und wir gehen in den Park
Verfahren zur Herstellung von Aluminium durch Elektrolyse
El perro de mi vecino ladra toda la noche sin parar
Dispositivo para el tratamiento de aguas residuales
Сегодня хорошая погода, пойдём гулять в парк
Способ получения алюминия электролизом расплавленных солей
今日は天気がいいので、公園に散歩に行きましょう
リチウムイオン電池の正極材料及びその製造方法
오늘은 날씨가 좋아서 공원에 산책하러 갑니다
리튬 이온 배터리용 양극 활물질 및 그 제조 방법
วันนี้อากาศดีมาก เราไปเดินเล่นกันเถอะ
الطقس جميل اليوم فلنذهب إلى الحديقة
""".splitlines()
    if line
)

_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789 .;"


def random_han(count: int, seed: int = 0) -> list[str]:
    """Texts of 4 to 60 Han characters, each drawn by itself."""
    generator = np.random.default_rng(seed)
    return [
        "".join(map(chr, generator.integers(0x4E00, 0x9FA6, int(generator.integers(4, 61))).tolist()))
        for _ in range(count)
    ]


def random_latin(count: int, seed: int = 0) -> list[str]:
    """Texts of 4 to 60 letters, digits and marks, each drawn by itself."""
    generator = np.random.default_rng(seed)
    return [
        "".join(_LETTERS[place] for place in generator.integers(0, len(_LETTERS), size).tolist())
        for size in generator.integers(4, 61, count).tolist()
    ]
