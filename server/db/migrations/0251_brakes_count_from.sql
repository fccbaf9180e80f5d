-- A team that was there before brakes is judged by what it sends from then on: an upgrade stops nobody for bounces of last month.
alter table teams add column brakes_from timestamptz default cadenza_now(); -- null: all that it sent counts
alter table teams alter column brakes_from drop default;

-- Refusals of emails that were tried again, by the day of the refusal (features/gate/brakes/store.ts).
create index messages_refused_then on messages (team_id, failed_at)
  where failed_at is not null and (has_bounced or is_spam_blocked);
