"""The command line: ``coordination-xl VERB BOOK [options]``; the verbs themselves are in :mod:`coordination_xl.cli.verbs`.

Exit status: 0 clean, 1 findings were reported, 2 it could not be done and nothing was changed. Source: SPEC section 5.
"""

from __future__ import annotations

import typer
from typer.core import TyperGroup

LIFE = (
    "init", "upgrade", "register", "load", "split", "check", "refresh", "explain", "extend", "recur", "notice", "remind", "send",
    "receipts", "archive", "cases", "report", "calendar", "run", "addin",
)  # fmt: skip
"""The verbs in the order in which a matter meets them; so ``--help`` lists them."""


class InLifeOrder(TyperGroup):
    """Lists the verbs as :data:`LIFE` does."""

    def list_commands(self, ctx: object) -> list[str]:  # noqa: ARG002 - the base class is given it
        """The names of all commands."""
        return sorted(self.commands, key=lambda name: LIFE.index(name) if name in LIFE else len(LIFE))


app = typer.Typer(
    name="coordination-xl",
    cls=InLifeOrder,
    help="跨部门沟通协调工作簿：登记、拆分、校验、刷新逾期、通知、催办、归档、周报。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

CLEAN, FOUND, FAILED = 0, 1, 2
