"""`./prahari bench NAME [options] [--json]`: measure one thing on this machine.

A bench is a module in this folder with TITLE, add_arguments(parser) and run(arguments) -> dict of figures; it may have
GOALS, {field: "<= 120"}. Progress goes to standard error; with --json the figures are the last line, one JSON object.
"""

from __future__ import annotations

import argparse
import importlib
import json
import keyword
import operator
import pkgutil
from collections.abc import Mapping
from typing import Any

TITLE = "measure one thing on this machine"

_COMPARE = {"<=": operator.le, ">=": operator.ge, "=": operator.eq}


def names() -> list[str]:
    """A name that Python keeps for itself has a line after it as a module: import_.py is `bench import`."""
    modules = (module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_"))
    return sorted(name.rstrip("_") for name in modules)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", choices=names(), metavar="NAME", help=", ".join(names()))
    parser.add_argument("options", nargs=argparse.REMAINDER, help="see ./prahari bench NAME --help")


def run(arguments: argparse.Namespace) -> int:
    module = importlib.import_module(f"{__name__}.{arguments.name}{'_' * keyword.iskeyword(arguments.name)}")
    parser = argparse.ArgumentParser(prog=f"./prahari bench {arguments.name}", description=module.TITLE)
    parser.add_argument("--json", action="store_true", help="print the figures as one JSON object on the last line")
    module.add_arguments(parser)
    options = parser.parse_args(arguments.options)
    figures: dict[str, Any] = module.run(options)
    if options.json:
        print(json.dumps(figures, ensure_ascii=False), flush=True)
    else:
        _print_table(module.TITLE, figures, getattr(module, "GOALS", {}))
    return 0


def is_met(value: object, goal: str) -> bool:
    """Whether `value` meets a goal such as ``<= 120``."""
    sign, _, limit = goal.partition(" ")
    return isinstance(value, int | float) and bool(_COMPARE[sign](value, float(limit)))


def _print_table(title: str, figures: Mapping[str, Any], goals: Mapping[str, str]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("figure", "measured", "goal", "", title=title, title_justify="left", box=None)
    for name, value in figures.items():
        goal = goals.get(name, "")
        verdict = "" if not goal else "reached" if is_met(value, goal) else "missed"
        text = f"{value:.3g}" if isinstance(value, float) else str(value)
        table.add_row(name, text, goal, verdict)
    Console().print(table)
