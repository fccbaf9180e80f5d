-- Credits by double entry: what is spent, held, settled or given back is one movement, whose legs sum to nothing. And what
-- may be spent is limited only where somebody has said so: for the team, for one of its people, or both.

alter table credit_limits alter column amount drop not null; -- null: no limit
update credit_limits set amount = null where amount = 1000000; -- what every team was given before there was "none"

create table credit_allowances (
  team_id  ident not null,
  user_id  ident not null,
  kind     text not null,
  amount   int not null check (amount >= 0),
  primary key (team_id, user_id, kind),
  foreign key (team_id, user_id) references users (team_id, id)
);
call guard_table('credit_allowances');

create table credit_movements (
  team_id         ident not null references teams (id),
  id              ident not null,
  kind            text not null,
  type            text not null check (type in ('spend', 'hold', 'settle', 'release', 'refund')),
  action          text not null, -- what for
  user_id         ident,         -- who asked
  reservation_id  ident,
  occurred_at     timestamptz not null,
  counted_at      timestamptz not null, -- in whose cycle it counts: what is given back counts for the next
  primary key (team_id, id),
  foreign key (team_id, user_id) references users (team_id, id),
  foreign key (team_id, reservation_id) references credit_reservations (team_id, id)
);
create index credit_movements_counted on credit_movements (team_id, kind, counted_at);
create index credit_movements_occurred on credit_movements (team_id, occurred_at);
create index credit_movements_reservation on credit_movements (team_id, reservation_id) where reservation_id is not null;
call guard_table('credit_movements');

-- `purse` is what may be spent, `held` what is held for work at hand, `spent` what is gone.
create table credit_legs (
  team_id      ident not null,
  movement_id  ident not null,
  position     int not null,
  account      text not null check (account in ('purse', 'held', 'spent')),
  amount       int not null check (amount <> 0),
  subject_id   ident, -- what or whom it was spent on: any id, and nothing but an id
  refunds      ident, -- of a leg that gives back: the movement whose leg for the same subject it gives back
  primary key (team_id, movement_id, position),
  foreign key (team_id, movement_id) references credit_movements (team_id, id),
  foreign key (team_id, refunds) references credit_movements (team_id, id)
);
create unique index credit_legs_refund on credit_legs (team_id, refunds, subject_id) where refunds is not null and account = 'spent';
create index credit_legs_subject on credit_legs (team_id, subject_id) where subject_id is not null;
call guard_table('credit_legs');

-- A ledger is added to, and never changed.
revoke update, delete on credit_movements, credit_legs from cadenza_app;

-- All legs of a movement are written by one statement, so it can be held to the rule by itself.
create function refuse_unbalanced_legs() returns trigger language plpgsql as $$
begin
  if exists (select from added group by team_id, movement_id having sum(amount) <> 0) then
    raise exception 'the legs of a movement must sum to nothing';
  end if;
  return null;
end
$$;
create trigger credit_legs_balance after insert on credit_legs
  referencing new table as added for each statement execute function refuse_unbalanced_legs();

insert into credit_movements (team_id, id, kind, type, action, user_id, occurred_at, counted_at)
select team_id, id, kind, case when amount > 0 then 'spend' else 'refund' end, reason, user_id, occurred_at, occurred_at
  from credit_entries where amount <> 0;
insert into credit_legs (team_id, movement_id, position, account, amount, subject_id)
select team_id, id, side.position, side.account, side.sign * amount, subject_id
  from credit_entries cross join (values (1, 'purse', -1), (2, 'spent', 1)) as side (position, account, sign)
 where amount <> 0;

insert into credit_movements (team_id, id, kind, type, action, user_id, reservation_id, occurred_at, counted_at)
select team_id, id, kind, 'hold', reason, user_id, id, held_at, held_at from credit_reservations where settled_at is null;
insert into credit_legs (team_id, movement_id, position, account, amount, subject_id)
select team_id, id, side.position, side.account, side.sign * amount, subject_id
  from credit_reservations cross join (values (1, 'purse', -1), (2, 'held', 1)) as side (position, account, sign)
 where settled_at is null;

drop table credit_entries;
