// Finding contacts among a million.
//
// A page is found in two steps: its ids by an index, then everything about those few. The statement is put together
// from fixed conditions, those that are asked for, and planned for the very values it is about (`force_custom_plan`):
// a plan for all cases alike would read the whole table. Orders are a fixed list, one index each.

import type { Db } from "../../../db/connect.ts";
import { seenAmong } from "../../access/sharing/store.ts";
import {
  type BindParameter,
  type ContactColumns,
  type ContactCondition,
  TEAM_CONTACTS,
} from "../contact-filters/store.ts";
import {
  goOnAfter,
  inOrder,
  type SortOrder,
  type SortPlace,
  sortKeys,
  sortValue,
} from "../searching/orders-store.ts";
import { countUpTo, MOST_SHOWN, planAsUsual, planForValues } from "../searching/store.ts";

export const NEWEST: SortOrder = { by: "c.created_at", type: "timestamptz", isIndexed: true };

export function isByAge(order: SortOrder) {
  return order === NEWEST;
}

export type ContactPaging = {
  order: SortOrder;
  isAscending: boolean;
  after: SortPlace | null;
  offset: number;
  limit: number;
};

export type Row = { id: string; value: string };
export type FoundContacts = { rows: Row[]; total: number };
export type ContactQuery = {
  db: Db;
  question: ContactCondition;
  place: ContactPaging;
  params: readonly unknown[];
};

/** For what an index gives in order, and counts without looking further. */
export async function pageAndCount(asked: ContactQuery): Promise<FoundContacts> {
  const { db, question, place, params } = asked;
  const rows = await pageByIndex(asked);
  if (isLastPage(rows.length, place)) return { rows, total: place.offset + rows.length };
  const [, total] = await Promise.all([
    planForValues(db),
    countUpTo(db, { from: question.counted, where: question.where }, params),
    planAsUsual(db),
  ]);
  return { rows, total };
}

/** For words, where the work is to find whom they fit: that is done once, for the page and for the count. */
export async function everybodyAtOnce({ db, question, place, params }: ContactQuery): Promise<FoundContacts> {
  const values = [...params];
  const page = pageAndCountOfFound(question, place, (value) => `$${values.push(value)}`);
  const [, rows] = await Promise.all([
    planForValues(db),
    db.rows<{ total: number; id: string | null; value: string }>(page, values),
    planAsUsual(db),
  ]);
  return {
    rows: rows.flatMap(({ id, value }) => (id === null ? [] : [{ id, value }])),
    total: rows[0]?.total ?? 0,
  };
}

/** Where it is known how many there are. */
export async function pageOnly(asked: ContactQuery): Promise<Row[]> {
  const { db, question, place } = asked;
  if (!question.isByWords) return pageByIndex(asked);
  const [, met] = await Promise.all([planForValues(db), metEarly(asked)]);
  const isFull = met !== null && met.length > place.limit;
  const [rows] = await Promise.all([isFull ? met : found(asked, pageOfAllFound), planAsUsual(db)]);
  return rows;
}

// Planning the first page of a team's contacts takes longer than reading it. Without conditions, and with
// its length in the text, every plan is the same walk along an index: the database keeps one.
async function pageByIndex(asked: ContactQuery): Promise<Row[]> {
  const { db, question, place } = asked;
  if (question.isAnybody && (place.offset === 0 || place.after)) return found(asked, firstPageOf);
  const [, rows] = await Promise.all([planForValues(db), found(asked, pageOf), planAsUsual(db)]);
  return rows;
}

function found({ db, question, place, params }: ContactQuery, statement: typeof pageOf) {
  const values = [...params];
  const page = statement(question, place, (value) => `$${values.push(value)}`);
  return db.rows<Row>(page, values);
}

// Words with many matches are found soon by walking along the order, without sorting all matches. Not always: all
// matches may be in one old import. So the walk has an end, and after it all matches are sorted.
const LONGEST_WALK = 10_000;

async function metEarly(asked: ContactQuery): Promise<Row[] | null> {
  const { question, place } = asked;
  const isWalk = question.paged === TEAM_CONTACTS && place.order.isIndexed === true;
  if (!isWalk || place.offset > LONGEST_WALK) return null;
  return found(asked, ({ known, where }, place, keep) => {
    const by = columnOf(known, place);
    const on = goOnAfter(by, known.id, place, keep);
    return `select ${known.id} as id, ${sortValue(by)} as value
      from (select * from team_contacts c where c.team_id = $1 ${on}
             ${inOrder(by, known.id, place.isAscending)} limit ${LONGEST_WALK}) c
     where ${where}
     ${inOrder(by, known.id, place.isAscending)} ${cut(place, keep)}`;
  });
}

/** Then the total is known without counting. */
export function isLastPage(found: number, { after, offset, limit }: ContactPaging) {
  return after === null && found <= limit && (found > 0 || offset === 0);
}

/** In the order of their groups, and within a group in the order asked for. */
export function groupedPage({ db, question, place, params }: ContactQuery, group: string) {
  const { known, paged, where } = question;
  const by = sortKeys(place.order, known.id, place.isAscending);
  return db.rows<{ id: string }>(
    `select ${known.id} as id from ${paged} where ${where} order by ${group} nulls last, ${by}
      limit $${params.length + 1}::int offset $${params.length + 2}::int`,
    [...params, place.limit, place.offset],
  );
}

/** One more than asked for, which tells whether there is a next page. */
function pageOf(question: ContactCondition, place: ContactPaging, keep: BindParameter) {
  return `${walkOf(question, place, keep)} ${cut(place, keep)}`;
}

function firstPageOf(question: ContactCondition, place: ContactPaging, keep: BindParameter) {
  return `${walkOf(question, place, keep)} limit ${Math.trunc(place.limit) + 1}`;
}

function walkOf({ known, paged, where }: ContactCondition, place: ContactPaging, keep: BindParameter) {
  const by = columnOf(known, place);
  return `select ${known.id} as id, ${sortValue(by)} as value
    from ${paged}
   where ${where} ${goOnAfter(by, known.id, place, keep)}
   ${inOrder(by, known.id, place.isAscending)}`;
}

/** The same, of all that are found; and how many they are, which is told even where the page is empty. */
function pageAndCountOfFound(question: ContactCondition, place: ContactPaging, keep: BindParameter) {
  return `with found as materialized (${allFound(question, place)} limit ${MOST_SHOWN + 1})
    select counted.total, shown.id, ${sortValue(among("shown.value", place))} as value
      from (select count(*) as total from found) counted
      left join (${pageAmongFound(place, keep)}) shown on true
     ${inOrder(among("shown.value", place), "shown.id", place.isAscending)}`;
}

/** The same without the count, of any number. */
function pageOfAllFound(question: ContactCondition, place: ContactPaging, keep: BindParameter) {
  return `with found as materialized (${allFound(question, place)})
    select id, ${sortValue(among("value", place))} as value from (${pageAmongFound(place, keep)}) shown
     ${inOrder(among("shown.value", place), "shown.id", place.isAscending)}`;
}

function allFound({ known, paged, where, ofMost }: ContactCondition, place: ContactPaging) {
  const read = ofMost ?? { from: paged, where };
  return `select ${known.id} as id, ${columnOf(known, place).by} as value from ${read.from} where ${read.where}`;
}

function pageAmongFound(place: ContactPaging, keep: BindParameter) {
  const by = among("value", place);
  return `select id, value from found where true ${goOnAfter(by, "id", place, keep)}
    ${inOrder(by, "id", place.isAscending)} ${cut(place, keep)}`;
}

function columnOf(known: ContactColumns, { order }: ContactPaging): SortOrder {
  return isByAge(order) ? { ...order, by: known.created } : order;
}

/** The same order among rows that are found, where its value has a name. */
function among(value: string, { order }: ContactPaging): SortOrder {
  return { ...order, by: value };
}

function cut({ limit, offset, after }: ContactPaging, keep: BindParameter) {
  return `limit ${keep(limit + 1)}::int offset ${keep(after ? 0 : offset)}::int`;
}

/** Told by a few pages of the table, taken anywhere. False where there are too few to tell. */
export async function hasMostContacts(db: Db) {
  return (await db.row<{ answer: boolean }>("select most_contacts_are_ours() as answer"))?.answer ?? false;
}

/** By whom and in which stage they are, in the order asked. */
export function keptOf(db: Db, teamId: string, ids: readonly string[]) {
  return db.rows<{ id: string; stageId: string | null; ownerId: string | null }>(
    `select c.id, c.contact_stage_id as stage_id, c.owner_id
       from unnest($2::text[]) with ordinality as given (id, place)
       join contacts c on c.team_id = $1 and c.id = given.id
      order by given.place`,
    [teamId, ids],
  );
}

export type NamedRecord = {
  kind: "stage" | "label" | "user" | "account" | "sequence";
  id: string;
  name: string;
};

/** The names of the ids in a search, as far as the viewer (null: sees all) may see them. */
export async function namesOf(db: Db, teamId: string, ids: readonly string[], viewerId: string | null) {
  const names = await db.rows<NamedRecord>(
    `select 'stage' as kind, id, name from contact_stages where team_id = $1 and id = any($2::text[])
     union all select 'label', id, name from labels where team_id = $1 and id = any($2::text[])
     union all select 'user', id, coalesce(nullif(concat_ws(' ', first_name, last_name), ''), email) from users
                where team_id = $1 and id = any($2::text[])
     union all select 'account', id, coalesce(name, domain, '') from accounts where team_id = $1 and id = any($2::text[])
     union all select 'sequence', id, name from sequences where team_id = $1 and id = any($2::text[])`,
    [teamId, ids],
  );
  const sequences = names.flatMap(({ kind, id }) => (kind === "sequence" ? id : []));
  const seen = await seenAmong(db, teamId, sequences, viewerId);
  return names.filter(({ kind, id }) => kind !== "sequence" || seen.has(id));
}
