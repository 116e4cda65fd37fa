-- THE predicate: which rows an actor may see. One view for each table and scope; store/access.py says which scopes a role
-- has for an action, and nothing else reads these tables. `actor()` is the member for whom the transaction runs, `guest()`
-- the customer, `visitor()` the guest who has not shown yet that they are the customer; each is 0 where there is none, and
-- no row belongs to 0.
--
-- Each view is a single SELECT, so that SQLite flattens it into the query that uses it; the same rule with OR or UNION over
-- the scopes took 320 ms a page instead of 0.03. The join with seal_key hides what has been erased: no key, no row.
--
--   own    the member's own customers
--   team   customers of the teams that the member reaches (managers in clear, support masked)
--   all    everything, for an active owner
--   pool   ownerless customers of those teams (masked until claimed)
--   case   customers with an open complaint that is assigned to the member, while its team is one of theirs
--   task   customers of those teams with a follow-up that was given or offered to the member, who does not have them
--   guest  what belongs to the customer who asks
--   visit  the customer through whose link a visitor came, masked; of all else what that visitor wrote, and was told on it
--
-- Applied whenever its text differs from the one that the file holds.

CREATE VIEW customer_own AS SELECT c.*, k.key FROM customer c JOIN seal_key k ON k.id = c.key_id
    WHERE c.owner_id = actor();
CREATE VIEW customer_team AS SELECT c.*, k.key FROM customer c JOIN seal_key k ON k.id = c.key_id
    WHERE EXISTS (SELECT 1 FROM reach r WHERE r.staff_id = actor() AND r.team_id = c.team_id);
CREATE VIEW customer_all AS SELECT c.*, k.key FROM customer c JOIN seal_key k ON k.id = c.key_id
    WHERE EXISTS (SELECT 1 FROM staff s WHERE s.id = actor() AND s.role = 'owner' AND s.active);
CREATE VIEW customer_pool AS SELECT c.*, k.key FROM customer c JOIN seal_key k ON k.id = c.key_id
    WHERE c.owner_id IS NULL AND EXISTS (SELECT 1 FROM reach r WHERE r.staff_id = actor() AND r.team_id = c.team_id);
CREATE VIEW customer_case AS SELECT c.*, k.key FROM customer c JOIN seal_key k ON k.id = c.key_id
    WHERE EXISTS (SELECT 1 FROM complaint p WHERE p.customer_id = c.id AND p.assignee_id = actor()
                  AND p.team_id IN (SELECT team_id FROM reach WHERE staff_id = actor())
                  AND p.deleted_at IS NULL AND p.status IN ('open', 'in_progress', 'waiting', 'reopened'));
CREATE VIEW customer_task AS SELECT c.*, k.key FROM customer c JOIN seal_key k ON k.id = c.key_id
    WHERE EXISTS (SELECT 1 FROM followup f WHERE f.customer_id = c.id AND f.staff_id = actor() AND f.lent_by IS NOT NULL
                  AND f.deleted_at IS NULL)
    AND EXISTS (SELECT 1 FROM reach r WHERE r.staff_id = actor() AND r.team_id = c.team_id);
CREATE VIEW customer_guest AS SELECT c.*, k.key FROM customer c JOIN seal_key k ON k.id = c.key_id
    WHERE c.id = guest();
CREATE VIEW customer_visit AS SELECT c.*, k.key FROM customer c JOIN seal_key k ON k.id = c.key_id
    WHERE c.id = (SELECT g.customer_id FROM guest g WHERE g.id = visitor() AND g.deleted_at IS NULL);

CREATE VIEW interaction_own AS SELECT i.*, k.key FROM interaction i JOIN seal_key k ON k.id = i.key_id
    WHERE EXISTS (SELECT 1 FROM customer c WHERE c.id = i.customer_id AND c.owner_id = actor());
CREATE VIEW interaction_team AS SELECT i.*, k.key FROM interaction i JOIN seal_key k ON k.id = i.key_id
    WHERE EXISTS (SELECT 1 FROM customer c JOIN reach r ON r.team_id = c.team_id
                  WHERE c.id = i.customer_id AND r.staff_id = actor());
CREATE VIEW interaction_all AS SELECT i.*, k.key FROM interaction i JOIN seal_key k ON k.id = i.key_id
    WHERE EXISTS (SELECT 1 FROM staff s WHERE s.id = actor() AND s.role = 'owner' AND s.active);
CREATE VIEW interaction_case AS SELECT i.*, k.key FROM interaction i JOIN seal_key k ON k.id = i.key_id
    WHERE EXISTS (SELECT 1 FROM complaint p WHERE p.customer_id = i.customer_id AND p.assignee_id = actor()
                  AND p.team_id IN (SELECT team_id FROM reach WHERE staff_id = actor())
                  AND p.deleted_at IS NULL AND p.status IN ('open', 'in_progress', 'waiting', 'reopened'));

CREATE VIEW interaction_task AS SELECT i.*, k.key FROM interaction i JOIN seal_key k ON k.id = i.key_id
    WHERE EXISTS (SELECT 1 FROM followup f JOIN customer c ON c.id = f.customer_id
                  JOIN reach r ON r.team_id = c.team_id AND r.staff_id = actor()
                  WHERE f.customer_id = i.customer_id AND f.staff_id = actor() AND f.lent_by IS NOT NULL
                  AND f.deleted_at IS NULL);

CREATE VIEW followup_own AS SELECT f.*, k.key FROM followup f JOIN seal_key k ON k.id = f.key_id
    WHERE EXISTS (SELECT 1 FROM customer c WHERE c.id = f.customer_id AND c.owner_id = actor());
CREATE VIEW followup_team AS SELECT f.*, k.key FROM followup f JOIN seal_key k ON k.id = f.key_id
    WHERE EXISTS (SELECT 1 FROM customer c JOIN reach r ON r.team_id = c.team_id
                  WHERE c.id = f.customer_id AND r.staff_id = actor());
CREATE VIEW followup_all AS SELECT f.*, k.key FROM followup f JOIN seal_key k ON k.id = f.key_id
    WHERE EXISTS (SELECT 1 FROM staff s WHERE s.id = actor() AND s.role = 'owner' AND s.active);
CREATE VIEW followup_case AS SELECT f.*, k.key FROM followup f JOIN seal_key k ON k.id = f.key_id
    WHERE EXISTS (SELECT 1 FROM complaint p WHERE p.customer_id = f.customer_id AND p.assignee_id = actor()
                  AND p.team_id IN (SELECT team_id FROM reach WHERE staff_id = actor())
                  AND p.deleted_at IS NULL AND p.status IN ('open', 'in_progress', 'waiting', 'reopened'));
CREATE VIEW followup_task AS SELECT f.*, k.key FROM followup f JOIN seal_key k ON k.id = f.key_id
    WHERE f.staff_id = actor() AND f.lent_by IS NOT NULL
    AND EXISTS (SELECT 1 FROM customer c JOIN reach r ON r.team_id = c.team_id
                WHERE c.id = f.customer_id AND r.staff_id = actor());
-- What is offered to the teams that a member reaches, for the one who takes it; an offer itself shows none of its words.
CREATE VIEW followup_offered AS SELECT f.*, k.key FROM followup f JOIN seal_key k ON k.id = f.key_id
    WHERE f.offered AND f.state = 'missed' AND f.deleted_at IS NULL
    AND EXISTS (SELECT 1 FROM customer c JOIN reach r ON r.team_id = c.team_id
                WHERE c.id = f.customer_id AND r.staff_id = actor() AND c.deleted_at IS NULL);
-- What the clock offers, and to whom it may: no word of a customer. And the row itself, to be written.
CREATE VIEW followup_offering AS SELECT f.*, k.key FROM followup f JOIN seal_key k ON k.id = f.key_id
    WHERE f.offer_at IS NOT NULL;
CREATE VIEW followup_offer_clock AS SELECT f.id, f.staff_id, f.due_at, f.offer_at, c.owner_id, c.team_id, c.level
    FROM followup f JOIN customer c ON c.id = f.customer_id
    WHERE f.offer_at IS NOT NULL AND f.state = 'missed' AND EXISTS (SELECT 1 FROM seal_key k WHERE k.id = f.key_id)
    AND f.deleted_at IS NULL AND c.deleted_at IS NULL;
-- What the clock needs to know: which row, for whom, when, and who else could see to it. No word of a customer is in it.
CREATE VIEW followup_clock AS SELECT f.id, f.staff_id, f.due_at, f.wake_at, c.owner_id, c.team_id
    FROM followup f JOIN customer c ON c.id = f.customer_id
    WHERE f.deleted_at IS NULL AND f.wake_at IS NOT NULL AND c.deleted_at IS NULL;
-- What a contact that was just logged puts to rest: the reminders of that customer that are ringing.
CREATE VIEW followup_ringing AS SELECT f.*, k.key FROM followup f JOIN seal_key k ON k.id = f.key_id
    WHERE f.deleted_at IS NULL AND (f.state IN ('due', 'sent', 'missed')
                                   OR f.state = 'acknowledged' AND f.wake_at IS NOT NULL);

-- Deals follow the customer; support sees none of them.
CREATE VIEW deal_own AS SELECT d.*, k.key FROM deal d JOIN seal_key k ON k.id = d.key_id
    WHERE EXISTS (SELECT 1 FROM customer c WHERE c.id = d.customer_id AND c.owner_id = actor());
CREATE VIEW deal_team AS SELECT d.*, k.key FROM deal d JOIN seal_key k ON k.id = d.key_id
    WHERE EXISTS (SELECT 1 FROM customer c JOIN reach r ON r.team_id = c.team_id
                  WHERE c.id = d.customer_id AND r.staff_id = actor());
CREATE VIEW deal_all AS SELECT d.*, k.key FROM deal d JOIN seal_key k ON k.id = d.key_id
    WHERE EXISTS (SELECT 1 FROM staff s WHERE s.id = actor() AND s.role = 'owner' AND s.active);
CREATE VIEW deal_guest AS SELECT d.*, k.key FROM deal d JOIN seal_key k ON k.id = d.key_id
    WHERE d.customer_id = guest() AND d.state = 'won';
-- A visitor may rate what was bought, too, and reads no word of it.
CREATE VIEW deal_visit AS SELECT d.id, d.deleted_at FROM deal d WHERE d.state = 'won'
    AND d.customer_id = (SELECT g.customer_id FROM guest g WHERE g.id = visitor() AND g.deleted_at IS NULL);
-- Which purchases there are, whose, and whether their customers have rated them, which no visitor can do for them: no word
-- of them.
CREATE VIEW deal_clock AS SELECT d.id, d.customer_id,
    EXISTS (SELECT 1 FROM feedback f WHERE f.deal_id = d.id AND f.deleted_at IS NULL AND (f.guest_id IS NULL
            OR EXISTS (SELECT 1 FROM guest g WHERE g.id = f.guest_id AND g.proven_at IS NOT NULL))) AS rated FROM deal d
    WHERE d.state = 'won' AND d.deleted_at IS NULL AND EXISTS (SELECT 1 FROM seal_key k WHERE k.id = d.key_id);

CREATE VIEW complaint_own AS SELECT p.*, k.key FROM complaint p JOIN seal_key k ON k.id = p.key_id
    WHERE EXISTS (SELECT 1 FROM customer c WHERE c.id = p.customer_id AND c.owner_id = actor());
CREATE VIEW complaint_team AS SELECT p.*, k.key FROM complaint p JOIN seal_key k ON k.id = p.key_id
    WHERE EXISTS (SELECT 1 FROM reach r WHERE r.staff_id = actor() AND r.team_id = p.team_id);
CREATE VIEW complaint_all AS SELECT p.*, k.key FROM complaint p JOIN seal_key k ON k.id = p.key_id
    WHERE EXISTS (SELECT 1 FROM staff s WHERE s.id = actor() AND s.role = 'owner' AND s.active);
CREATE VIEW complaint_guest AS SELECT p.*, k.key FROM complaint p JOIN seal_key k ON k.id = p.key_id
    WHERE p.customer_id = guest();
CREATE VIEW complaint_visit AS SELECT p.*, k.key FROM complaint p JOIN seal_key k ON k.id = p.key_id
    WHERE p.guest_id = visitor();
-- That there is a case and where it stands: all that a visitor learns of one that they did not write.
CREATE VIEW complaint_outline AS SELECT p.id, s.status, p.opened_at FROM complaint p
    JOIN case_standing_clock s ON s.id = p.id WHERE p.deleted_at IS NULL
    AND p.customer_id = (SELECT g.customer_id FROM guest g WHERE g.id = visitor() AND g.deleted_at IS NULL);
-- How a case moved: the entries of the complaint itself, for those who see it.
CREATE VIEW case_entry_own AS SELECT e.*, k.key FROM entry e JOIN seal_key k ON k.id = e.key_id
    WHERE e.record = 'complaint' AND EXISTS
    (SELECT 1 FROM customer c WHERE c.id = e.customer_id AND c.owner_id = actor());
CREATE VIEW case_entry_team AS SELECT e.*, k.key FROM entry e JOIN seal_key k ON k.id = e.key_id
    WHERE e.record = 'complaint' AND EXISTS (SELECT 1 FROM complaint p JOIN reach r ON r.team_id = p.team_id
                  WHERE p.id = e.record_id AND r.staff_id = actor());
CREATE VIEW case_entry_all AS SELECT e.*, k.key FROM entry e JOIN seal_key k ON k.id = e.key_id
    WHERE e.record = 'complaint' AND EXISTS
    (SELECT 1 FROM staff s WHERE s.id = actor() AND s.role = 'owner' AND s.active);
-- What cases are sorted by, for who may change it: causes whoever handles cases, everything an owner.
CREATE VIEW case_label_team AS SELECT l.* FROM case_label l WHERE l.kind = 'cause'
    AND EXISTS (SELECT 1 FROM staff s WHERE s.id = actor() AND s.role IN ('manager', 'support') AND s.active);
CREATE VIEW case_label_all AS SELECT l.* FROM case_label l
    WHERE EXISTS (SELECT 1 FROM staff s WHERE s.id = actor() AND s.role = 'owner' AND s.active);
-- How many of each product were sold, for who may say so; the figures are read by everybody who reports.
CREATE VIEW product_units_team AS SELECT u.* FROM product_units u
    WHERE EXISTS (SELECT 1 FROM staff s WHERE s.id = actor() AND s.role = 'manager' AND s.active);
CREATE VIEW product_units_all AS SELECT u.* FROM product_units u
    WHERE EXISTS (SELECT 1 FROM staff s WHERE s.id = actor() AND s.role = 'owner' AND s.active);
-- What the clock needs to know of a case, and whom it concerns. No word of a customer is in it.
CREATE VIEW complaint_clock AS SELECT p.id, p.customer_id, p.team_id, p.assignee_id, p.status, p.severity, p.deleted_at,
    p.answered_at, p.answer_target, p.solve_target, p.worked_ms, p.running_since,
    (SELECT c.owner_id FROM customer c WHERE c.id = p.customer_id) AS owner_id FROM complaint p;
-- Who has a case and can still handle it: not who has left, changes teams or handles no cases any more.
CREATE VIEW case_held_clock AS SELECT p.id, p.assignee_id FROM complaint p JOIN staff s ON s.id = p.assignee_id
    WHERE s.active AND (s.role = 'owner' OR s.role IN ('manager', 'support')
                        AND EXISTS (SELECT 1 FROM reach r WHERE r.staff_id = s.id AND r.team_id = p.team_id));
-- Where a case stands for whoever looks at it: one in hand that nobody has (any more) is open.
CREATE VIEW case_standing_clock AS SELECT p.id, p.assignee_id, p.status AS kept, CASE WHEN p.status = 'in_progress'
    AND NOT EXISTS (SELECT 1 FROM case_held_clock h WHERE h.id = p.id) THEN 'open' ELSE p.status END AS status
    FROM complaint p;
-- Unresolved cases of customers who are in another team by now: the rows themselves, to be moved there.
CREATE VIEW complaint_astray AS SELECT p.*, k.key FROM complaint p JOIN seal_key k ON k.id = p.key_id
    WHERE p.status IN ('open', 'in_progress', 'waiting', 'reopened') AND p.deleted_at IS NULL
    AND p.team_id IS NOT (SELECT c.team_id FROM customer c WHERE c.id = p.customer_id);
-- Whose writer came through a link, is still here, and has not shown that they are the customer.
CREATE VIEW complaint_doubtful_clock AS SELECT p.id FROM complaint p JOIN guest g ON g.id = p.guest_id
    WHERE g.proven_at IS NULL AND g.deleted_at IS NULL;
CREATE VIEW feedback_doubtful_clock AS SELECT f.id FROM feedback f JOIN guest g ON g.id = f.guest_id
    WHERE g.proven_at IS NULL AND g.deleted_at IS NULL;
CREATE VIEW case_told_clock AS SELECT d.id, p.customer_id, s.status, p.deleted_at, d.status AS told, d.promise
    FROM case_told d JOIN complaint p ON p.id = d.id JOIN case_standing_clock s ON s.id = d.id WHERE d.due;

CREATE VIEW case_message_own AS SELECT m.*, k.key FROM case_message m JOIN seal_key k ON k.id = m.key_id
    WHERE EXISTS (SELECT 1 FROM customer c WHERE c.id = m.customer_id AND c.owner_id = actor());
CREATE VIEW case_message_team AS SELECT m.*, k.key FROM case_message m JOIN seal_key k ON k.id = m.key_id
    WHERE EXISTS (SELECT 1 FROM complaint p JOIN reach r ON r.team_id = p.team_id
                  WHERE p.id = m.complaint_id AND r.staff_id = actor());
CREATE VIEW case_message_all AS SELECT m.*, k.key FROM case_message m JOIN seal_key k ON k.id = m.key_id
    WHERE EXISTS (SELECT 1 FROM staff s WHERE s.id = actor() AND s.role = 'owner' AND s.active);
CREATE VIEW case_message_guest AS SELECT m.*, k.key FROM case_message m JOIN seal_key k ON k.id = m.key_id
    WHERE m.customer_id = guest() AND m.kind <> 'note';
CREATE VIEW case_message_visit AS SELECT m.*, k.key FROM case_message m JOIN seal_key k ON k.id = m.key_id
    WHERE m.guest_id = visitor()
    OR m.kind = 'staff' AND EXISTS (SELECT 1 FROM complaint p WHERE p.id = m.complaint_id AND p.guest_id = visitor());

CREATE VIEW feedback_own AS SELECT f.*, k.key FROM feedback f JOIN seal_key k ON k.id = f.key_id
    WHERE EXISTS (SELECT 1 FROM customer c WHERE c.id = f.customer_id AND c.owner_id = actor());
CREATE VIEW feedback_team AS SELECT f.*, k.key FROM feedback f JOIN seal_key k ON k.id = f.key_id
    WHERE EXISTS (SELECT 1 FROM reach r WHERE r.staff_id = actor() AND r.team_id = f.team_id);
CREATE VIEW feedback_all AS SELECT f.*, k.key FROM feedback f JOIN seal_key k ON k.id = f.key_id
    WHERE EXISTS (SELECT 1 FROM staff s WHERE s.id = actor() AND s.role = 'owner' AND s.active);
CREATE VIEW feedback_guest AS SELECT f.*, k.key FROM feedback f JOIN seal_key k ON k.id = f.key_id
    WHERE f.customer_id = guest();
CREATE VIEW feedback_visit AS SELECT f.*, k.key FROM feedback f JOIN seal_key k ON k.id = f.key_id
    WHERE f.guest_id = visitor();
CREATE VIEW feedback_clock AS SELECT f.id, f.customer_id, f.campaign_id, f.score, f.scale, f.team_id, c.owner_id
    FROM feedback f LEFT JOIN customer c ON c.id = f.customer_id;

-- Feedback of somebody whom we don't know, for whoever has just given it: their words follow their score.
CREATE VIEW feedback_unnamed AS SELECT f.*, k.key FROM feedback f JOIN seal_key k ON k.id = f.key_id
    WHERE f.customer_id IS NULL AND f.deleted_at IS NULL;
-- What a campaign brought is read by whoever sees a feedback of it, or has its team; who runs it is another matter.
CREATE VIEW campaign_team AS SELECT g.* FROM campaign g
    WHERE EXISTS (SELECT 1 FROM reach r WHERE r.staff_id = actor() AND r.team_id = g.team_id);
CREATE VIEW campaign_all AS SELECT g.* FROM campaign g
    WHERE EXISTS (SELECT 1 FROM staff s WHERE s.id = actor() AND s.role = 'owner' AND s.active);
CREATE VIEW campaign_heard_own AS SELECT g.* FROM campaign g
    WHERE EXISTS (SELECT 1 FROM feedback_own f WHERE f.campaign_id = g.id AND f.deleted_at IS NULL);
CREATE VIEW campaign_heard_team AS SELECT g.* FROM campaign g
    WHERE EXISTS (SELECT 1 FROM reach r WHERE r.staff_id = actor() AND r.team_id = g.team_id)
       OR EXISTS (SELECT 1 FROM feedback_team f WHERE f.campaign_id = g.id AND f.deleted_at IS NULL);
CREATE VIEW campaign_heard_all AS SELECT g.* FROM campaign_all g;
-- A link for anybody is changed by whoever runs what it leads to.
CREATE VIEW public_link_team AS SELECT l.* FROM public_link l
    WHERE CASE l.record WHEN 'campaign' THEN EXISTS (SELECT 1 FROM campaign_team g WHERE g.id = l.record_id)
                        WHEN 'questionnaire' THEN EXISTS (SELECT 1 FROM questionnaire_team q WHERE q.id = l.record_id) END;
CREATE VIEW public_link_all AS SELECT l.* FROM public_link l
    WHERE EXISTS (SELECT 1 FROM staff s WHERE s.id = actor() AND s.role = 'owner' AND s.active);

CREATE VIEW link_own AS SELECT l.*, k.key FROM link l JOIN seal_key k ON k.id = l.key_id
    WHERE EXISTS (SELECT 1 FROM customer c WHERE c.id = l.customer_id AND c.owner_id = actor());
CREATE VIEW link_team AS SELECT l.*, k.key FROM link l JOIN seal_key k ON k.id = l.key_id
    WHERE EXISTS (SELECT 1 FROM customer c JOIN reach r ON r.team_id = c.team_id
                  WHERE c.id = l.customer_id AND r.staff_id = actor());
CREATE VIEW link_all AS SELECT l.*, k.key FROM link l JOIN seal_key k ON k.id = l.key_id
    WHERE EXISTS (SELECT 1 FROM staff s WHERE s.id = actor() AND s.role = 'owner' AND s.active);

-- What hangs on a record as a photo, a recording or a file is seen by whoever sees the record (store/attachments.py).
CREATE VIEW attachment_own AS SELECT a.*, k.key FROM attachment a JOIN seal_key k ON k.id = a.key_id
    WHERE EXISTS (SELECT 1 FROM customer c WHERE c.id = a.customer_id AND c.owner_id = actor());
-- A picture can't be masked, and may well show an address: support sees what hangs on a case while it is unresolved.
CREATE VIEW complaint_shown_team AS SELECT p.id FROM complaint_team p
    WHERE NOT EXISTS (SELECT 1 FROM staff s WHERE s.id = actor() AND s.role = 'support')
    OR (SELECT c.status FROM complaint c WHERE c.id = coalesce(p.merged_into, p.id))
        IN ('open', 'in_progress', 'waiting', 'reopened');
CREATE VIEW attachment_team AS SELECT a.*, k.key FROM attachment a JOIN seal_key k ON k.id = a.key_id
    WHERE CASE a.record WHEN 'interaction' THEN EXISTS (SELECT 1 FROM interaction_team r WHERE r.id = a.record_id)
                        WHEN 'complaint' THEN EXISTS (SELECT 1 FROM complaint_shown_team r WHERE r.id = a.record_id)
                        WHEN 'case_message' THEN EXISTS (SELECT 1 FROM case_message_team r JOIN complaint_shown_team p
                                                         ON p.id = r.complaint_id WHERE r.id = a.record_id)
                        WHEN 'feedback' THEN EXISTS (SELECT 1 FROM feedback_team r WHERE r.id = a.record_id
                             AND (r.complaint_id IS NULL OR r.complaint_id IN (SELECT id FROM complaint_shown_team)))
                        WHEN 'response' THEN EXISTS (SELECT 1 FROM response_team r WHERE r.id = a.record_id) END;
CREATE VIEW attachment_all AS SELECT a.*, k.key FROM attachment a JOIN seal_key k ON k.id = a.key_id
    WHERE EXISTS (SELECT 1 FROM staff s WHERE s.id = actor() AND s.role = 'owner' AND s.active);
CREATE VIEW attachment_case AS SELECT a.*, k.key FROM attachment a JOIN seal_key k ON k.id = a.key_id
    WHERE a.record = 'interaction' AND EXISTS (SELECT 1 FROM interaction_case r WHERE r.id = a.record_id);
CREATE VIEW attachment_guest AS SELECT a.*, k.key FROM attachment a JOIN seal_key k ON k.id = a.key_id
    WHERE CASE a.record WHEN 'complaint' THEN EXISTS (SELECT 1 FROM complaint_guest r WHERE r.id = a.record_id)
                        WHEN 'case_message' THEN EXISTS (SELECT 1 FROM case_message_guest r WHERE r.id = a.record_id)
                        WHEN 'feedback' THEN EXISTS (SELECT 1 FROM feedback_guest r WHERE r.id = a.record_id)
                        WHEN 'response' THEN EXISTS (SELECT 1 FROM response_guest r WHERE r.id = a.record_id) END;
CREATE VIEW attachment_visit AS SELECT a.*, k.key FROM attachment a JOIN seal_key k ON k.id = a.key_id
    WHERE CASE a.record WHEN 'complaint' THEN EXISTS (SELECT 1 FROM complaint_visit r WHERE r.id = a.record_id)
                        WHEN 'case_message' THEN EXISTS (SELECT 1 FROM case_message_visit r WHERE r.id = a.record_id)
                        WHEN 'feedback' THEN EXISTS (SELECT 1 FROM feedback_visit r WHERE r.id = a.record_id)
                        WHEN 'response' THEN EXISTS (SELECT 1 FROM response_visit r WHERE r.id = a.record_id) END;
-- The photos of what is being answered: one that is sent anew takes the place of the one before.
CREATE VIEW attachment_answer AS SELECT a.*, k.key FROM attachment a JOIN seal_key k ON k.id = a.key_id
    WHERE a.record = 'response' AND a.deleted_at IS NULL
    AND EXISTS (SELECT 1 FROM response r WHERE r.id = a.record_id AND r.finished_at IS NULL);
-- Noise without the key, which only the views above give.
CREATE VIEW attachment_bytes AS SELECT id, attachment_id, place, sealed FROM attachment_part;
-- What the process that fetches files needs: what to fetch, under which key to keep it, whom to tell when it is lost.
CREATE VIEW attachment_due AS SELECT a.id, a.key_id, a.customer_id, a.author_id, a.attempts, a.wake_at, a.handle, k.key
    FROM attachment a JOIN seal_key k ON k.id = a.key_id WHERE a.wake_at IS NOT NULL AND a.deleted_at IS NULL;
-- Which record something hangs on: no word of anybody.
CREATE VIEW attachment_clock AS SELECT id, record, record_id, customer_id, author_id, size, created_at, deleted_at
    FROM attachment;

-- Who asks for a colleague's customer: their own request, to take it back; to answer it, whoever may change that customer.
CREATE VIEW request_own AS SELECT r.* FROM request r
    WHERE r.asker_id = actor() OR EXISTS (SELECT 1 FROM customer_own c WHERE c.id = r.wanted_id);
CREATE VIEW request_team AS SELECT r.* FROM request r
    WHERE r.asker_id = actor() OR EXISTS (SELECT 1 FROM customer_team c WHERE c.id = r.wanted_id);
CREATE VIEW request_all AS SELECT r.* FROM request r
    WHERE EXISTS (SELECT 1 FROM staff s WHERE s.id = actor() AND s.role = 'owner' AND s.active);
-- Who has a customer: no word of anybody.
CREATE VIEW customer_clock AS SELECT c.id, c.owner_id, c.team_id FROM customer c WHERE c.deleted_at IS NULL;

-- What a customer asks about their own data: an erasure is answered by an owner, all else by whoever may change them.
CREATE VIEW data_request_own AS SELECT d.*, k.key FROM data_request d JOIN seal_key k ON k.id = d.key_id
    WHERE d.kind <> 'erase' AND EXISTS (SELECT 1 FROM customer c WHERE c.id = d.customer_id AND c.owner_id = actor());
CREATE VIEW data_request_team AS SELECT d.*, k.key FROM data_request d JOIN seal_key k ON k.id = d.key_id
    WHERE d.kind <> 'erase' AND EXISTS (SELECT 1 FROM customer c JOIN reach r ON r.team_id = c.team_id
                                        WHERE c.id = d.customer_id AND r.staff_id = actor());
CREATE VIEW data_request_all AS SELECT d.*, k.key FROM data_request d JOIN seal_key k ON k.id = d.key_id
    WHERE EXISTS (SELECT 1 FROM staff s WHERE s.id = actor() AND s.role = 'owner' AND s.active);
CREATE VIEW data_request_guest AS SELECT d.*, k.key FROM data_request d JOIN seal_key k ON k.id = d.key_id
    WHERE d.customer_id = guest();
CREATE VIEW data_request_visit AS SELECT d.*, k.key FROM data_request d JOIN seal_key k ON k.id = d.key_id
    WHERE d.guest_id = visitor();
-- What waits for an answer, or to be erased as was granted, by when, and who has the customer: no word of anybody.
CREATE VIEW data_request_clock AS SELECT d.id, d.version, d.customer_id, d.guest_id, d.kind, d.field, d.state, d.due_at, c.owner_id,
    c.team_id FROM data_request d JOIN customer c ON c.id = d.customer_id
    WHERE (d.state = 'open' OR d.kind = 'erase' AND d.state = 'granted') AND d.deleted_at IS NULL
        AND EXISTS (SELECT 1 FROM seal_key k WHERE k.id = d.key_id);

-- Two customers who are not the same, said by a member: taken back as long as the first of them is theirs to change.
CREATE VIEW apart_own AS SELECT a.* FROM apart a
    WHERE EXISTS (SELECT 1 FROM customer_own c WHERE c.id IN (a.one_id, a.other_id));
CREATE VIEW apart_team AS SELECT a.* FROM apart a
    WHERE EXISTS (SELECT 1 FROM customer_team c WHERE c.id IN (a.one_id, a.other_id));
CREATE VIEW apart_all AS SELECT a.* FROM apart a
    WHERE EXISTS (SELECT 1 FROM staff s WHERE s.id = actor() AND s.role = 'owner' AND s.active);

-- History: the entries of a customer follow the customer; a member sees the changes that they made themselves.
CREATE VIEW entry_own AS SELECT e.*, k.key FROM entry e JOIN seal_key k ON k.id = e.key_id
    WHERE EXISTS (SELECT 1 FROM customer c WHERE c.id = e.customer_id AND c.owner_id = actor());
CREATE VIEW entry_team AS SELECT e.*, k.key FROM entry e JOIN seal_key k ON k.id = e.key_id
    WHERE EXISTS (SELECT 1 FROM customer c JOIN reach r ON r.team_id = c.team_id
                  WHERE c.id = e.customer_id AND r.staff_id = actor());
CREATE VIEW entry_all AS SELECT e.*, k.key FROM entry e JOIN seal_key k ON k.id = e.key_id
    WHERE EXISTS (SELECT 1 FROM staff s WHERE s.id = actor() AND s.role = 'owner' AND s.active);
CREATE VIEW entry_mine AS SELECT e.*, k.key FROM entry e JOIN change g ON g.id = e.change_id
    LEFT JOIN seal_key k ON k.id = e.key_id
    WHERE g.actor_id = actor();
-- The chain over the stored bytes: nothing in it can be read without a key.
CREATE VIEW entry_chain AS SELECT id, change_id, record, record_id, version, customer_id, key_id, before, after, hash
    FROM entry;

-- Members and teams: a manager those of the teams reached (never an owner), an owner all.
CREATE VIEW staff_team AS SELECT s.* FROM staff s
    WHERE s.role <> 'owner' AND EXISTS (SELECT 1 FROM reach r WHERE r.staff_id = actor() AND r.team_id = s.team_id);
CREATE VIEW staff_all AS SELECT s.* FROM staff s
    WHERE EXISTS (SELECT 1 FROM staff o WHERE o.id = actor() AND o.role = 'owner' AND o.active);
CREATE VIEW invite_team AS SELECT i.* FROM invite i
    WHERE EXISTS (SELECT 1 FROM reach r WHERE r.staff_id = actor() AND r.team_id = i.team_id);
CREATE VIEW invite_all AS SELECT i.* FROM invite i
    WHERE EXISTS (SELECT 1 FROM staff o WHERE o.id = actor() AND o.role = 'owner' AND o.active);
-- The door of the staff's side: a code that still lets somebody in, looked up by hash only. Whoever gave it out must still
-- be allowed to.
CREATE VIEW invite_door AS SELECT i.* FROM invite i
    WHERE i.used_at IS NULL AND i.deleted_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM team t WHERE t.id = i.team_id AND t.deleted_at IS NOT NULL)
    AND (i.invited_by IS NULL OR EXISTS (SELECT 1 FROM staff s WHERE s.id = i.invited_by AND s.active
         AND (s.role = 'owner' OR s.role = 'manager' AND i.role IN ('salesperson', 'support') AND EXISTS
              (SELECT 1 FROM reach r WHERE r.staff_id = s.id AND r.team_id = i.team_id))));
-- Which teams hold customers: no word of any of them.
CREATE VIEW team_kept AS SELECT DISTINCT team_id FROM customer WHERE team_id IS NOT NULL;
CREATE VIEW team_team AS SELECT t.* FROM team t
    WHERE EXISTS (SELECT 1 FROM reach r WHERE r.staff_id = actor() AND r.team_id = t.id);
CREATE VIEW team_all AS SELECT t.* FROM team t
    WHERE EXISTS (SELECT 1 FROM staff o WHERE o.id = actor() AND o.role = 'owner' AND o.active);

-- The company's settings, for who may change them.
CREATE VIEW setting_all AS SELECT s.* FROM setting s
    WHERE EXISTS (SELECT 1 FROM staff o WHERE o.id = actor() AND o.role = 'owner' AND o.active);

-- What the store itself reads in the act of writing: the row that was just written, to index it; whether a contact is known.
CREATE VIEW customer_index AS SELECT c.*, k.key FROM customer c JOIN seal_key k ON k.id = c.key_id;
CREATE VIEW contact_taken AS SELECT digest, customer_id FROM contact;
CREATE TRIGGER contact_given_up INSTEAD OF DELETE ON contact_taken BEGIN
    DELETE FROM contact WHERE digest = OLD.digest AND customer_id = OLD.customer_id;
END;

-- Who came through a customer's link, for who hands it out: to end that they are known as the customer, or that they are here.
CREATE VIEW guest_own AS SELECT g.*, k.key FROM guest g JOIN seal_key k ON k.id = g.key_id
    WHERE EXISTS (SELECT 1 FROM customer c WHERE c.id = g.customer_id AND c.owner_id = actor());
CREATE VIEW guest_team AS SELECT g.*, k.key FROM guest g JOIN seal_key k ON k.id = g.key_id
    WHERE EXISTS (SELECT 1 FROM customer c JOIN reach r ON r.team_id = c.team_id
                  WHERE c.id = g.customer_id AND r.staff_id = actor());
CREATE VIEW guest_all AS SELECT g.*, k.key FROM guest g JOIN seal_key k ON k.id = g.key_id
    WHERE EXISTS (SELECT 1 FROM staff s WHERE s.id = actor() AND s.role = 'owner' AND s.active);
-- The doors of the customer's side: what a token leads to, and who a known chat belongs to. Looked up by hash only.
CREATE VIEW link_door AS SELECT l.*, k.key
    FROM link l JOIN seal_key k ON k.id = l.key_id JOIN customer c ON c.id = l.customer_id
    WHERE l.deleted_at IS NULL AND c.deleted_at IS NULL;
CREATE VIEW guest_door AS SELECT g.*, k.key FROM guest g JOIN seal_key k ON k.id = g.key_id
    WHERE g.deleted_at IS NULL;
-- What is left of who is here no longer, to be forgotten: by the same hash only.
CREATE VIEW guest_gone AS SELECT g.*, k.key FROM guest g JOIN seal_key k ON k.id = g.key_id
    WHERE g.deleted_at IS NOT NULL;
CREATE VIEW link_claimed AS SELECT l.*, k.key FROM link l JOIN seal_key k ON k.id = l.key_id
    WHERE l.claimed_by IS NOT NULL;
-- Who can be asked something without having come: who agreed and can be reached. Times, and no word of anybody.
CREATE VIEW survey_clock AS SELECT g.customer_id, g.id AS guest_id, s.asked_at, s.declined_at
    FROM guest g LEFT JOIN survey s ON s.customer_id = g.customer_id
    WHERE g.deleted_at IS NULL AND g.unreachable_at IS NULL AND g.quiet_at IS NULL;
-- What counts as contact: not a note, nor an attempt that reached nobody.
CREATE VIEW contact_clock AS SELECT id, customer_id, at FROM interaction
    WHERE deleted_at IS NULL AND kind <> 'note' AND coalesce(outcome, '') NOT IN ('no_answer', 'absent', 'wrong', 'postponed');
CREATE VIEW contact_clock_of AS SELECT id, customer_id FROM interaction;

-- Search (store/search.py) --------------------------------------------------------------------------------------------
-- The same scopes over what customers are found by. `customer_find` repeats owner and team, kept equal by a trigger, so that a
-- hundred candidates cost a hundred lookups and not two. The masked ones have no hidden words: what can't be seen can't be
-- searched. A result leaves the store only through `customer_<scope>`.
CREATE VIEW customer_find_own AS SELECT f.id, f.recent_at, f.shown, f.hidden, f.by_name FROM customer_find f
    WHERE f.owner_id = actor();
CREATE VIEW customer_find_team AS SELECT f.id, f.recent_at, f.shown, f.hidden, f.by_name FROM customer_find f
    WHERE EXISTS (SELECT 1 FROM reach r WHERE r.staff_id = actor() AND r.team_id = f.team_id);
CREATE VIEW customer_find_all AS SELECT f.id, f.recent_at, f.shown, f.hidden, f.by_name FROM customer_find f
    WHERE EXISTS (SELECT 1 FROM staff s WHERE s.id = actor() AND s.role = 'owner' AND s.active);
CREATE VIEW customer_find_case AS SELECT f.id, f.recent_at, f.shown, f.hidden, f.by_name FROM customer_find f
    WHERE f.id IN (SELECT p.customer_id FROM complaint p WHERE p.assignee_id = actor()
                  AND p.team_id IN (SELECT team_id FROM reach WHERE staff_id = actor())
                   AND p.deleted_at IS NULL AND p.status IN ('open', 'in_progress', 'waiting', 'reopened'));
CREATE VIEW customer_find_pool AS SELECT f.id, f.recent_at, f.shown, '' AS hidden, f.by_name FROM customer_find f
    WHERE f.owner_id IS NULL AND EXISTS (SELECT 1 FROM reach r WHERE r.staff_id = actor() AND r.team_id = f.team_id);
CREATE VIEW customer_find_masked_team AS SELECT f.id, f.recent_at, f.shown, '' AS hidden, f.by_name FROM customer_find f
    WHERE EXISTS (SELECT 1 FROM reach r WHERE r.staff_id = actor() AND r.team_id = f.team_id);
CREATE VIEW customer_find_index AS SELECT id, reach, shown, hidden FROM customer_find;
-- Whose tokens don't follow yet, by number: all who are newer than the newest in the full-text index, which get theirs in this order;
-- of the others, those whose words' don't (reach is empty), or the owner's and team's.
CREATE VIEW customer_token_last AS SELECT coalesce(max(id), 0) AS id FROM customer_token_docsize;
CREATE VIEW customer_newer AS SELECT c.*, k.key FROM customer c JOIN seal_key k ON k.id = c.key_id
    WHERE c.id > (SELECT id FROM customer_token_last) AND c.deleted_at IS NULL;
CREATE VIEW customer_find_pending AS SELECT id, reach FROM customer_find
    WHERE reach <> coalesce('o:' || owner_id, 'p:' || coalesce(team_id, 0)) || ' g:' || coalesce(team_id, 0)
    AND +id <= (SELECT id FROM customer_token_last);
-- Whose words a search must look at, as no token leads to them.
CREATE VIEW customer_find_fresh AS SELECT id FROM customer_find WHERE id > (SELECT id FROM customer_token_last)
    UNION ALL SELECT id FROM customer_find_pending WHERE reach = '';

-- Classification ------------------------------------------------------------------------------------------------------
-- Which customers carry a tag, or have a value in a field of the company's: numbers that tell nothing by themselves. A question
-- joins them with `customer_<scope>`.
CREATE VIEW customer_tagged AS SELECT tag_id, customer_id FROM customer_tag;
CREATE VIEW customer_valued AS SELECT field_id, customer_id, value FROM customer_value;
-- The company's own fields and lists are read by everybody; what is changed about them goes through these.
CREATE VIEW field_all AS SELECT f.* FROM field f
    WHERE EXISTS (SELECT 1 FROM staff s WHERE s.id = actor() AND s.role = 'owner' AND s.active);
CREATE VIEW option_all AS SELECT o.* FROM option o
    WHERE EXISTS (SELECT 1 FROM staff s WHERE s.id = actor() AND s.role = 'owner' AND s.active);

-- Questionnaires ------------------------------------------------------------------------------------------------------
-- Who composes and sends one; and whose answers of it are read by whom: what the whole company asks, a manager reads as far as
-- their own team answered. Only a draft's questions can be changed, also by an undo.
CREATE VIEW questionnaire_team AS SELECT q.* FROM questionnaire q
    WHERE EXISTS (SELECT 1 FROM reach r WHERE r.staff_id = actor() AND r.team_id = q.team_id);
CREATE VIEW questionnaire_all AS SELECT q.* FROM questionnaire q
    WHERE EXISTS (SELECT 1 FROM staff s WHERE s.id = actor() AND s.role = 'owner' AND s.active);
CREATE VIEW questionnaire_read_team AS SELECT q.* FROM questionnaire q
    WHERE q.team_id IS NULL AND q.state <> 'draft'
    OR EXISTS (SELECT 1 FROM reach r WHERE r.staff_id = actor() AND r.team_id = q.team_id);
CREATE VIEW questionnaire_read_all AS SELECT q.* FROM questionnaire_all q;
CREATE VIEW question_team AS SELECT t.* FROM question t
    WHERE EXISTS (SELECT 1 FROM questionnaire_team q WHERE q.id = t.questionnaire_id AND q.state = 'draft');
CREATE VIEW question_all AS SELECT t.* FROM question t
    WHERE EXISTS (SELECT 1 FROM questionnaire_all q WHERE q.id = t.questionnaire_id AND q.state = 'draft');
CREATE VIEW response_team AS SELECT r.*, k.key FROM response r JOIN seal_key k ON k.id = r.key_id
    WHERE EXISTS (SELECT 1 FROM reach h WHERE h.staff_id = actor() AND h.team_id = r.team_id);
CREATE VIEW response_all AS SELECT r.*, k.key FROM response r JOIN seal_key k ON k.id = r.key_id
    WHERE EXISTS (SELECT 1 FROM staff s WHERE s.id = actor() AND s.role = 'owner' AND s.active);
CREATE VIEW response_guest AS SELECT r.*, k.key FROM response r JOIN seal_key k ON k.id = r.key_id
    WHERE r.customer_id = guest();
CREATE VIEW response_visit AS SELECT r.*, k.key FROM response r JOIN seal_key k ON k.id = r.key_id
    WHERE r.guest_id = visitor();
-- Whose answers there are; `known`: given by who is known to be the customer.
CREATE VIEW response_clock AS SELECT r.id, r.questionnaire_id, r.customer_id, (r.guest_id IS NULL
    OR EXISTS (SELECT 1 FROM guest g WHERE g.id = r.guest_id AND g.proven_at IS NOT NULL)) AS known FROM response r;
-- An answer that is being given, for whoever holds its handle. Looked up by hash only.
CREATE VIEW response_door AS SELECT r.*, k.key FROM response r JOIN seal_key k ON k.id = r.key_id
    WHERE r.finished_at IS NULL AND r.deleted_at IS NULL;
