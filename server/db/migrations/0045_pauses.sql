-- Whoever asked not to be written to for a while: nothing of the team reaches them before that moment.
alter table contacts add column paused_until timestamptz;
create index contacts_paused on contacts (team_id, lower(email)) where paused_until is not null;

alter table message_events drop constraint message_events_type_check;
alter table message_events add constraint message_events_type_check
  check (type in ('open', 'click', 'reply', 'bounce', 'unsubscribe', 'pause', 'referral'));
