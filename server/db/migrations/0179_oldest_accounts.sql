-- Of the accounts that an email address has in several teams the oldest five are looked at, in the order in which they were made: teams
-- that make further ones for somebody's address push none of them out.

grant create on schema public to cadenza_across;
create or replace function find_sign_ins(wanted text)
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
revoke create on schema public from cadenza_across;
