"""A small world of patents with known themes, from our own words and seeded noise."""

from __future__ import annotations

import numpy as np
import pytest

TOPICS = {
    "电池": ["磷酸铁锂", "正极材料", "电解液", "隔膜", "负极", "锂离子电池", "充放电"],
    "废水": ["曝气池", "污泥", "沉淀池", "膜生物反应器", "絮凝剂", "废水", "回流泵"],
    "图像": ["卷积神经网络", "图像识别", "特征提取", "训练样本", "目标检测", "像素", "摄像头"],
    "焊接": ["焊枪", "焊缝", "激光焊接", "夹具", "焊丝", "保护气体", "焊接机器人"],
    "中药": ["黄芪", "甘草", "煎煮", "浸膏", "当归", "中药组合物", "颗粒剂"],
    "风机": ["叶片", "风力发电机组", "塔筒", "变桨", "轮毂", "齿轮箱", "偏航"],
}


class World:
    """Patents around topics: unit vectors, keys, texts, true topics."""

    def __init__(self, per_topic: int = 60, noise: int = 30, dim: int = 32, seed: int = 5) -> None:
        rng = np.random.default_rng(seed)
        centres = np.linalg.qr(rng.normal(size=(dim, dim)))[0][: len(TOPICS)]
        near = [centre + rng.normal(scale=0.11, size=(per_topic, dim)) for centre in centres]
        points = np.concatenate([*near, rng.normal(size=(noise, dim))])
        self.vectors = (points / np.linalg.norm(points, axis=1, keepdims=True)).astype(np.float32)
        self.topics = np.array([*np.repeat(np.arange(len(TOPICS)), per_topic), *[-1] * noise])
        self.keys = tuple(f"CN2019{number:08d}" for number in range(len(points)))
        words = list(TOPICS.values())
        every = [word for topic in words for word in topic]
        self.texts = tuple(
            self._text(rng, words[topic] if topic >= 0 else every) for topic in self.topics.tolist()
        )
        self.years = tuple(2010 + int(year) for year in rng.integers(0, 12, size=len(points)))

    @staticmethod
    def _text(rng, words):
        used = rng.choice(words, size=4, replace=False).tolist()
        return f"一种{used[0]}。本发明公开了{used[1]}与{used[2]}，所述{used[3]}设有底座；效果显著。"


@pytest.fixture(scope="session")
def world():
    return World()
