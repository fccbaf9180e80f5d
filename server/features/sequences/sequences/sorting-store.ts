// What a search of sequences can be sorted by: columns of the row, and figures that are counted for it. Counting goes once over
// the mails or contacts of the team, however many sequences there are; a search that is not sorted by them does not count.

import { IS_COUNTED, WAS_ANSWERED, WAS_DELIVERED, WAS_SENT } from "../statistics/store.ts";

type Sorting = { by: string; join?: string };

const MAILS = `left join (
    select o.sequence_id, count(*) filter (where o.status = 'scheduled') as scheduled,
           count(*) filter (where ${WAS_SENT}) as sent,
           count(*) filter (where ${WAS_DELIVERED}) as delivered,
           count(*) filter (where o.has_bounced) as bounced,
           count(*) filter (where ${WAS_DELIVERED} and o.num_opens > 0) as opened,
           count(*) filter (where ${WAS_DELIVERED} and o.num_clicks > 0) as clicked,
           count(*) filter (where ${WAS_ANSWERED}) as replied,
           count(*) filter (where o.demoed_at is not null) as demoed
      from messages o
     where o.team_id = $1 and o.sequence_id is not null and ${IS_COUNTED}
     group by 1) m on m.sequence_id = s.id`;

const CONTACTS = `left join (
    select e.sequence_id, count(*) as contacts from enrollments e
     where e.team_id = $1 and e.state <> 'removed' group by 1) n on n.sequence_id = s.id`;

const counted = (figure: string): Sorting => ({ by: `coalesce(m.${figure}, 0)`, join: MAILS });

/** Without a mail there is no rate. */
const rate = (part: string, whole = "delivered"): Sorting => ({
  by: `case when m.${whole} > 0 then least(1, m.${part}::float8 / m.${whole}) end`,
  join: MAILS,
});

export const SORTS = {
  created_at: { by: "s.created_at" },
  updated_at: { by: "s.updated_at" },
  last_used_at: { by: "s.last_used_at" },
  name: { by: "lower(s.name)" },
  active: { by: "s.is_active" },
  owner: {
    by: `(select lower(coalesce(nullif(concat_ws(' ', u.first_name, u.last_name), ''), u.email)) from users u
           where u.team_id = s.team_id and u.id = s.owner_id)`,
  },
  folder: {
    by: "(select lower(f.name) from folders f where f.team_id = s.team_id and f.id = s.folder_id)",
  },
  starred: {
    by: `exists (select from sequence_stars t
                  where t.team_id = s.team_id and t.sequence_id = s.id and t.user_id = $8)`,
  },
  num_steps: {
    by: `(select count(*) from sequence_steps p
           where p.team_id = s.team_id and p.sequence_id = s.id and p.version_id is null)`,
  },
  num_contacts: { by: "coalesce(n.contacts, 0)", join: CONTACTS },
  unique_scheduled: counted("scheduled"),
  unique_delivered: counted("delivered"),
  open_rate: rate("opened"),
  click_rate: rate("clicked"),
  reply_rate: rate("replied"),
  demo_rate: rate("demoed"),
  bounce_rate: rate("bounced", "sent"),
} as const satisfies Record<string, Sorting>;

export type SortField = keyof typeof SORTS;

export function sortField(name: string | undefined): SortField | null {
  return name !== undefined && Object.hasOwn(SORTS, name) ? (name as SortField) : null;
}

/** What has no value comes last. The first of those that are equal is always the same, or pages would repeat some. */
export function orderBy(sort: SortField, ascending: boolean) {
  const { by, join = "" }: Sorting = SORTS[sort];
  const direction = ascending ? "asc" : "desc";
  return { order: `${by} ${direction} nulls last, s.id ${direction}`, join };
}
