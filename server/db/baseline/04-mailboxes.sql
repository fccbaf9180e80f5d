create table mailbox_aliases (
  team_id     ident not null,
  mailbox_id  ident not null,
  email       text not null,
  primary key (team_id, mailbox_id, email)
);
call guard_table('mailbox_aliases');

create table mailboxes (
  team_id                ident not null,
  id                     ident not null,
  user_id                ident not null, -- whose mailbox it is
  email                  text not null,
  display_name           text,
  type                   text not null,
  is_active              boolean not null default true,
  is_default             boolean not null default false,
  daily_limit            int, -- Null means no limit of that kind.
  hourly_limit           int,
  gap_seconds            int,
  signature_html         text,
  smtp_host              text,
  smtp_port              int,
  smtp_security          text,
  smtp_username          text,
  smtp_password          bytea, -- sealed
  imap_host              text,
  imap_port              int,
  imap_security          text,
  imap_username          text,
  imap_password          bytea, -- sealed
  oauth_client_id        text,
  oauth_client_secret    bytea, -- sealed
  oauth_access_token     bytea, -- sealed
  oauth_refresh_token    bytea, -- sealed
  oauth_expires_at       timestamptz,
  visibility             text not null default 'restricted',
  last_tested_at         timestamptz,
  last_test_error        text,
  last_synced_at         timestamptz,
  revoked_at             timestamptz, -- disconnected
  inactive_reason        text,
  created_at             timestamptz not null,
  updated_at             timestamptz not null,
  open_tracking          boolean not null default false,
  click_tracking         boolean not null default false,
  failures               int not null default 0, -- in a row, of the connection and not of one mail
  backoff_until          timestamptz, -- its server is left alone until then
  backoff_reason         text,
  limited_until          timestamptz, -- a `limited` event was written, and none follows before this time
  copies_to_sent         boolean,
  reading_engine         ident, -- One engine at a time reads a mailbox; one that is not heard of any more has lost it.
  reading_at             timestamptz, -- when it is read next
  reading_failures       int not null default 0, -- in a row
  reading_error          text,
  reading_error_since    timestamptz,
  -- Whether the mailbox's server delivers `box+anything@` to it: then answers come back under a name that says which mail it
  -- was.
  plus_addressing        boolean not null default false,
  -- Where this is on, email that people send from the mailbox with another program counts against its limits. Cadenza reads the
  -- Sent folder and records that an email was sent, without text, subject or address.
  counts_sent_elsewhere  boolean not null default false,
  sent_looked_at         timestamptz, -- when its Sent folder was last read
  sent_trouble           text,
  -- The mailboxes that had this address before, and until when what they sent still counts against its limits.
  former_ids             text[] not null default '{}',
  former_count_until     timestamptz,
  -- Until when the last reading of an inbox is taken for recent enough to send from its mailbox: by the database's clock, from
  -- the moment at which that reading began.
  inbox_read_at          timestamptz,
  inbox_fresh_until      timestamptz,
  primary key (team_id, id),
  check (daily_limit >= 0),
  check (gap_seconds >= 0),
  check (hourly_limit >= 0),
  check (imap_security in ('tls', 'starttls', 'none')),
  check (smtp_security in ('tls', 'starttls', 'none')),
  check (type in ('smtp', 'gmail', 'microsoft', 'catcher')),
  check (visibility in ('restricted', 'everyone')),
  foreign key (team_id) references teams (id),
  foreign key (team_id, user_id) references users (team_id, id)
);
create unique index mailboxes_default on mailboxes (team_id, user_id) where is_default and (revoked_at is null);
create unique index mailboxes_email on mailboxes (team_id, lower(email)) where revoked_at is null;
call guard_table('mailboxes');
create policy reporting on mailboxes for select to cadenza_views using (team_id = (select reporting.team() as team));
grant select (team_id, id, user_id, email, display_name, type, is_active, daily_limit, hourly_limit, revoked_at, created_at) on mailboxes to cadenza_views;

create table mails_sent_elsewhere (
  team_id     ident not null,
  mailbox_id  ident not null,
  mail_key    bytea not null, -- a digest of its Message-ID, or of its header: the same mail counts once, whatever number it has
  sent_at     timestamptz not null, -- the server's word, and never later than when it was seen
  primary key (team_id, mailbox_id, mail_key),
  foreign key (team_id, mailbox_id) references mailboxes (team_id, id) on delete cascade
);
create index mails_sent_elsewhere_at on mails_sent_elsewhere (team_id, mailbox_id, sent_at);
call guard_table('mails_sent_elsewhere');

-- The domains that mailboxes send from: the key their mails are signed with, and what the DNS said of them when it was asked.
create table sending_domains (
  team_id      ident not null,
  domain       text not null, -- in lower case, as in the addresses
  selector     text,
  key_type     text,
  private_key  bytea, -- sealed
  public_key   text,
  key_set_at   timestamptz,
  facts        jsonb,
  checked_at   timestamptz,
  check_at     timestamptz not null, -- when it is asked again
  primary key (team_id, domain),
  check (num_nonnulls(selector, key_type, private_key, public_key, key_set_at) = any (array[0, 5])),
  check (key_type in ('rsa', 'ed25519')),
  foreign key (team_id) references teams (id)
);
call guard_table('sending_domains');

alter table mailbox_aliases add foreign key (team_id, mailbox_id) references mailboxes (team_id, id) on delete cascade;

-- Whether any team uses the catcher.
create function has_catcher_mailboxes() returns boolean
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select exists (select from mailboxes m where m.type = 'catcher' and m.revoked_at is null);
  end;
grant create on schema public to cadenza_across;
alter function has_catcher_mailboxes() owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function has_catcher_mailboxes() from public;
grant execute on function has_catcher_mailboxes() to cadenza_app;

-- Of all connected mailboxes that are read: how many are behind, and how long ago the one was read that waits longest.
create function inbox_lag() returns table (behind bigint, longest_seconds float8)
  language sql volatile security definer set search_path = public, pg_temp
  begin atomic
    select count(*) filter (where b.inbox_fresh_until is null or b.inbox_fresh_until <= c.at),
           coalesce(extract(epoch from max(c.at - coalesce(b.inbox_read_at, b.created_at))), 0)
      from mailboxes b, (select cadenza_now() as at offset 0) c
     where b.revoked_at is null and b.is_active and b.imap_host is not null and b.type <> 'catcher';
  end;
grant create on schema public to cadenza_across;
alter function inbox_lag() owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function inbox_lag() from public;
grant execute on function inbox_lag() to cadenza_app;

create function keep_mailbox() returns trigger language plpgsql as $$
begin
  insert into row_history (team_id, subject_id, until_at, was)
  values (old.team_id, old.id, cadenza_now(),
          jsonb_build_object('is_active', old.is_active, 'inactive_reason', old.inactive_reason, 'revoked_at', old.revoked_at,
            'daily_limit', old.daily_limit, 'hourly_limit', old.hourly_limit, 'gap_seconds', old.gap_seconds,
            'backoff_until', old.backoff_until, 'backoff_reason', old.backoff_reason, 'user_id', old.user_id));
  return null;
end
$$;

-- An engine without a heartbeat for a few seconds is dead, and its claims are free again. By the real clock.
create table engines (
  id          ident primary key,
  started_at  timestamptz not null default clock_timestamp(),
  beat_at     timestamptz not null default clock_timestamp()
);
grant insert, select, update, delete on engines to cadenza_app;
grant select on engines to cadenza_across;

create function engine_is_alive(wanted text) returns boolean
  language sql stable
  return exists (select from engines e where e.id = wanted and e.beat_at > clock_timestamp() - interval '4 seconds');

-- Mailboxes that are due for reading and that no engine is reading.
create function mailboxes_to_read(at timestamptz) returns table (team_id text, mailbox_id text)
  language sql volatile security definer set search_path = public, pg_temp
  begin atomic
    select b.team_id, b.id from mailboxes b
     where b.revoked_at is null and b.is_active and (b.imap_host is not null or b.type = 'catcher')
       and (b.reading_at is null or b.reading_at <= at)
       and (b.reading_engine is null or not engine_is_alive(b.reading_engine::text))
     order by b.reading_at nulls first, b.id;
  end;
grant create on schema public to cadenza_across;
alter function mailboxes_to_read(timestamp with time zone) owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function mailboxes_to_read(timestamp with time zone) from public;
grant execute on function mailboxes_to_read(timestamp with time zone) to cadenza_app;

create function note_former_mailboxes() returns trigger language plpgsql as $$
begin
  select coalesce(array_agg(o.id::text), '{}'), cadenza_now() + interval '24 hours'
    into new.former_ids, new.former_count_until
    from mailboxes o
   where o.team_id = new.team_id and lower(o.email) = lower(new.email) and o.id <> new.id;
  return new;
end
$$;

create procedure show_in_reporting(variadic names text[]) language plpgsql as $$
declare
  name text;
begin
  foreach name in array names loop
    execute format('create policy reporting on %I for select to cadenza_views using (%I = (select reporting.team()))',
                   name, case name when 'teams' then 'id' else 'team_id' end);
    if name not in ('users', 'mailboxes', 'events') then
      execute format('grant select on %I to cadenza_views', name);
    end if;
  end loop;
end
$$;

create function teams_with_domains_to_check(at timestamptz) returns table (team_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select distinct m.team_id::text from mailboxes m
     where m.revoked_at is null and m.type <> 'catcher'
       and not exists (select from sending_domains d
                        where d.team_id = m.team_id and d.domain = domain_of(m.email) and d.check_at > at);
  end;
grant create on schema public to cadenza_across;
alter function teams_with_domains_to_check(timestamp with time zone) owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function teams_with_domains_to_check(timestamp with time zone) from public;
grant execute on function teams_with_domains_to_check(timestamp with time zone) to cadenza_app;

create trigger mailboxes_former before insert on mailboxes for each row execute function note_former_mailboxes();

create trigger mailboxes_kept after update on mailboxes for each row
  when ((old.is_active, old.inactive_reason, old.revoked_at, old.daily_limit, old.hourly_limit, old.gap_seconds,
         old.backoff_until, old.backoff_reason, old.user_id)
        is distinct from
        (new.is_active, new.inactive_reason, new.revoked_at, new.daily_limit, new.hourly_limit, new.gap_seconds,
         new.backoff_until, new.backoff_reason, new.user_id))
  execute function keep_mailbox();
