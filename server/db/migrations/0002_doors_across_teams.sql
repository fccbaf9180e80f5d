-- The few questions that must be asked before a team is known, or of all teams. Each is one
-- function owned by cadenza_across, which may read and nothing else.

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

-- One address may stand in several teams; whose password it is decides. Five at most, so that
-- nobody makes one sign-in cost a hundred hashes.
create function find_sign_ins(wanted text)
  returns table (team_id text, user_id text, password_hash text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select u.team_id, u.id, u.password_hash
      from users u
     where lower(u.email) = lower(wanted)
       and u.password_hash is not null
       and u.deactivated_at is null
     order by u.last_signed_in_at desc nulls last, u.id
     limit 5;
  end;

-- Whoever a bootstrap key acted as before there was a person: the first owner takes their place.
create function find_unclaimed_operator() returns table (team_id text, user_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select u.team_id, u.id from users u
     where u.is_operator and u.password_hash is null
     order by u.created_at, u.id
     limit 1;
  end;

create function team_ids() returns table (team_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select id from teams order by id;
  end;

grant create on schema public to cadenza_across;
alter function find_api_key owner to cadenza_across;
alter function find_session owner to cadenza_across;
alter function find_invitation owner to cadenza_across;
alter function find_sign_ins owner to cadenza_across;
alter function find_unclaimed_operator owner to cadenza_across;
alter function team_ids owner to cadenza_across;
revoke create on schema public from cadenza_across;

revoke execute on function find_api_key, find_session, find_invitation, find_sign_ins, find_unclaimed_operator, team_ids from public;
grant execute on function find_api_key, find_session, find_invitation, find_sign_ins, find_unclaimed_operator, team_ids to cadenza_app;
