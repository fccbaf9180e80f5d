// Sequences take turns. With more due contacts than fit a batch, a sequence with thousands of them would keep the
// others waiting. So each sequence with a due contact gets the same share of a batch.

/** What they are due for, and by which column that is told. */
type Due = { state: "active"; at: "plan_at" } | { state: "paused"; at: "resume_at" };

/**
 * For `with recursive`: `due (sequence_id)`, the sequences that have a due contact. One index lookup for each, however
 * many contacts it has. `$1` is the team, `$2` the moment. If more sequences are due than fit a batch, some are drawn
 * by lot.
 */
export function dueSequences({ state, at }: Due, atOnce: number) {
  const first = (more: string) =>
    `select e.sequence_id, e.${at} as at from enrollments e
      where e.team_id = $1 and e.state = '${state}' and e.${at} is not null ${more}
      order by e.sequence_id, e.${at} limit 1`;
  return `visited (sequence_id, at) as (
      (${first("")})
      union all
      select n.sequence_id, n.at from visited v cross join lateral (${first("and e.sequence_id > v.sequence_id")}) n),
    due as materialized (select sequence_id from visited where at <= $2 order by random() limit ${atOnce})`;
}
