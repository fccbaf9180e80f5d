// Finding contacts among a million.
//
// A page is found in two steps: its ids by an index, then everything about those few. Filters that are not used are
// null, and every search is planned for the very values it is about (`force_custom_plan`), so that they vanish from
// the plan; a plan for all cases alike would read the whole table. Orders are a fixed list, one index each.

import type { Db } from "../../db/connect.ts";

export type Range = { min: Temporal.Instant | null; max: Temporal.Instant | null };
export type StatusWord =
  | "active"
  | "paused"
  | "finished"
  | "failed"
  | "not_sent"
  | "bounced"
  | "spam_blocked";

export type ContactFilter = {
  /** Parts that must each occur, in lower case. */
  words: readonly string[];
  /** The whole of what was typed, where it may be an address that stands beside the first. */
  address: string | null;
  nameWords: readonly string[];
  companyWords: readonly string[];
  stageIds: readonly string[] | null;
  ownerIds: readonly string[] | null;
  labelIds: readonly string[] | null;
  accountIds: readonly string[] | null;
  contactIds: readonly string[] | null;
  emails: readonly string[] | null;
  domains: readonly string[] | null;
  sequenceIds: readonly string[] | null;
  inSequences: readonly { sequenceId: string; status: StatusWord }[] | null;
  emailStatuses: readonly string[] | null;
  doNotContact: boolean | null;
  unsubscribed: boolean | null;
  created: Range;
  updated: Range;
  lastActivity: Range;
};

/** What a search can be sorted by: the expression of its index, and the type a cursor's value has. */
const ORDERS = {
  created: ["c.created_at", "timestamptz"],
  updated: ["c.updated_at", "timestamptz"],
  lastActivity: ["coalesce(c.last_activity_at, '-infinity')", "timestamptz"],
  lastOpened: ["coalesce(c.email_last_opened_at, '-infinity')", "timestamptz"],
  lastClicked: ["coalesce(c.email_last_clicked_at, '-infinity')", "timestamptz"],
  name: ["lower(coalesce(c.name, c.email, ''))", "text"],
} as const;

export type Order = keyof typeof ORDERS;
export type Place = {
  order: Order;
  isAscending: boolean;
  after: { value: string; id: string } | null;
  offset: number;
  limit: number;
};

/** Searches show this many at most by page number; counting further would tell nobody anything. */
export const MOST_SHOWN = 50_000;

// What contacts_words indexes, to the letter.
const WORDS = `lower(coalesce(c.first_name, '') || ' ' || coalesce(c.last_name, '') || ' ' || coalesce(c.title, '') || ' ' ||
         coalesce(c.organization_name, '') || ' ' || coalesce(c.email, ''))`;

const MOST_WORDS = 8;

/** One condition a word: an index for parts of words answers each by itself, but no list of them. */
function words(first: number, also = "") {
  const each = Array.from({ length: MOST_WORDS }, (_, i) => {
    const pattern = `$${first + i}`;
    return `and (${pattern}::text is null or ${WORDS} like ${pattern}${also && ` and ${also} like ${pattern}`})`;
  });
  return each.join("\n    ");
}

// The fixed part. One value is asked for by itself wherever that lets an index give the rows in order.
const WHERE = `c.team_id = $1
    and ($2::text is null or c.contact_stage_id = $2)
    and ($3::text[] is null or c.contact_stage_id = any ($3))
    and ($4::text is null or c.owner_id = $4)
    and ($5::text[] is null or c.owner_id = any ($5))
    and ($6::text[] is null or c.account_id = any ($6))
    and ($7::text[] is null or c.id = any ($7))
    and ($8::text is null or c.id in (select contact_id from contact_labels where team_id = $1 and label_id = $8))
    and ($9::text[] is null or c.id in (select contact_id from contact_labels where team_id = $1 and label_id = any ($9)))
    and ($10::text[] is null or c.id in (select contact_id from enrollments where team_id = $1 and sequence_id = any ($10)))
    and ($11::text[] is null or c.id in (
          select id from team_contacts where team_id = $1 and lower(email) = any ($11)
          union all
          select contact_id from team_contact_emails where team_id = $1 and lower(email) = any ($11)))
    and ($12::text[] is null or c.id in (
          select id from team_contacts where team_id = $1 and email is not null and split_part(lower(email), '@', 2) = any ($12)
          union all
          select p.id from team_accounts a join contacts p on p.team_id = $1 and p.account_id = a.id
           where a.team_id = $1 and a.domain = any ($12)))
    and ($13::jsonb is null or c.id in (
          select e.contact_id
            from jsonb_to_recordset($13) as w (sequence_id text, status text)
            join enrollments e on e.team_id = $1 and e.sequence_id = w.sequence_id
           where case w.status
                   when 'bounced' then e.failure_reason in ('bounced', 'hard_bounced') or e.inactive_reason = 'bounced'
                   when 'spam_blocked' then e.failure_reason = 'spam_blocked'
                   when 'not_sent' then e.state = 'failed' and e.failure_reason is not null
                                    and e.failure_reason not in ('bounced', 'hard_bounced', 'spam_blocked')
                   else e.state = w.status
                 end))
    and ($14::text[] is null or c.email_status = any ($14))
    and ($15::boolean is null or c.do_not_contact = $15)
    and ($16::boolean is null or coalesce(c.email_unsubscribed, false) = $16)
    and ($17::timestamptz is null or c.created_at >= $17) and ($18::timestamptz is null or c.created_at <= $18)
    and ($19::timestamptz is null or c.updated_at >= $19) and ($20::timestamptz is null or c.updated_at <= $20)
    and ($21::timestamptz is null or c.last_activity_at >= $21) and ($22::timestamptz is null or c.last_activity_at <= $22)
    ${words(23, "lower(c.name)")}
    ${words(31, "lower(c.organization_name)")}
    `;

const BY_WORDS = WHERE + words(39);

// What was typed is one address: it may stand beside a contact's first, where the words do not look.
const BY_ADDRESS = `${WHERE} and c.id in (
      select id from team_contacts c where team_id = $1 and ${WORDS} like $39
      union all
      select contact_id from team_contact_emails where team_id = $1 and lower(email) = $40)`;

export type Found = { ids: string[]; total: number; last: { value: string; id: string } | null };

export async function searchContacts(
  db: Db,
  teamId: string,
  filter: ContactFilter,
  place: Place,
): Promise<Found> {
  const { address } = filter;
  const where = address === null ? BY_WORDS : BY_ADDRESS;
  const typed = address === null ? patterns(filter.words) : [patterns([address])[0], address];
  const params = [...paramsOf(teamId, filter), ...typed];
  const n = params.length;
  const [, , rows, count] = await Promise.all([
    db.run("select set_config('plan_cache_mode', 'force_custom_plan', true)"),
    db.run("select set_config('jit', 'off', true)"),
    db.rows<{ id: string; value: string }>(pageOf(where, place, n), [
      ...params,
      place.limit + 1,
      place.after ? 0 : place.offset,
      ...(place.after ? [place.after.value, place.after.id] : []),
    ]),
    db.row<{ total: number }>(
      `select count(*) as total from (select 1 from team_contacts c where ${where} limit $${n + 1}) found`,
      [...params, MOST_SHOWN + 1],
    ),
    db.run("select set_config('plan_cache_mode', 'auto', true)"),
  ]);
  const page = rows.slice(0, place.limit);
  const last = page.at(-1);
  return {
    ids: page.map((row) => row.id),
    total: count?.total ?? 0,
    last: rows.length > place.limit && last ? { value: last.value, id: last.id } : null,
  };
}

function pageOf(where: string, { order, isAscending, after }: Place, n: number) {
  const [by, type] = ORDERS[order];
  const [way, beyond] = isAscending ? ["asc", ">"] : ["desc", "<"];
  return `select c.id, (${by})::text as value
    from team_contacts c
   where ${where}
     ${after ? `and (${by}, c.id) ${beyond} ($${n + 3}::${type}, $${n + 4}::text)` : ""}
   order by ${by} ${way}, c.id ${way}
   limit $${n + 1} offset $${n + 2}`;
}

function paramsOf(teamId: string, filter: ContactFilter) {
  return [
    teamId,
    ...oneOrMany(filter.stageIds),
    ...oneOrMany(filter.ownerIds),
    filter.accountIds,
    filter.contactIds,
    ...oneOrMany(filter.labelIds),
    filter.sequenceIds,
    filter.emails,
    filter.domains,
    filter.inSequences &&
      JSON.stringify(
        filter.inSequences.map(({ sequenceId, status }) => ({ sequence_id: sequenceId, status })),
      ),
    filter.emailStatuses,
    filter.doNotContact,
    filter.unsubscribed,
    filter.created.min,
    filter.created.max,
    filter.updated.min,
    filter.updated.max,
    filter.lastActivity.min,
    filter.lastActivity.max,
    ...patterns(filter.nameWords),
    ...patterns(filter.companyWords),
  ];
}

function patterns(given: readonly string[]) {
  const places = Array.from({ length: MOST_WORDS }, (_, i) => given[i]);
  return places.map((word) => (word === undefined ? null : `%${word.replace(/[\\%_]/g, "\\$&")}%`));
}

function oneOrMany(ids: readonly string[] | null): [string | null, readonly string[] | null] {
  return ids?.length === 1 ? [ids[0] ?? null, null] : [null, ids];
}

export type Named = { kind: "stage" | "label" | "user" | "account" | "sequence"; id: string; name: string };

/** What the ids in a search are called. */
export function namesOf(db: Db, teamId: string, ids: readonly string[]) {
  return db.rows<Named>(
    `select 'stage' as kind, id, name from contact_stages where team_id = $1 and id = any($2::text[])
     union all select 'label', id, name from labels where team_id = $1 and id = any($2::text[])
     union all select 'user', id, coalesce(nullif(concat_ws(' ', first_name, last_name), ''), email) from users
                where team_id = $1 and id = any($2::text[])
     union all select 'account', id, coalesce(name, domain, '') from accounts where team_id = $1 and id = any($2::text[])
     union all select 'sequence', id, name from sequences where team_id = $1 and id = any($2::text[])`,
    [teamId, ids],
  );
}
