-- Whose tokens are still to be written (store/search_index.py): those of new words first, which a search looks at meanwhile.
DROP INDEX customer_find_behind;
CREATE INDEX customer_find_behind ON customer_find (reach, id)
    WHERE reach <> coalesce('o:' || owner_id, 'p:' || coalesce(team_id, 0)) || ' g:' || coalesce(team_id, 0);
