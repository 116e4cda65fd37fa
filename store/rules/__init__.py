"""Pure rules that need no database: phones, pinyin, matching, service levels, recurrence."""
