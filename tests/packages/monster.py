"""One workbook with everything that people and other programs put into one, so that losing any of it shows."""

from __future__ import annotations

import datetime as dt
import io
import struct
import zipfile
import zlib

import xlsxwriter

HEADERS = ("编号", "事项名称", "期望完成时间", "状态", "预警灯", "逾期天数", "计算到期", "我的备注")
ROWS = 30
_TYPES = "application/vnd.openxmlformats-officedocument"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_MICROSOFT = "http://schemas.microsoft.com/office"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def picture() -> bytes:
    """A PNG of one red point."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\xff\0\0")) + chunk(b"IEND", b"")
    )


def compound_file(filling: bytes) -> bytes:
    """The shell of a compound file: opaque bytes to everybody but its own program."""
    return (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + filling).ljust(1536, b"\xff")


def drawn() -> bytes:
    """What XlsxWriter can draw: ledgers, charts, pictures, shapes, sparklines, comments, conditions, macros."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    shaded = book.add_format({"bg_color": "#FFF2CC", "border": 1})
    sheet = book.add_worksheet("协调台账")
    sheet.write(0, 0, "部门协调台账", book.add_format({"bold": True, "font_size": 18}))
    for at in range(ROWS):
        sheet.write_row(2 + at, 0, [f"XT-2026-{at + 1:04}", f"=事项{at}"], shaded)
        sheet.write_datetime(2 + at, 2, dt.datetime(2026, 11, 1, 18) + dt.timedelta(days=at), moment)
        sheet.write_string(2 + at, 3, "沟通中", shaded)
        sheet.write_string(2 + at, 4, "绿", shaded)
        sheet.write_blank(2 + at, 5, None, shaded)
        sheet.write_blank(2 + at, 6, None, moment)
    sheet.write_rich_string(2, 7, "普通", book.add_format({"bold": True}), "加粗", "结尾")
    sheet.add_table(1, 0, 1 + ROWS, 7, {"name": "Coordination", "columns": [{"header": header} for header in HEADERS]})
    sheet.conditional_format(
        2, 4, 1 + ROWS, 4, {"type": "text", "criteria": "containing", "value": "红", "format": shaded}
    )
    sheet.conditional_format(2, 5, 1 + ROWS, 5, {"type": "data_bar", "data_bar_2010": True})
    sheet.data_validation(2, 3, 1 + ROWS, 3, {"validate": "list", "source": ["草稿", "沟通中", "已完成"]})
    sheet.write_comment("B3", "请王经理确认", {"author": "李工"})
    sheet.freeze_panes(2, 2)
    sheet.set_column(0, 7, 16)
    sheet.set_row(1 + ROWS, 33)
    sheet.insert_image("J3", "logo.png", {"image_data": io.BytesIO(picture())})
    sheet.insert_textbox("J8", "填写说明", {"width": 200, "height": 60})
    sheet.add_sparkline("J1", {"range": "协调台账!F3:F32"})
    sheet.print_area(0, 0, 1 + ROWS, 7)
    sheet.repeat_rows(1)
    sheet.write_url("J2", "https://example.com/", string="外部链接")
    tasks = book.add_worksheet("任务跟踪表")
    tasks.write_row(1, 0, ["RW-1", 5])
    tasks.add_table(0, 0, 1, 1, {"name": "Tasks", "columns": [{"header": "编号"}, {"header": "天数"}]})
    board = book.add_worksheet("看板")
    board.write_formula("B2", '=COUNTIF(Coordination[预警灯],"红")', None, 0)
    board.merge_range("B4:D4", "一")
    for kind in ("column", "line"):
        chart = book.add_chart({"type": kind})
        chart.add_series({"values": "=协调台账!$F$3:$F$32", "categories": "=协调台账!$A$3:$A$32"})
        board.insert_chart("F2" if kind == "column" else "F20", chart)
    book.define_name("红单", "=看板!$B$4:$B$6")
    book.add_worksheet("隐藏").hide()
    book.add_chartsheet("图").set_chart(_filled(book))
    book.set_custom_property("密级", "内部")
    book.close()
    return file.getvalue()


def _filled(book: xlsxwriter.Workbook):
    chart = book.add_chart({"type": "pie"})
    chart.add_series({"values": "=任务跟踪表!$B$2:$B$2"})
    return chart


def monster() -> bytes:
    """The drawn workbook, and beside it the parts that XlsxWriter cannot write. Macros make it an .xlsm."""
    with zipfile.ZipFile(io.BytesIO(drawn())) as package:
        parts = {info.filename: package.read(info) for info in package.infolist()}
    pivot = f'<pivotCacheDefinition xmlns="{_MAIN}" refreshOnLoad="1"><cacheSource type="worksheet"/></pivotCacheDefinition>'
    added = [
        (
            "xl/vbaProject.bin",
            "application/vnd.ms-office.vbaProject",
            compound_file(b"VBA"),
            "xl/workbook.xml",
            "2006/relationships/vbaProject",
        ),
        (
            "xl/slicers/slicer1.xml",
            "application/vnd.ms-excel.slicer+xml",
            b'<slicers xmlns="urn:s"><slicer/></slicers>',
            "xl/worksheets/sheet1.xml",
            "2007/relationships/slicer",
        ),
        (
            "xl/slicerCaches/slicerCache1.xml",
            "application/vnd.ms-excel.slicerCache+xml",
            b'<slicerCacheDefinition xmlns="urn:s"/>',
            "xl/workbook.xml",
            "2007/relationships/slicerCache",
        ),
        (
            "xl/pivotCache/pivotCacheDefinition1.xml",
            f"{_TYPES}.spreadsheetml.pivotCacheDefinition+xml",
            pivot.encode(),
            "xl/workbook.xml",
            "pivotCacheDefinition",
        ),
        (
            "xl/pivotCache/pivotCacheRecords1.xml",
            f"{_TYPES}.spreadsheetml.pivotCacheRecords+xml",
            f'<pivotCacheRecords xmlns="{_MAIN}"/>'.encode(),
            "xl/pivotCache/pivotCacheDefinition1.xml",
            "pivotCacheRecords",
        ),
        (
            "xl/pivotTables/pivotTable1.xml",
            f"{_TYPES}.spreadsheetml.pivotTable+xml",
            f'<pivotTableDefinition xmlns="{_MAIN}"/>'.encode(),
            "xl/worksheets/sheet3.xml",
            "pivotTable",
        ),
        (
            "xl/threadedComments/threadedComment1.xml",
            "application/vnd.ms-excel.threadedcomments+xml",
            b'<ThreadedComments xmlns="urn:t"/>',
            "xl/worksheets/sheet1.xml",
            "2017/10/relationships/threadedComment",
        ),
        (
            "xl/persons/person.xml",
            "application/vnd.ms-excel.person+xml",
            b'<personList xmlns="urn:t"/>',
            "xl/workbook.xml",
            "2017/10/relationships/person",
        ),
        (
            "xl/embeddings/oleObject1.bin",
            f"{_TYPES}.oleObject",
            compound_file(b"OLE"),
            "xl/worksheets/sheet1.xml",
            "oleObject",
        ),
        (
            "xl/printerSettings/printerSettings1.bin",
            f"{_TYPES}.spreadsheetml.printerSettings",
            b"\0\1" * 99,
            "xl/worksheets/sheet1.xml",
            "printerSettings",
        ),
        (
            "customUI/customUI14.xml",
            "application/xml",
            b'<customUI xmlns="urn:c"/>',
            "",
            "2007/relationships/ui/extensibility",
        ),
        (
            "customXml/item1.xml",
            "application/xml",
            '<标签 xmlns="urn:x">内部</标签>'.encode(),
            "xl/workbook.xml",
            "customXml",
        ),
        (
            "docMetadata/LabelInfo.xml",
            "application/vnd.ms-office.classificationlabels+xml",
            b'<clbl:labelList xmlns:clbl="urn:l"/>',
            "",
            "2020/02/relationships/classificationlabels",
        ),
        ("xl/vendor/未知.bin", "application/x-unknown", bytes(range(256)), "xl/workbook.xml", "unknown"),
    ]
    for number, (name, kind, content, owner, relation) in enumerate(added, 1):
        parts[name] = content
        override = f'<Override PartName="/{name}" ContentType="{kind}"/></Types>'
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", override.encode())
        folder, _, file = owner.rpartition("/")
        relations = f"{folder}/_rels/{file}.rels" if owner else "_rels/.rels"
        base = f"{_MICROSOFT}/{relation}" if relation.startswith("20") else f"{_OFFICE}/{relation}"
        element = f'<Relationship Id="rIdX{number}" Type="{base}" Target="/{name}"/></Relationships>'
        start = parts.get(relations, f'<Relationships xmlns="{_PACKAGE}"></Relationships>'.encode())
        parts[relations] = start.replace(b"</Relationships>", element.encode())
    workbook_type = f"{_TYPES}.spreadsheetml.sheet.main+xml".encode()
    macros = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(workbook_type, macros)
    return packed(parts)


class _OneWay(io.RawIOBase):
    """A file that cannot go back, which makes the zip writer put sizes behind the data, as streaming programs do."""

    def __init__(self) -> None:
        self.content = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data) -> int:
        self.content += data
        return len(data)


def packed(parts: dict[str, bytes]) -> bytes:
    """Zipped in every way at once: stored and deflated, extra fields, comments, data descriptors."""
    file = _OneWay()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for number, (name, content) in enumerate(parts.items()):
            info = zipfile.ZipInfo(name, (2026, 11, 20, 9, number % 60, 0))
            info.compress_type = zipfile.ZIP_STORED if number % 5 == 0 else zipfile.ZIP_DEFLATED
            info.extra = (
                struct.pack("<2H", 0x5455, 5) + b"\1" + struct.pack("<I", 1_795_000_000 + number) if number % 3 else b""
            )
            info.comment = "注".encode() if number % 4 == 0 else b""
            info.external_attr = 0o644 << 16
            package.writestr(info, content)
        package.comment = "归档副本".encode()
    return bytes(file.content)
