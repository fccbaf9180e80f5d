-- Every lock that a gate takes is found, also those that are known by a name only: the caller says the names that each enrollment
-- waits for. For each enrollment, the lock that has been held longest, with the session that holds it.
create or replace function is_row_held(team text, kind text, row_id text) returns boolean
  language plpgsql volatile set search_path = public, pg_temp
as $$
begin
  case kind
    when 'contact' then perform from contacts where team_id = team and id = row_id for key share nowait;
    when 'enrollment' then perform from enrollments where team_id = team and id = row_id for no key update nowait;
    when 'step' then perform from sequence_steps where team_id = team and id = row_id for share nowait;
    when 'mailbox' then perform from mailboxes where team_id = team and id = row_id for share nowait;
    when 'mail' then perform from messages where team_id = team and id = row_id for no key update nowait;
    when 'team' then perform from teams where id = team and id = row_id for share nowait;
    else return true;
  end case;
  raise exception using errcode = 'CZ003', message = 'free';
exception
  when lock_not_available then return true;
  when sqlstate 'CZ003' then return false;
end
$$;

-- `waiting`: enrollments, each with names of advisory locks: {"id", "names": [{"kind", "name", "shared"}]}. A shared one stops the
-- gate only where another session holds it alone.
create function locks_of_gate(team text, waiting jsonb, longer_than interval)
  returns table (enrollment_id text, kind text, pid int, role text, application text, seconds float8)
  language sql volatile set search_path = public, pg_temp
  begin atomic
    with sessions as materialized (select * from long_sessions(longer_than)),
    held as materialized (
      select l.locktype, l.transactionid, l.relation, l.mode, l.classid::bigint << 32 | l.objid::bigint as name,
             s.pid, s.role, s.application, s.seconds
        from pg_locks l join sessions s using (pid)
       where l.granted and (l.database is null or l.database = 0 or l.database = (select oid from pg_database where datname = current_database()))
         and (l.locktype = 'transactionid' or l.locktype = 'advisory' and l.objsubid = 1
              or l.locktype = 'relation' and l.mode in ('ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock'))),
    asked as materialized (
      select w.id, w.names from jsonb_to_recordset(waiting) as w (id text, names jsonb) where exists (select from held)),
    places as materialized (
      select e.id, e.contact_id, e.current_step_id, e.mailbox_id, e.xmax as stamp from enrollments e
       where e.team_id = team and e.id in (select a.id from asked a)),
    locked as (
      select p.id, 'enrollment' as kind, p.id as row_id, p.stamp from places p
      union all
      select p.id, 'contact', c.id, c.xmax from places p join contacts c on c.team_id = team and c.id = p.contact_id
      union all
      select p.id, 'step', s.id, s.xmax from places p join sequence_steps s on s.team_id = team and s.id = p.current_step_id
      union all
      select p.id, 'mailbox', b.id, b.xmax from places p join mailboxes b on b.team_id = team and b.id = p.mailbox_id
      union all
      select p.id, 'team', t.id, t.xmax from places p join teams t on t.id = team
       where t.domain_daily_limit is not null or t.touch_limits <> '[]'
      union all
      select p.id, 'mail', m.id, m.xmax from places p
        join messages m on m.team_id = team and m.enrollment_id = p.id and m.step_id = p.current_step_id and m.copy_of is null
       where m.delivery in ('planned', 'claimed', 'dot')),
    found as materialized (
      select l.id, l.kind, l.row_id, h.pid, h.role, h.application, h.seconds
        from locked l
       cross join lateral lockers(l.stamp) x (xid)
        join held h on h.locktype = 'transactionid' and h.transactionid = x.xid
       where l.stamp::text <> '0'
      union all
      select p.id, 'table', null, h.pid, h.role, h.application, h.seconds from places p
        join held h on h.locktype = 'relation'
       where h.relation in ('enrollments'::regclass, 'contacts'::regclass, 'sequence_steps'::regclass, 'mailboxes'::regclass,
                            'messages'::regclass, 'send_attempts'::regclass)
      union all
      select a.id, n.kind, null, h.pid, h.role, h.application, h.seconds from asked a
       cross join lateral jsonb_to_recordset(a.names) as n (kind text, name text, shared boolean)
        join held h on h.locktype = 'advisory' and h.name = hashtextextended(n.name, 0)
       where h.mode = 'ExclusiveLock' or not n.shared)
    select distinct on (f.id) f.id, f.kind, f.pid, f.role, f.application, f.seconds from found f
     where is_row_held(team, f.kind, f.row_id) order by f.id, f.seconds desc, f.kind;
  end;
revoke execute on function locks_of_gate(text, jsonb, interval) from public;
grant execute on function locks_of_gate(text, jsonb, interval) to cadenza_app;

drop function locks_in_the_way(text, text[], interval);
