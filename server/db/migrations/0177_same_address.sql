-- Who added the contact said that another one in the sequence may have its address (such as info@). Without it one of the two waits.

alter table enrollments add column allows_same_email boolean not null default false;

-- Until now nobody kept what was said. Of two that have one address already nothing changes.
alter table enrollments no force row level security;
alter table contacts no force row level security;
alter table enrollments disable trigger user;
update enrollments e set allows_same_email = true
  from contacts c, contacts o, enrollments t
 where c.team_id = e.team_id and c.id = e.contact_id and c.email is not null
   and o.team_id = c.team_id and lower(o.email) = lower(c.email) and o.id <> c.id
   and t.team_id = o.team_id and t.contact_id = o.id and t.sequence_id = e.sequence_id
   and e.state <> 'removed' and t.state <> 'removed';
alter table enrollments enable trigger user;
alter table enrollments force row level security;
alter table contacts force row level security;
