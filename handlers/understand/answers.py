"""Yes and no as people type them, folded."""

YES = frozenset(["是", "是的", "有", "对", "要", "好", "可以", "√", "✓", "yes", "y", "yeah", "yep", "true", "1"])
NO = frozenset(["否", "不是", "不", "没有", "没", "无", "不要", "×", "✗", "no", "n", "nope", "false", "0"])
