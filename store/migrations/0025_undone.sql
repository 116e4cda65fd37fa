-- What an earlier run left undone is asked for once, when a run begins, among seven days of blanked rows: an index of its own cost
-- two pages more for every update.
DROP INDEX inbox_by_undone;
