-- What must never be so of a simulated company, beside invariants.sql. $1 is the team, $2 the time. `sink.limits` has each limit of a
-- mailbox with the moment from which it held, `sink.team_limits` those of the team; `sink.whose` the enrollment of each mail; `sink.answers` what recipients did, and since when nobody allowed to write again.
select 'S01 one enrollment got a step twice' as chk, a.contact_token || ':' || a.step_token as k
  from sink.accepted a join sink.whose s using (message_id)
 group by a.contact_token, a.step_token having count(*) > count(distinct s.enrollment_id)
union all select 'S02 on the move, and nothing comes next', e.id from enrollments e
 where e.team_id = $1 and e.state = 'active' and e.plan_at is null
   and not exists (select from messages m where m.team_id = $1 and m.enrollment_id = e.id and m.delivery in ('planned', 'claimed', 'dot', 'unconfirmed'))
   and not exists (select from tasks t where t.team_id = $1 and t.enrollment_id = e.id and t.status = 'scheduled')
union all select 'S03 due, and left', e.id from enrollments e
 where e.team_id = $1 and ((e.state = 'active' and e.plan_at < $2::timestamptz) or (e.state = 'paused' and e.resume_at < $2::timestamptz))
union all select 'S03 due, and left', m.id from messages m
 where m.team_id = $1 and m.delivery = 'planned' and not m.is_queued and m.next_check_at < $2::timestamptz
union all select 'S04 more in 24 hours than its limit', m.id from messages m
  join lateral (select daily, hourly from sink.limits l where l.mailbox_id = m.mailbox_id and l.at <= m.released_at order by l.at desc limit 1) l on true
 where m.team_id = $1 and m.delivery = 'sent'
   and (select count(*) from messages o where o.team_id = $1 and o.mailbox_id = m.mailbox_id and o.delivery = 'sent'
         and o.released_at > m.released_at - interval '24 hours' and o.released_at <= m.released_at) > l.daily
union all select 'S05 more in an hour than its limit', m.id from messages m
  join lateral (select daily, hourly from sink.limits l where l.mailbox_id = m.mailbox_id and l.at <= m.released_at order by l.at desc limit 1) l on true
 where m.team_id = $1 and m.delivery = 'sent'
   and (select count(*) from messages o where o.team_id = $1 and o.mailbox_id = m.mailbox_id and o.delivery = 'sent'
         and o.released_at > m.released_at - interval '1 hour' and o.released_at <= m.released_at) > l.hourly
union all select 'S06 mailed after ' || n.kind, a.message_id from sink.answers n
  join sink.accepted a on lower(a.rcpt) = n.address and a.at > n.at
 where n.kind in ('unsubscribe', 'hard_bounce', 'complain', 'one_click') and (n.lifted is null or n.lifted < n.at)
union all select 'S07 mailed in the same sequence after a reply', a.message_id from sink.answers n
  join sink.whose r on r.message_id = n.answers
  join sink.whose s on s.enrollment_id = r.enrollment_id
  join sink.accepted a on a.message_id = s.message_id and a.at > n.at
 where n.kind = 'reply' and (n.lifted is null or n.lifted < n.at)
union all select 'S08 let go while not active', s.send_id from audit.sends s
 where s.released_at is not null
   and not exists (select from audit.enrollment_states e where e.enrollment_id = s.enrollment_id and e.status = 'active'
                      and s.released_at >= e.from_at and s.released_at <= coalesce(e.to_at, 'infinity'))
union all select 'S09 more to one contact than the team allows', m.id from messages m
  join lateral (select person_most, person_days from sink.team_limits l where l.at <= m.released_at order by l.at desc limit 1) l on l.person_most is not null
 where m.team_id = $1 and m.delivery = 'sent' and m.copy_of is null
   and (select count(*) from messages o where o.team_id = $1 and o.contact_id = m.contact_id and o.delivery = 'sent' and o.copy_of is null
         and o.released_at > m.released_at - l.person_days * interval '24 hours' and o.released_at <= m.released_at) > l.person_most
union all select 'S10 more to one company in 24 hours than the team allows', m.id from messages m
  join lateral (select domain_most from sink.team_limits l where l.at <= m.released_at order by l.at desc limit 1) l on l.domain_most is not null
 where m.team_id = $1 and m.delivery = 'sent'
   and (select count(*) from messages o where o.team_id = $1 and split_part(lower(o.to_email), '@', 2) = split_part(lower(m.to_email), '@', 2) and o.delivery = 'sent'
         and o.released_at > m.released_at - interval '24 hours' and o.released_at <= m.released_at) > l.domain_most
union all select 'S11 of a sequence, without headers to unsubscribe', a.message_id from sink.accepted a
  join sink.whose s using (message_id) where not (a.has_unsub and a.has_post);
