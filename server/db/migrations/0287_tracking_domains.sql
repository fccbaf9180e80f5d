-- Domains of teams under which the links in their emails stand: counted links, the picture that counts openings, unsubscribe links.

create table tracking_domains (
  team_id     ident not null,
  id          ident not null,
  domain      text not null, -- in ASCII and lower case
  is_default  boolean not null default false, -- for mailboxes without one of their own
  state       text not null default 'unverified',
  verified_at timestamptz, -- the last time that it led here
  checked_at  timestamptz,
  check_at    timestamptz not null, -- when the engine looks next
  fault       text, -- why the last look failed; null: it did not
  points_to   text, -- the name it was an alias of then
  failures    int not null default 0, -- looks that failed since the last good one
  created_at  timestamptz not null,
  created_by  ident,
  primary key (team_id, id),
  check (state in ('unverified', 'verified', 'lost')),
  foreign key (team_id) references teams (id),
  foreign key (team_id, created_by) references users (team_id, id)
);
create unique index tracking_domains_domain on tracking_domains (domain); -- a name leads to one team
create unique index tracking_domains_default on tracking_domains (team_id) where is_default;
create index tracking_domains_due on tracking_domains (check_at);
create index tracking_domains_by on tracking_domains (team_id, created_by) where created_by is not null;
call guard_table('tracking_domains');

alter table mailboxes add column tracking_domain_id ident; -- null: the team's default
alter table mailboxes add foreign key (team_id, tracking_domain_id) references tracking_domains (team_id, id)
  on delete set null (tracking_domain_id);
create index mailboxes_tracking_domain on mailboxes (team_id, tracking_domain_id) where tracking_domain_id is not null;

create function teams_with_tracking_domains_due(at timestamptz) returns table (team_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select distinct d.team_id from tracking_domains d where d.check_at <= at;
  end;

create function is_tracking_domain(name text) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select exists (select from tracking_domains d where d.domain = name);
  end;

grant create on schema public to cadenza_across;
alter function teams_with_tracking_domains_due(timestamp with time zone) owner to cadenza_across;
alter function is_tracking_domain(text) owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function teams_with_tracking_domains_due(timestamp with time zone) from public;
grant execute on function teams_with_tracking_domains_due(timestamp with time zone) to cadenza_app;
revoke execute on function is_tracking_domain(text) from public;
grant execute on function is_tracking_domain(text) to cadenza_app;
