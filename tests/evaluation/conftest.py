"""Made-up patents for the evaluation."""

import random
from datetime import date, timedelta

import pyarrow as pa
import pytest

from index.evaluation.corpus import EvaluationCorpus, evaluation_corpus

FIELDS = {
    "H01M4/38": ("锂电池", "负极", "石墨", "电解液", "循环寿命"),
    "H01M4/62": ("锂电池", "粘结剂", "浆料", "导电剂", "极片"),
    "F04D29/22": ("水泵", "叶轮", "泵体", "轴承", "扬程"),
    "A61K36/28": ("中药", "提取物", "黄芪", "煎煮", "丸剂"),
    "G06F16/35": ("文本", "分类", "词向量", "语料", "检索"),
    "B65G15/30": ("输送带", "托辊", "皮带", "跑偏", "物料"),
}
DEVICES = ("装置", "方法", "系统", "设备", "结构", "组件")


def made_up_table(count: int, seed: int = 0) -> pa.Table:
    """Records of six fields; every tenth is filed twice, and every seventh cites the one six before it."""
    draw = random.Random(seed)
    columns: dict[str, list] = {name: [] for name in COLUMNS}
    for number in range(count):
        symbol, words = list(FIELDS.items())[number % len(FIELDS)]
        first, second, third, fourth = draw.sample(words, 4)
        device, own = draw.choice(DEVICES), f"型号{number}号"
        abstract = (
            f"本发明公开了一种{first}{device}，包括{second}和{third}，{own}的{fourth}与{first}相连；"
            f"所述{second}设于{third}的一侧，提高了{fourth}的效率，{own}便于推广。"
        )
        filed = date(2015, 1, 1) + timedelta(days=30 * number)
        cites = [columns["publication_number"][number - 6]] if number % 7 == 6 else []
        record = (
            f"CN20150{number:07d}.1",
            f"CN1{number:08d}A",
            f"一种{first}{second}{device}{own}",
            abstract,
            f"一种{first}{device}，其特征在于，包括{second}，{own}。",
            [symbol, "B65G15/30"],
            [f"甲乙公司{number}"],
            filed,
            filed + timedelta(days=20),
            cites,
        )
        for name, value in zip(COLUMNS, record, strict=True):
            columns[name].append(value)
        if number % 10 == 0:
            twin = (
                f"CN20152{number:07d}.1",
                f"CN2{number:08d}U",
                record[2],
                f"{abstract}另有支架。",
                *record[4:],
            )
            for name, value in zip(COLUMNS, twin, strict=True):
                columns[name].append(value)
    return pa.table(columns)


COLUMNS = (
    "application_number",
    "publication_number",
    "title",
    "abstract",
    "first_claim",
    "ipc",
    "applicants",
    "filing_date",
    "publication_date",
    "cites",
)


@pytest.fixture(scope="session")
def table() -> pa.Table:
    return made_up_table(240)


@pytest.fixture(scope="session")
def corpus(table: pa.Table) -> EvaluationCorpus:
    return evaluation_corpus(table)
