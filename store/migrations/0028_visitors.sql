-- A visitor does not speak for the customer (docs/decisions/0008): whoever wants no surveys before they have shown who they are
-- ends them for their own chat, and their answers to a questionnaire stand beside the customer's.
ALTER TABLE guest ADD COLUMN quiet_at INTEGER;
DROP INDEX response_by_customer;
CREATE UNIQUE INDEX response_by_customer ON response (customer_id, questionnaire_id, coalesce(guest_id, 0))
    WHERE customer_id IS NOT NULL;
