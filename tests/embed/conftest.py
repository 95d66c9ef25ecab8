"""Made-up patents in ten fields, enough to learn from in a second."""

import random

import pytest

from embed.training.corpus import TrainingCorpus

FIELDS = {
    "H01M4/38": ("锂电池", "负极", "石墨", "电解液", "循环寿命"),
    "F04D29/22": ("水泵", "叶轮", "泵体", "轴承", "扬程"),
    "A61K36/28": ("中药", "提取物", "黄芪", "煎煮", "丸剂"),
    "G06F16/35": ("文本", "分类", "词向量", "语料", "检索"),
    "B65G15/30": ("输送带", "托辊", "皮带", "跑偏", "物料"),
    "C01B32/184": ("石墨烯", "氧化", "还原", "薄膜", "剥离"),
    "E02D17/20": ("边坡", "锚杆", "护坡", "混凝土", "排水"),
    "H04L9/32": ("加密", "密钥", "签名", "验证", "终端"),
    "A01G9/24": ("温室", "大棚", "通风", "滴灌", "幼苗"),
    "B23K26/38": ("激光", "切割", "光斑", "工件", "焊缝"),
}
DEVICES = ("装置", "方法", "系统", "设备", "结构", "材料", "工艺", "组件")


def made_up(count: int, seed: int = 0) -> TrainingCorpus:
    """Records whose words come from one field each."""
    draw = random.Random(seed)
    titles, abstracts, claims, ipc = [], [], [], []
    for number in range(count):
        symbol, words = list(FIELDS.items())[number % len(FIELDS)]
        own = f"型号{number}号"
        first, second, third, fourth = draw.sample(words, 4)
        device = draw.choice(DEVICES)
        titles.append(f"一种{first}{second}{device}{own}")
        abstracts.append(
            f"本发明公开了一种{first}{device}，包括{second}和{third}，{own}的{fourth}与{first}相连；"
            f"所述{second}设于{third}的一侧，提高了{fourth}的效率，{own}便于推广。"
        )
        claims.append(f"一种{first}{device}，其特征在于，包括{second}，{own}。")
        ipc.append(symbol)
    return TrainingCorpus(
        titles, abstracts, claims, ipc, [f"某某公司{number % 37}" for number in range(count)]
    )


@pytest.fixture(scope="session")
def corpus() -> TrainingCorpus:
    return made_up(600)
