"""The words that dates are made of, in both languages, each with its kind.

A kind is one letter, so that a line of tokens is a string and the grammar (`grammar.py`) can be regular expressions
over it. `KINDS` names them. To teach a new word, add it to the table of its language; to teach a new kind, add a
letter and the rules that use it.
"""

from __future__ import annotations

from typing import Final, NamedTuple

KINDS: Final = {
    "junk": "x",  # anything that is no word of a date
    "stop": ";",  # the end of a sentence or of a line
    "comma": ",",
    "num": "n",  # a whole number; `high` when it is a spread such as 两三
    "dec": "f",  # a number with a fraction
    "half": "h",
    "ord": "o",  # first, 1st, 第一; -1 is the last
    "year": "y",  # four digits from 1900 to 2199
    "clock": "c",  # 15:30; number is seconds after midnight
    "relyear": "C",  # 明年: years from this one
    "qnumber": "Ω",  # Q3
    "numdate": "u",  # 2026-12-05, 12/25
    "weekday": "W",  # 0 is Monday
    "weekdays": "V",  # Mondays
    "weekend": "E",
    "relday": "T",  # today, 明晚: number is days from today, name a part of the day
    "monthname": "N",
    "yue": "m",
    "ri": "D",
    "hao": "U",
    "second": "s",
    "minute": "i",
    "hour": "H",
    "day": "d",
    "week": "w",
    "month": "M",
    "quarter": "Q",
    "yearunit": "A",
    "fortnight": "F",
    "workday": "K",
    "nightunit": "g",
    "point": "P",  # 点, o'clock
    "fen": "z",
    "ke": "k",  # a quarter of an hour on the clock
    "next": "X",
    "this": "Z",
    "last": "L",
    "in": "I",
    "within": "J",
    "inside": "j",
    "later": "a",
    "after": "G",
    "before": "B",
    "ahead": "b",
    "ago": "e",
    "by": "Y",
    "from": "R",
    "between": "q",
    "to": "r",
    "and": "&",
    "of": "O",
    "the": "t",
    "at": "@",
    "on": "S",
    "about": "~",
    "meridiem": "p",
    "part": "l",
    "past": "v",  # half past three
    "every": "1",
    "other": "2",  # every other, 隔
    "often": "3",  # daily, weekly
    "times": "4",  # 一次
    "once": "5",
    "edge": "6",  # the end of, 底
    "edgeword": "7",  # EOM, EOD
    "festival": "8",
    "lunarmonth": "9",
    "lunarday": "0",
    "pass": "=",  # 过: after so long
    "more": "+",
    "now": "!",
    "zone": "%",
    "start": "^",  # starting, 开始
    "for": "$",
    "nth": "#",  # 第
    "ge": "个",
    "short": "差",  # 差五分三点
    "ish": "ι",
    "weekof": "_",
}


class Word(NamedTuple):
    """What a word means: its kind's letter, a number, and a name where the kind needs one."""

    kind: str
    number: int = 0
    name: str = ""


def _table(rows: dict[str, dict[str, int | tuple[int, str]]]) -> dict[str, Word]:
    table: dict[str, Word] = {}
    for kind, words in rows.items():
        for spelled, meaning in words.items():
            number, name = meaning if isinstance(meaning, tuple) else (meaning, "")
            for word in spelled.split("|"):
                table[word] = Word(KINDS[kind], number, name)
    return table


_MONTHS: Final = ["january|jan", "february|feb|feburary|febuary", "march|mar", "april|apr", "may", "june|jun", "july|jul", "august|aug", "september|sep|sept", "october|oct", "november|nov", "december|dec|decemeber"]
_DAYS_EN: Final = ["monday|mon", "tuesday|tue|tues", "wednesday|wed|weds|wednes|wendesday|wensday|wednsday", "thursday|thu|thur|thurs|thrusday", "friday|fri", "saturday|sat|saterday", "sunday|sun"]

ENGLISH: Final = _table(
    {
        "monthname": {words: n for n, words in enumerate(_MONTHS, 1)},
        "weekday": {words: n for n, words in enumerate(_DAYS_EN)},
        "weekdays": {day.split("|")[0] + "s": n for n, day in enumerate(_DAYS_EN)}
        | {"weekdays": (7, "weekdays"), "workdays": (7, "weekdays")},
        "weekend": {"weekend|wkend|wknd|weeknd": 0, "weekends": 1},
        "relday": {
            "today|2day|tdy": 0,
            "tomorrow|tomorrows|tmr|tmrw|tmw|tmrrw|tommorow|tommorrow|tomorow|tommorw|2moro|2morrow|2mrw|tomoz|morrow": 1,
            "yesterday|ystd|yest": -1,
            "tonight|tonite|2nite|2night": (0, "night"),
            "overmorrow": 2,
        },
        "second": {"seconds|secs|sec": 1},
        "minute": {"minute|minutes|min|mins": 1},
        "hour": {"hour|hours|hr|hrs|h": 1},
        "day": {"day|days|d": 1},
        "week": {"week|weeks|wk|wks|w": 1},
        "month": {"month|months|mth|mths|mo|mos|mnth|mnths": 1},
        "quarter": {"quarter|quarters|qtr|qtrs": 1},
        "yearunit": {"year|years|yr|yrs|y": 1, "decade|decades": 10},
        "fortnight": {"fortnight|fortnights": 1},
        "workday": {"weekday|workday|workingday": 1},
        "nightunit": {"nights": 1},
        "point": {"oclock|o'clock|o'clk": 0},
        "next": {"next|nxt|following|upcoming": 1, "coming": (1, "coming")},
        "this": {"this|current": 0},
        "last": {"last|previous|prev|final": -1},
        "in": {"in": 0},
        "within": {"within|inside": 0},
        "later": {"later|hence|afterwards|l8r": 0},
        "after": {"after|since": 0},
        "before": {"before|b4|prior": 0},
        "ago": {"ago|earlier|back": 0},
        "by": {"by|until|til|till|due|untill|deadline": 0},
        "from": {"from": 0},
        "between": {"between|btw|betw": 0},
        "to": {"to|thru|through": 0},
        "and": {"and|n|or|plus": 0},
        "of": {"of": 0},
        "the": {"the": 0},
        "at": {"at": 0},
        "on": {"on": 0},
        "about": {"about|around|approximately|approx|roughly|circa|exactly|sharp|just|say": 0},
        "ish": {"ish": 0},
        "meridiem": {"am": (0, "am"), "pm": (0, "pm")},
        "part": {
            "morning|morn": (0, "morning"),
            "mornings": (2, "morning"),
            "afternoons": (2, "afternoon"),
            "evenings": (2, "evening"),
            "lunchtime": (0, "lunch"),
            "lunch": (1, "lunch"),
            "afternoon|arvo|afternoonish": (0, "afternoon"),
            "evening|evng": (0, "evening"),
            "dusk|sunset|dinner|dinnertime": (1, "evening"),
            "night|nite": (0, "night"),
            "bedtime": (1, "night"),
            "dawn|sunrise|daybreak": (1, "early"),
        },
        "past": {"past": -1},
        "every": {"every|each|evry|ev": 0},
        "other": {"other|alternate": 2},
        "often": {
            "daily|everyday": (1, "DAILY"),
            "nightly": (1, "DAILY"),
            "weekly": (1, "WEEKLY"),
            "biweekly|fortnightly": (2, "WEEKLY"),
            "monthly": (1, "MONTHLY"),
            "bimonthly": (2, "MONTHLY"),
            "quarterly": (3, "MONTHLY"),
            "semiannually|semiannual|biannually|biannual": (6, "MONTHLY"),
            "yearly|annually|annual": (1, "YEARLY"),
            "biennially|biennial": (2, "YEARLY"),
            "hourly": (1, "HOURLY"),
        },
        "times": {"times|time": 0},
        "once": {"once": 1},
        "edge": {
            "end|ending|close": (0, "end"),
            "start|beginning|begining": (0, "start"),
            "early": (0, "start"),
            "mid|middle|midway": (0, "middle"),
            "late": (0, "late"),
        },
        "edgeword": {
            "eod|cob|eob|cop|eobd": (0, "day"),
            "eow": (0, "week"),
            "eom": (0, "month"),
            "eoq": (0, "quarter"),
            "eoy": (0, "year"),
        },
        "festival": {
            "christmas|xmas|x-mas": (0, "christmas"),
            "thanksgiving": (0, "thanksgiving"),
            "halloween": (0, "halloween"),
            "easter": (0, "easter"),
            "qingming": (0, "qingming"),
        },
        "now": {"now|asap|immediately|rn": 0},
        "more": {"more": 0},
        "clock": {"noon|midday|noontime|noonish": (43_200, "noon"), "midnight": (86_400, "midnight")},
        "start": {"starting": 0},
        "for": {"for": 0},
        "half": {"half": 0},
        "zone": {
            "utc|gmt": (0, "UTC"),
            "pst|pdt": (0, "America/Los_Angeles"),
            "est|edt": (0, "America/New_York"),
            "cet|cest": (0, "Europe/Paris"),
            "bst": (0, "Europe/London"),
            "jst": (0, "Asia/Tokyo"),
            "hkt": (0, "Asia/Hong_Kong"),
            "sgt": (0, "Asia/Singapore"),
            "ist": (0, "Asia/Kolkata"),
            "aest|aedt": (0, "Australia/Sydney"),
        },
        "num": {"a|an": (1, "a"), "couple": (2, "couple"), "few": (3, "couple"), "several": (5, "couple")},
    }
)

# Phrases of several English words, looked for before single words; a space stands for any run of spaces.
ENGLISH_PHRASES: Final = _table(
    {
        "relday": {
            "the day after tomorrow|day after tomorrow|the day after tmr|day after tmr|day after tmrw": 2,
            "the day before yesterday|day before yesterday": -2,
            "last night": (-1, "night"),
            "later today|later on today|sometime today|earlier today": 0,
            "first thing tomorrow": (1, "morning"),
            "first thing today": (0, "morning"),
        },
        "later": {
            "from now|from today|from right now|from this moment|from this point|down the line|out from now|after now": 0,
        },
        "weekend": {"week-end": 0},
        "weekof": {"week of|week beginning|week commencing|week starting|week starting on|w/c": 0},
        "now": {"right this minute|right now|right away|straight away|at once|as soon as possible": 0},
        "by": {
            "no later than|not later than|on or before|due by|due on|up to|up until|until": 0,
            "by no later than|latest by|at the latest by|deadline is|deadline": 0,
        },
        "before": {"prior to|ahead of": 0},
        "after": {"later than|starting after|any time after|anytime after": 0},
        "workday": {
            "business day|business days|working day|working days|work day|work days|biz day|biz days|week day|week days": 1,
        },
        "edgeword": {
            "close of business|end of business|close of play|end of day|end of the day|end of business day|end of play"
            "|end of today|end of the business day|end of working day|end of the working day|close of day": (0, "day"),
            "month end|month-end|monthend": (0, "month"),
            "year end|year-end|yearend": (0, "year"),
            "quarter end|quarter-end": (0, "quarter"),
        },
        "part": {
            "first thing in the morning|first thing": (0, "morning"),
            "in the early hours|early hours": (0, "dawn"),
            "early morning|early in the morning|early hours of the morning": (0, "early"),
            "mid morning|mid-morning|midmorning|late morning|late in the morning": (0, "morning"),
            "mid afternoon|mid-afternoon|late afternoon|early afternoon|tea time|teatime|late in the afternoon": (
                0,
                "afternoon",
            ),
            "early evening|late evening|after work|after hours|after dinner|before dinner|late in the evening": (
                0,
                "evening",
            ),
            "late at night|late night|before bed": (0, "night"),
            "after lunch|lunch time": (0, "lunch"),
            "before lunch": (0, "forenoon"),
        },
        "meridiem": {"in the am": (0, "am"), "in the pm": (0, "pm")},
        "every": {"every single": 0},
        "often": {
            "every day|each day|day in day out": (1, "DAILY"),
            "bi weekly|bi-weekly|twice monthly": (2, "WEEKLY"),
            "bi monthly|bi-monthly": (2, "MONTHLY"),
            "bi annually|bi-annually|semi annually|semi-annually|half yearly|half-yearly|twice yearly": (6, "MONTHLY"),
        },
        "num": {
            "a couple of|a couple|couple of": (2, "couple"),
            "a pair of": (2, "couple"),
            "a few|the few": (3, "couple"),
            "a dozen": (12, "couple"),
            "two or three|two to three": (2, "2-3"),
        },
        "half": {"a half|an half": 0},
        "next": {"the following": 1, "this coming|the coming": (1, "coming")},
        "last": {"this past|the past": -1},
        "this": {"the current": 0},
        "start": {"starting from|starting on|beginning on|beginning from|as of|with effect from": 0},
        "zone": {
            "beijing time|china time|shanghai time": (0, "Asia/Shanghai"),
            "london time|uk time": (0, "Europe/London"),
            "new york time|eastern time": (0, "America/New_York"),
            "pacific time": (0, "America/Los_Angeles"),
        },
        "festival": {
            "christmas day|xmas day": (0, "christmas"),
            "christmas eve|xmas eve": (0, "christmas eve"),
            "boxing day": (0, "boxing day"),
            "new year's eve|new years eve|new year eve|nye": (0, "new year's eve"),
            "new year's day|new years day|new year day|new year's|new years|new year|the new year": (0, "new year"),
            "thanksgiving day": (0, "thanksgiving"),
            "black friday": (0, "black friday"),
            "cyber monday": (0, "cyber monday"),
            "good friday": (0, "good friday"),
            "easter sunday|easter day": (0, "easter"),
            "easter monday": (0, "easter monday"),
            "ash wednesday": (0, "ash wednesday"),
            "palm sunday": (0, "palm sunday"),
            "labor day": (0, "labor day us"),
            "labour day|may day|workers day|workers' day|international labor day": (0, "labour day"),
            "memorial day": (0, "memorial day"),
            "veterans day|veteran's day|veterans' day": (0, "veterans day"),
            "presidents day|president's day|presidents' day": (0, "presidents day"),
            "columbus day": (0, "columbus day"),
            "mlk day|martin luther king day|martin luther king jr day": (0, "mlk day"),
            "juneteenth": (0, "juneteenth"),
            "independence day|fourth of july": (0, "independence day"),
            "halloween day|all hallows eve": (0, "halloween"),
            "valentine's day|valentines day|valentine day|valentine's|valentines": (0, "valentine"),
            "st patrick's day|st patricks day|st. patrick's day|saint patrick's day": (0, "st patrick"),
            "april fools|april fools day|april fool's day|april fools' day|april fool's": (0, "april fools"),
            "mother's day|mothers day|mothers' day": (0, "mother's day"),
            "father's day|fathers day|fathers' day": (0, "father's day"),
            "women's day|womens day|international women's day": (0, "women's day"),
            "children's day|childrens day": (0, "children's day"),
            "teacher's day|teachers day|teachers' day": (0, "teachers' day"),
            "earth day": (0, "earth day"),
            "groundhog day": (0, "groundhog day"),
            "chinese new year|lunar new year|spring festival|chinese new years|chinese new year's|chinese new year's day|lunar new year's day": (
                0,
                "spring festival",
            ),
            "chinese new year's eve|lunar new year's eve": (0, "chuxi"),
            "mid-autumn festival|mid autumn festival|mid-autumn|mid autumn|moon festival|mooncake festival": (
                0,
                "mid-autumn",
            ),
            "dragon boat festival|dragon boat": (0, "dragon boat"),
            "lantern festival": (0, "lantern"),
            "qingming festival|tomb sweeping day|tomb-sweeping day": (0, "qingming"),
            "double ninth festival|chongyang festival": (0, "double ninth"),
            "national day|china national day|chinese national day|golden week": (0, "national day"),
            "singles day|singles' day|double 11|double eleven": (0, "singles' day"),
        },
    }
)

_WEEK_ZH: Final = ("周", "星期", "礼拜")
_DAYS_ZH: Final = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}

CHINESE: Final = _table(
    {
        "weekday": {week + day: n for week in (*_WEEK_ZH, "拜") for day, n in _DAYS_ZH.items() if week + day != "拜天"},
        "weekend": {"周末|礼拜末|双休日|双休": 0},
        "relday": {
            "今天|今日|今儿|今儿个|今个": 0,
            "明天|明日|明儿|明儿个|翌日|听日|明个": 1,
            "后天|后日|后儿|后儿个": 2,
            "大后天|大后日|大后儿": 3,
            "大大后天": 4,
            "昨天|昨日|昨儿|昨儿个|寻日|昨个": -1,
            "前天|前日|前儿|前儿个": -2,
            "大前天|大前日": -3,
            "今晚|今晚上|今夜|今儿晚上|今天晚上|今日晚上": (0, "night"),
            "今早|今晨|今早上|今儿早上": (0, "morning"),
            "明早|明晨|明早上|明儿早上|明儿一早|明一早|听朝": (1, "morning"),
            "明晚|明晚上|明夜|听晚": (1, "night"),
            "明午": (1, "lunch"),
            "后早": (2, "morning"),
            "后晚": (2, "night"),
            "昨晚|昨晚上|昨夜|寻晚": (-1, "night"),
            "昨早": (-1, "morning"),
            "前晚": (-2, "night"),
        },
        "relyear": {"今年|本年|今年度": 0, "明年|来年|次年|翌年|明年度": 1, "后年": 2, "大后年": 3, "去年|上年|旧年": -1, "前年": -2},
        "yue": {"月|月份": 0},
        "ri": {"日": 0},
        "hao": {"号": 0},
        "second": {"秒|秒钟": 1},
        "minute": {"分钟": 1},
        "hour": {"小时|个小时|钟头|个钟头|个钟|钟": 1},
        "day": {"天|个白天|整天|昼夜": 1},
        "week": {"周|星期|礼拜|个星期|个礼拜|个周|周时间": 1},
        "month": {"个月|个自然月|个多月": 1},
        "quarter": {"季度|个季度|季|个季": 1},
        "yearunit": {"年|周年|个年头|年度": 1},
        "workday": {"工作日|个工作日|个工作天|工作天|个交易日|交易日|上班日|个工作": 1},
        "nightunit": {"晚上": 1},
        "point": {"点|点钟|点整|点正|时|时整|点钟整": 0},
        "fen": {"分": 0},
        "ke": {"刻|刻钟|个刻钟": 15},
        "half": {"半|半个|个半": 0},
        "next": {"下|下个|下一个|下一|次|来": 1, "下下|下下个|下下一个": 2, "下下下|下下下个": 3},
        "this": {"这|这个|本|这一|这一个|当|今个|该|此|本个": 0},
        "last": {"上|上个|上一个|上一|过去|过去的|以往": -1, "上上|上上个": -2},
        "within": {"未来|接下来|接下来的|未来的|最近|近": 0},
        "inside": {"内|以内|之内|里|里面|期间": 0},
        "later": {"后|之后|以后|过后|后的|之后的|以后的|开外": 0},
        "ahead": {"前|之前|以前|前的|之前的": 0},
        "by": {"截止|截止到|截至|最晚|最迟|不晚于|不迟于|至迟|至晚|赶在|务必在": 0},
        "from": {"从|自|自从|打从": 0},
        "to": {"到|至|直到|~|到了": 0},
        "and": {"和|及|与|跟|、|以及|或|或者|还是|又": 0},
        "of": {"的|那|那个|里的|当天|当日|那天|这天": 0},
        "at": {"在|于|@": 0},
        "about": {"大约|大概|约|差不多|左右|上下|前后|准时|大致|约莫|早点|晚点|早些|晚些|早一点|晚一点|早点儿|晚点儿": 0},
        "meridiem": {"am": (0, "am")},
        "part": {
            "凌晨|拂晓": (0, "dawn"),
            "清晨|清早|一早|一大早|一大清早|大清早|大早|大早上|大清早上|黎明": (0, "early"),
            "早上|上午|早晨|早间|上班前|上班后|一上班|朝早": (0, "morning"),
            "早|早班|早起": (1, "morning"),
            "中午|正午|晌午|午间|正午时分": (0, "noon"),
            "午饭前|午前": (0, "forenoon"),
            "午饭后|午后|饭后|午休后|午饭时|午饭时间": (0, "lunch"),
            "午饭|午餐|午休": (1, "lunch"),
            "下午|午后时分|下半晌|后晌|晏昼": (0, "afternoon"),
            "傍晚|黄昏|傍黑|日落": (0, "dusk"),
            "晚上|晚间|夜晚|夜间|晚饭后|晚饭前|夜里|入夜|下班后|下班以后|下班之后|晚饭时|晚黑": (0, "evening"),
            "晚|晚饭|晚餐": (1, "evening"),
            "半夜|深夜|后半夜|大半夜|三更半夜": (0, "deep night"),
            "午夜|子夜": (0, "midnight"),
            "下班前|下班之前|下班以前|收工前|打烊前|下班时": (0, "close"),
            "下班": (1, "close"),
        },
        "every": {"每|每个|每一|每一个|逢|每逢|每到|每当": 0},
        "other": {"隔|每隔|间隔|每间隔|相隔": 3},
        "often": {
            "天天|日日|每日|每天": (1, "DAILY"),
            "周周": (1, "WEEKLY"),
            "月月": (1, "MONTHLY"),
            "年年": (1, "YEARLY"),
            "隔天|隔日": (2, "DAILY"),
            "隔周|双周|每双周|隔个周|隔星期|隔个星期|隔礼拜": (2, "WEEKLY"),
            "隔月|隔个月|双月": (2, "MONTHLY"),
            "隔年": (2, "YEARLY"),
        },
        "times": {"一次|一回|一趟|一遍|各一次|次": 1},
        "edge": {
            "底|末|尾|末尾|底部|末了|最后": (0, "end"),
            "初|头|开头|伊始|刚开始": (0, "start"),
            "中|中间|当中": (0, "middle"),
            "上旬": (1, "tenth"),
            "中旬": (11, "tenth"),
            "下旬": (21, "tenth"),
            "上半|前半": (1, "halfstart"),
            "下半|后半": (2, "halfstart"),
        },
        "festival": {
            "元旦|元旦节|阳历年|新年|新年第一天": (0, "new year"),
            "春节|农历新年|过年|大年初一|年初一|新春|农历年|旧历年": (0, "spring festival"),
            "除夕|大年三十|年三十|大年夜|除夕夜|年夜饭": (0, "chuxi"),
            "元宵|元宵节|上元节": (0, "lantern"),
            "清明|清明节": (0, "qingming"),
            "端午|端午节|端阳节|龙舟节": (0, "dragon boat"),
            "七夕|七夕节|乞巧节": (0, "qixi"),
            "中元节|盂兰盆节|鬼节": (0, "ghost"),
            "中秋|中秋节|仲秋节|八月节": (0, "mid-autumn"),
            "重阳|重阳节|重九": (0, "double ninth"),
            "腊八|腊八节": (0, "laba"),
            "小年|北方小年": (0, "xiaonian"),
            "冬至|冬至节": (0, "winter solstice"),
            "夏至": (0, "summer solstice"),
            "立春": (0, "lichun"),
            "国庆|国庆节|十一国庆|十一国庆节|国庆假期|国庆长假|十一长假|十一假期|十一黄金周|黄金周|国庆黄金周": (
                0,
                "national day",
            ),
            "劳动节|五一劳动节|五一节|五一假期|五一长假|五一国际劳动节|国际劳动节|五一小长假": (0, "labour day"),
            "三八节|妇女节|三八妇女节|女神节|女王节|国际妇女节": (0, "women's day"),
            "五四青年节|青年节": (0, "youth day"),
            "六一儿童节|儿童节|六一节|国际儿童节": (0, "children's day"),
            "建党节|七一建党节": (0, "party day"),
            "建军节|八一建军节": (0, "army day"),
            "教师节": (0, "teachers' day"),
            "植树节": (0, "arbor day"),
            "光棍节|双十一|双11|双十一购物节": (0, "singles' day"),
            "双十二|双12": (0, "double twelve"),
            "六一八|618大促|六一八大促": (0, "618"),
            "消费者权益日|三一五": (0, "consumer day"),
            "护士节": (0, "nurses day"),
            "记者节": (0, "journalists day"),
            "圣诞|圣诞节": (0, "christmas"),
            "平安夜|圣诞夜|圣诞前夜|圣诞前夕": (0, "christmas eve"),
            "万圣节|万圣夜|万圣节前夜": (0, "halloween"),
            "情人节": (0, "valentine"),
            "感恩节": (0, "thanksgiving"),
            "母亲节": (0, "mother's day"),
            "父亲节": (0, "father's day"),
            "愚人节": (0, "april fools"),
            "复活节": (0, "easter"),
            "黑色星期五|黑五": (0, "black friday"),
            "网络星期一": (0, "cyber monday"),
            "节后": (1, "holiday"),
            "节前": (-1, "holiday"),
            "跨年|跨年夜|跨年夜晚": (0, "new year's eve"),
        },
        "pass": {"过|再过|过了|再等|等": 0},
        "more": {"多|余|来": 0},
        "start": {"开始|起|起始": 0},
        "lunarmonth": {"大年": 1, "正月": 1, "腊月": 12, "冬月": 11, "农历|阴历|旧历": 0},
        "lunarday": {
            **{f"初{c}": n for n, c in enumerate("一二三四五六七八九十", 1)},
        },
        "now": {"现在|马上|立刻|立即|此刻|此时|即刻|尽快|当前|这会儿": 0},
        "nth": {"第": 0},
        "ge": {"个": 0},
        "short": {"差": 0},
        "num": {"几|若干|数|好几": (3, "couple"), "个把": (1, "couple")},
        "ord": {"最后一个|最末一个|最后一": -1, "首个": 1, "头一个": 1},
        "stop": {"。": 0},
        "zone": {
            "北京时间|中国时间": (0, "Asia/Shanghai"),
            "伦敦时间|英国时间": (0, "Europe/London"),
            "纽约时间|美东时间": (0, "America/New_York"),
            "美西时间": (0, "America/Los_Angeles"),
            "东京时间": (0, "Asia/Tokyo"),
        },
    }
)
