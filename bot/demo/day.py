"""`kehu demo --script`: one day of a company over the same HTTP as the page, printed as its people read it.

Each step is what a person does or must then see; one that sees anything else ends the day with exit code 1.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.demo import seed
from bot.demo.stage import Scene, stage
from bot.demo.standin import People, Person, Unseen

#: Seconds until something must have been seen; a slow machine is no fault of the day's.
WITHIN = 20.0
NEWCOMER = 401


async def play(language: str) -> int:
    """Plays the day; 0 when every step said what it should."""
    async with stage(language=language, port=0) as scene, People(scene.standin.url, scene.access) as people:
        day = Day(scene, people)
        try:
            for part in (day.enrol, day.capture, day.find, day.edit, day.complain, day.rate, day.week, day.remind):
                await part()
            await day.refuse()
        except (Unseen, LookupError) as missed:
            _say(f"\n✗ {missed}")
            return 1
        _say(day.end())
        return 0


class Day:
    """The company's day, part by part; `seen` counts what was looked at and found right."""

    def __init__(self, scene: Scene, people: People) -> None:
        self._scene = scene
        self._people = people
        self.seen = 0
        self._new: Person

    async def enrol(self) -> None:
        """The manager invites a salesperson, who opens the link."""
        manager = await self._person(seed.MANAGER)
        await self._says(manager, "/team")
        await self._sees(manager, seed.CASTS[self._scene.language].team)
        await self._taps(manager, self._in("邀请同事", "Invite"))
        await self._sees(manager, self._in("邀请谁", "Whom"))
        await self._taps(manager, self._in("销售", "Salesperson"))
        invitation = await self._sees(manager, "t.me/")
        self._new = await self._people.person(
            self._in("林晓", "Lin Parker"), language=self._scene.language, id=NEWCOMER
        )
        link = next(word for word in invitation.split() if "t.me/" in word)
        _say(f"\n{self._new.name} ▸ {link.partition('=')[0]}=…")
        await self._new.opens(link)
        await self._sees(self._new, self._in("欢迎", "Welcome"))

    async def capture(self) -> None:
        """One line becomes a customer, with one tap, and a reminder with it."""
        line = (
            "王总 13800138000 云帆科技 采购 周三下午回访",
            "Jane Doe +44 20 7946 0958 Acme Ltd buyer call back Wed 2pm",
        )
        await self._says(self._new, self._in(*line))
        await self._sees(self._new, self._in("云帆科技", "Acme Ltd"), self._in("采购", "buyer"))
        await self._taps(self._new, self._in("保存", "Save"))
        await self._sees(self._new, self._in("已保存", "Saved"))

    async def find(self) -> None:
        """Found again by pinyin, or by the beginning of the name."""
        await self._says(self._new, self._in("wangzong", "jan"))
        await self._sees(self._new, self._in("云帆科技", "Acme Ltd"))

    async def edit(self) -> None:
        """A field is changed by button, and the change taken back."""
        await self._taps(self._new, self._in("修改", "Edit"))
        await self._sees(self._new, self._in("改哪一项", "What should change"))
        await self._taps(self._new, self._in("级别", "Level"))
        await self._sees(self._new, self._in("选择级别", "Which level"))
        await self._taps(self._new, "VIP")
        await self._sees(self._new, self._in("级别已改为 VIP", "Level is now VIP"))
        await self._taps(self._new, self._in("撤销", "Undo"))
        await self._sees(self._new, self._in("已撤销", "Undone"), self._in("潜在", "Potential"))

    async def complain(self) -> None:
        """A complaint in one sentence; support takes it and resolves it."""
        support = await self._person(seed.SUPPORT)
        line = ("投诉 王总 发货少了两箱 急", "complaint Jane Doe two boxes missing urgent")
        await self._says(self._new, self._in(*line))
        await self._sees(self._new, self._in("已登记", "Logged"))
        await self._sees(support, self._in("新投诉", "New complaint"), self._in("发货少了两箱", "two boxes missing"))
        await self._taps(support, self._in("我来处理", "I’ll take it"))
        await self._sees(support, self._in("已由你处理", "yours"))
        await self._taps(support, self._in("已解决", "Resolve"))
        await self._sees(support, "?" if self._scene.language == "en" else "？")
        await self._says(support, self._in("当天补发", "sent the rest today"))
        await self._sees(support, self._in("当天补发", "sent the rest today"))

    async def rate(self) -> None:
        """A customer opens their link, agrees, and rates with a word; the salesperson reads it."""
        customer = await self._person(seed.CUSTOMER)
        seller = await self._person(seed.LI)
        _say(f"\n{customer.name} ▸ https://t.me/…?start=c_…")
        await customer.opens(self._scene.link)
        await self._sees(customer, self._in("什么都不会保存", "nothing is kept"))
        await self._taps(customer, self._in("同意", "I agree"))
        await self._sees(customer, self._in("谢谢", "Thank you"))
        await self._taps(customer, self._in("评分", "Rate"))
        await self._sees(customer, self._in("几分", "How did we do"))
        await self._taps(customer, "5 ★")
        await self._sees(customer, self._in("收到 5 分", "5 it is"))
        await self._says(customer, self._in("响应很快", "quick and friendly"))
        await self._sees(customer, self._in("转给负责的同事", "passed on"))
        await self._says(seller, "/feedback")
        await self._sees(seller, self._in("评价", "Feedback"))

    async def remind(self) -> None:
        """Wednesday comes, and the phone says who, why and which number."""
        await self._moves(self._monday() + timedelta(days=2, hours=5))
        await self._sees(self._new, self._in("王总", "Jane Doe"), self._in("138 0013 8000", "+44 20 7946 0958"))
        await self._taps(self._new, self._in("✓ 完成", "✓ Done"))
        await self._sees(self._new, self._in("已完成", "Done"))

    async def week(self) -> None:
        """On Monday at nine the manager's week arrives; each figure opens its rows."""
        manager = await self._person(seed.MANAGER)
        await self._moves(self._monday())
        await self._sees(manager, "📊", self._in("新客户", "New customers"))

    async def refuse(self) -> None:
        """A stranger gets one polite answer and nothing of anybody's."""
        stranger = await self._person(seed.STRANGER)
        await stranger.starts()
        await self._sees(stranger, self._in("不会保存", "is kept"))
        await self._says(stranger, self._in("王总", "Jane Doe"))
        await stranger.sees_nothing(for_=1.0)
        _say(self._in("  （没有回答）", "  (no answer)"))
        self.seen += 1

    def end(self) -> str:
        """The last line."""
        return self._in(
            f"\n✓ 一天过完，{self.seen} 步都对。", f"\n✓ The day is over: {self.seen} steps, all as they should be."
        )

    # What people do, and what they see --------------------------------------------------------------------------

    def _in(self, zh: str, en: str) -> str:
        return zh if self._scene.language == "zh" else en

    def _monday(self) -> datetime:
        """The first Monday of the demo, 9:00 in the company's zone."""
        now = datetime.fromtimestamp(self._begin, ZoneInfo(seed.ZONE))
        return (now + timedelta(days=7 - now.weekday())).replace(hour=9, minute=0, second=0, microsecond=0)

    @property
    def _begin(self) -> float:
        return self._scene.begin.timestamp()

    async def _person(self, telegram_id: int) -> Person:
        return await self._people.known(telegram_id)

    async def _says(self, person: Person, text: str) -> None:
        _say(f"\n{person.name} ▸ {text}")
        await person.says(text)

    async def _taps(self, person: Person, label: str) -> None:
        _say(f"\n{person.name} ▸ [{label}]")
        await person.taps(label, within=WITHIN)

    async def _sees(self, person: Person, *texts: str) -> str:
        bubble = await person.sees(*texts, within=WITHIN)
        buttons = " ".join(f"[{label}]" for label in bubble.labels)
        _say("\n".join(f"    {line}" for line in [*bubble.text.splitlines(), buttons] if line))
        self.seen += 1
        return bubble.text

    async def _moves(self, to: datetime) -> None:
        _say(f"\n── {to:%Y-%m-%d %H:%M} ──")
        await self._people.call("POST", "/control/clock", {"now": to.timestamp()})


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - the answer of a command
