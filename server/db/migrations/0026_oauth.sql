-- Applications that act for people: OAuth 2.1. Of every secret only its hash is kept.

-- Whoever registered itself, before anybody is asked and so before there is a team. Its id is its client_id.
create table oauth_registrations (
  id             ident primary key,
  name           text not null,
  redirect_uris  text[] not null,
  scopes         text[] not null,
  secret_hash    bytea, -- null: a program that cannot keep one
  created_at     timestamptz not null,
  used_at        timestamptz -- when somebody last let it in
);
create index oauth_registrations_unused on oauth_registrations (created_at) where used_at is null;
grant select, insert, update, delete on oauth_registrations to cadenza_app;
grant select on oauth_registrations to cadenza_across;

-- How often somebody has tried within a while, who is nobody to us: known by a keyed hash, forgotten soon.
create table oauth_tries (
  who_hash    bytea primary key,
  tries       int not null,
  began_at    timestamptz not null
);
create index oauth_tries_age on oauth_tries (began_at);
grant select, insert, update, delete on oauth_tries to cadenza_app;

-- The team's own: added by an admin, or registered by itself and let in by somebody; then under the same id.
create table oauth_applications (
  team_id        ident not null references teams (id),
  id             ident not null,
  name           text not null,
  redirect_uris  text[] not null,
  scopes         text[] not null,
  secret_hash    bytea,
  created_by     ident, -- null: it registered itself
  created_at     timestamptz not null,
  revoked_at     timestamptz,
  primary key (team_id, id),
  foreign key (team_id, created_by) references users (team_id, id)
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
  code_hash        bytea not null unique,
  code_challenge   text not null,
  created_at       timestamptz not null,
  code_expires_at  timestamptz not null,
  code_used_at     timestamptz,
  last_used_at     timestamptz,
  ended_at         timestamptz,
  ended_because    text,
  primary key (team_id, id),
  foreign key (team_id, application_id) references oauth_applications (team_id, id),
  foreign key (team_id, user_id) references users (team_id, id),
  check ((ended_at is null) = (ended_because is null))
);
create index oauth_grants_user on oauth_grants (team_id, user_id, application_id);
create index oauth_grants_application on oauth_grants (team_id, application_id);
create index oauth_grants_age on oauth_grants (team_id, created_at);
call guard_table('oauth_grants');

create table oauth_tokens (
  team_id     ident not null,
  id          ident not null,
  grant_id    ident not null,
  kind        text not null check (kind in ('access', 'refresh')),
  token_hash  bytea not null unique,
  scopes      text[] not null,
  created_at  timestamptz not null,
  expires_at  timestamptz not null,
  used_at     timestamptz, -- a refresh token that was exchanged; used once more, it ends the grant
  primary key (team_id, id),
  foreign key (team_id, grant_id) references oauth_grants (team_id, id) on delete cascade
);
create index oauth_tokens_grant on oauth_tokens (team_id, grant_id);
create index oauth_tokens_expiry on oauth_tokens (team_id, expires_at);
call guard_table('oauth_tokens');

-- For whom, and as how much, does whoever comes with this access token act? Not for somebody deactivated, nor by an
-- application that was revoked.
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

-- Whose grant a code or a token belongs to, whatever has become of it since.
create function find_oauth_grant(wanted bytea) returns table (team_id text, grant_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select g.team_id, g.id from oauth_grants g where g.code_hash = wanted
    union all
    select t.team_id, t.grant_id from oauth_tokens t where t.token_hash = wanted;
  end;

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
alter function find_oauth_bearer owner to cadenza_across;
alter function find_oauth_grant owner to cadenza_across;
alter function find_oauth_client owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function find_oauth_bearer, find_oauth_grant, find_oauth_client from public;
grant execute on function find_oauth_bearer, find_oauth_grant, find_oauth_client to cadenza_app;
