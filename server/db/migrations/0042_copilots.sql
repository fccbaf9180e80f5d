-- Whom to write to next, proposed day by day: what a copilot looks for, and each it has proposed, once.

create table copilots (
  team_id      ident not null references teams (id),
  id           ident not null,
  user_id      ident not null, -- in whose name people join
  name         text not null,
  filters      jsonb not null default '{}', -- as contacts are searched for, in the wire's words
  example_ids  text[] not null default '{}', -- contacts: more like these
  sequence_id  ident not null,
  mailbox_ids  text[] not null,
  per_day      int not null check (per_day between 1 and 200),
  is_reviewed  boolean not null, -- a person approves before anybody joins
  hour         int not null check (hour between 0 and 23), -- by the team's clock
  is_active    boolean not null default false,
  propose_at   timestamptz, -- null while it is off
  proposed_on  date, -- by the team's calendar: once a day
  said         text, -- why the last day brought fewer than it might have
  created_at   timestamptz not null,
  updated_at   timestamptz not null,
  primary key (team_id, id),
  foreign key (team_id, user_id) references users (team_id, id),
  foreign key (team_id, sequence_id) references sequences (team_id, id)
);
create index copilots_due on copilots (team_id, propose_at) where is_active;
call guard_table('copilots');

create table copilot_proposals (
  team_id        ident not null,
  id             ident not null,
  copilot_id     ident not null,
  contact_id     ident not null,
  day            date not null,
  position       int not null,
  score          int not null, -- as it was
  rank           int not null, -- with all that was added
  reasons        jsonb not null,
  traits         jsonb not null, -- what is learnt from, as it was seen
  mailbox_id     ident, -- null: one of the copilot's, in turn
  state          text not null default 'proposed' check (state in ('proposed', 'approved', 'rejected', 'left_out')),
  why            text, -- what whoever rejected it said, or why they could not join
  enrollment_id  ident,
  decided_at     timestamptz,
  decided_by     ident,
  created_at     timestamptz not null,
  primary key (team_id, id),
  unique (team_id, copilot_id, contact_id), -- nobody is proposed twice
  foreign key (team_id, copilot_id) references copilots (team_id, id) on delete cascade,
  foreign key (team_id, contact_id) references contacts (team_id, id) on delete cascade,
  foreign key (team_id, mailbox_id) references mailboxes (team_id, id),
  foreign key (team_id, decided_by) references users (team_id, id)
);
create index copilot_proposals_by_state on copilot_proposals (team_id, copilot_id, state, day desc, position);
create index copilot_proposals_contact on copilot_proposals (team_id, contact_id);
call guard_table('copilot_proposals');

create function teams_with_copilots_due(at timestamptz) returns table (team_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select t.id from teams t
     where exists (select from copilots c where c.team_id = t.id and c.is_active and c.propose_at <= at);
  end;
grant create on schema public to cadenza_across;
alter function teams_with_copilots_due owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function teams_with_copilots_due from public;
grant execute on function teams_with_copilots_due to cadenza_app;
