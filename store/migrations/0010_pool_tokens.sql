-- A pool has a token of its own, so that looking in it no longer walks through everybody without an owner and the whole team.
-- Those who are in one now are behind, and the clock lets their tokens follow.
DROP INDEX customer_find_behind;
CREATE INDEX customer_find_behind ON customer_find (id)
    WHERE reach <> coalesce('o:' || owner_id, 'p:' || coalesce(team_id, 0)) || ' g:' || coalesce(team_id, 0);
