-- Who asks providers about whom just now: whoever else wants to know the same waits for the answer and pays nobody twice. A claim
-- is held by renewing it; whoever died lets go of it within seconds.

create table lookup_claims (
  team_id     ident not null references teams (id),
  question    bytea not null, -- as in provider_calls
  holder      ident not null,
  held_until  timestamptz not null,
  primary key (team_id, question)
);
create index lookup_claims_holder on lookup_claims (team_id, holder);
call guard_table('lookup_claims');
