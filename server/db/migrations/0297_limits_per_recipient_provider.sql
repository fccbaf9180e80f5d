-- How many emails go from one mailbox to recipients at one mail provider, or at one domain, in an hour or a day.

alter table teams add column recipient_limits jsonb not null default '[]'; -- a few rules: to, provider, most, per
alter table teams add constraint recipient_limits_are_a_list check (jsonb_typeof(recipient_limits) = 'array');
drop trigger rule_changed on teams;
create trigger rule_changed after update of domain_daily_limit, touch_limits, recipient_limits on teams
  for each statement execute function note_rule_change();

-- Known when it was sent; null: not known. A free-mail domain whose provider is not known counts as one.
alter table messages add column recipient_provider text;

-- Who takes the mail of a domain that the team writes to, by its MX records. Filled only while a team limits emails per provider.
create table recipient_domains (
  team_id   ident not null,
  domain    text not null, -- in ASCII and lower case
  provider  text, -- null: not known
  exchanger text, -- its first mail server; null: it has none, or the name server does not answer
  wanted_at timestamptz not null, -- the last time that an email to it asked, to the week
  looked_at timestamptz, -- null: not yet
  look_at   timestamptz not null, -- when the engine looks next
  primary key (team_id, domain),
  foreign key (team_id) references teams (id)
);
create index recipient_domains_due on recipient_domains (look_at);
call guard_table('recipient_domains');

create function teams_with_recipient_domains_due(at timestamptz) returns table (team_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select distinct d.team_id from recipient_domains d where d.look_at <= at;
  end;

grant create on schema public to cadenza_across;
alter function teams_with_recipient_domains_due(timestamp with time zone) owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function teams_with_recipient_domains_due(timestamp with time zone) from public;
grant execute on function teams_with_recipient_domains_due(timestamp with time zone) to cadenza_app;
