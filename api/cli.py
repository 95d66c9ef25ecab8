"""The `patlas` command line: a table of commands, each imported when it is run."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from io import TextIOWrapper
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from typer._click.exceptions import NoArgsIsHelpError, UsageError
from typer.core import TyperGroup

from api import errors
from api.terminal.help import TranslatedContext, refuse, speak, translated
from patents.errors import PatlasError
from patents.messages import Language, in_language, language_of, text

if TYPE_CHECKING:
    from typer._click import Command, Context, HelpFormatter

# Module of each command, in the order of a user's work.
COMMANDS = {
    "import": "api.libraries.commands.imports",
    "build": "api.libraries.commands.build",
    "search": "api.search.commands",
    "prior-art": "api.prior_art.commands",
    "show": "api.patents.commands",
    "query": "api.selections.commands.query",
    "select": "api.selections.commands.select",
    "saved": "api.selections.commands.select",
    "tag": "api.selections.commands.tags",
    "sample": "api.selections.commands.sample",
    "recall": "api.selections.commands.sample",
    "watch": "api.selections.commands.watch",
    "themes": "api.themes.commands",
    "industries": "api.themes.commands",
    "report": "api.studies.commands.report",
    "chain": "api.studies.commands.chain",
    "compare": "api.studies.commands.compare",
    "atlas": "api.studies.commands.atlas",
    "info": "api.libraries.commands.info",
    "verify": "api.libraries.commands.verify",
    "settings": "api.libraries.commands.settings",
    "serve": "api.serve",
    "evaluate": "api.encoders.commands.evaluate",
    "train-encoder": "api.encoders.commands.train_encoder",
}
# Commands of a group that another capability answers.
PARTS = {"themes": {"who": "api.studies.commands.holders"}}
# Typer makes this exit code of Ctrl-C, and says nothing.
INTERRUPTED = 130


class CommandTable(TyperGroup):
    """Commands by name; the module of one is imported when it is asked for."""

    context_class = TranslatedContext

    def list_commands(self, ctx: Context) -> list[str]:
        """Names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:
        """Import a command."""
        if cmd_name not in COMMANDS:
            return None
        command = _commands_of(COMMANDS[cmd_name]).get_command(ctx, cmd_name)
        for name, module in PARTS.get(cmd_name, {}).items():
            assert isinstance(command, TyperGroup)
            part = _commands_of(module).get_command(ctx, name)
            assert part is not None
            command.add_command(part, name)
        return None if command is None else translated(command)

    def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section(text("help-commands")):
            formatter.write_dl([(name, text(f"command-{name}")) for name in COMMANDS])


def _commands_of(module: str) -> TyperGroup:
    """The commands of a module, by name."""
    single = typer.Typer(rich_markup_mode=None, add_completion=False)
    single.callback()(lambda: None)
    import_module(module).register(single)
    return typer.main.get_group(single)


app = typer.Typer(
    cls=CommandTable,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.callback(help=text("patlas"))
def patlas(
    lang: Annotated[str, typer.Option(metavar="zh|en", help=text("option-lang"))] = "",
) -> None:
    """Find similar patents, themes and technology directions in patent exports."""


def main() -> None:
    """Run the command line; a `PatlasError` is printed without a traceback and sets the exit code."""
    for stream in (sys.stdout, sys.stderr):
        # Into a file or pipe, Windows would write GBK or worse, which has not every character of a patent.
        if isinstance(stream, TextIOWrapper) and not stream.isatty():
            stream.reconfigure(encoding="utf-8")
    language = take_language(sys.argv)
    speak(language)
    with in_language(language):
        _run()


def take_language(arguments: list[str]) -> Language:
    """The language to print in: that of `--lang`, which is taken out of the arguments, or of the system.

    It is read before any command is imported, for their help lines are made then.
    """
    wanted = os.environ.get("PATLAS_LANG") or os.environ.get("LC_ALL") or os.environ.get("LANG")
    end = arguments.index("--") if "--" in arguments else len(arguments)
    for place in reversed(range(1, end)):
        name, _, value = arguments[place].partition("=")
        if name == "--lang":
            given = arguments[place : place + (1 if value else 2)]
            del arguments[place : place + len(given)]
            wanted = value or given[-1]
    return language_of(wanted, default="en")


def _run() -> None:
    try:
        code = app(standalone_mode=False)
    except NoArgsIsHelpError as error:
        error.show()
        sys.exit(error.exit_code)
    except UsageError as error:
        refuse(error)
        sys.exit(error.exit_code)
    except PatlasError as error:
        _refuse(error)
    except OSError as error:
        refused = errors.refusal(error)
        if refused is None:
            raise
        _refuse(refused)
    if code == INTERRUPTED:
        typer.echo("patlas: " + text("command-interrupted"), err=True)
    sys.exit(code or 0)


def _refuse(error: PatlasError) -> NoReturn:
    typer.echo(f"patlas: {error.what}", err=True)
    # A command is for the terminal alone: texts are read over HTTP too.
    for step in filter(None, (error.help, error.message.values.get("mend"))):
        typer.echo(f"  {step}", err=True)
    sys.exit(error.exit_code)
