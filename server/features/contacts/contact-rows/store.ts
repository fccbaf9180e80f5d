// What is asked about contacts besides reading them whole (reading-store.ts). They are written by contact-writing.

import type { Db } from "../../../db/connect.ts";
import type { ContactFacts } from "../../../domain/contacts/contact-facts.ts";

export type ContactSummary = Pick<
  ContactFacts,
  | "firstName"
  | "lastName"
  | "email"
  | "title"
  | "organizationName"
  | "ownerId"
  | "accountId"
  | "contactStageId"
  | "presentRawAddress"
  | "linkedinUrl"
> & { teamId: string; id: string; createdAt: Temporal.Instant; updatedAt: Temporal.Instant };

/** What bulk calls answer, in the order of the ids. */
export async function readSummaries(db: Db, teamId: string, ids: readonly string[]) {
  const rows = await db.rows<ContactSummary>(
    `select team_id, id, first_name, last_name, email, title, organization_name, owner_id, account_id, contact_stage_id,
            present_raw_address, linkedin_url, created_at, updated_at
       from contacts where team_id = $1 and id = any($2::text[])`,
    [teamId, ids],
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return [...new Set(ids)].flatMap((id) => byId.get(id) ?? []);
}

/** Which of the ids are there, which were deleted. The others never were. */
export async function sortIds(db: Db, teamId: string, ids: readonly string[]) {
  const rows = await db.rows<{ id: string; isDeleted: boolean }>(
    `select id, false as is_deleted from contacts where team_id = $1 and id = any($2::text[])
     union all
     select id, true from tombstones where team_id = $1 and kind = 'contact' and id = any($2::text[])`,
    [teamId, ids],
  );
  return {
    existing: rows.filter((row) => !row.isDeleted).map((row) => row.id),
    deleted: rows.filter((row) => row.isDeleted).map((row) => row.id),
  };
}

/** Those of the ids that there are, with what an account passes on to its contacts. */
export async function findReferences(
  db: Db,
  teamId: string,
  ids: { users: readonly string[]; stages: readonly string[]; accounts: readonly string[] },
) {
  const rows = await db.rows<{
    kind: string;
    id: string;
    name: string | null;
    organizationId: string | null;
  }>(
    `select 'user' as kind, id, null as name, null as organization_id from users
      where team_id = $1 and id = any($2::text[])
     union all
     select 'stage', id, name, null from contact_stages where team_id = $1 and id = any($3::text[])
     union all
     select 'account', id, name, organization_id from accounts where team_id = $1 and id = any($4::text[])`,
    [teamId, ids.users, ids.stages, ids.accounts],
  );
  const of = (kind: string) => new Map(rows.filter((row) => row.kind === kind).map((row) => [row.id, row]));
  return { users: of("user"), stages: of("stage"), accounts: of("account") };
}

export async function hasContacts(db: Db, teamId: string) {
  return (await db.row("select 1 as one from contacts where team_id = $1 limit 1", [teamId])) !== null;
}

/** When something last happened with each of them. */
export async function noteActivity(
  db: Db,
  teamId: string,
  activity: readonly { contactId: string; at: Temporal.Instant }[],
) {
  await db.run(
    `update contacts c
        set last_activity_at = greatest(c.last_activity_at, g.at), updated_at = greatest(c.updated_at, g.at)
       from unnest($2::text[], $3::timestamptz[]) as g (id, at)
      where c.team_id = $1 and c.id = g.id`,
    [teamId, activity.map(({ contactId }) => contactId), activity.map(({ at }) => at)],
  );
}
