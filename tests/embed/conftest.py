"""Made-up patents in ten fields, and tiny models with the architectures and pooling of known ones."""

import random
from pathlib import Path

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

# All characters that the tiny models know.
SENTENCES = [
    "一种石墨烯电池",
    "本发明公开了一种太阳能电池板的清洗装置，包括底座和滚刷，滚刷由电机带动。",
    "泵",
]
LONG = "本实用新型涉及水泵领域，叶轮固定在轴上；" * 20


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


def characters() -> list[str]:
    return sorted(
        {
            character
            for text in [*SENTENCES, LONG, "为这个句子生成表示以用于检索相关文章：查询"]
            for character in text
        }
    )


@pytest.fixture(scope="session")
def bert_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """BERT with CLS pooling, as bge is built, under a name of that family."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from tokenizers import BertWordPieceTokenizer
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    base = tmp_path_factory.mktemp("bert")
    names = {f"{name.lower()}_token": f"[{name}]" for name in ("PAD", "UNK", "CLS", "SEP", "MASK")}
    vocabulary = [*names.values(), *characters()]
    pieces = BertWordPieceTokenizer({word: number for number, word in enumerate(vocabulary)})
    PreTrainedTokenizerFast(tokenizer_object=pieces._tokenizer, **names).save_pretrained(base)
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=64,
        max_position_embeddings=64,
        initializer_range=0.3,
    )
    BertModel(config).save_pretrained(base)
    transformer = Transformer(str(base), max_seq_length=64)
    model = SentenceTransformer(modules=[transformer, Pooling(32, pooling_mode="cls")], device="cpu")
    folder = base / "bge-small-zh-v1.5"
    model.save(str(folder))
    return folder


@pytest.fixture(scope="session")
def mean_folder(bert_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same network with mean pooling and no prompts, as gte is built."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer

    transformer = Transformer(str(bert_folder), max_seq_length=64)
    model = SentenceTransformer(modules=[transformer, Pooling(32, pooling_mode="mean")], device="cpu")
    folder = tmp_path_factory.mktemp("mean") / "gte-base-zh"
    model.save(str(folder))
    return folder


@pytest.fixture(scope="session")
def qwen_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Qwen3 with last-token pooling, left padding and prompts of its own, as Qwen3-Embedding is built."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Split
    from transformers import PreTrainedTokenizerFast, Qwen3Config, Qwen3Model

    base = tmp_path_factory.mktemp("qwen")
    vocabulary = ["<pad>", "<unk>", *characters()]
    tokenizer = Tokenizer(
        WordLevel({word: number for number, word in enumerate(vocabulary)}, unk_token="<unk>")
    )
    tokenizer.pre_tokenizer = Split("", "isolated")
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="<pad>", unk_token="<unk>", padding_side="left"
    ).save_pretrained(base)
    torch.manual_seed(1)
    config = Qwen3Config(
        vocab_size=len(vocabulary),
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        head_dim=8,
        max_position_embeddings=128,
        pad_token_id=0,
        initializer_range=0.3,
    )
    Qwen3Model(config).save_pretrained(base)
    modules = [Transformer(str(base), max_seq_length=128), Pooling(32, pooling_mode="lasttoken"), Normalize()]
    model = SentenceTransformer(modules=modules, prompts={"query": "查询：", "document": ""}, device="cpu")
    folder = base / "Qwen3-Embedding-tiny"
    model.save(str(folder))
    return folder


@pytest.fixture(params=["bert_folder", "mean_folder", "qwen_folder"])
def folder(request: pytest.FixtureRequest) -> Path:
    """Each of the tiny models in turn."""
    found: Path = request.getfixturevalue(request.param)
    return found
