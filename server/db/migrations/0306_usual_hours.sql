-- Whether automatic emails of a sequence wait, up to a day, for the hour at which their contact usually reads.

alter table sequences add column sends_at_usual_hour boolean not null default false;

drop trigger sequences_replanned on sequences;
create trigger sequences_replanned after update on sequences for each row
  when (new.schedule_id is distinct from old.schedule_id or new.sends_at_usual_hour is distinct from old.sends_at_usual_hour)
  execute function replan_sequence();
