import io
from tests.house import Company
async def walk(company, w):
    boss = company.boss
    await boss.says("/start"); await boss.sees(w["title_menu"])
    print(boss.keyboard, await boss.commands())
    await boss.taps(w["team"]); await boss.sees("华东")
    await boss.taps(w["new"]); await boss.sees(w["what"])
    await boss.says("华北"); await boss.sees("华北")
    await boss.taps(w["back"]); await boss.sees("华南")
    await boss.taps("华东"); await boss.sees("华东")
    await boss.taps(w["invite"]); await boss.sees("华东")
    await boss.taps(w["sales"]); b = await boss.sees("https://t.me")
    new = await company.stranger("小赵", language="zh" if w["zh"] else "en")
    link = b.text[b.text.index("https"):].split()[0]
    await new.opens(link); await new.sees(w["title_menu"])
    print("----- new\n", new.transcript(), new.keyboard, await new.commands())
    await boss.sees("小赵"); await boss.taps(w["open"]); await boss.sees("小赵")
    await boss.taps(w["role"]); await boss.sees("小赵"); await boss.taps(w["mgr"]); await boss.sees("小赵")
    await new.sees(w["mgrword"])
    await boss.taps(w["off"]); await boss.sees("小赵")
    await new.says(w["todayw"]); await new.sees("")
    await new.says("hi"); 
    await boss.taps(w["undo"]); await boss.sees("")
    await new.says("/help"); await new.sees("")
    await new.says("/settings"); await new.sees("")
    await new.says("/privacy"); await new.sees("")
    await new.says("/cancel"); await new.sees("")
    await new.says("/nonsense"); await new.sees("")
    await new.says("/start i_" + "A"*22); await new.sees("")
    await new.says("/start " + "A"*22); await new.sees("")
    print(new.transcript(), new.keyboard, await new.commands())
    print("------ boss\n", boss.transcript())
    print(company.su.keyboard)
    await company.su.says("/start"); await company.su.sees(w["title_menu"])
    await company.su.says("/help"); await company.su.sees("")
    print(company.su.transcript(), company.su.keyboard)

async def test_zh(company: Company):
    await walk(company, dict(zh=1,title_menu="菜单",team="团队",new="新团队",what="叫什么",back="返回",invite="邀请同事",sales="销售",open="打开",role="换角色",mgr="经理",mgrword="经理",off="停用",undo="撤销",todayw="今天"))
async def test_en(english: Company):
    await walk(english, dict(zh=0,title_menu="Menu",team="Team",new="New team",what="called",back="Back",invite="Invite",sales="sales",open="Open",role="Role",mgr="manager",mgrword="manager",off="Deactivate",undo="Undo",todayw="Today"))
