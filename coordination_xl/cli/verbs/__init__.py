"""The verbs of the command line, one file each; importing them makes them commands, in the order of a matter's life."""

from __future__ import annotations

from coordination_xl.cli.verbs import check, explain, init, refresh, run

__all__ = ["check", "explain", "init", "refresh", "run"]
