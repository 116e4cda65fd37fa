"""When: the day, the time or the rhythm that a person's words mean, in Chinese, English, or both in one line.

    >>> read("下周三下午3点给王总打电话", datetime(2026, 11, 20, 10, tzinfo=zone), zone).value
    datetime.datetime(2026, 11, 25, 15, 0, tzinfo=zoneinfo.ZoneInfo(key='Asia/Shanghai'))

Called by the follow-ups, by the capture of customers and by `python -m handlers.understand when`. Pure: the clock and
the zone are handed in.

The way of a text: `scan` turns it into tokens of one letter each (`kinds`, `words_zh`, `words_en`), the rules
(`rules_*`) are regular expressions over those letters and build pieces (a day, a part of it, a time, a rhythm),
`parser` joins neighbouring pieces to phrases, `guards` drops what is a name, a place or a number, `resolving` says
what each phrase means now, and `reader` chooses. To teach it more, begin with the phrase in tests/understand/phrases/.

What words mean, where people differ:
- A week is Monday to Sunday. 下周三 and "next Wednesday" are in the next one, and for "next" the nearer Wednesday
  is kept as another reading. A bare weekday is the coming one; today's only with a time of day that is still to
  come.
- What has passed rolls: "9:30" at ten is tomorrow's, 11月5日 is next year's, 5号 next month's. A past day comes
  only of words that say so (昨天, last Friday, 3 days ago, a date with its year).
- An hour without a half of the day is the next one between 7 and 22 when no day is said (3点: 15:00), else 7 to 12
  in the morning and 1 to 6 in the afternoon; the other half is another reading.
- A part of a day (今晚, tomorrow morning, EOD) is a day, not a time; 中午 and noon are 12:00. Midnight ends the day
  it is said with.
- A period (下周, next month) is its first day with the last as `until`; the present one begins today. 月底, 年底
  are last days; "end of week" is Friday; 月中 is the 15th; 上旬, 中旬, 下旬 begin on the 1st, 11th, 21st.
- A season is three months from March, June, September or December, and only when placed (明年春天, next spring).
- A day with nothing behind it but a few characters that say nothing to do is a name (明日方舟, 八月瓜, Friday Robot).
- "By Friday" and 周五前 are Friday with `deadline`; 春节前 is the day before, 国庆后 the first working day after
  the holiday, 周五后 the day after. Within (3天内) is the last day.
- 3/12 has the month first in East Asia and America, the day first elsewhere; the other order is another reading.
- A rhythm's `value` is its first occurrence from now on; 每隔两天 is every third day, the other reading is kept.
"""

from handlers.understand.when.answer import as_json
from handlers.understand.when.reader import read, read_all
from handlers.understand.when.result import When

__all__ = ["When", "as_json", "read", "read_all"]
