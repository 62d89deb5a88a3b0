from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from coordination_xl.errors import UsageError
from coordination_xl.ledger.parts import read_parts
from coordination_xl.ledger.task_grids import (
    TaskLine,
    from_cells,
    into_cells,
    read_task_lines,
    unwritable,
    write_task_lines,
)

SEED = ("用户画像-市场部专员;数据分析-数据部分析师", "用户画像:2023-10-18;数据分析:2023-10-25", "")


def lines(*rows: tuple[str, ...]) -> tuple[TaskLine, ...]:
    return tuple(TaskLine(*row) for row in rows)


@pytest.mark.parametrize(
    ("texts", "grid"),
    [
        (SEED, [("用户画像", "市场部专员", "2023-10-18"), ("数据分析", "数据部分析师", "2023-10-25")]),
        (("", "", ""), []),
        (("腾出环境-技术部*工程师", "2026-03-12", ""), [("腾出环境", "技术部*工程师", "2026-03-12")]),
        (("技术部*工程师", "1周内", ""), [("", "技术部*工程师", "1周内")]),
        (("甲事-王；乙事-李", "10月18日前", ""), [("甲事", "王"), ("乙事", "李"), ("", "", "10月18日前")]),
        (("甲事-王；乙事-李", "3月1日；3月2日", ""), [("甲事", "王", "3月1日"), ("乙事", "李", "3月2日")]),
        (("1.甲事-王；2.乙事-李", "2.3月2日；1.3月1日", ""), [("甲事", "王", "3月1日"), ("乙事", "李", "3月2日")]),
        (("1.王；3.李", "3.3月2日", ""), [("", "王"), ("", "李", "3月2日")]),
        (
            ("甲事-王；丙事-李", "甲事:1日；乙事:2日；丙事:3日", ""),
            [("甲事", "王", "1日"), ("乙事", "", "2日"), ("丙事", "李", "3日")],
        ),
        (("联调-王；联调-李", "联调:3月1日；联调:3月2日", ""), [("联调", "王", "3月1日"), ("联调", "李", "3月2日")]),
        (("发放：；画像：王", "", "画像：全"), [("发放",), ("画像", "王", "", "全")]),
    ],
)  # fmt: skip
def test_texts_are_laid_out_by_task(texts, grid):
    assert read_task_lines(texts) == lines(*grid)


@pytest.mark.parametrize(
    ("grid", "texts"),
    [
        ([("用户画像", "市场部*专员", "2023-10-18", "三类")], ("用户画像：市场部*专员", "用户画像：2023-10-18", "用户画像：三类")),
        ([("甲", "王"), (), ("乙", "", "1周内")], ("甲：王；乙：", "乙：1周内", "")),
        ([("发放问卷",)], ("发放问卷：", "", "")),
        ([("", "王", "", ""), ("", "", "3月1日", "")], ("1.王", "2、3月1日", "")),
        ([("联调", "王"), ("联调", "李", "3月2日")], ("联调：王；联调：李", "联调：；联调：3月2日", "")),
        ([("甲", "王；李", "")], ("1.甲：王；李", "", "")),
        ([], ("", "", "")),
    ],
)  # fmt: skip
def test_lines_are_written_under_their_task(grid, texts):
    assert write_task_lines(lines(*grid)) == texts


def test_texts_that_say_what_the_grid_says_stay_as_typed():
    assert write_task_lines(read_task_lines(SEED), SEED) == SEED
    changed = lines(("用户画像", "市场部专员", "2023-10-20"), ("数据分析", "数据部分析师", "2023-10-25"))
    assert write_task_lines(changed, SEED) == (SEED[0], "用户画像：2023-10-20；数据分析：2023-10-25", "")


def test_a_text_without_labels_stays_as_typed_until_its_lines_move():
    typed = ("甲-王；乙-李", "3月1日；3月2日", "")
    person = lines(("甲", "赵", "3月1日"), ("乙", "李", "3月2日"))
    assert write_task_lines(person, typed) == ("甲：赵；乙：李", "3月1日；3月2日", "")
    third = (*read_task_lines(typed), TaskLine("丙", "钱"))
    assert write_task_lines(third, typed) == ("甲：王；乙：李；丙：钱", "甲：3月1日；乙：3月2日", "")


@pytest.mark.parametrize(
    ("line", "cell"),
    [
        (("联调，并出报告", "王"), "task"),
        (("长" * 31,), "task"),
        (("联调：二期", "王"), "task"),
        (("", "甲：乙"), "who"),
        (("甲", "王", "1.今天；2.明天"), "by"),
        (("用户画像", "市场部*专员", "10月18日前", "≥3类"), ""),
        ((), ""),
    ],
)
def test_a_cell_that_no_text_can_hold_is_named(line, cell):
    assert unwritable(TaskLine(*line)) == cell


def test_what_cannot_be_written_is_refused_not_bent():
    with pytest.raises(UsageError):
        write_task_lines(lines(("联调，并出报告", "王")))


def test_the_last_line_takes_the_rest_aligned_by_line():
    many = lines(*((f"任务{n}", f"甲部{n}", "" if n == 6 else f"3月{n}日", "") for n in range(1, 8)))
    cells = into_cells(many, 5)
    assert cells[:4] == many[:4]
    assert cells[4] == TaskLine("任务5\n任务6\n任务7", "甲部5\n甲部6\n甲部7", "3月5日\n\n3月7日", "")
    assert from_cells(cells) == many
    assert into_cells(many[:2], 3) == (*many[:2], TaskLine())


def test_a_last_line_that_somebody_filled_in_may_be_ragged():
    assert from_cells(lines(("a",), ("b\nc ", "王", "\n3月2日", ""))) == lines(("a",), ("b", "王"), ("c", "", "3月2日"))


NAMES = st.text(alphabet="市场部数据分析用户画像提供完成AB", min_size=1, max_size=8)
CONTENTS = st.one_of(
    NAMES,
    st.dates().map(str),
    st.sampled_from(
        [
            "10月18日前",
            "10月18日",
            "1周内",
            "市场部*专员、李强",
            "3-5人",
            "≥1,000",
            "联调：二期",
            "甲；乙",
            "1.甲",
            "a\nb",
        ]
    ),
)
CELLS = st.just("") | CONTENTS
GRIDS = st.lists(st.builds(TaskLine, NAMES | st.just(""), CELLS, CELLS, CELLS), max_size=8).map(
    lambda grid: tuple(line for line in grid if not line.is_blank)
)


@given(grid=GRIDS)
@example(grid=(TaskLine("甲", "", "x"), TaskLine("乙", "y"), TaskLine("甲", "", "", "z")))
@example(grid=(TaskLine("", "", "x"), TaskLine("", "y")))
def test_grid_to_texts_to_grid_is_identity(grid):
    try:
        texts = write_task_lines(grid)
    except UsageError:
        return  # refused, not bent
    assert read_task_lines(texts) == grid


@given(
    grid=st.lists(
        st.builds(TaskLine, NAMES, NAMES, st.dates().map(str) | st.just("1周内"), NAMES | st.just("")), max_size=12
    )
)
def test_every_grid_of_named_tasks_can_be_written(grid):
    assert read_task_lines(write_task_lines(grid)) == tuple(grid)


@given(grid=GRIDS, room=st.integers(2, 6))
def test_more_lines_than_the_form_has_lose_nothing(grid, room):
    flat = tuple(TaskLine(*(cell.replace("\n", "；") for cell in (line.task, *line.contents))) for line in grid)
    assert from_cells(into_cells(flat, room)) == flat


PARTS = st.lists(st.tuples(NAMES | st.just(""), CONTENTS), max_size=7).map(
    lambda parts: "；".join(f"{label}:{text}" if label else text for label, text in parts)
)


@given(texts=st.tuples(PARTS, PARTS, PARTS))
def test_texts_to_grid_to_texts_keeps_labels_and_contents(texts):
    grid = read_task_lines(texts)
    assert write_task_lines(grid, texts) == texts
    try:
        anew = write_task_lines(grid)
    except UsageError:
        return  # refused, not bent
    for old, new in zip(texts, anew, strict=True):
        left = [(part.label, part.text) for part in read_parts(new)]
        for part in sorted(read_parts(old), key=lambda part: part.label, reverse=True):
            here = [each for each in left if each[1] == part.text and part.label in {"", each[0]}]
            if part.text:
                assert here, (old, new)
                left.remove(here[0])
    assert {part.label for text in texts for part in read_parts(text)} - {""} <= {line.task for line in grid}
