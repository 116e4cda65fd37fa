"""The texts: the same keys and placeholders in both languages, none missing, none unused, none too long."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from handlers.kit.pages import units
from handlers.kit.texts import LANGUAGES, catalogue
from store.kinds import KINDS

ROOT = Path(__file__).resolve().parents[2]
SLOT = re.compile(r"\{(\w+)\}")
CALLS = {"t", "Text", "Line"}


def entry_texts(entry: str | dict[str, str]) -> list[str]:
    """What an entry may say: one text, or one for each plural."""
    return [entry] if isinstance(entry, str) else list(entry.values())


@cache
def modules() -> list[tuple[Path, ast.Module]]:
    """Every module that may name a text."""
    found = [path for folder in ("bot", "handlers", "store") for path in (ROOT / folder).rglob("*.py")]
    return [(path, ast.parse(path.read_text(encoding="utf-8"))) for path in found if "standin" not in path.parts]


def literal_keys() -> set[str]:
    """Every string constant of the code that is a whole key; errors by their own prefix."""
    found: set[str] = set()
    for _, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    if node.func.id in ("KehuError", "Busy"):
                        found.add(f"error.{first.value}")
                    if node.func.id == "Invalid":
                        found.add(f"error.invalid_{first.value}")
    return found | {"error.not_allowed", "error.stale", "error.busy"}


def patterns() -> list[re.Pattern[str]]:
    """Every f-string of the code that may be a key: `level.{…}` stands for all keys of that form."""
    found = []
    for _, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                parts = [
                    re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"[\w.]+" for part in node.values
                ]
                text = "".join(parts)
                if re.search(r"[a-z]", text.replace(r"[\w.]+", "")) and "\\ " not in text:
                    found.append(re.compile(text))
    return found


def test_both_languages_have_the_same_keys() -> None:
    zh, en = (catalogue(language).keys() for language in LANGUAGES)
    assert zh ^ en == set()


def test_both_languages_fill_the_same_placeholders() -> None:
    zh, en = catalogue("zh"), catalogue("en")
    differ = {}
    for key in zh:
        chinese, english = (set(SLOT.findall(" ".join(entry_texts(words[key])))) for words in (zh, en))
        if (chinese ^ english) - {"n"}:  # a plural may say "one" without its number
            differ[key] = chinese ^ english
    assert differ == {}


def test_every_text_that_the_code_names_exists() -> None:
    known = catalogue("en")
    missing = []
    for path, tree in modules():
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS and node.args
                and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str)
                and node.args[0].value not in known
            ):  # fmt: skip
                missing.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.args[0].value}")
    assert missing == []


def test_no_text_is_left_over() -> None:
    literal, dynamic = literal_keys(), patterns()
    unused = [
        key for key in catalogue("en") if key not in literal and not any(pattern.fullmatch(key) for pattern in dynamic)
    ]
    assert unused == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_fit_a_phone_and_do_not_shout(language: str) -> None:
    for key, entry in catalogue(language).items():
        for text in entry_texts(entry):
            assert units(text) < 1000, key
            assert not re.search(r"[!！]", re.sub(r"<[^>]*>", "", text)), f"{key} has an exclamation mark"


@pytest.mark.parametrize("language", LANGUAGES)
def test_markup_is_closed(language: str) -> None:
    for key, entry in catalogue(language).items():
        for text in entry_texts(entry):
            opened: list[str] = []
            for slash, name in re.findall(r"<(/?)(\w+)[^>]*>", text):
                if slash:
                    assert opened, key
                    assert opened.pop() == name, key
                else:
                    opened.append(name)
            assert opened == [], key


def test_no_feature_holds_a_sentence() -> None:
    """Chinese in a feature's code is a sentence that has no place there: words to recognise live in understand/."""
    found = []
    for path in (ROOT / "handlers").glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs
                and re.search(r"[\u4e00-\u9fff]", node.value)
            ):  # fmt: skip
                found.append(f"{path.name}:{node.lineno} {node.value}")
    assert found == []


def test_every_journaled_record_has_a_name() -> None:
    """An undo says what it took back."""
    assert [kind for kind in KINDS if f"record.{kind}" not in catalogue("zh")] == []
