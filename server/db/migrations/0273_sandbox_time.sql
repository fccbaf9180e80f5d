-- The clock for times that decide stands still in a sandbox (`cadenza.stands_at`); tests move it (`cadenza.ahead_ms`).
create or replace function cadenza_now() returns timestamptz
  language sql volatile parallel safe
  return case coalesce(current_setting('cadenza.stands_at', true), '')
    when '' then clock_timestamp() + coalesce(nullif(current_setting('cadenza.ahead_ms', true), ''), '0')::float8 * interval '1 millisecond'
    else current_setting('cadenza.stands_at')::timestamptz end;

-- A sandbox has a time of its own, and can lie in no other kind of installation. All null: not a sandbox.
alter table installation
  add column sandbox_at     timestamptz,
  add column sandbox_speed  float8, -- how many times as fast as real time; 0: it stands still
  add column sandbox_goal   timestamptz, -- where it is being moved to
  add check ((sandbox_at is null) = (sandbox_speed is null)),
  add check (sandbox_goal is null or sandbox_at is not null);

-- What recipients do in a sandbox: of the entries that match an email the first one counts.
create table sandbox_prospects (
  team_id        ident not null,
  position       int not null,
  match          jsonb not null default '{}',
  does           text not null,
  after_seconds  float8 not null,
  text           text,
  until_day      date,
  primary key (team_id, position),
  check (does in ('reply', 'out_of_office', 'auto_reply', 'hard_bounce', 'soft_bounce', 'unsubscribe', 'one_click', 'complain',
                  'open', 'click', 'forward', 'nothing')),
  foreign key (team_id) references teams (id)
);
call guard_table('sandbox_prospects');

alter table catcher_messages
  add column script jsonb, -- what the recipient does, decided when the email came
  drop constraint catcher_messages_answer_kind_check,
  add constraint catcher_messages_answer_kind_check
    check (answer_kind in ('reply', 'bounce', 'out_of_office', 'unsubscribe', 'auto_reply', 'complaint', 'forward'));
