"""Looking up the case library."""

from __future__ import annotations

from datetime import datetime

import pytest

from coordination_xl.rules.archive.cases import search, snippet_of, words_of
from tests.builders import case, ledgers

CASES = [
    case(
        id="AL-1", title="退货积压处理", keywords="库容；分级", department="运营部", outcome="9个工作日清完",
        measures="报废标准写成书面依据", archived_at=datetime(2026, 3, 1),
    ),
    case(
        id="AL-2", title="直播差评", keywords="退货；舆情", department="客户服务部", outcome="26小时平息",
        archived_at=datetime(2026, 9, 1),
    ),
    case(
        id="AL-3", title="门禁误放行", keywords="权限", department="综合管理部", lessons="与人事系统未联动；退货无关",
        root_cause="API 网关口径不一", archived_at=datetime(2026, 5, 1),
    ),
    case(id="AL-4", title="手写的旧案例", source="JJ-2026-0004", keywords="", department="", archived_at=None),
]  # fmt: skip


def ids(*typed: str, **more: object) -> list[str]:
    return list(search(ledgers(Cases=CASES)["Cases"].frame, words_of(typed), **more)["id"])


class TestSearch:
    def test_without_words_lists_all_the_newest_first_and_those_without_a_time_last(self):
        assert ids() == ["AL-2", "AL-3", "AL-1", "AL-4"]

    def test_a_word_in_the_name_goes_before_a_keyword_before_the_text(self):
        assert ids("退货") == ["AL-1", "AL-2", "AL-3"]

    def test_every_word_must_occur_in_any_field(self):
        assert ids("退货", "书面") == ["AL-1"]
        assert ids("退货", "权限", "系统") == ["AL-3"]
        assert ids("退货", "没有的词") == []

    @pytest.mark.parametrize("typed", ["api", "ＡＰＩ", "Api 网关", "ａｐｉ　口径"])
    def test_width_case_and_the_kind_of_blank_make_no_difference(self, typed):
        assert ids(typed) == ["AL-3"]

    @pytest.mark.parametrize(
        ("word", "found"),
        [
            ("库容", "AL-1"),
            ("运营部", "AL-1"),
            ("9个", "AL-1"),
            ("联动", "AL-3"),
            ("网关", "AL-3"),
            ("jj-2026-0004", "AL-4"),
        ],
    )
    def test_looks_into_keywords_department_texts_and_source(self, word, found):
        assert ids(word) == [found]

    @pytest.mark.parametrize("sign", ["(", "[", ".*", "\\", "*", "?"])
    def test_signs_mean_themselves(self, sign):
        assert ids(sign) == []

    def test_only_one_department(self):
        assert ids("退货", department="客户服务部") == ["AL-2"]
        assert ids(department="服务") == ["AL-2"]

    def test_only_since_a_day_that_counts_itself(self):
        assert ids(since=datetime(2026, 5, 1)) == ["AL-2", "AL-3"]
        assert ids(since=datetime(2026, 5, 2)) == ["AL-2"]

    def test_an_empty_library_has_nothing(self):
        assert search(ledgers()["Cases"].frame, ("退货",)).empty

    def test_keeps_the_rows_of_the_sheet(self):
        frame = ledgers(Cases=CASES)["Cases"].frame
        assert list(search(frame, ("直播",)).index) == [frame.index[1]]


def snippet(*typed: str, **values: object):
    frame = ledgers(Cases=[case(**values)])["Cases"].frame
    return snippet_of(frame.iloc[0], words_of(typed))


class TestSnippet:
    def test_marks_every_hit_in_the_text_as_typed(self):
        made = snippet("api", lessons="先定 ＡＰＩ，再改 api")
        assert (made.field, made.text) == ("lessons", "先定 ＡＰＩ，再改 api")
        assert [made.text[a:b] for a, b in made.hits] == ["ＡＰＩ", "api"]

    def test_is_of_the_field_with_the_most_words(self):
        made = snippet("口径", "返工", outcome="口径", lessons="口径不一返工", experience="返工")
        assert made.field == "lessons"

    def test_cuts_a_long_text_around_the_first_hit_on_one_line(self):
        made = snippet("退货", measures="前\n" * 100 + "退货" + "后" * 100)
        assert made.text.startswith("…前 前")
        assert made.text.endswith("后…")
        assert len(made.text) == 50
        assert [made.text[a:b] for a, b in made.hits] == ["退货"]

    def test_shows_the_end_of_a_text_when_the_hit_is_there(self):
        made = snippet("退货", measures="前" * 100 + "退货")
        assert made.text == "…" + "前" * 46 + "退货"
        assert [made.text[a:b] for a, b in made.hits] == ["退货"]

    def test_longer_words_are_marked_whole(self):
        made = snippet("货", "退货单", outcome="退货单与货")
        assert [made.text[a:b] for a, b in made.hits] == ["退货单", "货"]

    def test_without_a_hit_is_the_beginning_of_what_there_is(self):
        assert snippet("退货", title="退货", outcome="", lessons="口径").text == "口径"
        assert snippet().text == ""

    def test_letters_that_grow_when_lowered_do_not_shift_the_marks(self):
        made = snippet("退货", outcome="İİİ退货")
        assert [made.text[a:b] for a, b in made.hits] == ["退货"]
