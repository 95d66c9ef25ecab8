"""Names from a language model behind an OpenAI-compatible endpoint; off unless asked for.

The prompt is in docs/themes.md and here; no patent leaves the machine unless `LanguageModel` is
made. Whatever goes wrong, the theme keeps the name that its keywords give it.
"""

from __future__ import annotations

import json
import logging
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from patents.errors import InputError

__all__ = ["PROMPT", "LanguageModel", "Subject", "name_themes", "prompt_for"]

log = logging.getLogger(__name__)

PROMPT = """你是专利分析师。下面是一个专利主题的关键词和代表性专利标题。
请用不超过{longest}个汉字给出该主题的技术名称:只说技术,不要“技术领域”“方法及装置”等套话,不要标点,不要解释。
不得与这些已有名称相同:{taken}
关键词:{keywords}
代表性专利:
{titles}
名称:"""

_LONGEST = 16
_WRAPPING = " :：\"'“”「」《》。.、，,*`"


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """Where to ask.

    Attributes:
        url: base address such as ``http://localhost:11434/v1``; ``/chat/completions`` is added.
        model: name of the model.
        key: API key; empty for none.
        timeout: seconds for one name.
    """

    url: str
    model: str
    key: str = ""
    timeout: float = 20.0


@dataclass(frozen=True, slots=True)
class Subject:
    """What a name is asked for.

    Attributes:
        name: given by the keywords; kept when the model fails.
        keywords: best first.
        titles: of representative patents.
    """

    name: str
    keywords: tuple[str, ...]
    titles: tuple[str, ...]


def prompt_for(subject: Subject, taken: Sequence[str] = ()) -> str:
    """What the model is asked.

    Args:
        subject: the theme.
        taken: names that other themes have already.
    """
    return PROMPT.format(
        longest=_LONGEST,
        taken="、".join(taken) or "无",
        keywords="、".join(subject.keywords),
        titles="\n".join(f"- {title}" for title in subject.titles),
    )


def name_themes(subjects: Sequence[Subject], model: LanguageModel | None) -> tuple[str, ...]:
    """Name themes, no two alike.

    Args:
        subjects: the themes; their own names differ.
        model: None leaves every name as it is.

    Returns:
        A name per theme: the model's where it gave a short one that no other theme has.

    Raises:
        InputError: the address is no http(s) address.
    """
    if model is None:
        return tuple(subject.name for subject in subjects)
    _check(model)
    names: list[str] = []
    reserved = {subject.name for subject in subjects}
    failed = False
    for subject in subjects:
        answer = "" if failed else _ask(model, prompt_for(subject, names))
        failed = failed or answer is None
        name = _tidy(answer or "")
        if not name or name in names or (name in reserved and name != subject.name):
            name = subject.name
        names.append(name)
    return tuple(names)


def _check(model: LanguageModel) -> None:
    if urlsplit(model.url).scheme not in ("http", "https"):
        raise InputError("language-model-address-wrong", url=model.url)


def _ask(model: LanguageModel, prompt: str) -> str | None:
    """The model's answer; None when it cannot be reached, so that the other themes need not wait too."""
    body = {"model": model.model, "temperature": 0, "messages": [{"role": "user", "content": prompt}]}
    request = urllib.request.Request(
        model.url.rstrip("/") + "/chat/completions",
        data=json.dumps(body).encode("utf-8"),
        headers={
            "Content-Type": "application/json",
            **({"Authorization": f"Bearer {model.key}"} if model.key else {}),
        },
    )
    try:
        with urllib.request.urlopen(request, timeout=model.timeout) as response:
            answer = json.load(response)
        return str(answer["choices"][0]["message"]["content"])
    except (urllib.error.URLError, TimeoutError, OSError) as error:
        log.warning("language model at %s cannot be reached: %s; themes keep their names", model.url, error)
        return None
    except (ValueError, KeyError, IndexError, TypeError) as error:
        log.warning("language model at %s gave no name: %s", model.url, error)
        return ""


def _tidy(answer: str) -> str:
    """Last line without quotes and full stops; empty when it is too long to be a name."""
    lines = [line for line in answer.strip().splitlines() if line.strip()]
    name = lines[-1].strip().removeprefix("名称").strip(_WRAPPING) if lines else ""
    return name if len(name) <= 2 * _LONGEST else ""
