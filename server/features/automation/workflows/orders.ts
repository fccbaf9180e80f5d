// What workflows are sorted by: expressions of a workflow `w`. A team has few, so all that match are read.

import type { WorkflowOrder } from "./store.ts";

const ofLastRun = (value: string) => `(select ${value} from workflow_runs r
  where r.team_id = $1 and r.workflow_id = w.id order by r.started_at desc, r.id desc limit 1)`;

/** Candidates are counted by result, or by result and reason. */
const counted = (...verdicts: readonly string[]) =>
  ofLastRun(`(select coalesce(sum(n.count::int), 0) from jsonb_each_text(r.counts) n (place, count)
    where split_part(n.place, ' ', 1) in (${verdicts.map((verdict) => `'${verdict}'`).join(", ")}))`);

const WAITING = `(select count(*) from workflow_candidates c
    where c.team_id = $1 and c.workflow_id = w.id and c.verdict = 'waiting')
  + (select coalesce(sum(cardinality(f.entities)), 0) from workflow_found f
    where f.team_id = $1 and f.workflow_id = w.id)`;

const OWNER = `(select lower(coalesce(nullif(concat_ws(' ', u.first_name, u.last_name), ''), u.email)) from users u
  where u.team_id = $1 and u.id = w.user_id)`;

/** The same kinds together, and the same events within a kind. */
const TRIGGER = `concat_ws(' ', w.trigger ->> 'is',
  coalesce(w.trigger ->> 'event', w.trigger ->> 'field', w.trigger ->> 'cron'))`;

const ORDERS = {
  name: "lower(w.name)",
  status: "case when w.is_active then 1 when w.inactive_reason is null then 3 else 2 end",
  entity: "w.entity",
  trigger: TRIGGER,
  owner: OWNER,
  last_run_at: ofLastRun("r.started_at"),
  num_included: counted("waiting", "done", "failed"),
  num_skipped: counted("skipped"),
  num_waiting: WAITING,
  next_run_at: "w.next_run_at",
  updated_at: "w.updated_at",
  created_at: "w.created_at",
};

type WorkflowField = keyof typeof ORDERS;

const FROM_A: readonly WorkflowField[] = ["name", "status", "entity", "trigger", "owner", "next_run_at"];

export function orderOf(field: WorkflowField, isAscending = FROM_A.includes(field)): WorkflowOrder {
  return { by: ORDERS[field], isAscending };
}
