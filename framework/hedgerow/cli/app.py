"""The command `hedgerow`: its subcommands, and what becomes of what goes wrong in them."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Annotated

import typer

from hedgerow import __version__
from hedgerow.cli.fault import CommandFault
from hedgerow.cli.help import Command, Group
from hedgerow.cli.screen import say
from hedgerow.cli.status import Status
from hedgerow.text.diagnostic import Refusal
from hedgerow.text.fault import Fault

NAME = "hedgerow"

# Each is made in the module of its name; in the order of the help.
COMMANDS = (
    "new", "check", "fmt", "test", "prove", "run", "compare", "sweep", "why", "show", "diff",
    "words", "explain", "lsp", "data",
)  # fmt: skip


def _app(arguments: Sequence[str]) -> typer.Typer:
    """The command line's own command, which spares loading the others; all where it names none."""
    app = typer.Typer(
        name=NAME,
        cls=Group,
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback(invoke_without_command=True)(_hedgerow)
    for name in [each for each in arguments[:1] if each in COMMANDS] or COMMANDS:
        command = getattr(import_module(f"hedgerow.cli.{name}"), name)
        if isinstance(command, typer.Typer):
            app.add_typer(command)
        else:
            app.command(cls=Command)(command)
    return app


def _say_version(asked: bool) -> None:
    if asked:
        typer.echo(f"{NAME} {__version__}")
        raise typer.Exit


def _hedgerow(
    context: typer.Context,
    version: Annotated[  # noqa: ARG001 its callback does it
        bool,
        typer.Option("--version", callback=_say_version, is_eager=True, help="Say the version."),
    ] = False,
) -> None:
    """Trading methodologies as rule files: check them, run them, compare them.

    Example: hedgerow compare alvh/core alvh/unhedged
    """
    if context.invoked_subcommand is None:
        raise CommandFault("command line", "no command given", "see `hedgerow --help`")


def carry_out(arguments: Sequence[str]) -> int:
    """The status of one command line. Faults become a message; our own bugs pass through."""
    try:
        _expect_words(arguments)
        status = _app(arguments)(list(arguments), prog_name=NAME, standalone_mode=False)
    except typer.TyperException as mistake:
        context = getattr(mistake, "ctx", None)
        named = [word for word in arguments[:1] if word in COMMANDS]
        command = context.command_path if context else " ".join([NAME, *named])
        _complain(f"{_usage(mistake.format_message())}; see `{command} --help`")
        return Status.FAILED
    except SystemExit:
        raise BrokenPipeError from None  # what typer makes of a pipe closed at its other end
    except Refusal as refusal:
        return _refused(refusal)
    except Fault as fault:
        _complain(str(fault))
        return Status.FAILED
    return int(status)


def _expect_words(arguments: Sequence[str]) -> None:
    """Raises CommandFault for an argument of nothing, which is what an unset variable leaves."""
    for before, argument in zip(("", *arguments), arguments, strict=False):
        option, equals, value = argument.partition("=")
        if not argument or (option.startswith("--") and equals and not value):
            where = option or (before if before.startswith("-") else "command line")
            raise CommandFault(where, "an argument is empty", "leave it out, or say what it is")


_PLAINER = (  # than Typer says it
    (r"is not a valid int(?:eger)?(?: range)?\b", "is no whole number"),
    (r"is not a valid float(?: range)?\b", "is no number"),
    (r"is not in the range ([\d.]+)<=x<=([\d.]+)", r"is not from \1 to \2"),
    (r"is not in the range x>=([\d.]+)", r"is below \1"),
)


def _usage(message: str) -> str:
    """Typer's sentence as the first half of ours."""
    for pattern, plain in _PLAINER:
        message = re.sub(pattern, plain, message)
    problem, _, guess = message.partition(" Did you mean ")
    told = problem.rstrip(".")
    return (told[:1].lower() + told[1:]) + (f"; did you mean {guess.rstrip('?')}?" if guess else "")


def _complain(text: str) -> None:
    say(f"{NAME}: {text}")


def _refused(refusal: Refusal) -> Status:
    from hedgerow.cli import mistakes

    mistakes.show(refusal.diagnostics, sys.stderr)
    _complain(f"nothing was run: {mistakes.counts(refusal.diagnostics)}")
    return mistakes.status_of(refusal.diagnostics)
