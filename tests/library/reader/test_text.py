"""Text of a page: lines become paragraphs, words are found in them."""

import pytest

from library.reader.finding import find
from library.reader.reflow import reflow


class TestReflow:
    def test_lines_become_paragraphs(self):
        page = (
            "Bà con trồng ngô trên đất dốc phải làm bờ để\r\ngiữ nước và giữ đất qua mùa mưa.\r\n"
            "Sau đó chọn giống ngô phù hợp với đất của nhà"
        )
        assert reflow([page]) == [
            [
                "Bà con trồng ngô trên đất dốc phải làm bờ để giữ nước và giữ đất qua mùa mưa.",
                "Sau đó chọn giống ngô phù hợp với đất của nhà",
            ]
        ]

    def test_running_titles_and_page_numbers_go(self):
        pages = [f"Sổ tay trồng ngô\nTrang này nói về việc thứ {n} của nhà nông.\n- {n} -" for n in "123"]
        assert reflow(pages) == [[f"Trang này nói về việc thứ {n} của nhà nông."] for n in "123"]

    def test_a_number_within_the_text_stays(self):
        assert reflow(["Một.\nHai.\n2019\nBốn.\nNăm."]) == [["Một. Hai. 2019 Bốn. Năm."]]

    @pytest.mark.parametrize(
        ("page", "paragraph"),
        [
            ("một từ bị ngắt thư\ufffe\nviện ở cuối dòng", "một từ bị ngắt thưviện ở cuối dòng"),
            ("a word that is hy-\nphenated here at it", "a word that is hyphenated here at it"),
            ("đất nước Ma-lai-\nxi-a ở phía nam ta", "đất nước Ma-lai-xi-a ở phía nam ta"),
        ],
    )
    def test_words_broken_at_the_end_of_a_line_are_whole_again(self, page, paragraph):
        assert reflow([page]) == [[paragraph]]

    def test_items_of_a_list_stand_alone(self):
        page = "Việc cần làm trong mùa này là như sau đây\n1. Làm đất và chọn giống cho phù hợp\n2. Gieo hạt khi có mưa"
        assert [line[:2] for line in reflow([page])[0]] == ["Vi", "1.", "2."]

    def test_a_heading_after_a_full_line_stands_alone(self):
        page = "Gõ thế nào cũng ra, có dấu hay không dấu đều được.\nGõ điều muốn học\nGõ vào ô tìm ở đầu trang rồi bấm nút tìm ở bên cạnh."
        assert reflow([page]) == [page.split("\n")]

    def test_text_is_composed(self):
        assert reflow(["ho\u0323c tâ\u0323p"]) == [["học tập"]]


class TestFind:
    TEXT = [["Trồng ngô trên đất dốc."], ["Ngô nếp và ngô tẻ.", "Không có gì."]]

    @pytest.mark.parametrize("words", ["ngô", "NGO", "ngo\u0302"])
    def test_accents_and_capitals_do_not_matter(self, words):
        assert [each.page for each in find(self.TEXT, words)] == [1, 2, 2]

    def test_what_was_found_is_marked_in_the_text_as_it_is(self):
        assert "<mark>đất dốc</mark>" in find(self.TEXT, "dat doc")[0].excerpt
        assert find([["<b>ngô</b>"]], "ngo")[0].excerpt == "&lt;b&gt;<mark>ngô</mark>&lt;/b&gt;"

    @pytest.mark.parametrize("words", ["", "...", "(", "lúa", "dốc đất"])
    def test_what_is_not_there_is_not_found(self, words):
        assert find(self.TEXT, words) == []

    def test_a_word_that_stands_everywhere_does_not_fill_the_page(self):
        assert len(find([["ngô " * 1000]], "ngô")) == 100
