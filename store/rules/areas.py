"""Where a customer is: a province or country and a city, as a code; read from a phone, from an address, from words.

    of_phone("+8657188889999")         →  "CN-ZJ/杭州"      (a landline tells its city)
    of_phone("+447911123456")          →  "GB"              (any other number its country)
    of_phone("+8613800138000")         →  None              (see below)
    of_text("浙江省杭州市西湖区文三路1号")  →  "CN-ZJ/杭州"
    of_company("浙江云帆科技有限公司")      →  "CN-ZJ"
    read("杭州"), read("Hangzhou"), read("uk")  →  "CN-ZJ/杭州", "CN-ZJ/杭州", "GB"
    said("CN-ZJ/杭州", "en")            →  "Hangzhou, Zhejiang"

A mobile number of the mainland tells nothing: which city its seven digits were given out in is a table of some 400,000
lines that libphonenumber keeps apart (40 MB of geodata) and that ages every month, and people keep their number when
they move. Where several cities share a prefix (024, 028, 029, 0731 …) only the province is told. Nothing is guessed.

A code is `province or country` or `province or country/city`; the names are those of areas.toml.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from store.rules import pinyin
from store.rules.script import fold, has_han, simplified

_UNIT = re.compile(r"(?:特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|自治州|省|市|地区|盟|州)$")
_CHINESE_LANDLINE = re.compile(r"\+86([2-9]\d)\d{7,9}|\+8610\d{8}")
#: What makes a road or a gate of the place that stands before it.
_NO_FIRM = frozenset("路街道大门站口桥山江河湖湾人")
#: Cities that aren't called in English as their characters sound.
_ENGLISH = {
    "哈尔滨": "Harbin", "齐齐哈尔": "Qiqihar", "呼和浩特": "Hohhot", "乌鲁木齐": "Urumqi", "拉萨": "Lhasa",
    "克拉玛依": "Karamay", "吐鲁番": "Turpan", "喀什": "Kashgar", "鄂尔多斯": "Ordos", "西安": "Xi’an",
    "厦门": "Xiamen", "重庆": "Chongqing", "吉林市": "Jilin City", "台北": "Taipei", "高雄": "Kaohsiung",
    "台中": "Taichung", "台南": "Tainan", "新竹": "Hsinchu", "桃园": "Taoyuan", "新北": "New Taipei", "九龙": "Kowloon",
    "新界": "New Territories", "纽约": "New York", "洛杉矶": "Los Angeles", "旧金山": "San Francisco",
    "芝加哥": "Chicago", "波士顿": "Boston", "西雅图": "Seattle", "多伦多": "Toronto", "温哥华": "Vancouver",
    "伦敦": "London", "巴黎": "Paris", "柏林": "Berlin", "汉堡": "Hamburg", "慕尼黑": "Munich", "法兰克福": "Frankfurt",
    "米兰": "Milan", "罗马": "Rome", "马德里": "Madrid", "莫斯科": "Moscow", "东京": "Tokyo", "大阪": "Osaka",
    "横滨": "Yokohama", "名古屋": "Nagoya", "京都": "Kyoto", "首尔": "Seoul", "釜山": "Busan", "吉隆坡": "Kuala Lumpur",
    "曼谷": "Bangkok", "河内": "Hanoi", "胡志明": "Ho Chi Minh City", "雅加达": "Jakarta", "马尼拉": "Manila",
    "孟买": "Mumbai", "新德里": "New Delhi", "迪拜": "Dubai", "悉尼": "Sydney", "墨尔本": "Melbourne",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Areas:
    """The content of areas.toml, indexed for look-ups."""

    names: dict[str, dict[str, str]]
    """Code → language → name."""
    by_prefix: dict[str, str]
    """A landline's trunk prefix → what it tells."""
    by_name: dict[str, str]
    """A Chinese name, without 省 or 市, or a folded English name of a country → what it tells."""
    longest: int


@cache
def _areas() -> _Areas:
    known = tomllib.loads(files("store.rules").joinpath("areas.toml").read_text("utf-8"))
    prefixes: dict[str, str] = {}
    by_name: dict[str, str] = {}
    for code, area in known.items():
        for written in area.get("cities", "").split():
            prefix, _, city = written.partition(":")
            whole = code if city == area["zh"] else f"{code}/{city}"
            by_name.setdefault(city, whole)
            if prefix != "-":
                prefixes[prefix] = whole
        prefixes |= dict.fromkeys(area.get("shared", "").split(), code)
        for place in area.get("inside", "").split():
            by_name.setdefault(place, f"{code}/{place}")
        for name in (area["zh"], fold(area["en"]), *area.get("other", "").split()):
            by_name[name] = code  # 吉林 is the province
    names = {code: {"zh": area["zh"], "en": area["en"]} for code, area in known.items()}
    return _Areas(names, prefixes, by_name, max(map(len, by_name)))


@cache
def _by_english() -> dict[str, str]:
    """The English name of each city, folded and without marks or spaces, → what it tells: hangzhou → CN-ZJ/杭州."""
    return {_plain(_city(name)): code for name, code in reversed(_areas().by_name.items()) if has_han(name)} | {
        _plain(name["en"]): code for code, name in _areas().names.items()
    }


def of_phone(e164: str) -> str | None:
    """The region of a phone number's owner, as a code; None if the number does not tell."""
    landline = _CHINESE_LANDLINE.fullmatch(e164)
    if landline:
        national = e164[3:]
        return next((known for length in (3, 2) if (known := _areas().by_prefix.get(national[:length]))), None)
    if e164.startswith("+86"):
        return None
    from store.rules.phone import country

    code = country(e164)
    return {"HK": "CN-HK", "MO": "CN-MO", "TW": "CN-TW"}.get(code, code) or None


def of_text(text: str) -> str | None:
    """The place that an address begins with: 浙江省杭州市西湖区…, 上海市浦东新区张江路1号, … London SW1A 1AA, UK."""
    if not has_han(text):
        ends = [part.strip() for part in re.split(r"[,;\n]", text)]
        found = [code for part in reversed(ends) if (code := _english(re.sub(r"[\d\W]+$", "", part)))]
        cities = [code for code in found if code.startswith(f"{found[0]}/")]
        return next(iter(cities or found), None)
    plain = simplified(text.strip()).removeprefix("中国")
    whole, rest = _first(plain)
    if whole is None or "/" in whole:
        return whole
    city, _ = _first(_UNIT.sub("", rest[:1]) + rest[1:])
    return city if city is not None and city.startswith(f"{whole}/") else whole


def of_company(name: str) -> str | None:
    """The place in China that a firm's name begins with: 浙江云帆科技有限公司; the road of 南京路商场 is none."""
    plain = simplified(name.strip())
    whole, rest = _first(plain)
    if whole is None or not whole.startswith("CN-") or len(rest) < 2 or rest[0] in _NO_FIRM:
        return None
    return of_text(plain)


def read(typed: str) -> str | None:
    """A place that somebody typed, and nothing else: 杭州, 浙江 杭州, 浙江省杭州市, Hangzhou, UK; None when unknown."""
    plain = simplified(" ".join(typed.replace("/", " ").replace("·", " ").split()))
    if not has_han(plain):
        whole = _english(plain)
        parts = [part.strip() for part in re.split(r"[,，]", plain)]
        if whole is None and len(parts) == 2:
            city, area = _english(parts[0]), _english(parts[1])
            whole = city if city and area and city.partition("/")[0] == area else None
        return whole
    names = [name for name in re.split(r"[ ,，]", plain) if name]
    found = [code for name in names if (code := _named(name))]
    if len(found) != len(names):
        return of_text(plain) if len(names) == 1 and _all_place(plain) else None
    if len(found) == 2 and found[1].startswith(f"{found[0]}/"):
        return found[1]
    return found[0] if len(found) == 1 else None


def said(code: str, language: str) -> str:
    """A code as people say it: 浙江 杭州; Hangzhou, Zhejiang."""
    area, _, city = code.partition("/")
    name = _areas().names.get(area, {}).get(language, area)
    if not city:
        return name
    return f"{name} {city}" if language == "zh" else f"{_city(city)}, {name}"


def _named(name: str) -> str | None:
    known = _areas().by_name
    bare = _UNIT.sub("", name)
    return known.get(name) or known.get(bare) or known.get(fold(name))


def _first(text: str) -> tuple[str | None, str]:
    """The longest name that a text begins with, as what it tells, and the text behind it and its 省 or 市."""
    for length in range(min(_areas().longest, len(text)), 1, -1):
        code = _areas().by_name.get(text[:length])
        if code is not None:
            return code, re.sub(r"^(?:特别行政区|[^\s]{0,3}自治区|省|市)", "", text[length:])
    return None, text


def _all_place(text: str) -> bool:
    """Whether nothing stands behind the names of a text: 浙江省杭州市."""
    rest = text
    for _ in range(3):
        code, behind = _first(rest)
        if code is None:
            return not rest
        rest = behind
    return not rest


def _english(name: str) -> str | None:
    plain = _plain(name)
    return _areas().by_name.get(fold(name.strip())) or (_by_english().get(plain) if plain else None)


def _city(name: str) -> str:
    """A city's English name: as its characters sound, but for those in `_ENGLISH`."""
    if name in _ENGLISH:
        return _ENGLISH[name]
    return "".join(sounds[0] for sounds in pinyin.syllables(name)).capitalize() if has_han(name) else name


def _plain(name: str) -> str:
    return "".join(filter(str.isalpha, fold(name)))
