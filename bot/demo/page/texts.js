// Every sentence of the page, in both languages, each written by hand. What the people type and what the bot says
// isn't here: `lines` are only the examples that the guide and the empty phones offer, in the company's language.
//
//   t("send")      t("guide.of", { n: 2 })

const TEXTS = {
  zh: {
    title: "客户 Kehu 演示",
    tagline: "三部手机，一家公司",
    loading: "正在打开…",
    closed: "演示已经结束，或者地址不完整。请重新打开 kehu demo 给出的地址。",
    offline: "演示断开了，正在重新连接。",
    "role.owner": "负责人", "role.manager": "经理", "role.salesperson": "销售", "role.support": "客服",
    "role.customer": "客户", "role.stranger": "路人",
    phones: "手机", "phone.of": "{name}的手机", "phone.add": "再拿一部手机", "phone.switch": "换成谁的手机",
    "phone.menu": "{name}的手机：更多", "phone.close": "收起这部手机", "phone.block": "屏蔽 Kehu", "phone.unblock": "解除屏蔽",
    "phone.write": "写给 {name}", "phone.blocked": "{name}屏蔽了 Kehu", "phone.unread": "{n} 条未读", "chat.bot": "Kehu",
    chats: "聊天", log: "{name}的消息", new: "新消息",
    write: "写消息", send: "发送", attach: "添加", commands: "命令", keys: "快捷键", "keys.hide": "收起快捷键",
    "attach.file": "照片或文件", "attach.plain": "作为文件发送", "attach.card": "我的名片", "attach.other": "别人的名片…", "attach.remove": "拿掉 {name}",
    drop: "放开就能发送", typing: "正在输入",
    "message.menu": "这条消息", "message.reply": "回复", "message.forward": "转发给…", "message.copy": "复制文字",
    "message.edit": "修改", "message.delete": "删除", "message.react": "回应 {emoji}", "message.edited": "已修改",
    "message.forwarded": "转发自 {name}", "message.via": "通过 {name}", "message.me": "我",
    "reply.to": "回复 {name}", "reply.cancel": "不回复了", "edit.cancel": "不改了", editing: "修改消息",
    copied: "已复制", "code.try": "放进输入框：{text}", photo: "照片", "photo.open": "放大照片", download: "下载 {name}",
    "photo.scan": "扫这个码", file: "文件", video: "视频", voice: "语音", audio: "音频", contact: "名片", other: "这种消息这里看不了",
    spoiler: "点开遮住的字", more: "展开", less: "收起",
    "service.pinned_message": "置顶了一条消息", "service.group_chat_created": "建了群", "service.new_chat_members": "有人进群", "service.left_chat_member": "有人退群",
    "link.where": "在谁的手机上打开？", "link.copy": "复制链接", "link.foreign": "打开 {host}",
    "contact.title": "别人的名片", "contact.name": "姓名", "contact.phone": "电话", "contact.send": "发送名片",
    ok: "好", cancel: "取消", close: "关闭",
    clock: "时间", "clock.hour": "一小时后", "clock.tomorrow": "明天 8:30", "clock.monday": "周一 9:00", "clock.pick": "选时间",
    "clock.title": "把时间拨到", "clock.go": "拨过去", "clock.later": "只能往后拨。", "clock.zone": "公司时间（{zone}）", "clock.moved": "现在是 {time}",
    faults: "故障", "faults.down": "Telegram 停了", "faults.slow": "网络很慢", "faults.hint": "出了故障，Kehu 会怎么办？打开一个，再发条消息。",
    "faults.end": "恢复", "faults.blocked": "屏蔽 Kehu：{name}",
    theme: "深浅：{now}", "theme.auto": "跟随系统", "theme.light": "浅色", "theme.dark": "深色", language: "English", settings: "设置",
    guide: "第一分钟", "guide.of": "第 {n} 步，共 5 步", "guide.skip": "跳过", "guide.again": "从头走一遍", "guide.put": "填进去",
    "guide.1": "你是销售{name}。把这一行发给 Kehu：", "guide.2": "看一眼对不对，点“{button}”。", "guide.3": "用拼音找他：发",
    "guide.4": "存错了也不怕：点“{button}”。", "guide.5": "到下周一看看：点“周一 9:00”。",
    "guide.end": "走完了：{name}的手机上到了周报。还可以试试：", "guide.close": "关闭引导",
    "guide.card": "让客户扫码评分", "guide.fault": "让 Telegram 停一下",
    "card.title": "柜台上的卡片", "card.words": "扫码评分，或者说说哪里不满意", "card.open": "用{name}的手机扫", "card.note": "柜台上有一张卡片",
    "empty.salesperson": "发一行就能记下客户，打名字或拼音就能找到。", "empty.manager": "每周一 9:00 送来周报，也可以现在就看。",
    "empty.support": "投诉会送到这里，接手、答复、解决。", "empty.owner": "成员、设置和全公司的情况都在这里。",
    "empty.customer": "", "empty.stranger": "没有邀请的人，只会得到一句客气话。", "empty.direct": "这里只有两个人，Kehu 看不见。",
    "empty.try": "试试", start: "开始",
    refused: "没发出去：{why}", "refused.line": "没发出去：演示没有回应。", "too.many": "一次最多 10 个文件。", "too.big": "文件太大，最多 50 MB。",
    "inline.results": "搜索结果", "inline.none": "没有结果",
  },
  en: {
    title: "Kehu demo",
    tagline: "Three phones, one company",
    loading: "Opening…",
    closed: "The demo has ended, or the address is incomplete. Open the address that kehu demo printed.",
    offline: "The demo is out of reach. Trying again.",
    "role.owner": "Owner", "role.manager": "Manager", "role.salesperson": "Sales", "role.support": "Support",
    "role.customer": "Customer", "role.stranger": "Stranger",
    phones: "Phones", "phone.of": "{name}’s phone", "phone.add": "One more phone", "phone.switch": "Whose phone",
    "phone.menu": "{name}’s phone: more", "phone.close": "Put this phone away", "phone.block": "Block Kehu", "phone.unblock": "Unblock Kehu",
    "phone.write": "Write to {name}", "phone.blocked": "{name} has blocked Kehu", "phone.unread": "{n} unread", "chat.bot": "Kehu",
    chats: "Chats", log: "{name}’s messages", new: "New",
    write: "Message", send: "Send", attach: "Attach", commands: "Commands", keys: "Keys", "keys.hide": "Hide keys",
    "attach.file": "Photo or file", "attach.plain": "Send as a file", "attach.card": "My contact", "attach.other": "Another contact…", "attach.remove": "Remove {name}",
    drop: "Let go to send", typing: "typing",
    "message.menu": "This message", "message.reply": "Reply", "message.forward": "Forward to…", "message.copy": "Copy text",
    "message.edit": "Edit", "message.delete": "Delete", "message.react": "React {emoji}", "message.edited": "edited",
    "message.forwarded": "Forwarded from {name}", "message.via": "via {name}", "message.me": "Me",
    "reply.to": "Reply to {name}", "reply.cancel": "Don’t reply", "edit.cancel": "Don’t edit", editing: "Editing",
    copied: "Copied", "code.try": "Put into the box: {text}", photo: "Photo", "photo.open": "Enlarge the photo", download: "Download {name}",
    "photo.scan": "Scan this code", file: "File", video: "Video", voice: "Voice message", audio: "Audio", contact: "Contact", other: "This kind of message can’t be shown here",
    spoiler: "Show hidden text", more: "More", less: "Less",
    "service.pinned_message": "pinned a message", "service.group_chat_created": "made the group", "service.new_chat_members": "someone joined", "service.left_chat_member": "someone left",
    "link.where": "Open on whose phone?", "link.copy": "Copy the link", "link.foreign": "Open {host}",
    "contact.title": "Another contact", "contact.name": "Name", "contact.phone": "Phone", "contact.send": "Send contact",
    ok: "OK", cancel: "Cancel", close: "Close",
    clock: "Time", "clock.hour": "In an hour", "clock.tomorrow": "Tomorrow 8:30", "clock.monday": "Monday 9:00", "clock.pick": "Pick a time",
    "clock.title": "Move the clock to", "clock.go": "Move", "clock.later": "It only moves forward.", "clock.zone": "The company’s time ({zone})", "clock.moved": "It is now {time}",
    faults: "Faults", "faults.down": "Telegram is down", "faults.slow": "Slow network", "faults.hint": "What does Kehu do when things break? Switch one on, then write.",
    "faults.end": "Mend", "faults.blocked": "Kehu blocked by {name}",
    theme: "Theme: {now}", "theme.auto": "as the system", "theme.light": "light", "theme.dark": "dark", language: "中文", settings: "Settings",
    guide: "First minute", "guide.of": "Step {n} of 5", "guide.skip": "Skip", "guide.again": "Begin again", "guide.put": "Fill it in",
    "guide.1": "You are {name}, in sales. Send Kehu this line:", "guide.2": "Look it over, then tap “{button}”.", "guide.3": "Find her by a few letters: send",
    "guide.4": "A slip is no drama: tap “{button}”.", "guide.5": "See next week: tap “Monday 9:00”.",
    "guide.end": "That’s it: the week has arrived on {name}’s phone. You could also", "guide.close": "Close the guide",
    "guide.card": "let a customer scan the card", "guide.fault": "take Telegram down",
    "card.title": "The card on the counter", "card.words": "Scan to rate us, or to tell us what went wrong", "card.open": "Scan with {name}’s phone", "card.note": "There is a card on the counter",
    "empty.salesperson": "One line records a customer; a name or a few letters find one.", "empty.manager": "The week arrives on Monday at 9:00, or whenever you ask.",
    "empty.support": "Complaints arrive here: take, answer, resolve.", "empty.owner": "People, settings and the whole company.",
    "empty.customer": "", "empty.stranger": "Someone without an invitation gets one polite sentence.", "empty.direct": "Only the two of you are here; Kehu can’t see it.",
    "empty.try": "Try", start: "Start",
    refused: "Not sent: {why}", "refused.line": "Not sent: the demo doesn’t answer.", "too.many": "Up to 10 files at a time.", "too.big": "Too large: up to 50 MB.",
    "inline.results": "Results", "inline.none": "No results",
  },
};

/** What the examples say, in the company's language: typed lines, and the bot's words that show a step is done. */
export const LINES = {
  zh: {
    capture: "王总 13800138000 云帆科技 采购 周三下午回访", save: "保存", saved: "已保存", find: "wangzong", found: "云帆科技",
    undo: "撤销", undone: "已撤销",
    salesperson: ["王总 13800138000 云帆科技", "/today"], manager: ["/menu", "/team"], support: ["/complaint", "/help"],
    owner: ["/menu", "/team"], stranger: ["/start"],
  },
  en: {
    capture: "Jane Doe +44 20 7946 0958 Acme Ltd buyer call back Wed 2pm", save: "Save", saved: "Saved", find: "jan", found: "Acme",
    undo: "Undo", undone: "Undone",
    salesperson: ["Jane Doe +44 20 7946 0958 Acme Ltd", "/today"], manager: ["/menu", "/team"], support: ["/complaint", "/help"],
    owner: ["/menu", "/team"], stranger: ["/start"],
  },
};

/** The page's language, "zh" or "en". */
export const language = { now: "en" };

/** A text of the page in its language; `{name}` places are filled from `values`. An unknown key shows as itself. */
export function t(key, values = {}) {
  const text = TEXTS[language.now][key] ?? key;
  return text.replace(/\{(\w+)\}/g, (place, name) => (name in values ? String(values[name]) : place));
}

/** For the test that holds both languages side by side. */
export const keys = () => Object.fromEntries(Object.entries(TEXTS).map(([lang, texts]) => [lang, Object.keys(texts)]));
