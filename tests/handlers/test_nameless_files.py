"""Photos and recordings under a score without a name: they reach the inbox, and nothing says whose they are."""

from __future__ import annotations

from datetime import timedelta

from bot.demo.standin import Fault, Person
from store.attachments import MOST
from store.feedback import UNNAMED_A_DAY, UNNAMED_FILED_A_DAY
from tests.handlers.telling import adds, presses, says, taps, visits
from tests.handlers.test_campaigns import asks, feedbacks, scans
from tests.handlers.test_guest_files import FILES, opened
from tests.house import Company
from tests.pictures import OGG, jpeg

KEPT = "没有记是谁发的"
OVER = "不记名的评价已经收好"


async def scores(company: Company, link: str, score: str = "3 ★") -> Person:
    """A passer-by has given a score and is asked for more."""
    passer = await scans(company, link)
    await taps(passer, score, "文字、照片、语音、视频都行", "照片和声音可能让人认出您")
    return passer


async def card(company: Company, person: Person, *seen: str) -> None:
    """Somebody of the staff opens the newest feedback."""
    shown = await says(person, "/feedback", "评价")
    await presses(person, shown, next(label for label in shown.labels if "门店收银台" in label), *seen)


async def test_a_photo_a_voice_and_two_videos_reach_who_reads_the_feedback(company: Company) -> None:
    passer = await scores(company, await asks(company), "2 ★")
    asked = passer.last
    await company.wang.sees("★2/5", "不记名")
    await passer.sends_photo(jpeg(1))
    assert (await passer.sees(KEPT, "还可以再发，或写一句")).labels == ["就这些"]
    await passer.sends_voice(OGG)
    await passer.sees(KEPT)
    for send in (passer.sends_video, passer.sends_video_note):
        await send(b"moving")
        await passer.sees(KEPT)
    await says(passer, "灯太暗", "谢谢，已经收到")
    await presses(passer, asked, "跳过", "谢谢，已经收到")
    await company.wang.sees("★2/5", "灯太暗", "🎤 语音", "🎬 视频 2 段")  # the same message
    await says(company.su, "/feedback", "评价")
    assert "● ★2/5 门店收银台 灯太暗　🖼 照片　🎤 语音　🎬 视频 2 段" in company.su.last.labels
    for reader in (company.su, company.wang, company.boss):
        await card(company, reader, "★2/5", "灯太暗", "🖼 照片", "🎤 语音", "🎬 视频 2 段", "不记名，没法回复")
        photo, voice, *videos = await opened(company, reader, FILES, reader.last, many=4)
        assert await company.people.fetch(photo.files[-1]["url"]) == jpeg(1)
        assert await company.people.fetch(voice.files[-1]["url"]) == OGG
        assert all("video" in one.raw for one in videos)
    for other in (company.li, company.zhou, company.qian, company.han, passer):
        shown = await says(other, "/start")
        for data in ("file:1", "files:feedback:1"):
            await other.forges(shown, data)
            assert not (await other.sees()).files


async def test_a_photo_with_words_leaves_the_answer_open_for_a_voice(company: Company) -> None:
    passer = await scores(company, await asks(company))
    await passer.sends_photo(jpeg(1), caption="灯太暗")
    assert (await passer.sees(KEPT, "还可以再发，或写一句")).labels == ["就这些"]
    await passer.sends_voice(OGG)
    await passer.sees(KEPT)
    await taps(passer, "就这些", "谢谢，已经收到")
    await card(company, company.wang, "灯太暗", "🖼 照片", "🎤 语音")


async def test_every_photo_of_an_album_is_kept_and_answered_once(company: Company) -> None:
    """Of a stranger with a caption, of a customer in an anonymous campaign without."""
    await adds(company.li, "张三 13800138000")
    zhang, link = await visits(company, "张三"), await asks(company)
    passer = await scores(company, link)
    await passer.sends_photo(*(jpeg(mark) for mark in range(3)), caption="灯太暗")
    await passer.sees(KEPT)
    await taps(passer, "就这些", "谢谢，已经收到")
    await card(company, company.wang, "灯太暗", "🖼 照片 3 张")
    assert KEPT not in passer.last.text
    await zhang.opens(link)
    await taps(zhang, "2 ★", "照片、语音、视频")
    await zhang.sends_photo(jpeg(4), jpeg(5))
    await zhang.sees(KEPT)
    await says(zhang, "老板太凶", "谢谢，已经收到")
    await card(company, company.wang, "老板太凶", "🖼 照片 2 张", "不记名")
    shown = await opened(company, company.wang, FILES, company.wang.last, many=2)
    assert [await company.people.fetch(one.files[-1]["url"]) for one in shown] == [jpeg(4), jpeg(5)]
    assert "这段话要怎么办" not in zhang.transcript()


async def test_what_could_hold_a_name_is_refused_and_its_words_are_kept(company: Company) -> None:
    link = await asks(company)
    passer = await scores(company, link)
    await passer.sends_file("张三的合同.pdf", b"%PDF")
    await passer.sees("作者是谁，没有保存", "照片、语音、视频都可以发")
    await passer.sends_contact(phone="+8613800138000", first_name="张三")
    await passer.sees("刚才发的没有保存", "照片、语音、视频都可以发")
    company.standin.faults.add(Fault("error", "getFile", code=400))
    await passer.sends_photo(jpeg(1), caption="/灯太暗")  # no command: the words under a picture
    await passer.sees(KEPT)
    await taps(passer, "就这些", "谢谢，已经收到")
    edits = await scores(company, link)
    photo = await edits.sends_photo(jpeg(1))
    await edits.sees(KEPT)
    await edits.edits(photo, "门太窄")  # the words under it come later
    await edits.sees("谢谢，已经收到")
    await card(company, company.wang, "门太窄", "🖼 照片")
    other = await scores(company, link)
    await other.sends_file("张三的合同.pdf", b"%PDF", caption="地太滑")
    await other.sees("谢谢，已经收到", "作者是谁，没有保存")
    await card(company, company.wang, "地太滑", "不记名")
    assert FILES not in company.wang.last.labels
    await other.sends_photo(jpeg(2))  # the picture instead of the file
    await other.sees(KEPT)
    await company.app.jobs.tick()
    await card(company, company.wang, "/灯太暗", "🖼 照片")
    await taps(company.wang, FILES, "没能从 Telegram 取到")  # nobody is told whose it was
    await passer.sees_nothing()


async def test_who_floods_with_files_is_held_back_and_nobody_else(company: Company) -> None:
    """One answer holds an album's most; after some answers a day, of whichever campaigns, only words go."""
    link, second = await asks(company), await asks(company, "售后")
    passer = await scores(company, link)
    await passer.sends_photo(jpeg(0))
    await passer.sees(KEPT)
    await passer.sends_photo(*(jpeg(mark) for mark in range(1, MOST + 1)))
    await passer.sees(KEPT)
    await passer.sees(f"一次最多 {MOST} 个文件")
    await taps(passer, "就这些", "谢谢，已经收到")
    answers = [*[link] * (UNNAMED_A_DAY - 1), *[second] * (UNNAMED_FILED_A_DAY - UNNAMED_A_DAY)]
    for each in answers:
        await passer.opens(each)
        await taps(passer, "4 ★", "照片、语音、视频")
        await taps(passer, "跳过", "谢谢，已经收到")
    await passer.opens(second)
    assert "照片" not in (await taps(passer, "4 ★", "直接打字就行")).text
    await passer.sends_photo(jpeg(99))
    await passer.sees("照片和录音够多了", "没有保存")
    await says(passer, "灯太暗", "谢谢，已经收到")
    other = await scores(company, second)
    await other.sends_photo(jpeg(1))
    await other.sees(KEPT)
    await card(company, company.wang, "★4/5")
    hung = await company.reads(lambda tx: tx.all("SELECT record_id FROM attachment_clock"))
    assert [row["record_id"] for row in hung].count(1) == MOST == len(hung) - 1
    await company.moves(by=timedelta(days=1))
    await passer.opens(second)
    await taps(passer, "4 ★", "照片、语音、视频")


async def test_what_comes_after_ten_minutes_is_no_answer_and_is_said_to_be_none(company: Company) -> None:
    """However often somebody sends something meanwhile: the minutes begin with the score."""
    await adds(company.li, "张三 13800138000")
    zhang, link = await visits(company, "张三"), await asks(company)
    passer = await scores(company, link)
    await zhang.opens(link)
    await taps(zhang, "3 ★", "照片、语音、视频")
    await company.moves(by=timedelta(minutes=9))
    for person in (passer, zhang):
        await person.sends_photo(jpeg(1))
        await person.sees(KEPT)
    await company.moves(by=timedelta(minutes=2))
    await passer.sends_photo(jpeg(2))
    await passer.sees(OVER, "现在发的没有保存")
    await zhang.sends_photo(jpeg(2))
    await zhang.sees(OVER, "会带上您的名字")
    await zhang.sees("🖼 照片", "要怎么办")
    await taps(zhang, "取消", "没有发出去")
    await says(zhang, "少了两箱", "这段话要怎么办")  # said once
    assert zhang.transcript().count(OVER) == 1
    assert [one["worded"] for one in await feedbacks(company)] == [0, 0]
    await card(company, company.wang, "🖼 照片")
    assert len(await opened(company, company.wang, FILES, company.wang.last)) == 1
