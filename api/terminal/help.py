"""Help and refusals of the command line, which Typer has in English only, in the reader's language."""

from __future__ import annotations

import gettext
import os
import re
from typing import Any

import typer
from typer._click import Command, Context, HelpFormatter
from typer._click.exceptions import BadParameter, MissingParameter, NoSuchOption, UsageError
from typer.core import TyperGroup

from patents.messages import CATALOGUES, Language, Message, message, text

_PHRASES = {"Show this message and exit.": "help-show"}
# Behind the name of an argument Typer writes the type that Python takes it as.
_TYPE = re.compile(r" <[^<>]+>$")
# What Typer and its parser say of values. Source: typer 0.29, `_click/types.py`.
_REASONS = {
    r"Input should be a valid (?:integer|number).*": "usage-number-needed",
    r"Input should be (?:greater|less) than .+": "usage-out-of-range",
    r"(?P<value>.+) is not a valid (?:int|integer|float)\.?": "usage-not-a-number",
    r"(?P<value>.+) is not in the range (?P<range>.+?)\.?": "usage-not-in-range",
    r"(?:File|Path|Directory) (?P<value>.+) does not exist\.?": "usage-no-such-file",
}


def speak(language: Language) -> None:
    """Let Typer's own words (Options, required, default) come in a language.

    They go through gettext's domain `messages`, which finds its language in the environment.
    """
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain("messages", str(CATALOGUES))


class TranslatedFormatter(HelpFormatter):
    """Writes help with the words that Typer does not pass through gettext translated too."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line of usage."""
        super().write_usage(prog, args, prefix or text("help-usage") + " ")

    def write_dl(self, rows: Any, *args: Any, **options: Any) -> None:  # noqa: ANN401 (Typer's own types)
        """Write names with what they mean."""
        known = [
            (_TYPE.sub("", name), text(_PHRASES[help_]) if help_ in _PHRASES else help_)
            for name, help_ in rows
        ]
        super().write_dl(known, *args, **options)


class TranslatedContext(Context):
    """A context whose help is translated."""

    formatter_class = TranslatedFormatter


def translated(command: Command) -> Command:
    """Let a command, and those below it, give help in the reader's language."""
    command.context_class = TranslatedContext
    if isinstance(command, TyperGroup):
        for below in command.commands.values():
            translated(below)
    return command


def refuse(error: UsageError) -> None:
    """Print what is wrong with a command, and where its help is."""
    if error.ctx is not None:
        typer.echo(error.ctx.get_usage(), err=True)
        typer.echo(text("usage-help", command=error.ctx.command_path) + "\n", err=True)
    typer.echo(f"patlas: {_problem(error)}", err=True)


def _problem(error: UsageError) -> str | Message:
    if isinstance(error, NoSuchOption):
        near = ", ".join(error.possibilities or ())
        if near:
            return message("usage-no-such-option-near", option=error.option_name, near=near)
        return message("usage-no-such-option", option=error.option_name)
    if isinstance(error, MissingParameter):
        return message("usage-missing", name=_name(error))
    if isinstance(error, BadParameter):
        return message("usage-bad-value", name=_name(error), reason=_reason(error.message))
    if found := re.fullmatch(r"No such command (.+?)\.(?: Did you mean (.+)\?)?", error.message):
        near = found[2] or ""
        if near:
            return message("usage-no-such-command-near", name=found[1], near=near)
        return message("usage-no-such-command", name=found[1])
    if found := re.fullmatch(r"Got unexpected extra argument\(?s?\)? \((.+)\)", error.message):
        return message("usage-too-many-arguments", arguments=found[1])
    return error.format_message()


def _name(error: BadParameter) -> str:
    if error.param is None:
        return ""
    hint = error.param.get_error_hint()
    quoted = re.search(r"'([^']+)'", hint)
    return quoted[1] if quoted else hint


def _reason(reason: str) -> str | Message:
    for pattern, code in _REASONS.items():
        if found := re.fullmatch(pattern, reason):
            return message(code, **found.groupdict())
    return reason
