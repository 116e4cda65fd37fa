"""Telegram's HTML read, entities found, entities written as HTML that is safe in a page."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.demo.standin.entities import formatted, to_html, units
from bot.demo.standin.refusals import Json, Refusal


def read(text: str) -> tuple[str, list[tuple[str, int, int]]]:
    plain, entities = formatted(text, "HTML", [])
    return plain, [(e["type"], e["offset"], e["length"]) for e in entities]


@pytest.mark.parametrize(
    ("text", "plain", "entities"),
    [
        ("plain", "plain", []),
        ("<b>a</b><i>b</i>", "ab", [("bold", 0, 1), ("italic", 1, 1)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("<strong>a</strong> <em>b</em> <ins>c</ins> <del>d</del>", "a b c d",
         [("bold", 0, 1), ("italic", 2, 1), ("underline", 4, 1), ("strikethrough", 6, 1)]),
        ("👍<u>a</u>", "👍a", [("underline", 2, 1)]),
        ("<tg-spoiler>a</tg-spoiler><span class='tg-spoiler'>b</span>", "ab", [("spoiler", 0, 1), ("spoiler", 1, 1)]),
        ("<code>a <b>b</b></code>", "a b", [("code", 0, 3)]),
        ('<pre><code class="language-python">x</code></pre>', "x", [("pre", 0, 1)]),
        ("<blockquote>a</blockquote>", "a", [("blockquote", 0, 1)]),
        ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
        ('<a href="https://a.example/?x=1&amp;y=2">go</a>', "go", [("text_link", 0, 2)]),
        ('<a href="javascript:x">go</a>', "go", []),
        ("<B>a</B>", "a", [("bold", 0, 1)]),
        ("a &lt;b&gt; &amp; &quot; &#20013;&#x4e2d; &nbsp; &unknown;", 'a <b> & " 中中 &nbsp; &unknown;', []),
        ("  <b> a </b>  ", "a", [("bold", 0, 1)]),
        ("<b>a</b\n>", "a", [("bold", 0, 1)]),
        ("<b></b>a", "a", []),
    ],
)  # fmt: skip
def test_html(text: str, plain: str, entities: list[tuple[str, int, int]]) -> None:
    assert read(text) == (plain, entities)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<div>", 'Unsupported start tag "div" at byte offset 0'),
        ("<{0}>", 'Unsupported start tag "{0}" at byte offset 0'),
        ("中<b", "Unclosed start tag at byte offset 3"),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href='x", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href=x/>", "Unexpected end of name token at byte offset 8"),
        ("<a =x>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("</>", "Unexpected end tag at byte offset 0"),
        ("<b>", 'Can\'t find end tag corresponding to start tag "b"'),
    ],
)
def test_html_that_can_not_be_read(text: str, words: str) -> None:
    with pytest.raises(Refusal) as refused:
        formatted(text, "HTML", [])
    assert refused.value.description == f"Bad Request: can't parse entities: {words}"


def test_other_parse_modes_are_refused_in_words() -> None:
    for mode in ("MarkdownV2", "Markdown", "rtf"):
        with pytest.raises(Refusal, match="unsupported parse_mode"):
            formatted("x", mode, [])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("call 13800138000 or +44 20 7946 0958", [("phone_number", 5, 11), ("phone_number", 20, 16)]),
        ("see example.com/a?b=c, ok", [("url", 4, 17)]),
        ("http://a.example.", [("url", 0, 16)]),
        ("/start@my_bot now /help", [("bot_command", 0, 13), ("bot_command", 18, 5)]),
        ("a/b 1/2 and/or", []),
        ("@someone #tag $USD", [("mention", 0, 8), ("hashtag", 9, 4), ("cashtag", 14, 4)]),
        ("order 20261122-13800138000123", []),
        ("me@example.co.uk", [("email", 0, 16)]),
    ],
)
def test_what_is_found(text: str, found: list[tuple[str, int, int]]) -> None:
    _, entities = formatted(text, "", [])
    assert [(e["type"], e["offset"], e["length"]) for e in entities] == found


def test_nothing_is_found_in_code_and_links() -> None:
    _, entities = formatted('<code>+8613800138000</code> <a href="https://a.example">@name</a>', "HTML", [])
    assert [entity["type"] for entity in entities] == ["code", "text_link"]


@pytest.mark.parametrize(
    "entity",
    [
        {"type": "bold", "offset": 0, "length": 9},
        {"type": "bold", "offset": -1, "length": 1},
        {"type": "glow", "offset": 0, "length": 1},
        {"type": "bold"},
        "bold",
    ],
)
def test_given_entities_that_are_refused(entity: object) -> None:
    with pytest.raises(Refusal):
        formatted("text", "", [entity])


class Checked(HTMLParser):
    """Reads HTML back: its text, and that every tag is one of ours and closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in {"a", "b", "i", "u", "s", "span", "code", "pre", "blockquote"}
        for name, value in attrs:
            assert name in {"href", "rel", "class"}
            assert name != "href" or re.match(r"(https?|tg|mailto|tel):", value or "", re.IGNORECASE)
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Json]]:
    text = draw(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("<>&\"'👍"), min_size=1))
    size = units(text)
    kinds = st.sampled_from(["bold", "italic", "code", "text_link", "url", "spoiler", "phone_number", "mention"])
    entities = []
    for kind in draw(st.lists(kinds, max_size=5)):
        offset = draw(st.integers(0, size))
        length = draw(st.integers(0, size - offset))
        entity: Json = {"type": kind, "offset": offset, "length": length}
        entities.append(entity | ({"url": draw(st.text())} if kind == "text_link" else {}))
    return text, sorted(entities, key=lambda e: (e["offset"], -e["length"]))


@settings(deadline=None)
@given(marked())
def test_any_text_with_any_entities_is_safe_html(given_text: tuple[str, list[Json]]) -> None:
    text, entities = given_text
    page = Checked()
    page.feed(to_html(text, entities))
    page.close()
    assert page.open == []
    words = "".join(page.words)
    assert words == text or "\ufffd" in words


@settings(deadline=None)
@given(st.text(st.sampled_from("<>/ab=\"' &;#xtg-spoilerhref\n中👍"), max_size=60))
def test_any_html_is_read_or_refused(text: str) -> None:
    words, plain = "", ""
    entities: list[Json] = []
    try:
        plain, entities = formatted(text, "HTML", [])
    except Refusal as refused:
        words = refused.description
    assert words.startswith("Bad Request: can't parse entities: ") or not words
    for entity in entities:
        assert 0 <= entity["offset"] < entity["offset"] + entity["length"] <= units(plain)
