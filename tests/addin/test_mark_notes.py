import pytest

from coordination_xl.addin.mark_notes import HEAD, MOST_TOLD, MarkNote, note_text, read_note
from coordination_xl.addin.marks import by_cell
from coordination_xl.ledger.findings import Finding
from coordination_xl.schema.faults import ERROR, REMINDER


def found(message="完成时限是文本", severity=ERROR, address="G5", sheet="任务跟踪表"):
    return Finding(
        sheet, "Tasks", 5, "RW-2026-0001", "完成时限", address, "text-date", severity, message, "x", "改写成 2026-03-12"
    )


def test_a_note_says_what_is_wrong_and_what_would_be_right():
    text = note_text([found()], None)
    assert text.startswith(f"{HEAD}\n错误：完成时限是文本。建议：改写成 2026-03-12。")


@pytest.mark.parametrize("fill", [None, (0xF4, 0xF6, 0xF8), (0, 0, 0)])
def test_a_note_remembers_the_fill_that_was_there(fill):
    assert read_note(note_text([found()], fill)) == MarkNote(fill)


def test_a_note_is_known_again_when_the_host_changes_line_breaks_and_edge_blanks():
    assert read_note(note_text([found()], None).replace("\n", "\r\n") + "\n") == MarkNote(None)


@pytest.mark.parametrize(
    "change", [lambda t: t + "\n已问过张工", lambda t: t.replace("完成时限", "时限"), lambda t: "王：" + t]
)
def test_a_note_that_somebody_has_written_in_is_theirs(change):
    assert read_note(change(note_text([found()], None))) is None


@pytest.mark.parametrize("text", ["", "请财务确认", f"{HEAD} 这是我自己写的", f"{HEAD}\n〔原底色 无 · 00000000〕"])
def test_notes_of_people_are_not_ours(text):
    assert read_note(text) is None


def test_of_many_findings_the_note_tells_the_first_and_how_many_there_are_besides():
    text = note_text([found(f"第{n}处") for n in range(MOST_TOLD + 3)], None)
    assert "另有 3 条，见“校验结果”。" in text
    assert read_note(text) == MarkNote(None)


def test_a_long_message_does_not_make_a_note_without_end():
    assert len(note_text([found("很" * 5000)], None)) < 500


def test_cells_with_an_error_come_before_those_with_reminders_alone():
    cells = by_cell([found(severity=REMINDER), found(address="H5"), found(address="", severity=ERROR), found("还有")])
    assert list(cells) == [("任务跟踪表", "G5"), ("任务跟踪表", "H5")]
    assert [each.message for each in cells["任务跟踪表", "G5"]] == ["完成时限是文本", "还有"]


def test_a_cell_with_only_reminders_comes_last():
    cells = by_cell([found(severity=REMINDER), found(address="H5")])
    assert list(cells) == [("任务跟踪表", "H5"), ("任务跟踪表", "G5")]
