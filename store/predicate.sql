-- THE predicate: which rows an actor may see. One view for each table and scope; store/access.py says which scopes a role
-- has for an action, and nothing else reads these tables but the views of unscoped.sql. Who acts is known to three functions:
--
--   actor()    the member for whom the transaction runs
--   guest()    the customer whose known guest it runs for
--   visitor()  the guest it runs for who has not shown yet that they are the customer
--
-- Each is 0 where there is none, and no row belongs to 0. The scopes:
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
-- Each view is a single SELECT, so that SQLite flattens it into the query that uses it; the same rule with OR or UNION over
-- the scopes took 320 ms a page instead of 0.03. That is also why the condition for an owner is repeated: through a view of its
-- own it becomes a subquery and the plans change. The join with seal_key hides what has been erased: no key, no row.
--
-- Views hold no data: store/migrate.py makes them anew whenever this text, or that of unscoped.sql, has changed.

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
-- What is offered to the teams that a member reaches, for whoever takes it; the message that offers it shows none of its words.
CREATE VIEW followup_offered AS SELECT f.*, k.key FROM followup f JOIN seal_key k ON k.id = f.key_id
    WHERE f.offered AND f.state = 'missed' AND f.deleted_at IS NULL
    AND EXISTS (SELECT 1 FROM customer c JOIN reach r ON r.team_id = c.team_id
                WHERE c.id = f.customer_id AND r.staff_id = actor() AND c.deleted_at IS NULL);

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
-- A visitor may rate a purchase, but reads no word of it.
CREATE VIEW deal_visit AS SELECT d.id, d.deleted_at FROM deal d WHERE d.state = 'won'
    AND d.customer_id = (SELECT g.customer_id FROM guest g WHERE g.id = visitor() AND g.deleted_at IS NULL);

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
-- All that a visitor learns of a case that they did not write: that it exists, and its status.
CREATE VIEW complaint_outline AS SELECT p.id, s.status, p.opened_at FROM complaint p
    JOIN case_standing_clock s ON s.id = p.id WHERE p.deleted_at IS NULL
    AND p.customer_id = (SELECT g.customer_id FROM guest g WHERE g.id = visitor() AND g.deleted_at IS NULL);
-- The history of a case, for those who see the case.
CREATE VIEW case_entry_own AS SELECT e.*, k.key FROM entry e JOIN seal_key k ON k.id = e.key_id
    WHERE e.record = 'complaint' AND EXISTS
    (SELECT 1 FROM customer c WHERE c.id = e.customer_id AND c.owner_id = actor());
CREATE VIEW case_entry_team AS SELECT e.*, k.key FROM entry e JOIN seal_key k ON k.id = e.key_id
    WHERE e.record = 'complaint' AND EXISTS (SELECT 1 FROM complaint p JOIN reach r ON r.team_id = p.team_id
                  WHERE p.id = e.record_id AND r.staff_id = actor());
CREATE VIEW case_entry_all AS SELECT e.*, k.key FROM entry e JOIN seal_key k ON k.id = e.key_id
    WHERE e.record = 'complaint' AND EXISTS
    (SELECT 1 FROM staff s WHERE s.id = actor() AND s.role = 'owner' AND s.active);
-- The labels that cases are sorted by, for those who may change them: causes for everybody who handles cases, all for an owner.
CREATE VIEW case_label_team AS SELECT l.* FROM case_label l WHERE l.kind = 'cause'
    AND EXISTS (SELECT 1 FROM staff s WHERE s.id = actor() AND s.role IN ('manager', 'support') AND s.active);
CREATE VIEW case_label_all AS SELECT l.* FROM case_label l
    WHERE EXISTS (SELECT 1 FROM staff s WHERE s.id = actor() AND s.role = 'owner' AND s.active);
-- Units sold of each product, for those who may enter them; every report reads them.
CREATE VIEW product_units_team AS SELECT u.* FROM product_units u
    WHERE EXISTS (SELECT 1 FROM staff s WHERE s.id = actor() AND s.role = 'manager' AND s.active);
CREATE VIEW product_units_all AS SELECT u.* FROM product_units u
    WHERE EXISTS (SELECT 1 FROM staff s WHERE s.id = actor() AND s.role = 'owner' AND s.active);

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
-- Campaigns for those who run them; and (`heard`) for those who may read what one brought: they see some feedback of it, or reach
-- its team.
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
-- A public link, for those who run the campaign or questionnaire that it leads to.
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

-- Photos, recordings and files: seen by whoever sees the record that they are attached to (store/attachments.py).
CREATE VIEW attachment_own AS SELECT a.*, k.key FROM attachment a JOIN seal_key k ON k.id = a.key_id
    WHERE EXISTS (SELECT 1 FROM customer c WHERE c.id = a.customer_id AND c.owner_id = actor());
-- A picture can't be masked and may show an address, so support sees the files of a case only while it is unresolved.
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
CREATE VIEW attachment_task AS SELECT a.*, k.key FROM attachment a JOIN seal_key k ON k.id = a.key_id
    WHERE a.record = 'interaction' AND EXISTS (SELECT 1 FROM interaction_task r WHERE r.id = a.record_id);
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

-- Requests for a colleague's customer: the asker's own, to take it back; and for those who may change that customer, to answer it.
CREATE VIEW request_own AS SELECT r.* FROM request r
    WHERE r.asker_id = actor() OR EXISTS (SELECT 1 FROM customer_own c WHERE c.id = r.wanted_id);
CREATE VIEW request_team AS SELECT r.* FROM request r
    WHERE r.asker_id = actor() OR EXISTS (SELECT 1 FROM customer_team c WHERE c.id = r.wanted_id);
CREATE VIEW request_all AS SELECT r.* FROM request r
    WHERE EXISTS (SELECT 1 FROM staff s WHERE s.id = actor() AND s.role = 'owner' AND s.active);

-- Customers' requests about their own data: only an owner answers an erasure, whoever may change the customer all others.
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

-- Pairs of customers that a member declared to be different people, for those who may change the first of them.
CREATE VIEW apart_own AS SELECT a.* FROM apart a
    WHERE EXISTS (SELECT 1 FROM customer_own c WHERE c.id IN (a.one_id, a.other_id));
CREATE VIEW apart_team AS SELECT a.* FROM apart a
    WHERE EXISTS (SELECT 1 FROM customer_team c WHERE c.id IN (a.one_id, a.other_id));
CREATE VIEW apart_all AS SELECT a.* FROM apart a
    WHERE EXISTS (SELECT 1 FROM staff s WHERE s.id = actor() AND s.role = 'owner' AND s.active);

-- History: a customer's entries, for those who see the customer; and (`mine`) a member's own changes, to undo them.
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

-- Members, invites and teams: a manager sees those of the teams reached (never an owner), an owner all.
CREATE VIEW staff_team AS SELECT s.* FROM staff s
    WHERE s.role <> 'owner' AND EXISTS (SELECT 1 FROM reach r WHERE r.staff_id = actor() AND r.team_id = s.team_id);
CREATE VIEW staff_all AS SELECT s.* FROM staff s
    WHERE EXISTS (SELECT 1 FROM staff o WHERE o.id = actor() AND o.role = 'owner' AND o.active);
CREATE VIEW invite_team AS SELECT i.* FROM invite i
    WHERE EXISTS (SELECT 1 FROM reach r WHERE r.staff_id = actor() AND r.team_id = i.team_id);
CREATE VIEW invite_all AS SELECT i.* FROM invite i
    WHERE EXISTS (SELECT 1 FROM staff o WHERE o.id = actor() AND o.role = 'owner' AND o.active);
CREATE VIEW team_team AS SELECT t.* FROM team t
    WHERE EXISTS (SELECT 1 FROM reach r WHERE r.staff_id = actor() AND r.team_id = t.id);
CREATE VIEW team_all AS SELECT t.* FROM team t
    WHERE EXISTS (SELECT 1 FROM staff o WHERE o.id = actor() AND o.role = 'owner' AND o.active);

-- The company's settings, for who may change them.
CREATE VIEW setting_all AS SELECT s.* FROM setting s
    WHERE EXISTS (SELECT 1 FROM staff o WHERE o.id = actor() AND o.role = 'owner' AND o.active);

-- Guests who came through a customer's link, for those who hand it out: to confirm that they are the customer, or to put them out.
CREATE VIEW guest_own AS SELECT g.*, k.key FROM guest g JOIN seal_key k ON k.id = g.key_id
    WHERE EXISTS (SELECT 1 FROM customer c WHERE c.id = g.customer_id AND c.owner_id = actor());
CREATE VIEW guest_team AS SELECT g.*, k.key FROM guest g JOIN seal_key k ON k.id = g.key_id
    WHERE EXISTS (SELECT 1 FROM customer c JOIN reach r ON r.team_id = c.team_id
                  WHERE c.id = g.customer_id AND r.staff_id = actor());
CREATE VIEW guest_all AS SELECT g.*, k.key FROM guest g JOIN seal_key k ON k.id = g.key_id
    WHERE EXISTS (SELECT 1 FROM staff s WHERE s.id = actor() AND s.role = 'owner' AND s.active);

-- Search (store/search.py) --------------------------------------------------------------------------------------------
-- The same scopes over the words by which customers are found. `customer_find` repeats owner and team, kept equal by a trigger, so
-- that a candidate costs one lookup instead of two. Masked views leave out the hidden words: contacts that can't be seen can't be
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
-- The company's own fields and lists: everybody reads the tables, only an owner changes them, through these.
CREATE VIEW field_all AS SELECT f.* FROM field f
    WHERE EXISTS (SELECT 1 FROM staff s WHERE s.id = actor() AND s.role = 'owner' AND s.active);
CREATE VIEW option_all AS SELECT o.* FROM option o
    WHERE EXISTS (SELECT 1 FROM staff s WHERE s.id = actor() AND s.role = 'owner' AND s.active);

-- Questionnaires ------------------------------------------------------------------------------------------------------
-- Questionnaires for those who compose and send them; and (`read`) for those who read the answers: of one that the whole company
-- sends, a manager reads what their own teams' customers answered. Only a draft's questions can be changed, even by an undo.
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
