"""Write the generated documents: ``python -m docs.build``; with ``--check`` only say which are out of date.

Three pages are written whole from code: ``docs/findings.md``, ``docs/workbook.md`` and ``templates/README.md``. In the other
documents the outputs of commands and examples are written anew, see :mod:`docs.transcripts`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from docs.findings_page import findings_page
from docs.templates_page import templates_page
from docs.transcripts import with_real_outputs
from docs.workbook_page import workbook_page

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent
FROM_SCHEMA: dict[str, Callable[[], str]] = {
    "docs/findings.md": findings_page,
    "docs/workbook.md": workbook_page,
    "templates/README.md": templates_page,
}
WITH_OUTPUTS = ("README.md", "README.zh-CN.md", "docs/handbook.zh-CN.md")
GENERATED = (*FROM_SCHEMA, *WITH_OUTPUTS)


def current(document: str) -> str:
    """What a document should say; ``document`` is its path from the root of the repository."""
    if document in FROM_SCHEMA:
        return FROM_SCHEMA[document]()
    return with_real_outputs((ROOT / document).read_text(encoding="utf-8"))


def main(arguments: list[str]) -> int:
    """Write what is out of date, or with ``--check`` only name it; the exit status is then 1."""
    stale = {document: text for document in GENERATED if (text := current(document)) != _stands(document)}
    for document, text in stale.items():
        if "--check" not in arguments:
            (ROOT / document).write_text(text, encoding="utf-8")
        sys.stdout.write(f"{'out of date' if '--check' in arguments else 'written'}: {document}\n")
    return 1 if stale and "--check" in arguments else 0


def _stands(document: str) -> str:
    path = ROOT / document
    return path.read_text(encoding="utf-8") if path.exists() else ""


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
