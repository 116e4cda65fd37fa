"""Photos, voice messages and files between a customer and the staff: kept with the case, opened by who may see it."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

from bot.demo.standin import Person
from bot.demo.standin.bubbles import Bubble
from bot.demo.standin.faults import Fault
from bot.demo.standin.phone import Unseen
from handlers.attachments import GUEST_OPENED_A_DAY
from tests.handlers.telling import WITHIN, li_knows, says, taps, visits
from tests.house import Company
from tests.pictures import JPEG, OGG, jpeg

FILES = "照片和文件"


async def complains(zhang: Person, *pictures: bytes, text: str = "箱子破了") -> Bubble:
    """The first words with photos, and what they are about left open."""
    await zhang.sends_photo(*pictures, caption=text)
    await zhang.sees("这段话要怎么办", within=WITHIN)
    await zhang.taps("请处理这个问题")
    return await zhang.sees("#1 · 已收到", text, within=WITHIN)


async def opened(company: Company, person: Person, label: str, on: Bubble, *, many: int = 1) -> list[Bubble]:
    """What a button of files shows, once all of them have come and been fetched."""
    for _ in range(10):
        await person.taps(label, on=on, within=WITHIN)
        seen: list[Bubble] = []
        with suppress(Unseen):
            while len(seen) < many:
                one = await person.sees(within=0.5)
                if one.files or "还在从 Telegram 取" in one.text:
                    seen.append(one)
        if len(seen) == many and all(one.files for one in seen):
            return seen
        await company.app.jobs.tick()
    raise Unseen(f"not {many} files\n\n{person.transcript()}")


async def test_a_complaint_with_an_album_is_seen_by_who_sees_the_case_and_by_nobody_else(company: Company) -> None:
    await li_knows(company)
    zhang = await visits(company, "张三")
    pictures = [jpeg(1), jpeg(2), jpeg(3)]
    card = await complains(zhang, *pictures)
    asked = await zhang.sees("#1 是哪方面的问题")
    assert asked.labels == ["发货", "✓ 质量", "服务", "账款", "其他", "跳过"]
    news = await company.su.sees("新投诉，客户提出", "🖼 照片 3 张")
    kept = [await company.people.fetch(one.files[-1]["url"]) for one in await opened(
        company, company.su, FILES, news, many=3
    )]  # fmt: skip
    assert kept == pictures
    assert len(await opened(company, zhang, FILES, card, many=3)) == 3
    other = await company.stranger("Other")
    for person in (company.han, company.zhou, company.qian, other):
        await person.starts()
        seen = await person.sees()
        for data in ("file:1", "files:complaint:1", "files:case:1", "files:case_message:1"):
            await person.forges(seen, data)
            assert not (await person.sees()).files

    await taps(company.su, "我来处理", "由 苏青 处理")
    await taps(company.su, "已解决", "怎么解决的")
    closed = await says(company.su, "补发", "✓ 已解决", "箱子破了")
    assert FILES not in closed.labels
    for data in ("file:1", "files:case:1"):
        await company.su.forges(closed, data)
        await company.su.sees("没有找到")
    assert len(await opened(company, company.wang, FILES, await company.wang.sees("新投诉"), many=3)) == 3
    await taps(zhang, "没有解决", "还差什么")
    assert await opened(company, company.su, FILES, await company.su.sees("客户说没有解决"), many=3)


async def test_a_photo_waits_for_its_words_or_goes_to_an_open_case(company: Company) -> None:
    await li_knows(company)
    zhang = await visits(company, "张三")
    await zhang.sends_photo(jpeg(1))
    assert (await zhang.sees("🖼 照片", "要怎么办？可以写一句")).labels == ["请处理这个问题", "取消"]
    await says(zhang, "箱子破了", "🖼 照片", "这段话要怎么办")
    await taps(zhang, "请处理这个问题", "#1", "箱子破了")
    await taps(zhang, "发货", "#1 已记好")
    await company.su.sees("新投诉", "🖼 照片")
    await zhang.sends_photo(jpeg(2))
    assert (await zhang.sees("要补充到哪一件")).labels == ["补充到 #1", "请处理这个问题", "我的问题", "取消"]
    await taps(zhang, "补充到 #1", "已补充到 #1")
    await company.su.sees("客户补充了情况", "客户：🖼 照片")
    await says(zhang, "第一句", "这段话要怎么办")
    await zhang.sends_photo(jpeg(3))
    await zhang.sees("🖼 照片", "这段话要怎么办")
    await says(zhang, "第二句", "这段话要怎么办")
    await taps(zhang, "请处理这个问题", "#2", "第一句\n第二句")
    await company.su.sees("#2", "第一句\n第二句", "🖼 照片")


async def test_a_voice_alone_is_a_complaint_and_a_word_on_it_may_be_skipped(company: Company) -> None:
    await li_knows(company)
    zhang = await visits(company, "张三")
    await zhang.sends_voice(OGG)
    await zhang.sees("🎤 语音", "要怎么办？可以写一句")
    await taps(zhang, "请处理这个问题", "#1", "没有写字，看照片或听录音")
    await zhang.sees("请写一句是怎么回事", "可以跳过")
    heard = await company.su.sees("新投诉", "🎤 语音", "没有写字，看照片或听录音")
    assert (await opened(company, company.su, FILES, heard, many=1))[0].raw["voice"]
    await says(zhang, "洗衣机一直响", "已补充到 #1")
    await company.su.sees("客户补充了情况", "客户：洗衣机一直响")
    await zhang.sends_photo(jpeg(1), jpeg(2))
    await zhang.sees("要补充到哪一件")
    await taps(zhang, "请处理这个问题", "#2", "没有写字")
    await zhang.sees("可以跳过")
    await taps(zhang, "跳过", "#2 已记好")
    # Without words they sound like no other, nor like each other.
    await company.su.forges(company.su.last, "alike:0")
    await company.su.sees("没有像是同一件事的投诉", within=WITHIN)
    # It is no answer to that any more.
    await says(zhang, "谢谢", "这段话要怎么办")
    await says(company.li, "张三", "张三", "投诉 #2")


async def test_a_photo_alone_is_a_complaint_in_english(english: Company) -> None:
    await says(english.li, "Acme +44 20 7946 0958", "New customer")
    await taps(english.li, "Save", "Saved")
    await english.li.taps("Link")
    acme = await english.stranger("Guest", language="en")
    await acme.opens((await english.li.sees("t.me")).text.split("t.me/")[1].split("\n")[0].join(["https://t.me/", ""]))
    await taps(acme, "I agree", "all set")
    await acme.sends_photo(JPEG)
    await acme.sees("🖼 Photo", "What should we do with it?")
    await taps(acme, "Please look into this", "#1 · received", "Without words: look at the photo")
    await acme.sees("you can skip it")
    await english.su.sees("New complaint", "🖼 Photo", "Without words")


async def test_an_answer_may_be_spoken_and_the_staff_answers_with_a_photo(company: Company) -> None:
    await li_knows(company)
    zhang = await visits(company, "张三")
    await complains(zhang, JPEG)
    await taps(company.su, "我来处理", "由 苏青 处理")
    await taps(company.su, "回复客户", "要对客户说什么")
    await company.su.sends_photo(jpeg(7), jpeg(8), caption="请问是这一箱吗？")
    await company.su.sees("已发给客户", "等客户回复", within=WITHIN)
    asked = await zhang.sees("想请问您", "请问是这一箱吗？", "🖼 照片")
    shown = await opened(company, zhang, FILES, asked, many=2)
    assert [await company.people.fetch(one.files[-1]["url"]) for one in shown] == [jpeg(7), jpeg(8)]
    await zhang.sends_voice(OGG)
    await zhang.sees("已补充到 #1")
    heard = await company.su.sees("客户补充了情况", "客户：🎤 语音")
    assert (await opened(company, company.su, FILES, heard, many=4))[-1].raw["voice"]
    await taps(company.su, "打开", "处理中")
    await taps(company.su, "全部经过", "苏青 回复客户", "请问是这一箱吗？　🖼 照片 2 张", "🎤 语音")
    await taps(zhang, "补充情况", "要补充什么")
    await zhang.sends_file("收据.exe", b"MZ", caption="收据在这里")
    await zhang.sees("程序文件不收")
    await company.su.sees("客户补充了情况", "客户：收据在这里")
    assert "苏青" not in zhang.transcript()


async def test_a_score_with_a_photo_and_a_word_that_is_a_sticker(english: Company) -> None:
    await says(english.li, "Acme +44 20 7946 0958", "New customer")
    await taps(english.li, "Save", "Saved")
    await english.li.taps("Link")
    acme = await english.stranger("Guest", language="en")
    await acme.opens((await english.li.sees("t.me")).text.split("t.me/")[1].split("\n")[0].join(["https://t.me/", ""]))
    await taps(acme, "I agree", "all set")
    await taps(acme, "Rate", "How did we do")
    await taps(acme, "2 ★", "2 it is", "a photo or a voice message")
    await acme.sends_photo(jpeg(1), jpeg(2))
    await acme.sees("Thank you")
    inbox = await english.wang.sees("★2/5", "🖼 Photo")
    await taps(english.wang, "Open", "★2/5")
    await taps(acme, "Please look into it", "#1 · received", "2/5")
    assert "Files" in (await english.su.sees("New complaint", "🖼 2 photos")).labels
    assert inbox.files == []


async def test_a_score_with_a_video_and_one_with_a_voice_note(company: Company) -> None:
    await li_knows(company)
    zhang = await visits(company, "张三")
    for send, sign in ((zhang.sends_video, "视频"), (zhang.sends_voice, "语音")):
        await taps(zhang, "评分", "打几分")
        await taps(zhang, "4 ★", "收到 4 分")
        await send(b"moving or sounding")
        await zhang.sees("谢谢，已转给负责的同事")
        await company.li.sees("★4/5", sign)
        await says(zhang, "/start", "想做什么")


async def test_a_file_that_never_came_is_told_to_who_sent_it(company: Company) -> None:
    await li_knows(company)
    zhang = await visits(company, "张三")
    company.standin.faults.add(Fault("error", "getFile", code=400))
    await complains(zhang, JPEG)
    await company.app.jobs.tick()
    await zhang.sees("没能从 Telegram 取到", "请再发一次", within=WITHIN)
    news = await company.su.sees("新投诉")
    await taps(company.su, FILES, "没能从 Telegram 取到", "没有保存")
    assert news.files == []


async def test_opening_files_again_has_an_end(company: Company) -> None:
    """Somebody taps on and on: what is on its way is not sent twice, and after a while it is enough for today."""
    await li_knows(company)
    zhang = await visits(company, "张三")
    card = await complains(zhang, jpeg(1))
    await opened(company, zhang, FILES, card)
    company.standin.faults.add(Fault("error", "sendPhoto", chat=zhang.id, code=500, times=1))
    await zhang.forges(card, "files:case:1")
    await zhang.forges(card, "file:1")
    assert (await zhang.sees("🖼 照片", within=WITHIN)).files
    await zhang.sees("正在发，请稍等", within=WITHIN)
    for _ in range(GUEST_OPENED_A_DAY):
        await zhang.forges(card, "files:case:1")
    await zhang.sees("今天打开文件的次数到上限了", within=WITHIN)
    assert len(await opened(company, company.su, FILES, await company.su.sees("新投诉"))) == 1
    await company.moves(by=timedelta(days=1))
    assert len(await opened(company, zhang, FILES, card)) == 1
