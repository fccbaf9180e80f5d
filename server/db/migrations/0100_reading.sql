-- What the reading of a mail decided: whether it acts, asks or leaves the sequence alone, and how likely the reading is.

alter table incoming_mails drop constraint incoming_mails_certainty_check;
alter table incoming_mails
  add constraint incoming_mails_certainty_check check (certainty in ('sure', 'probable', 'unsure')),
  add column action      text check (action in ('act', 'ask', 'leave')), -- null: read before this was kept
  add column probability real check (probability between 0 and 1);
