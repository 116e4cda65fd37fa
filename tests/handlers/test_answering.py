"""Ways out of a questionnaire's questions: photos sent anew, a finger that taps twice, words meant for others."""

from __future__ import annotations

from datetime import timedelta

from tests.handlers.surveying import kept, photographed, published
from tests.handlers.telling import WITHIN, adds, presses, says, taps, visits
from tests.house import Company
from tests.pictures import JPEG, jpeg


async def test_a_photo_may_be_sent_anew_as_often_as_one_likes(company: Company) -> None:
    await adds(company.li, "张三 13800138000")
    link = await photographed(company, 2)
    zhang = await visits(company, "张三")
    await zhang.opens(link)
    await taps(zhang, "开始", "1/2")
    for number in range(11):
        await zhang.sends_photo(jpeg(number))
        await taps(zhang, "上一题", "1/2")
    await zhang.sends_photo(JPEG)
    await zhang.sees("2/2")
    await zhang.sends_photo(jpeg(1))
    await zhang.sees("答完了")
    assert await kept(company, "attachment WHERE deleted_at IS NULL") == 2
    # What she sent is part of her own data, and can be opened.
    await says(zhang, "/start", "想做什么")
    await taps(zhang, "隐私", "加密文件")
    await taps(zhang, "我的数据", "照片和文件 2 个")
    shown = await taps(zhang, "照片和文件", "您发过的照片和文件")
    assert [label[:5] for label in shown.labels] == ["🖼 照片 ", "🖼 照片 ", "‹ 返回"]
    for _ in range(20):  # it is fetched meanwhile
        if "photo" in (await presses(zhang, shown, shown.labels[0])).raw:
            break
        await company.app.jobs.tick()
    else:
        raise AssertionError(zhang.transcript())
    stranger = await visits(company, "张三")
    for data in ("file:12", "file:13", "files:response:1"):
        await stranger.forges(stranger.last, data)
        await stranger.sees("没有找到", within=WITHIN)


async def test_more_than_ten_photos_can_be_asked_for(company: Company) -> None:
    link = await photographed(company, 12)
    somebody = await company.stranger("Nobody")
    await somebody.opens(link)
    await taps(somebody, "开始", "1/12")
    for number in range(12):
        await somebody.sends_photo(jpeg(number))
        await somebody.sees("答完了" if number == 11 else f"{number + 2}/12", within=WITHIN)


async def test_an_impatient_finger_begins_once(company: Company) -> None:
    link = await published(company)
    somebody = await company.stranger("Nobody")
    for _ in range(3):
        await somebody.opens(link)
        intro = await somebody.sees("一共 4 题")
        await presses(somebody, intro, "开始", "1/4")
        await somebody.forges(intro, next(button.data for button in intro.buttons if button.label == "开始"))
    await somebody.opens(link)
    await taps(somebody, "开始", "今天已经答过几次")
    assert await kept(company, "response") == 3


async def test_an_open_question_takes_no_words_that_are_about_something_else(company: Company) -> None:
    await adds(company.li, "张三 13800138000")
    link = await published(company)
    zhang = await visits(company, "张三")
    await says(zhang, "少了两箱", "这段话要怎么办")
    await taps(zhang, "请处理这个问题", "#1")

    async def opens_the_last() -> None:
        await zhang.opens(link)
        await zhang.sees("一共 4 题")
        await taps(zhang, "开始", "4/4", "想说别的，先点“先放着”")

    await zhang.opens(link)
    await taps(zhang, "开始", "1/4")
    for place in (2, 3, 4):
        await taps(zhang, "跳过", f"{place}/4")
    # Left by its button.
    await taps(zhang, "先放着", "已答的都在")
    await says(zhang, "还没发货", "这段话要怎么办")
    await taps(zhang, "补充到 #1", "已补充到 #1")
    # Left by looking at something else.
    await opens_the_last()
    await says(zhang, "/start", "想做什么")
    await says(zhang, "还是没发货", "这段话要怎么办")
    await taps(zhang, "取消", "没有发出去")
    # The staff asks something meanwhile: it is that which is answered.
    await opens_the_last()
    await taps(company.su, "我来处理", "由 苏青 处理")
    await taps(company.su, "回复客户", "要对客户说什么")
    await says(company.su, "是哪两箱？", "已发给客户")
    await zhang.sees("想请问您", "是哪两箱？")
    await says(zhang, "红色的", "已补充到 #1")
    # And after an hour nobody waits for an answer any more.
    await opens_the_last()
    await company.moves(by=timedelta(minutes=61))
    await says(zhang, "发货了，谢谢", "这段话要怎么办")
    assert await kept(company, "response WHERE finished_at IS NOT NULL") == 0
    await opens_the_last()
    await says(zhang, "都挺好", "答完了，谢谢")
