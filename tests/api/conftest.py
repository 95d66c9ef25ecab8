"""A small real library, imported from an export of invented patents and built once for all tests here."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest

HEADERS = (
    "申请号",
    "公开(公告)号",
    "标题",
    "摘要",
    "首项权利要求",
    "IPC分类号",
    "申请人",
    "申请日",
    "公开(公告)日",
    "专利有效性",
    "申请人地址",
)


@dataclass(frozen=True)
class Technology:
    ipc: str
    objects: tuple[str, ...]
    parts: tuple[str, ...]
    measures: tuple[str, ...]
    effects: tuple[str, ...]


TECHNOLOGIES = (
    Technology(
        "C25C3/08",
        ("铝电解槽阴极", "铝电解槽内衬", "电解槽阴极炭块"),
        ("阴极钢棒", "凸台", "侧部炭块", "防渗层"),
        ("在炭块上表面设置凸台", "以高导电钢棒连接炭块", "用异形结构抑制铝液波动"),
        ("降低槽电压", "减少水平电流", "降低吨铝电耗"),
    ),
    Technology(
        "H01M10/0525",
        ("锂离子电池正极", "动力电池电芯", "磷酸铁锂正极片"),
        ("集流体", "隔膜", "导电剂", "电解液"),
        ("在颗粒表面包覆碳层", "以复合导电剂构成网络", "分两层涂布浆料"),
        ("提高循环寿命", "提高倍率性能", "抑制容量衰减"),
    ),
    Technology(
        "E21D11/10",
        ("隧道衬砌台车", "隧道初期支护", "隧道二次衬砌"),
        ("模板", "液压油缸", "门架", "振捣器"),
        ("以液压油缸调节模板", "在门架两侧布置振捣器", "分窗逐层浇筑混凝土"),
        ("提高浇筑密实度", "缩短施工周期", "减少脱空"),
    ),
    Technology(
        "A61K36/23",
        ("治疗咳嗽的中药", "止咳化痰颗粒", "清肺中药组合物"),
        ("前胡", "桔梗", "甘草", "百部"),
        ("按重量份配伍后水提", "浓缩后喷雾干燥制粒", "醇沉除杂后制成颗粒"),
        ("缓解咳嗽", "副作用小", "服用方便"),
    ),
)
APPLICANTS = ("黔岭测试大学", "云岭测试科技有限公司", "测试研究院", "张三")
WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)


def check_digit(body: str) -> str:
    rest = sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True)) % 11
    return "X" if rest == 10 else str(rest)


def invented_rows(per_technology: int = 36):
    """Rows of an export, `per_technology` of each technology, all different."""
    for kind, technology in enumerate(TECHNOLOGIES):
        combinations = product(technology.objects, technology.parts, technology.measures, technology.effects)
        for number, (thing, part, measure, effect) in enumerate(combinations):
            if number >= per_technology * 3:
                break
            if number % 3:
                continue
            serial = kind * 1000 + number
            year = 2012 + number % 9
            body = f"{year}10{serial:06d}"
            yield (
                f"CN{body}.{check_digit(body)}",
                f"CN1{kind}{year % 100}{serial:05d}A",
                f"一种{thing}及其{part}",
                f"本发明公开了一种{thing}，包括{part}，{measure}，编号{serial}。该技术方案能够{effect}，结构简单，便于推广。",
                f"1.一种{thing}，其特征在于，包括{part}，所述{part}{measure}。",
                technology.ipc,
                APPLICANTS[number % 4],
                f"{year}-03-{1 + number % 28:02d}",
                f"{year + 1}-01-{1 + number % 28:02d}",
                ("有效", "失效", "审中")[number % 3],
                ("贵州省贵阳市观山湖区测试路1号", "云南省昆明市五华区测试路2号")[number % 2],
            )


def write_export(path: Path, rows) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADERS)
        writer.writerows(rows)
    return path


@pytest.fixture(scope="session")
def export_file(tmp_path_factory) -> Path:
    return write_export(tmp_path_factory.mktemp("export") / "导出.csv", invented_rows())


@pytest.fixture(scope="session")
def library_path(tmp_path_factory, export_file) -> Path:
    from datetime import date

    from api.libraries.importing import import_exports
    from api.libraries.publishing import build

    path = tmp_path_factory.mktemp("library") / "专题库"
    import_exports(path, [export_file], as_of=date(2022, 6, 30), publish=False)
    build(path)
    return path


@pytest.fixture(scope="session")
def client(library_path):
    from starlette.testclient import TestClient

    from api.app import create_app
    from api.settings import Settings

    with TestClient(
        create_app(Settings(library=library_path, refresh_seconds=0)), headers={"Accept-Language": "en"}
    ) as client:
        yield client
