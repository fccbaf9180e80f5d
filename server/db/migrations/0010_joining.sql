-- What became of everybody who was to join a sequence, changes that can be taken back, and credits held for work at hand.

-- One row per contact that a request named, kept for 90 days. The contact is any id somebody sent: it need not be there,
-- and outlives nobody, because nothing but ids stands here.
create table verdicts (
  team_id        ident not null references teams (id),
  request_id     ident not null,
  contact_id     ident not null,
  sequence_id    ident not null,
  enrollment_id  ident, -- whoever was added
  code           text, -- the first reason on the wire; null for whoever was added
  reasons        jsonb not null default '[]', -- all of them: [{code, flag, evidence}]
  user_id        ident,
  decided_at     timestamptz not null,
  primary key (team_id, request_id, contact_id),
  foreign key (team_id, sequence_id) references sequences (team_id, id) on delete cascade
);
create index verdicts_sequence on verdicts (team_id, sequence_id, decided_at desc, request_id, contact_id);
create index verdicts_contact on verdicts (team_id, contact_id, decided_at desc);
create index verdicts_age on verdicts (team_id, decided_at);
call guard_table('verdicts');

-- A change to many at once, and for a short while what was there before.
create table changes (
  team_id     ident not null references teams (id),
  id          ident not null,
  kind        text not null,
  user_id     ident,
  made_at     timestamptz not null,
  undo_until  timestamptz, -- null: cannot be taken back
  undone_at   timestamptz,
  primary key (team_id, id),
  foreign key (team_id, user_id) references users (team_id, id)
);
create index changes_age on changes (team_id, made_at);
call guard_table('changes');

-- What one enrollment was before, whole, and which revision the change left it at: one that has gone on since is not touched.
create table change_items (
  team_id        ident not null,
  change_id      ident not null,
  enrollment_id  ident not null,
  before         jsonb, -- null: the change made it
  revision       int not null,
  primary key (team_id, change_id, enrollment_id),
  foreign key (team_id, change_id) references changes (team_id, id) on delete cascade,
  foreign key (team_id, enrollment_id) references enrollments (team_id, id) on delete cascade
);
create index change_items_enrollment on change_items (team_id, enrollment_id);
call guard_table('change_items');

-- Held until the work is done: what it cost then becomes an entry, and the rest is free again.
create table credit_reservations (
  team_id     ident not null references teams (id),
  id          ident not null,
  kind        text not null,
  amount      int not null check (amount > 0),
  reason      text not null,
  subject_id  ident,
  user_id     ident,
  held_at     timestamptz not null,
  held_until  timestamptz not null, -- whoever held it may have been killed
  settled_at  timestamptz,
  spent       int check (spent between 0 and amount), -- null: still held, or its time was over before it was settled
  primary key (team_id, id),
  foreign key (team_id, user_id) references users (team_id, id),
  check (spent is null or settled_at is not null)
);
create index credit_reservations_open on credit_reservations (team_id, kind, held_until) where settled_at is null;
call guard_table('credit_reservations');

-- Who is waiting to be dealt with by long work, and in which.
create index progress_items_waiting on progress_items (team_id, item_key) where outcome is null;

-- Teams in which somebody's pause is over.
create function teams_with_resumes_due(at timestamptz) returns table (team_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select t.id from teams t
     where exists (select from enrollments e
                    where e.team_id = t.id and e.state = 'paused' and e.resume_at is not null and e.resume_at <= at);
  end;
grant create on schema public to cadenza_across;
alter function teams_with_resumes_due owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function teams_with_resumes_due from public;
grant execute on function teams_with_resumes_due to cadenza_app;
