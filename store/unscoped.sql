-- The views that are read on nobody's behalf: by the clock, by the store while it writes, and where somebody comes of whom only a
-- hash is known. They go round the predicate (predicate.sql), so each is one of two kinds, which tests/store/test_authorizer.py
-- holds:
--
--   clock  ids, times and states, no word of a customer: any module of the store may read it
--   door   sealed rows with their key, or what leads to them: only the modules listed in the test may open it
--
-- No view in here asks `actor()`, `guest()` or `visitor()`. Applied together with predicate.sql.

-- Clocks --------------------------------------------------------------------------------------------------------------

CREATE VIEW customer_clock AS SELECT c.id, c.owner_id, c.team_id FROM customer c WHERE c.deleted_at IS NULL;
-- Which teams hold customers.
CREATE VIEW team_kept AS SELECT DISTINCT team_id FROM customer WHERE team_id IS NOT NULL;

-- When each contact took place; a note is none, nor is an attempt that reached nobody.
CREATE VIEW contact_clock AS SELECT id, customer_id, at FROM interaction
    WHERE deleted_at IS NULL AND kind <> 'note' AND coalesce(outcome, '') NOT IN ('no_answer', 'absent', 'wrong', 'postponed');
CREATE VIEW contact_clock_of AS SELECT id, customer_id FROM interaction;

-- Follow-ups that the clock must look at, and who else could see to them.
CREATE VIEW followup_clock AS SELECT f.id, f.staff_id, f.due_at, f.wake_at, c.owner_id, c.team_id
    FROM followup f JOIN customer c ON c.id = f.customer_id
    WHERE f.deleted_at IS NULL AND f.wake_at IS NOT NULL AND c.deleted_at IS NULL;
-- Missed follow-ups that are to be offered, and the team to which they may be.
CREATE VIEW followup_offer_clock AS SELECT f.id, f.staff_id, f.due_at, f.offer_at, c.owner_id, c.team_id, c.level
    FROM followup f JOIN customer c ON c.id = f.customer_id
    WHERE f.offer_at IS NOT NULL AND f.state = 'missed' AND EXISTS (SELECT 1 FROM seal_key k WHERE k.id = f.key_id)
    AND f.deleted_at IS NULL AND c.deleted_at IS NULL;

-- Purchases, and whether their customers have rated them; a visitor's score is not the customer's.
CREATE VIEW deal_clock AS SELECT d.id, d.customer_id,
    EXISTS (SELECT 1 FROM feedback f WHERE f.deal_id = d.id AND f.deleted_at IS NULL AND (f.guest_id IS NULL
            OR EXISTS (SELECT 1 FROM guest g WHERE g.id = f.guest_id AND g.proven_at IS NOT NULL))) AS rated FROM deal d
    WHERE d.state = 'won' AND d.deleted_at IS NULL AND EXISTS (SELECT 1 FROM seal_key k WHERE k.id = d.key_id);

CREATE VIEW complaint_clock AS SELECT p.id, p.customer_id, p.team_id, p.assignee_id, p.status, p.severity, p.deleted_at,
    p.answered_at, p.answer_target, p.solve_target, p.worked_ms, p.running_since,
    (SELECT c.owner_id FROM customer c WHERE c.id = p.customer_id) AS owner_id FROM complaint p;
-- The assignees who can still handle their case: they have not left, changed teams or lost the role.
CREATE VIEW case_held_clock AS SELECT p.id, p.assignee_id FROM complaint p JOIN staff s ON s.id = p.assignee_id
    WHERE s.active AND (s.role = 'owner' OR s.role IN ('manager', 'support')
                        AND EXISTS (SELECT 1 FROM reach r WHERE r.staff_id = s.id AND r.team_id = p.team_id));
-- The status that people are shown: a case in progress whose assignee can't handle it any more counts as open.
CREATE VIEW case_standing_clock AS SELECT p.id, p.assignee_id, p.status AS kept, CASE WHEN p.status = 'in_progress'
    AND NOT EXISTS (SELECT 1 FROM case_held_clock h WHERE h.id = p.id) THEN 'open' ELSE p.status END AS status
    FROM complaint p;
-- Cases whose customers have a card that is out of date.
CREATE VIEW case_told_clock AS SELECT d.id, p.customer_id, s.status, p.deleted_at, d.status AS told, d.promise
    FROM case_told d JOIN complaint p ON p.id = d.id JOIN case_standing_clock s ON s.id = d.id WHERE d.due;
-- Cases and feedback written by a visitor: who came through a link and has not shown that they are the customer.
CREATE VIEW complaint_doubtful_clock AS SELECT p.id FROM complaint p JOIN guest g ON g.id = p.guest_id
    WHERE g.proven_at IS NULL AND g.deleted_at IS NULL;
CREATE VIEW feedback_doubtful_clock AS SELECT f.id FROM feedback f JOIN guest g ON g.id = f.guest_id
    WHERE g.proven_at IS NULL AND g.deleted_at IS NULL;

CREATE VIEW feedback_clock AS SELECT f.id, f.customer_id, f.campaign_id, f.score, f.scale, f.team_id, c.owner_id
    FROM feedback f LEFT JOIN customer c ON c.id = f.customer_id;
-- The answers to questionnaires; `known`: the answer is the customer's own, not a visitor's.
CREATE VIEW response_clock AS SELECT r.id, r.questionnaire_id, r.customer_id, (r.guest_id IS NULL
    OR EXISTS (SELECT 1 FROM guest g WHERE g.id = r.guest_id AND g.proven_at IS NOT NULL)) AS known FROM response r;
-- Guests who agreed and can be reached, with when they were last asked something.
CREATE VIEW survey_clock AS SELECT g.customer_id, g.id AS guest_id, s.asked_at, s.declined_at
    FROM guest g LEFT JOIN survey s ON s.customer_id = g.customer_id
    WHERE g.deleted_at IS NULL AND g.unreachable_at IS NULL AND g.quiet_at IS NULL;

-- The records that files hang on.
CREATE VIEW attachment_clock AS SELECT id, record, record_id, customer_id, author_id, size, created_at, deleted_at
    FROM attachment;

-- Requests about own data that wait for an answer, and accepted erasures that are still to be done, with their term.
CREATE VIEW data_request_clock AS SELECT d.id, d.version, d.customer_id, d.guest_id, d.kind, d.field, d.state, d.due_at, c.owner_id,
    c.team_id FROM data_request d JOIN customer c ON c.id = d.customer_id
    WHERE (d.state = 'open' OR d.kind = 'erase' AND d.state = 'granted') AND d.deleted_at IS NULL
        AND EXISTS (SELECT 1 FROM seal_key k WHERE k.id = d.key_id);

-- Doors ---------------------------------------------------------------------------------------------------------------
-- Who comes in: a token or a chat is looked up by its hash only.

-- An invite that still lets somebody in: whoever gave it out must still be allowed to.
CREATE VIEW invite_door AS SELECT i.* FROM invite i
    WHERE i.used_at IS NULL AND i.deleted_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM team t WHERE t.id = i.team_id AND t.deleted_at IS NOT NULL)
    AND (i.invited_by IS NULL OR EXISTS (SELECT 1 FROM staff s WHERE s.id = i.invited_by AND s.active
         AND (s.role = 'owner' OR s.role = 'manager' AND i.role IN ('salesperson', 'support') AND EXISTS
              (SELECT 1 FROM reach r WHERE r.staff_id = s.id AND r.team_id = i.team_id))));
-- A customer's link, by its token; and the guest to whom a chat belongs.
CREATE VIEW link_door AS SELECT l.*, k.key
    FROM link l JOIN seal_key k ON k.id = l.key_id JOIN customer c ON c.id = l.customer_id
    WHERE l.deleted_at IS NULL AND c.deleted_at IS NULL;
CREATE VIEW link_claimed AS SELECT l.*, k.key FROM link l JOIN seal_key k ON k.id = l.key_id
    WHERE l.claimed_by IS NOT NULL;
CREATE VIEW guest_door AS SELECT g.*, k.key FROM guest g JOIN seal_key k ON k.id = g.key_id
    WHERE g.deleted_at IS NULL;
-- A guest who has left, and whose traces are to be forgotten.
CREATE VIEW guest_gone AS SELECT g.*, k.key FROM guest g JOIN seal_key k ON k.id = g.key_id
    WHERE g.deleted_at IS NOT NULL;
-- An answer to a questionnaire that is under way, by its handle; and its photos, which a newer one replaces.
CREATE VIEW response_door AS SELECT r.*, k.key FROM response r JOIN seal_key k ON k.id = r.key_id
    WHERE r.finished_at IS NULL AND r.deleted_at IS NULL;
CREATE VIEW attachment_answer AS SELECT a.*, k.key FROM attachment a JOIN seal_key k ON k.id = a.key_id
    WHERE a.record = 'response' AND a.deleted_at IS NULL
    AND EXISTS (SELECT 1 FROM response r WHERE r.id = a.record_id AND r.finished_at IS NULL);
-- Feedback without a customer, for whoever has just given the score and adds words.
CREATE VIEW feedback_unnamed AS SELECT f.*, k.key FROM feedback f JOIN seal_key k ON k.id = f.key_id
    WHERE f.customer_id IS NULL AND f.deleted_at IS NULL;

-- What the store reads while it writes.

-- The customer who was just written, to be indexed; and the contacts that are known.
CREATE VIEW customer_index AS SELECT c.*, k.key FROM customer c JOIN seal_key k ON k.id = c.key_id;
CREATE VIEW contact_taken AS SELECT digest, customer_id FROM contact;
CREATE TRIGGER contact_given_up INSTEAD OF DELETE ON contact_taken BEGIN
    DELETE FROM contact WHERE digest = OLD.digest AND customer_id = OLD.customer_id;
END;
-- The follow-ups that are being offered; and those of a customer that are ringing, which a logged contact ends.
CREATE VIEW followup_offering AS SELECT f.*, k.key FROM followup f JOIN seal_key k ON k.id = f.key_id
    WHERE f.offer_at IS NOT NULL;
CREATE VIEW followup_ringing AS SELECT f.*, k.key FROM followup f JOIN seal_key k ON k.id = f.key_id
    WHERE f.deleted_at IS NULL AND (f.state IN ('due', 'sent', 'missed')
                                   OR f.state = 'acknowledged' AND f.wake_at IS NOT NULL);
-- Unresolved cases of customers who are in another team by now, to be moved there.
CREATE VIEW complaint_astray AS SELECT p.*, k.key FROM complaint p JOIN seal_key k ON k.id = p.key_id
    WHERE p.status IN ('open', 'in_progress', 'waiting', 'reopened') AND p.deleted_at IS NULL
    AND p.team_id IS NOT (SELECT c.team_id FROM customer c WHERE c.id = p.customer_id);
-- The audit chain over the stored bytes: unreadable without the keys.
CREATE VIEW entry_chain AS SELECT id, change_id, record, record_id, version, customer_id, key_id, before, after, hash
    FROM entry;
-- Files that are still to be fetched, with the key to keep them under; and the parts of those that are here, sealed.
CREATE VIEW attachment_due AS SELECT a.id, a.key_id, a.customer_id, a.author_id, a.attempts, a.wake_at, a.handle, k.key
    FROM attachment a JOIN seal_key k ON k.id = a.key_id WHERE a.wake_at IS NOT NULL AND a.deleted_at IS NULL;
CREATE VIEW attachment_bytes AS SELECT id, attachment_id, place, sealed FROM attachment_part;

-- Search: tokens only lead to candidates, whose words are then read through `customer_find_<scope>` (docs/decisions/0009).

CREATE VIEW customer_find_index AS SELECT id, reach, shown, hidden FROM customer_find;
-- The newest customer whose tokens are in the full-text index; customers get theirs in the order of their ids.
CREATE VIEW customer_token_last AS SELECT coalesce(max(id), 0) AS id FROM customer_token_docsize;
CREATE VIEW customer_newer AS SELECT c.*, k.key FROM customer c JOIN seal_key k ON k.id = c.key_id
    WHERE c.id > (SELECT id FROM customer_token_last) AND c.deleted_at IS NULL;
-- Older customers whose tokens are out of date: of the words (reach is empty), or of the owner and team.
CREATE VIEW customer_find_pending AS SELECT id, reach FROM customer_find
    WHERE reach <> coalesce('o:' || owner_id, 'p:' || coalesce(team_id, 0)) || ' g:' || coalesce(team_id, 0)
    AND +id <= (SELECT id FROM customer_token_last);
-- Customers to whom no token leads yet, so a search must look at their words.
CREATE VIEW customer_find_fresh AS SELECT id FROM customer_find WHERE id > (SELECT id FROM customer_token_last)
    UNION ALL SELECT id FROM customer_find_pending WHERE reach = '';
-- Which customers carry a tag, or have a value in a field of the company's own; lists join them with `customer_<scope>`.
CREATE VIEW customer_tagged AS SELECT tag_id, customer_id FROM customer_tag;
CREATE VIEW customer_valued AS SELECT field_id, customer_id, value FROM customer_value;
