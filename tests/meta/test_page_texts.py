"""The demo page's own words and colours, read from its files."""

from __future__ import annotations

import re
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "bot/demo/page"


def test_every_text_of_the_page_is_used_and_every_used_text_is_there() -> None:
    texts = (PAGE / "texts.js").read_text(encoding="utf-8").partition("export const LINES")[0]
    zh, en = (set(re.findall(r'^    "?([\w.]+)"?: "', half, re.MULTILINE)) for half in texts.split("  en: {"))
    assert zh == en
    code = "".join(path.read_text(encoding="utf-8") for path in PAGE.glob("*.js") if path.name != "texts.js")
    families = set(re.findall(r"\bt\(\s*`([\w.]+)\.\$", code))
    named = set(re.findall(r'\bt\(\s*"([\w.]+)"', code))
    assert named <= zh
    quoted = set(re.findall(r'"([\w.]+)"', code))
    assert {key for key in zh - quoted if key.rpartition(".")[0] not in families} == set()


def test_every_pair_of_colours_has_the_contrast_of_wcag_aa() -> None:
    """Read from the style sheet's own variables, for both themes: text 4.5, edges and signs 3.

    https://www.w3.org/TR/WCAG22/#contrast-minimum and #non-text-contrast. test_page_reach looks at the drawn page.
    """
    poor = []
    for theme in (0, 1):
        colours, roles = _colours(theme)
        for text, ground in _TEXTS:
            poor += _poor(theme, text, colours[text], ground, colours[ground], 4.5)
        for edge, ground in _SIGNS:
            poor += _poor(theme, edge, colours[edge], ground, colours[ground], 3)
        for name, (role, wash) in roles.items():
            for ground in ("sheet", "paper"):
                poor += _poor(theme, name, role, ground, colours[ground], 4.5)
            for text in ("ink", "faint", "pine"):
                poor += _poor(theme, text, colours[text], f"{name}'s wash", wash, 4.5)
            poor += _poor(theme, name, role, "its wash", wash, 4.5)
    assert poor == []


_GROUNDS = ("desk", "sheet", "paper", "raised", "hover")
_TEXTS = [(text, ground) for text in ("ink", "faint", "pine", "seal") for ground in _GROUNDS] + [
    ("on-pine", "pine"), ("on-seal", "seal"), ("on-amber", "amber"), ("pine", "wash"),
]  # fmt: skip
_SIGNS = [(sign, ground) for sign in ("line-strong", "focus") for ground in ("desk", "sheet", "paper", "raised")]


def _colours(theme: int) -> tuple[dict[str, str], dict[str, tuple[str, str]]]:
    """The variables in one theme (0 light, 1 dark), and each role's colour and wash."""
    sheet = (PAGE / "look.css").read_text(encoding="utf-8")
    pair = r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)"
    roles = {}
    for name, line in re.findall(r'^\[data-role="(\w+)"\] \{(.*)\}', sheet, re.MULTILINE):
        found = {found[0]: found[1 + theme] for found in re.findall(pair, line)}
        roles[name] = (found["role"], found["role-wash"])
    return {found[0]: found[1 + theme] for found in re.findall(rf"^  {pair}", sheet, re.MULTILINE)}, roles


def _poor(theme: int, text: str, one: str, ground: str, other: str, least: float) -> list[str]:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    ratio = (light + 0.05) / (dark + 0.05)
    return [f"{'light' if theme == 0 else 'dark'}: {text} on {ground} {ratio:.2f}"] if ratio < least else []


def _luminance(colour: str) -> float:
    """https://www.w3.org/TR/WCAG22/#dfn-relative-luminance"""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
