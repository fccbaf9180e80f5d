// Reads what a trial run copies. Rows come as the database prints them in JSON, and are put in as they are.

import type { Db } from "../../../db/connect.ts";
import type { CopiedTable } from "./copied-tables.ts";

/** Everything is read as it stood at one moment, whatever happens meanwhile. Before the first statement of a transaction. */
export function readOneMoment(db: Db) {
  return db.run("set transaction isolation level repeatable read");
}

/** Contacts under way in the sequence; those whose next step is due first come first. */
export function peopleOf(db: Db, teamId: string, sequenceId: string) {
  return db.rows<{ contactId: string }>(
    `select contact_id from enrollments
      where team_id = $1 and sequence_id = $2 and state in ('active', 'paused') order by due_at nulls last, id`,
    [teamId, sequenceId],
  );
}

export async function mailboxesOf(db: Db, teamId: string, sequenceId: string) {
  const rows = await db.rows<{ id: string }>(
    `select distinct mailbox_id as id from enrollments
      where team_id = $1 and sequence_id = $2 and state in ('active', 'paused') and mailbox_id is not null`,
    [teamId, sequenceId],
  );
  return rows.map(({ id }) => id);
}

/** Contacts of other sequences that are on and send from these mailboxes: they share the limits. */
export function sharersOf(
  db: Db,
  teamId: string,
  { mailboxIds, but, limit }: { mailboxIds: readonly string[]; but: readonly string[]; limit: number },
) {
  return db.rows<{ contactId: string }>(
    `select e.contact_id from enrollments e join sequences s on s.team_id = e.team_id and s.id = e.sequence_id and s.is_active
      where e.team_id = $1 and e.state = 'active' and e.mailbox_id = any($2::text[]) and e.contact_id <> all($3::text[])
      group by e.contact_id order by min(e.due_at) nulls last, e.contact_id limit $4`,
    [teamId, mailboxIds, but, limit],
  );
}

/** Of the same companies, and reached since then: they count against the limits per company. */
export function colleaguesOf(
  db: Db,
  teamId: string,
  {
    of,
    but,
    since,
    limit,
  }: { of: readonly string[]; but: readonly string[]; since: Temporal.Instant; limit: number },
) {
  return db.rows<{ contactId: string }>(
    `select c.id as contact_id from contacts c
      where c.team_id = $1 and c.id <> all($3::text[])
        and c.company_key in (select o.company_key from contacts o where o.team_id = $1 and o.id = any($2::text[]))
        and (exists (select from messages m where m.team_id = $1 and m.contact_id = c.id and m.released_at >= $4)
             or exists (select from tasks t where t.team_id = $1 and t.contact_id = c.id and t.completed_at >= $4))
      order by c.id limit $5`,
    [teamId, of, but, since, limit],
  );
}

export async function chosenOf(db: Db, teamId: string, contactIds: readonly string[]) {
  const [companies, enrollments] = await Promise.all([
    db.rows<{ id: string }>(
      "select distinct account_id as id from contacts where team_id = $1 and id = any($2::text[]) and account_id is not null",
      [teamId, contactIds],
    ),
    db.rows<{ id: string }>(
      "select id from enrollments where team_id = $1 and contact_id = any($2::text[])",
      [teamId, contactIds],
    ),
  ]);
  return {
    contacts: contactIds,
    companies: companies.map(({ id }) => id),
    enrollments: enrollments.map(({ id }) => id),
  };
}

/** `since`: what was sent before that is left out where a table says so. */
export async function rowsOf(
  db: Db,
  teamId: string,
  [table, { rows, where, changed = {} }]: [string, CopiedTable],
  { ids, since }: { ids: readonly string[]; since: Temporal.Instant },
) {
  const team = table === "teams" ? "t.id = $1" : "t.team_id = $1";
  const condition = where === undefined ? team : `${team} and ${where}`;
  const sql = `select ${written(table)}${overlay(changed)} as row from ${table} t where ${condition}`;
  const found = await db.rows<{ row: unknown }>(numbered(sql, rows === "of"), [
    teamId,
    ...(rows === "of" ? [ids] : []),
    ...(sql.includes("$3") ? [since] : []),
  ]);
  return found.map(({ row }) => row);
}

/** Without the columns that the database works out, such as the words by which a contact is found. */
function written(table: string) {
  return `to_jsonb(t) - array(select attname::text from pg_attribute where attrelid = '${table}'::regclass and attgenerated <> '')`;
}

/** A statement takes no parameter that it does not name. */
function numbered(condition: string, hasIds: boolean) {
  return hasIds ? condition : condition.replaceAll("$3", "$2");
}

function overlay(changed: Record<string, string>) {
  const pairs = Object.entries(changed).map(([column, sql]) => `'${column}', ${sql}`);
  return pairs.length === 0 ? "" : ` || jsonb_build_object(${pairs.join(", ")})`;
}

/** What these mailboxes sent to others within a day counts towards their limits. To whom does not matter. */
export async function recentEmails(
  db: Db,
  teamId: string,
  {
    but,
    since,
    changed,
  }: { but: readonly string[]; since: Temporal.Instant; changed: Record<string, string> },
) {
  const found = await db.rows<{ row: unknown }>(
    `select ${written("messages")}${overlay(changed)}
            || jsonb_build_object('contact_id', null, 'account_id', null, 'enrollment_id', null, 'step_id', null, 'touch_id', null,
                 'to_email', 'someone@' || coalesce(split_part(t.to_email, '@', 2), 'example') || '.invalid', 'to_name', null,
                 'subject', '', 'thread_root', null) as row
       from messages t
      where t.team_id = $1 and t.mailbox_id is not null and t.released_at > $2 and (t.contact_id is null or t.contact_id <> all($3::text[]))`,
    [teamId, since, but],
  );
  return found.map(({ row }) => row);
}

export function addressesOf(db: Db, teamId: string, contactIds: readonly string[]) {
  return db.rows<{ email: string }>(
    `select email from contacts where team_id = $1 and id = any($2::text[]) and email is not null
     union select email from contact_emails where team_id = $1 and contact_id = any($2::text[])`,
    [teamId, contactIds],
  );
}
