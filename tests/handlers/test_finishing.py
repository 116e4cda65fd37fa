"""What a reminder asks for is done, and that is said in a sentence or on the customer's card."""

from __future__ import annotations

from tests.handlers.telling import adds, li_knows, presses, says, taps
from tests.house import Company


async def test_a_sentence_says_that_it_is_done(english: Company) -> None:
    li = english.li
    await adds(li, "Anna Larsson +46 70 123 45 67", "Oliver Novak +44 20 7946 0958", save="Save")
    await says(li, "remind Anna Larsson tomorrow 3pm send samples", "tomorrow 15:00")
    await says(li, "done Anna Larsson", "✓ Done", "Anna Larsson · send samples", "How did it go?")
    await taps(li, "Undo", "Undone")
    await says(li, "Oliver Novak reminder done", "Oliver Novak has no open reminder")
    await says(li, "remind Oliver Novak tomorrow 10am call", "tomorrow 10:00")
    await says(li, "remind Oliver Novak Wed 10am send quote", "Wed 10:00")
    asked = await says(li, "Oliver Novak's reminder is done", "Which reminder is done?")
    await presses(li, asked, asked.labels[1], "Oliver Novak · send quote", "How did it go?")
    await taps(li, "Undo", "Undone")
    await says(li, "finished the call with Oliver Novak", "Oliver Novak · call", "How did it go?")
    await says(li, "completed order 7 of Oliver Novak", "down for Oliver Novak")  # that was no reminder
    await says(li, "done Zoe Quist", "Nothing found")


async def test_it_is_done_from_the_card_and_in_chinese(company: Company) -> None:
    li = company.li
    await li_knows(company, "李娜 13800138000")
    await says(li, "提醒 李娜 明天下午3点 发报价", "明天 15:00")
    await says(li, "李娜 完成了", "李娜 · 发报价", "怎么样")
    await taps(li, "撤销", "已撤销")
    card = await says(li, "李娜", "⏰ 明天 15:00 发报价")
    assert "✓ 完成" in card.labels
    await taps(li, "✓ 完成", "李娜 · 发报价", "怎么样")
    assert "✓ 完成" not in (await says(li, "李娜", "潜在")).labels
    await says(li, "李娜的提醒完成了", "李娜 没有待办的提醒")
