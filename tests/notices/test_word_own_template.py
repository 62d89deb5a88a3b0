"""A Word template of the user's own: edits survive, and what is wrong in one is told. Source: SPEC section 6."""

from __future__ import annotations

import re
import shutil
import struct
import zipfile
import zlib
from dataclasses import replace
from io import BytesIO

import pytest

from coordination_xl.errors import BrokenTemplate
from coordination_xl.notices.digest import variables as digest_variables
from coordination_xl.notices.word import WordPapers
from coordination_xl.shipped import shipped
from tests.notices.letters_by_hand import LETTERS, told
from tests.notices.samples import DIGEST
from tests.notices.word_reading import HEAD, KIND, WORDS, W, line, members, read, texts

PICTURE = b"\x89PNG\r\n\x1a\n" + b"".join(
    struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
    for name, content in (
        (b"IHDR", struct.pack(">2I5B", 1, 1, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"\0\xff")),
        (b"IEND", b""),
    )
)
"""One white dot."""


class TestOwnTemplate:
    def test_another_paragraph_survives(self, own):
        assert f"按公司规定存档 {HEAD.record}" in texts(own(line("按公司规定存档 {{ record }}")))

    def test_goes_before_the_shipped_one_for_its_kind_alone(self, own, tmp_path):
        own(line("自己的一行"))
        other = read(WordPapers(tmp_path).rendered("归档通知", told(*LETTERS["归档通知"])))
        assert "自己的一行" not in texts(other)

    def test_header_and_footer_may_hold_tags(self, own):
        def change(document):
            document.sections[0].header.paragraphs[0].text = "{{ company }} {{ number }}"
            document.sections[0].footer.paragraphs[0].text = "{% if level %}{{ level }}{% endif %}"

        section = own(change, told(replace(HEAD, company="甲<乙>\n公司"), WORDS)).sections[0]
        assert section.header.paragraphs[0].text == "甲<乙>\n公司 TZ-2026-0149"
        assert section.footer.paragraphs[0].text == "内部"

    def test_a_tag_that_word_has_laid_over_several_runs_is_one_tag(self, own):
        def change(document):
            paragraph = document.paragraphs[2].insert_paragraph_before("编号：{")
            for piece in ("{ num", "ber ", "}", "}（完）"):
                paragraph.add_run(piece).bold = True

        assert "编号：TZ-2026-0149（完）" in texts(own(change))

    def test_curly_quotes_that_word_makes_in_a_tag_are_quotes(self, own):
        assert "技术部、产品部：" in texts(
            own(line("{{ to | join(“、”) }}："), told(replace(HEAD, to=("技术部", "产品部")), WORDS))
        )

    def test_a_tag_in_an_attribute_gives_one_line(self, own):
        def change(document):
            link = document.paragraphs[2].insert_paragraph_before("图")._p
            link.set("{urn:x}note", '{{ title | replace("于", "乎") }}')

        seen = own(change, told(HEAD, replace(WORDS, title='关于\n"甲"<乙>'))).element.body
        assert [each.get("{urn:x}note") for each in seen.iter(f"{W}p") if each.get("{urn:x}note")] == ['关乎 "甲"<乙>']

    def test_filters_are_those_of_every_template(self, own):
        assert "2026年3月17日 星期二 09:20 / 十二" in texts(own(line("{{ now | long_moment }} / {{ 12 | numeral }}")))

    def test_a_break_stays_a_break_through_a_macro(self, own):
        macro = "{% macro bold(x) %}【{{ x }}】{% endmacro %}{{ bold(record) }}"
        assert "【一\n二<】" in texts(own(line(macro), told(replace(HEAD, record="一\n二<"), WORDS)))

    def test_escaping_by_hand_cannot_let_through_what_xml_cannot_hold(self, own):
        assert "ab<" in texts(own(line("{{ record | e }}"), told(replace(HEAD, record="a\x00b<"), WORDS)))

    def test_a_cell_of_which_nothing_is_left_keeps_a_paragraph(self, own):
        def change(document):
            cell = document.add_table(1, 1).rows[0].cells[0]
            cell.paragraphs[0].text = "{%p if copies %}"
            cell.add_paragraph("抄送")
            cell.add_paragraph("{%p endif %}")

        document = own(change, told(replace(HEAD, copies=()), WORDS))
        assert [each.tag for each in document.tables[-1].rows[0].cells[0]._tc.iterchildren(f"{W}p")] == [f"{W}p"]

    @pytest.mark.parametrize("kind", ["tr", "tc"])
    def test_a_table_of_which_nothing_is_left_goes(self, own, kind):
        def change(document):
            table = document.add_table(3, 1) if kind == "tr" else document.add_table(1, 3)
            cells = [cell for row in table.rows for cell in row.cells]
            texts = (f"{{%{kind} for each in copies %}}", "{{ each }}", f"{{%{kind} endfor %}}")
            for cell, text in zip(cells, texts, strict=True):
                cell.text = text

        full, empty = (own(change, told(replace(HEAD, copies=copies), WORDS)) for copies in (("甲", "乙"), ()))
        assert len(full.tables) == len(empty.tables) + 1
        assert [cell.text for row in full.tables[-1].rows for cell in row.cells] == ["甲", "乙"]

    def test_pictures_that_a_loop_repeats_have_numbers_of_their_own(self, own):
        def change(document):
            document.add_paragraph("{%p for each in copies %}")
            document.add_picture(BytesIO(PICTURE))
            document.add_paragraph("{%p endfor %}")

        numbers = [each.get("id") for each in own(change).element.body.iter() if each.tag.endswith("}docPr")]
        assert len(numbers) == len(set(numbers)) == len(HEAD.copies)

    def test_a_part_keeps_its_name_in_any_script(self, own, tmp_path):
        own()
        with zipfile.ZipFile(tmp_path / "templates" / KIND / "page.docx", "a") as archive:
            archive.writestr("word/说明.bin", b"1")
        assert members(WordPapers(tmp_path).rendered(KIND, told(HEAD, WORDS)))["word/说明.bin"] == b"1"

    def test_a_user_may_take_a_shipped_kind_as_the_template_of_another(self, own, tmp_path):
        own()
        (tmp_path / "templates" / "归档通知").mkdir()
        shutil.copy(tmp_path / "templates" / KIND / "page.docx", tmp_path / "templates" / "归档通知" / "page.docx")
        assert WordPapers(tmp_path).rendered("归档通知", told(*LETTERS["归档通知"]))


class TestMistakes:
    def test_a_missing_field_is_told_with_the_file_the_paragraph_and_the_fields_there_are(self, own, tmp_path):
        with pytest.raises(BrokenTemplate) as fault:
            own(line("编号 {{ nubmer }} 号"))
        place = tmp_path / "templates" / KIND / "page.docx"
        assert fault.value.where == f"模板 {place} 正文“编号 {{{{ nubmer }}}} 号”这一段"
        assert fault.value.what == "无法使用：没有“nubmer”这个字段"
        assert "可用的字段：kind、number、company、" in fault.value.remedy
        assert "、requests、" in fault.value.remedy

    def test_a_missing_attribute_is_told_with_those_of_its_owner(self, own):
        with pytest.raises(
            BrokenTemplate,
            match=r"页眉“\{\{ standing\.opne \}\}”这一段：无法使用：没有“opne”这个字段。可用的字段：open、open_before、",
        ):
            own(
                lambda document: setattr(document.sections[0].header.paragraphs[0], "text", "{{ standing.opne }}"),
                digest_variables(DIGEST), "周报",
            )  # fmt: skip

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("{{ title", "标签没有写完整"), ("title }}", "标签没有写完整"), ("{% if title", "标签没有写完整"),
            ("{{ title }", "标签没有写完整"), ("{%p if title %}", "写法有误"), ("{{ title | nofilter }}",
             "“{{ title | nofilter }}”这一段：无法使用：写法有误"),
            ("{{ 1 / 0 }}", "“{{ 1 / 0 }}”这一段：无法使用：写法有误"), ("{{ title.__class__ }}", "无法使用"),
            ("{% include '没有.txt' %}", "找不到模板“没有.txt”"),
            ("{{ range(99999999) | list }}", "无法使用"), ("{{ '<w:p>' | safe }}", "生成的内容不完整"), ("{% endif %}", "写法有误"),
        ],
    )  # fmt: skip
    def test_others_are_told_with_the_file(self, own, tmp_path, text, words):
        with pytest.raises(BrokenTemplate) as fault:
            own(line(text))
        assert words in str(fault.value)
        assert str(tmp_path / "templates" / KIND / "page.docx") in str(fault.value)

    def test_a_mistake_in_the_properties_is_told(self, own):
        with pytest.raises(BrokenTemplate, match=r"属性“.*\{\{ titel \}\}.*”这一段：无法使用：没有“titel”这个字段"):
            own(lambda document: setattr(document.core_properties, "title", "{{ titel }}"))

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (b"", "不是 .docx 文件"), (b"<html></html>", "不是 .docx 文件"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版 .doc"),
            (b"PK\x03\x04", "已损坏或不完整"), ("half", "已损坏或不完整"),
            ("foreign", "不是 Word 文档"), ("flipped", "已损坏或不完整"),
        ],
    )  # fmt: skip
    def test_what_is_no_docx_is_refused_by_name(self, tmp_path, content, words):
        place = tmp_path / "templates" / KIND / "page.docx"
        place.parent.mkdir(parents=True)
        good = shipped("templates", KIND, "page.docx").read_bytes()
        if content == "half":
            content = good[: len(good) // 2]
        elif content == "flipped":
            middle = good.index(b"word/document.xml") + 400
            content = good[:middle] + bytes(each ^ 0xFF for each in good[middle : middle + 40]) + good[middle + 40 :]
        elif content == "foreign":
            content = shipped("workbooks", "coordination.xlsx").read_bytes()
        place.write_bytes(content)
        with pytest.raises(BrokenTemplate) as fault:
            WordPapers(tmp_path).rendered(KIND, told(HEAD, WORDS))
        assert words in str(fault.value)
        assert str(place) in str(fault.value)

    def test_a_folder_in_the_place_of_the_file_is_told(self, tmp_path):
        (tmp_path / "templates" / KIND / "page.docx").mkdir(parents=True)
        with pytest.raises(BrokenTemplate, match=r"page\.docx：无法使用：无法读取"):
            WordPapers(tmp_path).rendered(KIND, told(HEAD, WORDS))

    def test_a_bomb_is_not_unpacked(self, tmp_path):
        place = tmp_path / "templates" / KIND / "page.docx"
        place.parent.mkdir(parents=True)
        with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("word/document.xml", bytes(65 << 20))
        with pytest.raises(BrokenTemplate, match="解开后超过 64 MB"):
            WordPapers(tmp_path).rendered(KIND, told(HEAD, WORDS))

    def test_entities_are_left_alone(self, tmp_path):
        place = tmp_path / "templates" / KIND / "page.docx"
        place.parent.mkdir(parents=True)
        parts = members(shipped("templates", KIND, "page.docx").read_bytes())
        bomb = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
        parts["word/document.xml"] = re.sub(rb"(\?>\s*)", rb"\1" + bomb, parts["word/document.xml"], count=1).replace(
            b"{{ title }}", b"{{ title }}&a;"
        )
        with zipfile.ZipFile(place, "w") as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        with pytest.raises(BrokenTemplate):
            WordPapers(tmp_path).rendered(KIND, told(HEAD, WORDS))

    def test_a_kind_that_has_no_paper_is_told(self, shipped_papers):
        with pytest.raises(BrokenTemplate, match=r"模板 没有/page\.docx：找不到这个模板"):
            shipped_papers.rendered("没有", {})
