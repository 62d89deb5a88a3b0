import pytest

from coordination_xl.addin.marking.mark_notes import HEAD, box_of, note_text, read_note
from coordination_xl.addin.marking.marks import by_cell
from coordination_xl.ledger.findings import Finding
from coordination_xl.schema.faults import ERROR, REMINDER


def found(message="完成时限是文本", severity=ERROR, address="G5", sheet="任务跟踪表"):
    return Finding(
        sheet, "Tasks", 5, "RW-2026-0001", "完成时限", address, "text-date", severity, message, "x", "改写成 2026-03-12"
    )


def test_a_note_says_what_is_wrong_and_what_would_be_right():
    lines = note_text([found()]).split("\n")
    assert lines[:-1] == [f"{HEAD}错误：完成时限是文本。", "建议：改写成 2026-03-12。"]


def test_what_only_the_program_reads_stands_last_and_is_short():
    *_, last = note_text([found()]).split("\n")
    assert len(last) == 10


def test_a_note_is_known_again():
    text = note_text([found()])
    assert read_note(text) == text.rpartition("\n")[0]


def test_a_note_is_known_again_when_the_host_changes_line_breaks_and_edge_blanks():
    assert read_note(note_text([found()]).replace("\n", "\r\n") + "\n")


@pytest.mark.parametrize(
    "change", [lambda t: t + "\n已问过张工", lambda t: t.replace("完成时限", "时限"), lambda t: "王：" + t]
)
def test_a_note_that_somebody_has_written_in_is_theirs(change):
    assert read_note(change(note_text([found()]))) == ""


@pytest.mark.parametrize("text", ["", "请财务确认", f"{HEAD} 这是我自己写的", f"{HEAD}\n〔00000000〕"])
def test_notes_of_people_are_not_ours(text):
    assert read_note(text) == ""


def test_of_many_findings_the_note_tells_one_and_how_many_there_are_besides():
    text = note_text([found(f"第{n}处") for n in range(4)])
    assert text.split("\n")[:-1] == [f"{HEAD}错误：第0处。", "建议：改写成 2026-03-12。", "另有 3 条，见“校验结果”。"]
    assert read_note(text)


def test_an_error_is_told_before_a_reminder():
    text = note_text([found("没有年份", REMINDER), found("不是日期")])
    assert text.startswith(f"{HEAD}错误：不是日期。")


def test_a_long_message_does_not_make_a_note_without_end():
    assert len(note_text([found("很" * 5000)])) < 250


def test_the_box_has_a_line_for_every_line_of_the_text():
    width, one = box_of("a")
    line = box_of("a\nb")[1] - one
    assert line >= 12  # a line of nine points, with the space between lines
    assert [round((box_of(text)[1] - one) / line) for text in ("很" * 24, "很" * 25, "很" * 24 + "\nx", "x" * 48)] == [
        0,
        1,
        1,
        0,
    ]
    assert width >= 24 * 9


def test_cells_with_an_error_come_before_those_with_reminders_alone():
    cells = by_cell([found(severity=REMINDER), found(address="H5"), found(address="", severity=ERROR), found("还有")])
    assert list(cells) == [("任务跟踪表", "G5"), ("任务跟踪表", "H5")]
    assert [each.message for each in cells["任务跟踪表", "G5"]] == ["完成时限是文本", "还有"]


def test_a_cell_with_only_reminders_comes_last():
    cells = by_cell([found(severity=REMINDER), found(address="H5")])
    assert list(cells) == [("任务跟踪表", "H5"), ("任务跟踪表", "G5")]
