create table api_keys (
  team_id       ident not null,
  id            ident not null,
  name          text not null,
  prefix        text not null,
  key_hash      bytea not null,
  is_master     boolean not null,
  is_bootstrap  boolean not null default false,
  scopes        text[] not null default '{}',
  user_id       ident, -- acts as this person; null: the team's longest-standing admin
  created_by    ident,
  created_at    timestamptz not null,
  last_used_at  timestamptz,
  expires_at    timestamptz,
  revoked_at    timestamptz,
  primary key (team_id, id),
  unique (key_hash),
  check (is_master or (cardinality(scopes) > 0))
);
create index api_keys_user on api_keys (team_id, user_id);
call guard_table('api_keys');

-- Calls counted per endpoint in three windows at once, each opened by the first call in it.
create table api_usage (
  team_id         ident not null,
  scope           text not null,
  minute_started  timestamptz not null,
  minute_count    bigint not null,
  hour_started    timestamptz not null,
  hour_count      bigint not null,
  day_started     timestamptz not null,
  day_count       bigint not null,
  primary key (team_id, scope)
);
call guard_table('api_usage');

create table credit_allowances (
  team_id  ident not null,
  user_id  ident not null,
  kind     text not null,
  amount   int not null,
  primary key (team_id, user_id, kind),
  check (amount >= 0)
);
call guard_table('credit_allowances');

-- `purse` is what may be spent, `held` what is reserved for running work, `spent` what was used.
create table credit_legs (
  team_id      ident not null,
  movement_id  ident not null,
  position     int not null,
  account      text not null,
  amount       int not null,
  subject_id   ident, -- what the credits were spent on: any id, and nothing but an id
  refunds      ident, -- of a leg that gives back: the movement whose leg for the same subject it gives back
  primary key (team_id, movement_id, "position"),
  check (account in ('purse', 'held', 'spent')),
  check (amount <> 0)
);
create unique index credit_legs_refund on credit_legs (team_id, refunds, subject_id) where (refunds is not null) and (account = 'spent');
create index credit_legs_subject on credit_legs (team_id, subject_id) where subject_id is not null;
call guard_table('credit_legs');
revoke update, delete on credit_legs from cadenza_app;

-- What a team may spend in a cycle, and every credit spent or given back.
create table credit_limits (
  team_id  ident not null,
  kind     text not null,
  amount   int,
  primary key (team_id, kind),
  check (amount >= 0)
);
call guard_table('credit_limits');

create table credit_movements (
  team_id         ident not null,
  id              ident not null,
  kind            text not null,
  type            text not null,
  action          text not null, -- what for
  user_id         ident, -- who asked
  reservation_id  ident,
  occurred_at     timestamptz not null,
  counted_at      timestamptz not null, -- in whose cycle it counts: what is given back counts for the next
  primary key (team_id, id),
  check (type in ('spend', 'hold', 'settle', 'release', 'refund'))
);
create index credit_movements_counted on credit_movements (team_id, kind, counted_at);
create index credit_movements_occurred on credit_movements (team_id, occurred_at);
create index credit_movements_reservation on credit_movements (team_id, reservation_id) where reservation_id is not null;
call guard_table('credit_movements');
revoke update, delete on credit_movements from cadenza_app;

-- Held until the work is done: what it cost then becomes an entry, and the rest is free again.
create table credit_reservations (
  team_id     ident not null,
  id          ident not null,
  kind        text not null,
  amount      int not null,
  reason      text not null,
  subject_id  ident,
  user_id     ident,
  held_at     timestamptz not null,
  held_until  timestamptz not null, -- the process that holds it may have been killed
  settled_at  timestamptz,
  spent       int, -- null: still held, or its time was over before it was settled
  primary key (team_id, id),
  check (amount > 0),
  check ((spent >= 0) and (spent <= amount)),
  check ((spent is null) or (settled_at is not null))
);
create index credit_reservations_open on credit_reservations (team_id, kind, held_until) where settled_at is null;
call guard_table('credit_reservations');

-- One-time links: to join, or to choose a new password.
create table invitations (
  team_id     ident not null,
  id          ident not null,
  user_id     ident not null,
  purpose     text not null,
  token_hash  bytea not null,
  created_by  ident,
  created_at  timestamptz not null,
  expires_at  timestamptz not null,
  used_at     timestamptz,
  revoked_at  timestamptz,
  primary key (team_id, id),
  unique (token_hash),
  check (purpose in ('join', 'reset'))
);
create index invitations_user on invitations (team_id, user_id);
call guard_table('invitations');

-- Applications of the team: added by an admin, or registered by themselves and then allowed; the id stays the same.
create table oauth_applications (
  team_id        ident not null,
  id             ident not null,
  name           text not null,
  redirect_uris  text[] not null,
  scopes         text[] not null,
  secret_hash    bytea,
  created_by     ident, -- null: it registered itself
  created_at     timestamptz not null,
  revoked_at     timestamptz,
  primary key (team_id, id)
);
create index oauth_applications_id on oauth_applications (id);
call guard_table('oauth_applications');

-- A person's yes, from its code to the last token that came of it: whatever ends it ends all of them.
create table oauth_grants (
  team_id          ident not null,
  id               ident not null,
  application_id   ident not null,
  user_id          ident not null,
  scopes           text[] not null,
  redirect_uri     text not null,
  code_hash        bytea not null,
  code_challenge   text not null,
  created_at       timestamptz not null,
  code_expires_at  timestamptz not null,
  code_used_at     timestamptz,
  last_used_at     timestamptz,
  ended_at         timestamptz,
  ended_because    text,
  primary key (team_id, id),
  unique (code_hash),
  check ((ended_at is null) = (ended_because is null)),
  foreign key (team_id, application_id) references oauth_applications (team_id, id)
);
create index oauth_grants_age on oauth_grants (team_id, created_at);
create index oauth_grants_application on oauth_grants (team_id, application_id);
create index oauth_grants_user on oauth_grants (team_id, user_id, application_id);
call guard_table('oauth_grants');

-- Applications that registered themselves before a user allowed them, so before they have a team. The id is the client_id.
create table oauth_registrations (
  id             ident primary key,
  name           text not null,
  redirect_uris  text[] not null,
  scopes         text[] not null,
  secret_hash    bytea, -- null: a program that cannot keep one
  created_at     timestamptz not null,
  used_at        timestamptz -- when a user last allowed it
);
create index oauth_registrations_unused on oauth_registrations (created_at) where used_at is null;
grant insert, select, update, delete on oauth_registrations to cadenza_app;
grant select on oauth_registrations to cadenza_across;

create table oauth_tokens (
  team_id     ident not null,
  id          ident not null,
  grant_id    ident not null,
  kind        text not null,
  token_hash  bytea not null,
  scopes      text[] not null,
  created_at  timestamptz not null,
  expires_at  timestamptz not null,
  used_at     timestamptz, -- a refresh token that was exchanged; used once more, it ends the grant
  primary key (team_id, id),
  unique (token_hash),
  check (kind in ('access', 'refresh')),
  foreign key (team_id, grant_id) references oauth_grants (team_id, id) on delete cascade
);
create index oauth_tokens_expiry on oauth_tokens (team_id, expires_at);
create index oauth_tokens_grant on oauth_tokens (team_id, grant_id);
call guard_table('oauth_tokens');

-- How often an unknown caller has tried recently. The caller is a keyed hash that is deleted soon.
create table oauth_tries (
  who_hash  bytea primary key,
  tries     int not null,
  began_at  timestamptz not null
);
create index oauth_tries_age on oauth_tries (began_at);
grant insert, select, update, delete on oauth_tries to cadenza_app;

create table sessions (
  team_id     ident not null,
  id          ident not null,
  user_id     ident not null,
  token_hash  bytea not null,
  user_agent  text,
  address     text,
  created_at  timestamptz not null,
  expires_at  timestamptz not null,
  ended_at    timestamptz,
  primary key (team_id, id),
  unique (token_hash)
);
create index sessions_expiry on sessions (team_id, expires_at);
create index sessions_user on sessions (team_id, user_id);
call guard_table('sessions');

-- Failed sign-ins by address of the account, known or not: kept as a hash, forgotten after a day.
create table sign_in_failures (
  account_hash    bytea primary key,
  failures        int not null,
  last_failed_at  timestamptz not null
);
create index sign_in_failures_age on sign_in_failures (last_failed_at);
grant insert, select, update, delete on sign_in_failures to cadenza_app;

create table sql_logins (
  team_id     ident not null,
  id          ident not null,
  name        text not null,
  role_name   text not null, -- one role, one team
  created_by  ident,
  created_at  timestamptz not null,
  revoked_at  timestamptz,
  primary key (team_id, id),
  unique (role_name),
  check (role_name = ('cadenza_sql_' || id))
);
call guard_table('sql_logins');

create table subteam_members (
  team_id     ident not null,
  subteam_id  ident not null,
  user_id     ident not null,
  primary key (team_id, subteam_id, user_id)
);
create index subteam_members_user on subteam_members (team_id, user_id);
call guard_table('subteam_members');

-- Groups of users in a team. Records can be shared with a group.
create table subteams (
  team_id     ident not null,
  id          ident not null,
  name        text not null,
  created_at  timestamptz not null,
  primary key (team_id, id)
);
create unique index subteams_name on subteams (team_id, lower(name));
call guard_table('subteams');

-- Null for every other login, the product included: then the views are empty.
create function reporting.team() returns text
  language sql stable parallel safe security definer set search_path = public, pg_temp
  begin atomic
    select l.team_id::text from public.sql_logins l where l.role_name = session_user and l.revoked_at is null;
  end;
grant create on schema reporting to cadenza_across;
alter function reporting.team() owner to cadenza_across;
revoke create on schema reporting from cadenza_across;
revoke execute on function reporting.team() from public;
grant execute on function reporting.team() to cadenza_reporting;
grant execute on function reporting.team() to cadenza_views;

create table teams (
  id                            ident primary key,
  name                          text not null,
  time_zone                     text not null default 'UTC',
  created_at                    timestamptz not null,
  -- Whether mails end with a line to unsubscribe by, and its words. People may say otherwise for their own.
  includes_opt_out              boolean not null default false,
  opt_out_template              text,
  -- How many mails one company gets in any 24 hours, from all mailboxes of a team together; null: no limit.
  domain_daily_limit            int,
  sample_planted_at             timestamptz,
  touch_limits                  jsonb not null default '[]', -- a few rules: scope, counts, most, days
  -- Since when a sample is to fill the team; null once it has, or was left out because there were contacts already.
  sample_asked_at               timestamptz,
  -- A mail in doubt from a mailbox that keeps no copies: after so many hours without a bounce it counts as delivered. Null: a
  -- person decides.
  assume_delivered_after_hours  int default 24,
  holds_answers                 boolean not null default true,
  answer_hold_days              int not null default 7,
  -- Whether only a contact's owner, the owner's group and admins may add it to sequences. Off: any user may, with the flag.
  only_owners_add_contacts      boolean not null default false,
  holiday_calendar              text,
  check ((answer_hold_days >= 1) and (answer_hold_days <= 90)),
  check ((assume_delivered_after_hours >= 1) and (assume_delivered_after_hours <= 720)),
  check (domain_daily_limit >= 0),
  check ((holiday_calendar = 'none') or (holiday_calendar ~ '^[A-Z]{2}(-[A-Za-z0-9]{1,12})?$')),
  constraint touch_limits_are_a_list check (jsonb_typeof(touch_limits) = 'array')
);
call guard_table('teams', 'id');
create policy reporting on teams for select to cadenza_views using (id = (select reporting.team() as team));
grant select on teams to cadenza_views;

create table users (
  team_id            ident not null,
  id                 ident not null,
  email              text not null,
  first_name         text,
  last_name          text,
  title              text,
  role               text not null,
  is_operator        boolean not null default false,
  password_hash      text, -- null until the person has chosen one
  created_at         timestamptz not null,
  updated_at         timestamptz not null,
  last_signed_in_at  timestamptz,
  deactivated_at     timestamptz,
  includes_opt_out   boolean, -- null: as the team has it
  opt_out_template   text,
  primary key (team_id, id),
  check (role in ('admin', 'member')),
  foreign key (team_id) references teams (id)
);
create unique index users_email on users (team_id, lower(email));
create index users_sign_in on users (lower(email)) where password_hash is not null;
call guard_table('users');
create policy reporting on users for select to cadenza_views using (team_id = (select reporting.team() as team));
grant select (team_id, id, email, first_name, last_name, title, role, created_at, deactivated_at) on users to cadenza_views;

alter table api_keys add foreign key (team_id, created_by) references users (team_id, id);

alter table api_keys add foreign key (team_id, user_id) references users (team_id, id);

alter table api_usage add foreign key (team_id) references teams (id);

alter table credit_allowances add foreign key (team_id, user_id) references users (team_id, id);

alter table credit_legs add foreign key (team_id, movement_id) references credit_movements (team_id, id);

alter table credit_legs add foreign key (team_id, refunds) references credit_movements (team_id, id);

alter table credit_limits add foreign key (team_id) references teams (id);

alter table credit_movements add foreign key (team_id) references teams (id);

alter table credit_movements add foreign key (team_id, reservation_id) references credit_reservations (team_id, id);

alter table credit_movements add foreign key (team_id, user_id) references users (team_id, id);

alter table credit_reservations add foreign key (team_id) references teams (id);

alter table credit_reservations add foreign key (team_id, user_id) references users (team_id, id);

alter table invitations add foreign key (team_id, created_by) references users (team_id, id);

alter table invitations add foreign key (team_id, user_id) references users (team_id, id);

alter table oauth_applications add foreign key (team_id, created_by) references users (team_id, id);

alter table oauth_applications add foreign key (team_id) references teams (id);

alter table oauth_grants add foreign key (team_id, user_id) references users (team_id, id);

alter table sessions add foreign key (team_id, user_id) references users (team_id, id);

alter table sql_logins add foreign key (team_id, created_by) references users (team_id, id);

alter table sql_logins add foreign key (team_id) references teams (id);

alter table subteam_members add foreign key (team_id, subteam_id) references subteams (team_id, id) on delete cascade;

alter table subteam_members add foreign key (team_id, user_id) references users (team_id, id);

alter table subteams add foreign key (team_id) references teams (id);

-- Who comes with this key? The acting person is the key's own, or the team's longest-standing
-- active admin. A key of a deactivated person, an expired or a revoked one is no key.
create function find_api_key(wanted bytea, at timestamptz)
  returns table (
    team_id text, key_id text, is_master boolean, is_bootstrap boolean, scopes text[],
    user_id text, role text, is_operator boolean
  )
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select k.team_id, k.id, k.is_master, k.is_bootstrap, k.scopes, u.id, u.role, u.is_operator
      from api_keys k
      join lateral (
             select id, role, is_operator
               from users
              where team_id = k.team_id
                and deactivated_at is null
                and case when k.user_id is null then role = 'admin' else id = k.user_id end
              order by created_at, id
              limit 1
           ) u on true
     where k.key_hash = wanted
       and k.revoked_at is null
       and (k.expires_at is null or k.expires_at > at);
  end;
grant create on schema public to cadenza_across;
alter function find_api_key(bytea,timestamp with time zone) owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function find_api_key(bytea,timestamp with time zone) from public;
grant execute on function find_api_key(bytea,timestamp with time zone) to cadenza_app;

create function find_invitation(wanted bytea, at timestamptz)
  returns table (team_id text, invitation_id text, user_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select i.team_id, i.id, i.user_id
      from invitations i
      join users u on u.team_id = i.team_id and u.id = i.user_id
     where i.token_hash = wanted
       and i.used_at is null
       and i.revoked_at is null
       and i.expires_at > at
       and u.deactivated_at is null;
  end;
grant create on schema public to cadenza_across;
alter function find_invitation(bytea,timestamp with time zone) owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function find_invitation(bytea,timestamp with time zone) from public;
grant execute on function find_invitation(bytea,timestamp with time zone) to cadenza_app;

-- The user and the rights behind an access token. Not for a deactivated user, and not through a revoked application.
create function find_oauth_bearer(wanted bytea, at timestamptz)
  returns table (team_id text, grant_id text, application_id text, scopes text[], user_id text, role text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select t.team_id, t.grant_id, g.application_id, t.scopes, u.id, u.role
      from oauth_tokens t
      join oauth_grants g on g.team_id = t.team_id and g.id = t.grant_id
      join oauth_applications a on a.team_id = g.team_id and a.id = g.application_id
      join users u on u.team_id = g.team_id and u.id = g.user_id
     where t.token_hash = wanted
       and t.kind = 'access'
       and t.expires_at > at
       and g.ended_at is null
       and a.revoked_at is null
       and u.deactivated_at is null;
  end;
grant create on schema public to cadenza_across;
alter function find_oauth_bearer(bytea,timestamp with time zone) owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function find_oauth_bearer(bytea,timestamp with time zone) from public;
grant execute on function find_oauth_bearer(bytea,timestamp with time zone) to cadenza_app;

-- Whether there is such an application anywhere, and by which secret it proves to be it.
create function find_oauth_client(wanted text) returns table (id text, secret_hash bytea)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select r.id::text, r.secret_hash from oauth_registrations r where r.id = wanted
    union all
    select a.id::text, a.secret_hash from oauth_applications a where a.id = wanted
     limit 1;
  end;
grant create on schema public to cadenza_across;
alter function find_oauth_client(text) owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function find_oauth_client(text) from public;
grant execute on function find_oauth_client(text) to cadenza_app;

-- The grant of a code or token, whatever has happened to it since.
create function find_oauth_grant(wanted bytea) returns table (team_id text, grant_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select g.team_id, g.id from oauth_grants g where g.code_hash = wanted
    union all
    select t.team_id, t.grant_id from oauth_tokens t where t.token_hash = wanted;
  end;
grant create on schema public to cadenza_across;
alter function find_oauth_grant(bytea) owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function find_oauth_grant(bytea) from public;
grant execute on function find_oauth_grant(bytea) to cadenza_app;

create function find_session(wanted bytea, at timestamptz)
  returns table (team_id text, session_id text, user_id text, role text, is_operator boolean)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select s.team_id, s.id, u.id, u.role, u.is_operator
      from sessions s
      join users u on u.team_id = s.team_id and u.id = s.user_id
     where s.token_hash = wanted
       and s.ended_at is null
       and s.expires_at > at
       and u.deactivated_at is null;
  end;
grant create on schema public to cadenza_across;
alter function find_session(bytea,timestamp with time zone) owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function find_session(bytea,timestamp with time zone) from public;
grant execute on function find_session(bytea,timestamp with time zone) to cadenza_app;

-- One address may belong to accounts in several teams; the password decides. Five at most, so that one sign-in cannot cost
-- a hundred hashes.
create function find_sign_ins(wanted text)
  returns table (team_id text, user_id text, password_hash text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select u.team_id, u.id, u.password_hash
      from users u
     where lower(u.email) = lower(wanted)
       and u.password_hash is not null
       and u.deactivated_at is null
     order by u.created_at, u.id
     limit 5;
  end;
grant create on schema public to cadenza_across;
alter function find_sign_ins(text) owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function find_sign_ins(text) from public;
grant execute on function find_sign_ins(text) to cadenza_app;

-- The user of a bootstrap key before there is any: the first owner takes this place.
create function find_unclaimed_operator() returns table (team_id text, user_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select u.team_id, u.id from users u
     where u.is_operator and u.password_hash is null
     order by u.created_at, u.id
     limit 1;
  end;
grant create on schema public to cadenza_across;
alter function find_unclaimed_operator() owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function find_unclaimed_operator() from public;
grant execute on function find_unclaimed_operator() to cadenza_app;

-- Sent to the connection that wrote the row, however it was written. The server reads it where a caller waits for the result.
create function note_rule_change() returns trigger language plpgsql as $$
begin
  raise notice using errcode = 'CZ001', message = 'a rule of sending was changed';
  return null;
end
$$;

-- All legs of a movement are written by one statement, so it can be held to the rule by itself.
create function refuse_unbalanced_legs() returns trigger language plpgsql as $$
begin
  if exists (select from added group by team_id, movement_id having sum(amount) <> 0) then
    raise exception 'the legs of a movement must sum to nothing';
  end if;
  return null;
end
$$;

create function team_ids() returns table (team_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select id from teams order by id;
  end;
grant create on schema public to cadenza_across;
alter function team_ids() owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function team_ids() from public;
grant execute on function team_ids() to cadenza_app;

create function team_of_sql_login(login text) returns text
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select l.team_id::text from sql_logins l where l.role_name = 'cadenza_sql_' || login;
  end;
grant create on schema public to cadenza_across;
alter function team_of_sql_login(text) owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function team_of_sql_login(text) from public;
grant execute on function team_of_sql_login(text) to cadenza_app;

create trigger credit_legs_balance after insert on credit_legs
  referencing new table as added for each statement execute function refuse_unbalanced_legs();

create trigger rule_changed after update of domain_daily_limit, touch_limits on teams for each statement execute function note_rule_change();

create trigger rule_changed after update of deactivated_at on users for each statement execute function note_rule_change();
