"""The command line: ``coordination-xl VERB BOOK [options]``; the verbs themselves are in :mod:`coordination_xl.cli.verbs`.

Exit status: 0 clean, 1 findings were reported, 2 it could not be done and nothing was changed. Source: SPEC section 5.
"""

from __future__ import annotations

import typer

app = typer.Typer(
    name="coordination-xl",
    help="跨部门沟通协调工作簿：登记、拆分、校验、刷新逾期、归档、周报。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

CLEAN, FOUND, FAILED = 0, 1, 2
