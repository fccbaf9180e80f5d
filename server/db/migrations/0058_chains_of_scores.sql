-- Scores are reckoned anew in the background. What comes of that was led to by whatever changed the contact, so each mark keeps
-- the workflows that its transaction was for.
alter table score_marks add column chain text[]
  default string_to_array(nullif(current_setting('cadenza.chain', true), ''), ',');
