-- Who said that an address must not be mailed, and when: one row for each opt-out, bounce, complaint, do-not-contact, pause and
-- entry of the list of suppressions. An address is barred while one of its claims stands. Taking a claim back keeps the row.
-- The address is kept as a keyed digest only, so a claim outlives the contact.
create table address_claims (
  team_id        ident not null references teams (id),
  id             ident not null,
  digest         text not null,
  kind           text not null check (kind in ('unsubscribed', 'complaint', 'bounced', 'do_not_contact', 'suppressed', 'paused')),
  source         text not null, -- 'link', 'incoming_mail', 'delivery', 'person', 'import', 'deletion' or what else wrote it
  source_id      text not null default '', -- the mail by whose link, the mail that came in, the attempt, the entry of the list
  contact_id     ident, -- the contact that carries it as a mark; null: it is said of the address alone
  until_at       timestamptz,
  is_erased      boolean not null default false, -- of a contact who was deleted: nobody may write the address down for it
  made_by        ident,
  made_at        timestamptz not null,
  in_force_from  timestamptz not null default cadenza_now(),
  lifted_at      timestamptz,
  lifted_by      ident,
  lifted_because text,
  primary key (team_id, id),
  check ((kind = 'paused') = (until_at is not null)),
  check (lifted_at is not null or lifted_because is null)
);
create index address_claims_standing on address_claims (team_id, digest) where lifted_at is null;
create unique index address_claims_once on address_claims (team_id, digest, kind, source, source_id, (coalesce(contact_id, '')))
  where lifted_at is null;
create index address_claims_of_contact on address_claims (team_id, contact_id) where contact_id is not null and lifted_at is null;
create index address_claims_of_source on address_claims (team_id, source_id) where source_id <> '' and lifted_at is null;

-- Until now the addresses of deleted contacts stood as digests in the list of suppressions.
alter table suppressions no force row level security;
alter table address_claims no force row level security;
insert into address_claims (team_id, id, digest, kind, source, is_erased, made_by, made_at, in_force_from)
select team_id, id, value,
       case source when 'unsubscribe' then 'unsubscribed' when 'complaint' then 'complaint' when 'bounce' then 'bounced'
                   else 'do_not_contact' end,
       case source when 'unsubscribe' then 'link' when 'complaint' then 'incoming_mail' when 'bounce' then 'delivery' else source end,
       true, created_by, created_at, in_force_from
  from suppressions where kind = 'hash';
delete from suppressions where kind = 'hash';
alter table suppressions drop constraint suppressions_kind_check;
alter table suppressions add constraint suppressions_kind_check check (kind in ('email', 'domain', 'pattern'));
alter table suppressions force row level security;
alter table address_claims force row level security;
call guard_table('address_claims');

-- Whether the bars that stood before there were claims have been written down as such.
alter table installation add column claims_written_at timestamptz;
