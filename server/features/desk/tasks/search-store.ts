// The queue of tasks as it is looked at: filtered, sorted, a page at a time.

import type { Db } from "../../../db/connect.ts";
import { isOfKind, type TaskKind, type TypeCount } from "../../../domain/work/task.ts";
import { pageOf } from "../../../kernel/pages.ts";
import { seesTask } from "../../access/sharing/sight-store.ts";
import { planAsUsual, planForValues } from "../../contacts/searching/store.ts";
import { findTasks, IS_HIDDEN_TASK, JOINED } from "../../work/tasks/store.ts";

type Way = "asc" | "desc";
type Sort = { natural: Way; value: string; order: (way: Way) => string; after: (way: Way) => string };

const PRIORITY = "array_position(array['low', 'medium', 'high'], t.priority)";

const past = (way: Way) => (way === "asc" ? ">" : "<");

const byMoment = (natural: Way, column: string): Sort => ({
  natural,
  value: column,
  order: (way) => `${column} ${way}, t.id ${way}`,
  after: (way) => `(${column}, t.id) ${past(way)} ($16::timestamptz, $17::ident)`,
});

const MATCHING = `t.team_id = $1
  and ($2::text is null or position(lower($2) in lower(concat_ws(' ', t.title, t.note, c.name, c.organization_name, a.name))) > 0)
  and ($3::text[] is null or t.user_id = any($3))
  and ($4::text[] is null or t.contact_id = any($4))
  and ($5::text[] is null or t.account_id = any($5))
  and ($6::text[] is null or t.deal_id = any($6))
  and ($7::text[] is null or t.priority = any($7))
  and ($8::text[] is null or t.status = any($8))
  and ($9::text[] is null or t.sequence_id = any($9))
  and ($10::timestamptz is null or t.due_at >= $10)
  and ($11::timestamptz is null or t.due_at < $11)
  and not (t.status = 'scheduled' and t.created_from is not distinct from 'sequence' and ${IS_HIDDEN_TASK})
  and ${seesTask("$12", "t")}`;

/** Of one priority, the next due comes first whichever way: "3 2026-11-21 …" is where a page of them ends. */
const SORTS = {
  due: byMoment("asc", "t.due_at"),
  created: byMoment("desc", "t.created_at"),
  priority: {
    natural: "desc",
    value: `${PRIORITY} || ' ' || t.due_at`,
    order: (way) => `${PRIORITY} ${way}, t.due_at, t.id`,
    after: (way) => `(${PRIORITY} ${past(way)} left($16::text, 1)::int
      or ${PRIORITY} = left($16::text, 1)::int and (t.due_at, t.id) > (substr($16::text, 3)::timestamptz, $17::ident))`,
  },
} satisfies Record<string, Sort>;

export type TaskSort = keyof typeof SORTS;

type TaskSearch = {
  keywords: string | null;
  userIds: readonly string[] | null;
  contactIds: readonly string[] | null;
  accountIds: readonly string[] | null;
  dealIds: readonly string[] | null;
  priorities: readonly string[] | null;
  statuses: readonly string[] | null;
  kinds: readonly TaskKind[] | null;
  sequenceIds: readonly string[] | null;
  dueFrom: Temporal.Instant | null;
  dueBefore: Temporal.Instant | null;
  /** Whose sight it is limited to; null sees all. */
  viewerId: string | null;
  sort: TaskSort;
  isAscending: boolean | null;
  /** The last task of the page before: how it was sorted, and its id. */
  after: { value: string; id: string } | null;
  limit: number;
  offset: number;
};

/** A page by its ids, how many there are, and how many of each type whatever types were asked for. */
export async function searchTasks(db: Db, teamId: string, search: TaskSearch) {
  const params = [
    teamId,
    search.keywords,
    search.userIds,
    search.contactIds,
    search.accountIds,
    search.dealIds,
    search.priorities,
    search.statuses,
    search.sequenceIds,
    search.dueFrom,
    search.dueBefore,
    search.viewerId,
  ];
  const sort: Sort = SORTS[search.sort];
  const direction = search.isAscending === null ? sort.natural : search.isAscending ? "asc" : "desc";
  const { after, kinds, limit, offset } = search;
  const [, found] = await Promise.all([
    planForValues(db),
    db.rows<{ id: string; value: string }>(
      `select t.id, (${sort.value})::text as value from ${JOINED}
        where ${MATCHING} and ($13::text[] is null or (t.type || ' ' || (t.contact_id is not null)) = any($13))
          ${after ? `and ${sort.after(direction)}` : ""}
        order by ${sort.order(direction)}
        limit $14::int + 1 offset $15`,
      [
        ...params,
        kinds?.map(({ type, hasContact }) => `${type} ${hasContact}`) ?? null,
        limit,
        after ? 0 : offset,
        ...(after ? [after.value, after.id] : []),
      ],
    ),
  ]);
  const { rows, last } = pageOf(found, limit);
  const counts = await db.rows<TypeCount>(
    `select t.type, t.contact_id is not null as has_contact, count(*) as count
       from ${JOINED} where ${MATCHING} group by 1, 2`,
    params,
  );
  await planAsUsual(db);
  const tasks = await findTasks(
    db,
    teamId,
    rows.map(({ id }) => id),
  );
  const total = counts.filter((count) => isOfKind(kinds, count)).reduce((sum, { count }) => sum + count, 0);
  return { tasks, counts, total, last };
}
