-- Everything that must never be so of what was sent, as the design gives it; silent where all is well. Read by
-- cadenza_audit over the schema audit and what the witnesses outside have recorded (invariants.ts).
select 'I01' chk, contact_token||'/'||step_token k from sink.accepted group by 2 having count(*)>1   -- token includes generation
union all select 'I02', message_id from sink.accepted group by 2 having count(*)>1
union all select 'I03', s.send_id from audit.sends s where s.state='sent' and not exists(select 1 from sink.accepted a where a.message_id=s.message_id)
union all select 'I04', s.send_id from sink.accepted a join audit.sends s using(message_id) where s.state not in('sent','unconfirmed','dot')
union all select 'I05', a.message_id from sink.accepted a left join audit.sends s using(message_id) where s.send_id is null
union all select 'I06', send_id from audit.sends where state in('claimed','dot')
union all select 'I07', s.send_id from audit.sends s where s.state='unconfirmed' and not exists(select 1 from audit.attempts t where t.send_id=s.send_id and t.outcome='ambiguous')
  -- Only mails at their final dot when a process was killed, or that the sink left without an answer, are in doubt …
union all select 'I07', s.send_id from audit.attempts t join audit.sends s using(send_id) where t.outcome='ambiguous'
          and not exists(select 1 from sink.struck f where f.message_id=s.message_id)
          and not exists(select 1 from sink.unanswered u where u.message_id=s.message_id and u.what<>'cut')
  -- … and all of those whose engine was killed are, for their outcome cannot be known …
union all select 'I07', s.send_id from sink.struck f join audit.sends s using(message_id) where f.what='killed'
          and not exists(select 1 from audit.attempts t where t.send_id=s.send_id and t.outcome='ambiguous')
  -- … and each had come to the sink but for its last line.
union all select 'I07', s.send_id from audit.sends s where s.state='unconfirmed'
          and not exists(select 1 from sink.accepted a where a.message_id=s.message_id)
          and not exists(select 1 from sink.unanswered u where u.message_id=s.message_id)
union all select 'I08', a.send_id from audit.attempts a join audit.attempts b on b.send_id=a.send_id and b.started_at>a.started_at
          where a.released_at is not null and a.outcome in('ambiguous','accepted')   -- in never_twice mode; in proof mode exclude attempts proved negative after the wait
union all select 'I09', s.send_id from audit.sends s join audit.stops p on p.team_id=s.team_id
          and ((p.kind in('unsubscribe','hard_bounce','complaint','do_not_contact') and lower(p.address)=lower(s.to_address))
            or (p.kind in('reply','finished','removed') and p.enrollment_id=s.enrollment_id)) where s.released_at>p.committed_at
union all select 'I10', s.send_id from sink.accepted a join audit.sends s using(message_id) join audit.stops p on p.team_id=s.team_id
          and lower(p.address)=lower(s.to_address) and p.kind='unsubscribe' where a.at>p.committed_at+interval '60 seconds'
union all select 'I11', s.send_id from audit.sends s where s.released_at is not null and not exists(select 1 from audit.enrollment_states e
          where e.enrollment_id=s.enrollment_id and e.status='active' and s.released_at>=e.from_at and s.released_at<coalesce(e.to_at,'infinity'))
union all select 'I12', s.send_id from audit.sends s join audit.sends p on p.enrollment_id=s.enrollment_id and p.step_no<s.step_no and p.step_order=s.step_order -- of two lists neither says what comes first
          where s.released_at is not null and (p.released_at is null or p.released_at>=s.released_at) and p.state not in('skipped')
union all select 'I13', x.mailbox_id||'@'||x.at from (select mailbox_id,released_at at,count(*) over(partition by mailbox_id order by released_at
          range between interval '23:59:59.999999' preceding and current row) c from audit.sends where released_at is not null and state in('sent','dot','unconfirmed')) x
          join audit.mailboxes m using(mailbox_id) where x.c>m.daily_limit
union all select 'I14', x.mailbox_id||'@'||x.at from (select mailbox_id,released_at at,count(*) over(partition by mailbox_id order by released_at
          range between interval '00:59:59.999999' preceding and current row) c from audit.sends where released_at is not null and state in('sent','dot','unconfirmed')) x
          join audit.mailboxes m using(mailbox_id) where x.c>m.hourly_limit
union all select 'I15', send_id from audit.sends where released_at is not null and not ((released_at at time zone schedule_tz)::time>=window_start
          and (released_at at time zone schedule_tz)::time<window_end and extract(isodow from released_at at time zone schedule_tz)::int=any(window_dows))
union all select 'I16', s.send_id from audit.sends s join audit.mailboxes m using(mailbox_id) where m.team_id<>s.team_id
union all select 'I17', sequence_id||'/'||contact_id from audit.enrollment_states where status in('active','paused') and to_at is null group by 2 having count(distinct enrollment_id)>1
union all select 'I18', job_id from audit.job_items where job_state='done' group by job_id,job_total having count(*)<>job_total or count(distinct item_key)<>count(*)
union all select 'I19', i.content_key from sink.imap_injected i left join audit.inbound b using(content_key) where b.content_key is null
union all select 'I20', content_key from audit.inbound group by 2 having count(*)>1
union all select 'I21', i.content_key from sink.imap_injected i join audit.inbound b using(content_key) where b.kind<>i.expected_kind
union all select 'I22', e.event_id from audit.events e where not exists(select 1 from sink.webhook_received w where w.event_id=e.event_id and w.replied between 200 and 299)
          and not exists(select 1 from audit.event_deliveries d where d.event_id=e.event_id and d.terminal)
union all select 'I23', w.event_id from sink.webhook_received w left join audit.events e using(event_id) where e.event_id is null
union all select 'I24', event_id from sink.webhook_received where not sig_ok
union all select 'I25', w.event_id from sink.webhook_received w join sink.webhook_received x on x.event_id=w.event_id and x.endpoint_id=w.endpoint_id and x.at>w.at where w.replied between 200 and 299
union all select 'I26', n::text from sink.accepted where nrcpt<>1
union all select 'I27', a.n::text from sink.accepted a join audit.sends s using(message_id) where lower(a.rcpt)<>lower(s.to_address)
union all select 'I28', n::text from sink.accepted where not(has_unsub and has_post)
union all select 'I29', a.n::text from sink.accepted a join audit.sends s using(message_id) where s.step_no>1 and s.thread_root is not null and a.in_reply_to is null
union all select 'I30', s.send_id from audit.sends s join audit.sends p on p.enrollment_id=s.enrollment_id and p.step_no=s.step_no-1 and p.step_order=s.step_order
          where s.released_at is not null and p.released_at is not null and s.released_at-p.released_at<s.min_gap
union all select 'I31', c.relname::text from pg_class c join pg_namespace n on n.oid=c.relnamespace join pg_attribute a on a.attrelid=c.oid and a.attname='team_id' and not a.attisdropped
          where n.nspname='public' and c.relkind in('r','p') and (not c.relrowsecurity or not c.relforcerowsecurity or not exists(select 1 from pg_policy p where p.polrelid=c.oid))
union all select 'I32', r.rolname::text from pg_roles r where r.rolname='cadenza_app' and (r.rolsuper or r.rolbypassrls
          or exists(select 1 from pg_class c join pg_namespace n on n.oid=c.relnamespace where n.nspname='public' and c.relowner=r.oid))
union all select distinct 'I42', s.send_id from audit.sends s join audit.answer_holds h on h.team_id=s.team_id
          and h.key in (s.contact_id, encode(sha256(convert_to(s.team_id||' '||lower(s.to_address),'UTF8')),'hex'))
          where s.released_at>=h.held_from and s.released_at<coalesce(h.held_to,'infinity')
          and not exists(select 1 from audit.by_hand b where b.send_id=s.send_id and b.by_hand_at>h.held_from)
union all select 'I39', s.send_id from audit.sends s join audit.dues d using(send_id) where s.released_at<d.due_at
  -- A second at most lies between the moment that a proof names and its commit.
union all select 'I41', b.attempt_id from audit.doubts a join audit.doubts b on b.send_id=a.send_id and b.started_at>a.started_at
          join audit.proofs p on p.send_id=a.send_id where a.outcome='ambiguous' and p.at>=a.released_at and p.at<b.released_at-interval '1 second'
union all select 'I37', r.send_id from audit.reached r join audit.claims c on c.team_id=r.team_id and c.address_digest=r.address_digest where r.released_at>c.committed_at
union all select 'I40', l.scope||' '||r.send_id from audit.reached r join audit.limits l on l.team_id=r.team_id and coalesce(l.key,r.mailbox_address)=r.mailbox_address
          cross join lateral (select case l.scope when 'host' then r.host_digest when 'company' then r.company_digest when 'mailbox' then r.mailbox_address else r.address_digest end as k) d
          where d.k is not null and r.delivery in('sent','dot','unconfirmed') and not (r.is_beyond_touches and l.scope<>'mailbox') and (l.scope in('host','mailbox') or not r.is_copy)
          and (select count(*) from audit.reached o where o.team_id=r.team_id and o.delivery in('sent','dot','unconfirmed') and (l.scope in('host','mailbox') or not o.is_copy)
               and case l.scope when 'host' then o.host_digest when 'company' then o.company_digest when 'mailbox' then o.mailbox_address else o.address_digest end=d.k
               and o.released_at>r.released_at-l.span and o.released_at<=r.released_at)>l.most;
