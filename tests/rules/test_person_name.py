"""Names, surnames and forms of address."""

import pytest

from store.rules import person_name


@pytest.mark.parametrize(
    ("text", "surname"),
    [("张伟", "张"), ("欧阳娜娜", "欧阳"), ("陳大文", "陳"), ("司馬懿", "司馬"), ("的确", ""), ("Jane", "")],
)
def test_the_surname_is_what_a_name_begins_with(text: str, surname: str) -> None:
    assert person_name.surname(text) == surname


@pytest.mark.parametrize("text", ["张伟", "王芳", "欧阳娜娜", "阿迪力·买买提", "劉德華"])
def test_full_names_are_most_like_names(text: str) -> None:
    assert person_name.likeness(text) == 5


@pytest.mark.parametrize("text", ["项目", "金融", "方案", "云帆科技有限公司", "采购", "Jane Doe", ""])
def test_words_are_not(text: str) -> None:
    assert person_name.likeness(text) == 0


def test_a_firm_with_a_surname_in_front_is_less_like_a_name_than_a_name() -> None:
    assert person_name.likeness("华为") < person_name.likeness("万科") < person_name.likeness("张伟")


@pytest.mark.parametrize(
    ("text", "name", "salutation", "gender"),
    [
        ("王总", "王", "总", None),
        ("罗老板", "罗", "老板", None),
        ("欧阳老师", "欧阳", "老师", None),
        ("陳先生", "陳", "先生", "male"),
        ("李娜女士", "李娜", "女士", "female"),
        ("秦朗经理", "秦朗", "经理", None),
        ("王总监", "王", "总监", None),
    ],
)
def test_a_form_of_address_is_told_from_the_name(text: str, name: str, salutation: str, gender: str | None) -> None:
    told = person_name.spoken(text)
    assert told is not None
    assert (told.name, told.salutation, told.gender) == (name, salutation, gender)


@pytest.mark.parametrize("text", ["项目经理", "区域经理", "副总经理", "安全主任", "总经理", "周一鸣"])
def test_jobs_are_no_names_with_an_address(text: str) -> None:
    assert person_name.spoken(text) is None


@pytest.mark.parametrize("text", ["小王", "老李", "阿强", "大乔"])
def test_names_among_colleagues(text: str) -> None:
    assert person_name.familiar(text)


@pytest.mark.parametrize("text", ["小区", "老板", "大家"])
def test_words_that_begin_like_them(text: str) -> None:
    assert not person_name.familiar(text)


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("王总", "王"),
        ("李娜女士", "李娜"),
        ("Dr. Alan Turing", "Alan Turing"),
        ("Jane Doe", "Jane Doe"),
        ("Mr.", "Mr."),
    ],
)
def test_names_compare_without_their_address(text: str, bare: str) -> None:
    assert person_name.bare(text) == bare


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        ("晓梅", "刘", "刘晓梅"),
        ("王", "建国", "王建国"),
        ("娜娜", "欧阳", "欧阳娜娜"),
        ("Jane", "Doe", "Jane Doe"),
        ("晓梅", "", "晓梅"),
        ("晓梅", "Liu", "晓梅 Liu"),
        ("", "", ""),
    ],
)
def test_a_chinese_name_in_two_halves_is_one_word(first: str, last: str, name: str) -> None:
    assert person_name.joined(first, last) == name
