"""The word lists of words.toml. `words("company", "latin_forms")` begins with `("ltd", "limited", "inc")`.

Lists of words are data: a reader of the rules needn't scroll past them, and who adds a surname needn't touch a rule.
"""

import tomllib
from functools import cache
from importlib.resources import files


@cache
def _lists() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("store.rules").joinpath("words.toml").read_text("utf-8"))


def words(section: str, name: str) -> tuple[str, ...]:
    """One list, in the order of the file."""
    return tuple(_lists()[section][name].split())
