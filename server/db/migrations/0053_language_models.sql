-- A language model that a team has connected, what it suggested, what a person made of that, and how often it was asked.

create table language_models (
  team_id           ident not null primary key references teams (id),
  base_url          text not null, -- calls go to its /chat/completions
  model             text not null,
  sealed_key        bytea, -- null: the server asks for none
  guidance          text not null default '', -- what the team tells it of itself
  timeout_ms        int not null,
  daily_calls       int not null,
  max_tokens        int not null, -- of one answer
  token_limit_name  text not null check (token_limit_name in ('max_tokens', 'max_completion_tokens')),
  drafts_openers    boolean not null default false,
  suggests_classes  boolean not null default false,
  classes_since     timestamptz, -- what came in before is not shown to it
  failures          int not null default 0, -- in a row
  paused_until      timestamptz,  -- it asked for peace, or is broken
  last_error        text,
  created_at        timestamptz not null,
  updated_at        timestamptz not null
);
call guard_table('language_models');

create table model_usage (
  team_id            ident not null references teams (id),
  day                date not null, -- by the team's calendar
  calls              int not null default 0, -- written before the call is made
  failed             int not null default 0,
  unfit              int not null default 0, -- answers that were dropped
  prompt_tokens      bigint not null default 0,
  completion_tokens  bigint not null default 0,
  primary key (team_id, day)
);
call guard_table('model_usage');

-- One for each proposal and each reply. It changes nothing but itself.
create table model_suggestions (
  team_id            ident not null references teams (id),
  id                 ident not null,
  proposal_id        ident, -- an opener for whoever was proposed
  incoming_mail_id   ident, -- a class for what came in
  state              text not null check (state in ('waiting', 'asking', 'suggested', 'accepted', 'dropped', 'unfit',
                       'failed', 'withheld')),
  next_at            timestamptz, -- waiting: when it is asked; asking: when whoever asks counts as dead
  asks               int not null default 0,
  opener             text, -- as a person left it
  draft              text, -- as the model wrote it
  reply_class        text,
  reason             text,
  error              text,
  model              text,
  prompt             text, -- which version of it
  prompt_tokens      int,
  completion_tokens  int,
  took_ms            int,
  answered_at        timestamptz,
  decided_at         timestamptz,
  decided_by         ident,
  created_at         timestamptz not null,
  primary key (team_id, id),
  check ((proposal_id is null) <> (incoming_mail_id is null)),
  foreign key (team_id, proposal_id) references copilot_proposals (team_id, id) on delete cascade,
  foreign key (team_id, incoming_mail_id) references incoming_mails (team_id, id) on delete cascade,
  foreign key (team_id, decided_by) references users (team_id, id)
);
create unique index model_suggestions_proposal on model_suggestions (team_id, proposal_id) where proposal_id is not null;
create unique index model_suggestions_mail on model_suggestions (team_id, incoming_mail_id) where incoming_mail_id is not null;
create index model_suggestions_next on model_suggestions (team_id, next_at) where state in ('waiting', 'asking');
call guard_table('model_suggestions');

create function teams_with_model_work(at timestamptz) returns table (team_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select t.id from teams t
     where exists (select from language_models m where m.team_id = t.id and (m.drafts_openers or m.suggests_classes)
                      and (m.paused_until is null or m.paused_until <= at))
        or exists (select from model_suggestions s where s.team_id = t.id and s.state = 'asking' and s.next_at <= at);
  end;
grant create on schema public to cadenza_across;
alter function teams_with_model_work owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function teams_with_model_work from public;
grant execute on function teams_with_model_work to cadenza_app;
