-- Answers that nobody has settled yet. While one is open, nothing automatic goes to the person who wrote it, whichever
-- sequence, workflow or copilot of the team it comes from.

alter table teams
  add column holds_answers    boolean not null default true,
  add column answer_hold_days int not null default 7 check (answer_hold_days between 1 and 90);

create table answer_holds (
  team_id           ident not null references teams (id),
  id                ident not null,
  incoming_mail_id  ident not null,
  contact_id        ident, -- null: the contact was deleted, and the address stays held by its digest
  reason            text not null check (reason in ('answered', 'maybe_answered', 'maybe_opted_out', 'maybe_bounced', 'automatic', 'unclear')),
  since             timestamptz not null,
  until_at          timestamptz, -- null: until somebody settles it
  settled_at        timestamptz,
  settled_by        ident,
  settled_as        text, -- what the answer was said to be; 'time' where its time passed
  primary key (team_id, id),
  foreign key (team_id, incoming_mail_id) references incoming_mails (team_id, id) on delete cascade,
  foreign key (team_id, contact_id) references contacts (team_id, id) on delete set null (contact_id),
  foreign key (team_id, settled_by) references users (team_id, id)
);
create index answer_holds_mail on answer_holds (team_id, incoming_mail_id);
create index answer_holds_contact on answer_holds (team_id, contact_id) where contact_id is not null;
create index answer_holds_due on answer_holds (team_id, until_at) where settled_at is null and until_at is not null;
call guard_table('answer_holds');

-- Whom a hold is about: the contact's id, and a digest of each address they are known by. A digest, because it outlives
-- the contact: whoever is deleted and imported again is held as before.
create table answer_hold_keys (
  team_id  ident not null,
  hold_id  ident not null,
  key      text not null,
  primary key (team_id, key, hold_id),
  foreign key (team_id, hold_id) references answer_holds (team_id, id) on delete cascade
);
create index answer_hold_keys_hold on answer_hold_keys (team_id, hold_id);
call guard_table('answer_hold_keys');

-- The same as addressKey in features/answer-holds/keys.ts.
create function address_key(team text, address text) returns text
  language sql immutable parallel safe
  return encode(sha256(convert_to(team || ' ' || lower(address), 'UTF8')), 'hex');

-- When a person asked for this one mail to go: what they ask for after an answer goes in spite of it.
alter table messages add column by_hand_at timestamptz;

create function teams_with_holds_over(at timestamptz) returns table (team_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select distinct h.team_id::text from answer_holds h where h.settled_at is null and h.until_at <= at;
  end;
grant create on schema public to cadenza_across;
alter function teams_with_holds_over owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function teams_with_holds_over from public;
grant execute on function teams_with_holds_over to cadenza_app;

-- For whoever checks from outside. A hold whose time has passed ends then, whether or not anything has noted it since.
grant usage, create on schema audit to cadenza_across;
create view audit.answer_holds as
  select h.id::text as hold_id, h.team_id::text, k.key, h.reason, h.since as held_from,
         least(h.settled_at, h.until_at) as held_to
    from public.answer_holds h
    join public.answer_hold_keys k on k.team_id = h.team_id and k.hold_id = h.id;
create view audit.by_hand as
  select m.id::text as send_id, m.by_hand_at from public.messages m where m.by_hand_at is not null;
alter view audit.answer_holds owner to cadenza_across;
alter view audit.by_hand owner to cadenza_across;
grant select on audit.answer_holds, audit.by_hand to cadenza_audit;
revoke create on schema audit from cadenza_across;
