from datetime import timedelta
from tests.house import Company
W=20
async def test_zh(company: Company) -> None:
    li = company.li
    async def s(text, *see):
        await li.says(text); await li.sees(*see, within=W)
    async def p(b, *see):
        await li.taps(b, within=W); await li.sees(*see, within=W)
    try:
        await s("王总 13800138000 云帆科技 采购 周三下午回访 做外贸的 标签:制造业","新客户")
        await p("保存","已保存")
        await p("修改","改哪一项"); await p("公司","公司改成"); await s("远山贸易","已改为")
        await p("修改","改哪一项"); await p("级别","选择级别"); await s("超级","没有"); await s("vip","已改为")
        await p("撤销","已撤销"); await s("/undo","已撤销"); await s("wangzong", "云帆科技")
        await p("修改","改哪一项"); await p("职位","职位改成"); await p("清空","已清空")
        await p("记一笔","要记什么"); await s("电话 下周给报价","已记下")
        await p("记一笔","要记什么"); await p("取消","没有记")
        await p("记录","往来"); await p("修改记录","修改记录"); await p("返回","云帆")
        await s("王五 13900139000 云海","新客户"); await p("保存","已保存")
        await s("wang","找到"); await p("王五","云海"); await p("返回列表","找到")
        await s("zzz","没有"); await p("添加“zzz”","新客户"); await p("电话","电话？"); await s("123","不像"); await p("上一步","新客户"); await p("取消","已取消")
        await s("记 王 来电","哪一位"); await p("王五","已记下")
        await s("记 孙悟空 来电","没有找到"); await s("王五","已记下")
        await s("/add","名字"); await s("赵六","电话"); await s("abc","不像"); await p("跳过","公司")
        await p("上一步","电话？"); await s("020 7946 0958","公司"); await p("跳过","职位"); await p("填好了","新客户")
        await p("公司","公司？"); await s("蓝海","新客户"); await p("保存","已保存")
        await s("13800138000","客户簿里"); await s("王总 13800138000 周五下午签合同 wang@yunfan.cn","客户簿里"); await p("记下","已记下")
        await s("小李 13800138000 前台","也用这个"); await p("王总","潜在"); await p("保存","已保存")
        await s("王伍","王五")
        await p("修改","改哪一项"); await p("电话","电话改成"); await s("+44 20 7946 0958","已改为")
        await s("/undo","已撤销"); await s("/customer","最近")
        await s("李四 13700137000 今天回访","新客户")
        await p("保存","已保存"); await p("撤销","没有添加")
    finally:
        print(li.transcript())
async def test_en(english: Company) -> None:
    li = english.li
    async def s(text, *see):
        await li.says(text); await li.sees(*see, within=W)
    async def p(b, *see):
        await li.taps(b, within=W); await li.sees(*see, within=W)
    try:
        await s("Jane Doe +44 20 7946 0958 Acme Ltd buyer call back Wed 2pm met at the fair","New customer")
        await p("Save","Saved"); await p("Edit","What should"); await p("Phone","right phone"); await s("nonsense","does not look"); await s("+1 212 555 0147, +44 20 7946 0958","is now")
        await p("Edit","What should"); await p("Stage","Which stage"); await p("Qualified","is now"); await p("Timeline","timeline"); await p("Changes","changes")
        await s("jnae","Jane"); await s("note Jane Doe call wants a quote","Noted"); await s("note Nobody Here call","Nobody"); await s("cancel","Cancelled")
        await s("add","name?"); await s("Bob","Phone"); await s("skip","company?"); await s("back","Phone"); await s("cancel","Cancelled")
    finally:
        print(li.transcript())
