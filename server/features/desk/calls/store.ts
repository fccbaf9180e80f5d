import type { Db } from "../../../db/connect.ts";
import { newId } from "../../../kernel/ids.ts";

/** What a call is written with. */
export type CallValues = {
  id: string;
  userId: string | null;
  contactId: string | null;
  accountId: string | null;
  dealId: string | null;
  taskId: string | null;
  outcomeId: string | null;
  purposeId: string | null;
  callIdentifier: string | null;
  isLogged: boolean;
  isInbound: boolean;
  fromNumber: string | null;
  toNumber: string | null;
  status: string | null;
  startedAt: Temporal.Instant | null;
  endedAt: Temporal.Instant | null;
  duration: number | null;
  recordingUrl: string | null;
  note: string | null;
  createdAt: Temporal.Instant;
};

export type CallRow = CallValues;

const WRITTEN = [
  "id",
  "user_id",
  "contact_id",
  "account_id",
  "deal_id",
  "task_id",
  "outcome_id",
  "purpose_id",
  "call_identifier",
  "is_logged",
  "is_inbound",
  "from_number",
  "to_number",
  "status",
  "started_at",
  "ended_at",
  "duration",
  "recording_url",
  "note",
  "created_at",
] as const;

const COLUMNS = WRITTEN.map((column) => `p.${column}`).join(", ");

const JOINED = `calls p
  left join contacts c on c.team_id = p.team_id and c.id = p.contact_id
  left join accounts a on a.team_id = p.team_id and a.id = p.account_id`;

export function findCall(db: Db, teamId: string, id: string) {
  return db.row<CallRow>(`select ${COLUMNS} from ${JOINED} where p.team_id = $1 and p.id = $2`, [teamId, id]);
}

export function deleteCall(db: Db, teamId: string, id: string) {
  return db.run("delete from calls where team_id = $1 and id = $2", [teamId, id]);
}

export async function lockCall(db: Db, teamId: string, id: string) {
  await db.run("select 1 from calls where team_id = $1 and id = $2 for update", [teamId, id]);
  return findCall(db, teamId, id);
}

/** Of two reports about one call at once, the second waits and finds what the first wrote; and so for what a user changes. */
export async function lockCallByIdentifier(db: Db, teamId: string, identifier: string) {
  await db.run("select pg_advisory_xact_lock(hashtextextended('call ' || $1 || ' ' || $2, 0))", [
    teamId,
    identifier,
  ]);
  return db.row<CallRow>(
    `select ${COLUMNS} from ${JOINED} where p.team_id = $1 and p.call_identifier = $2 for update of p`,
    [teamId, identifier],
  );
}

/** Writes the whole row, new or known. */
export function writeCall(db: Db, teamId: string, call: CallValues, now: Temporal.Instant) {
  const others = [...WRITTEN.slice(1), "updated_at"];
  return db.run(
    `insert into calls (team_id, updated_at, ${WRITTEN.join(", ")})
     values ($1, $2, ${WRITTEN.map((_, index) => `$${index + 3}`).join(", ")})
     on conflict (team_id, id) do update set (${others.join(", ")}) = row (${others.map((column) => `excluded.${column}`).join(", ")})`,
    [teamId, now, ...WRITTEN.map((column) => call[keyOf(column)])],
  );
}

function keyOf(column: string) {
  return column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()) as keyof CallValues;
}

export function accountOfContact(db: Db, teamId: string, contactId: string) {
  return db.row<{ accountId: string | null }>(
    "select account_id from contacts where team_id = $1 and id = $2",
    [teamId, contactId],
  );
}

const SORTS = {
  start_time: "coalesce(p.started_at, p.created_at)",
  duration: "p.duration",
  created_at: "p.created_at",
} as const;

export type CallSort = keyof typeof SORTS;
export const CALL_SORTS = Object.keys(SORTS) as CallSort[];

export type CallSearch = {
  since: Temporal.Instant | null;
  until: Temporal.Instant | null;
  isUntilIncluded: boolean;
  least: number | null;
  most: number | null;
  isInbound: boolean | null;
  userIds: readonly string[] | null;
  contactIds: readonly string[] | null;
  accountIds: readonly string[] | null;
  labelIds: readonly string[] | null;
  purposeIds: readonly string[] | null;
  outcomeIds: readonly string[] | null;
  keywords: string | null;
  sort: CallSort;
  isAscending: boolean;
  limit: number;
  offset: number;
};

const MATCHING = `p.team_id = $1
  and ($2::timestamptz is null or coalesce(p.started_at, p.created_at) >= $2)
  and ($3::timestamptz is null or coalesce(p.started_at, p.created_at) < $3
       or ($4 and coalesce(p.started_at, p.created_at) = $3))
  and ($5::int is null or p.duration >= $5)
  and ($6::int is null or p.duration <= $6)
  and ($7::boolean is null or p.is_inbound = $7)
  and ($8::text[] is null or p.user_id = any($8))
  and ($9::text[] is null or p.contact_id = any($9))
  and ($10::text[] is null or p.account_id = any($10))
  and ($11::text[] is null or exists (select from contact_labels l where l.team_id = $1
         and l.contact_id = p.contact_id and l.label_id = any($11)))
  and ($12::text[] is null or p.purpose_id = any($12))
  and ($13::text[] is null or p.outcome_id = any($13))
  and ($14::text is null
       or position(lower($14) in lower(concat_ws(' ', p.note, p.from_number, p.to_number, c.name, c.organization_name, a.name))) > 0)`;

export async function searchCalls(db: Db, teamId: string, search: CallSearch) {
  const params = [
    teamId,
    search.since,
    search.until,
    search.isUntilIncluded,
    search.least,
    search.most,
    search.isInbound,
    search.userIds,
    search.contactIds,
    search.accountIds,
    search.labelIds,
    search.purposeIds,
    search.outcomeIds,
    search.keywords,
  ];
  const direction = search.isAscending ? "asc" : "desc";
  const calls = await db.rows<CallRow>(
    `select ${COLUMNS} from ${JOINED} where ${MATCHING}
      order by ${SORTS[search.sort]} ${direction} nulls last, p.id ${direction}
      limit $15 offset $16`,
    [...params, search.limit, search.offset],
  );
  const count = await db.row<{ total: number }>(
    `select count(*) as total from ${JOINED} where ${MATCHING}`,
    params,
  );
  return { calls, total: count?.total ?? 0 };
}

export type ChoiceRow = { id: string; name: string; position: number };

export function listOutcomes(db: Db, teamId: string) {
  return db.rows<ChoiceRow & { isConnect: boolean }>(
    "select id, name, position, is_connect from call_outcomes where team_id = $1 order by position, id",
    [teamId],
  );
}

export function listPurposes(db: Db, teamId: string) {
  return db.rows<ChoiceRow>(
    "select id, name, position from call_purposes where team_id = $1 order by position, id",
    [teamId],
  );
}

const CONNECTED = ["Connected", "Meeting Booked", "Not Interested", "Call Back Later"];
const OUTCOMES = [...CONNECTED, "Gatekeeper", "Left Voicemail", "No Answer", "Busy", "Wrong Number"];
const PURPOSES = ["Prospecting", "Follow-up", "Discovery", "Demo", "Closing", "Check-in"];

/** What a new team sorts its calls by. */
export async function seedCallChoices(db: Db, teamId: string) {
  const ids = (names: readonly string[]) => names.map(() => newId());
  await db.run(
    `insert into call_outcomes (team_id, id, name, position, is_connect)
     select $1, o.id, o.name, o.position - 1, o.name = any($4::text[])
       from unnest($2::text[], $3::text[]) with ordinality as o (id, name, position)`,
    [teamId, ids(OUTCOMES), OUTCOMES, CONNECTED],
  );
  await db.run(
    `insert into call_purposes (team_id, id, name, position)
     select $1, o.id, o.name, o.position - 1
       from unnest($2::text[], $3::text[]) with ordinality as o (id, name, position)`,
    [teamId, ids(PURPOSES), PURPOSES],
  );
}
