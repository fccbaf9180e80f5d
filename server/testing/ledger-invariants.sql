-- Everything that must never be so of the ledger of credits; silent where all is well.
select 'L01' chk, movement_id k from credit_legs group by team_id, movement_id having sum(amount) <> 0
union all select 'L02', m.id from credit_movements m
           where not exists (select from credit_legs l where l.team_id = m.team_id and l.movement_id = m.id)
  -- What is held is what is open, and nothing is held for what is closed.
union all select 'L03', r.id from credit_reservations r
           where (case when r.settled_at is null then r.amount else 0 end)
                 <> (select coalesce(sum(l.amount), 0) from credit_movements m
                       join credit_legs l on l.team_id = m.team_id and l.movement_id = m.id and l.account = 'held'
                      where m.team_id = r.team_id and m.reservation_id = r.id)
  -- What was settled was spent, once.
union all select 'L04', r.id from credit_reservations r
           where coalesce(r.spent, 0)
                 <> (select coalesce(sum(l.amount), 0) from credit_movements m
                       join credit_legs l on l.team_id = m.team_id and l.movement_id = m.id and l.account = 'spent'
                      where m.team_id = r.team_id and m.reservation_id = r.id)
  -- Nothing is given back that was not spent, nor more of it.
union all select 'L05', l.movement_id from credit_legs l
           where l.refunds is not null and l.account = 'spent'
             and -l.amount <> (select coalesce(sum(b.amount), 0) from credit_legs b
                                where b.team_id = l.team_id and b.movement_id = l.refunds and b.account = 'spent'
                                  and b.subject_id = l.subject_id)
union all select 'L06', team_id || ' ' || account from credit_legs where account = 'held'
           group by team_id, account having sum(amount) < 0
