"""Packages written by hand, small enough to read, as odd as a test needs them."""

from __future__ import annotations

import io
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/>'
    '</numFmts><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="6"><xf numFmtId="0"/><xf numFmtId="14"/>'
    '<xf numFmtId="164"/><xf numFmtId="46"/><xf numFmtId="31"/><xf numFmtId="2" fontId="0"/></cellXfs></styleSheet>'
)


def text_cell(address: str, text: str, attributes: str = "") -> str:
    """One inline text cell."""
    return f'<c r="{address}"{attributes} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def table_xml(
    ref: str,
    headers: tuple[str, ...],
    *,
    name: str = "T",
    number: int = 1,
    more: str = "",
    formulas: dict[str, str] | None = None,
    totals: int = 0,
    main: str = MAIN,
) -> str:
    """One table part."""
    formulas = formulas or {}
    columns = "".join(
        f'<tableColumn id="{at}" name="{header}">'
        + (f"<calculatedColumnFormula>{formulas[header]}</calculatedColumnFormula>" if header in formulas else "")
        + "</tableColumn>"
        for at, header in enumerate(headers, 1)
    )
    shown = f' totalsRowCount="{totals}"' if totals else ""
    first, last = ref.split(":")
    without_totals = f"{first}:{last.rstrip('0123456789')}{int(''.join(filter(str.isdigit, last))) - totals}"
    return (
        f'{DECLARATION}<table xmlns="{main}" id="{number}" name="{name}" displayName="{name}" ref="{ref}"{shown}>'
        f'<autoFilter ref="{without_totals}"/>{more}<tableColumns count="{len(headers)}">{columns}</tableColumns></table>'
    )


def sheet_xml(data: str, *, head: str = "", tail: str = "", main: str = MAIN) -> str:
    """One sheet part; ``data`` is what stands in ``sheetData``."""
    return f'{DECLARATION}<worksheet xmlns="{main}">{head}<sheetData>{data}</sheetData>{tail}</worksheet>'


def members(
    sheet: str | bytes,
    tables: tuple[str, ...] = (),
    *,
    styles: str | None = STYLES,
    strings: str | None = None,
    workbook: str = "",
    properties: str = "",
    strict: bool = False,
    absolute: bool = False,
    extra: dict[str, str | bytes] | None = None,
    extra_types: str = "",
    extra_relations: str = "",
) -> dict[str, str | bytes]:
    """The members of a package with one sheet, 台账, and its tables."""
    main, office = (STRICT, STRICT_OFFICE) if strict else (MAIN, OFFICE)
    base = "/xl/" if absolute else ""
    sheets_base = "/xl/" if absolute else "../"
    types = (
        f'<Override PartName="/xl/workbook.xml" ContentType="{SPREADSHEET}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{SPREADSHEET}.worksheet+xml"/>'
        + "".join(
            f'<Override PartName="/xl/tables/table{n}.xml" ContentType="{SPREADSHEET}.table+xml"/>'
            for n in range(1, len(tables) + 1)
        )
    )
    relations = f'<Relationship Id="rId1" Type="{office}/worksheet" Target="{base}worksheets/sheet1.xml"/>'
    found: dict[str, str | bytes] = {}
    if styles is not None:
        found["xl/styles.xml"] = styles
        types += f'<Override PartName="/xl/styles.xml" ContentType="{SPREADSHEET}.styles+xml"/>'
        relations += f'<Relationship Id="rId2" Type="{office}/styles" Target="{base}styles.xml"/>'
    if strings is not None:
        found["xl/sharedStrings.xml"] = f'<sst xmlns="{main}">{strings}</sst>'
        types += f'<Override PartName="/xl/sharedStrings.xml" ContentType="{SPREADSHEET}.sharedStrings+xml"/>'
        relations += f'<Relationship Id="rId3" Type="{office}/sharedStrings" Target="{base}sharedStrings.xml"/>'
    table_relations = "".join(
        f'<Relationship Id="rId{n}" Type="{office}/table" Target="{sheets_base}tables/table{n}.xml"/>'
        for n in range(1, len(tables) + 1)
    )
    return {
        "[Content_Types].xml": f'{DECLARATION}<Types xmlns="{TYPES}"><Default Extension="rels" ContentType="application/'
        f'vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f"{types}{extra_types}</Types>",
        "_rels/.rels": f'{DECLARATION}<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{DECLARATION}<workbook xmlns="{main}" xmlns:r="{office}">{properties}<sheets>'
        f'<sheet name="台账" sheetId="1" r:id="rId1"/></sheets>{workbook}</workbook>',
        "xl/_rels/workbook.xml.rels": f'{DECLARATION}<Relationships xmlns="{PACKAGE}">{relations}{extra_relations}'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": sheet,
        "xl/worksheets/_rels/sheet1.xml.rels": f'<Relationships xmlns="{PACKAGE}">{table_relations}</Relationships>',
        **{f"xl/tables/table{n}.xml": table for n, table in enumerate(tables, 1)},
        **found,
        **(extra or {}),
    }


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """The members as a zip archive with fixed times."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, (2026, 11, 20, 10, 30, 2))
            info.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(info, content)
    return file.getvalue()
