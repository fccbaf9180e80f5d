import type { Db } from "../../../db/connect.ts";

/** Of addresses in lower case. */
export async function whoHas(db: Db, teamId: string, addresses: readonly string[]) {
  const rows = await db.rows<{ id: string }>(
    `select id from team_contacts where team_id = $1 and email is not null and lower(email) = any($2::text[])
     union
     select contact_id from team_contact_emails where team_id = $1 and lower(email) = any($2::text[])`,
    [teamId, addresses],
  );
  return rows.map(({ id }) => id);
}

export type BouncedContact = { contactId: string; email: string; emailStatus: string | null };

/** Whose first address it is has bounced; another of theirs is noted as dead. Answers who, and what stood there. */
export async function markBounced(
  db: Db,
  teamId: string,
  addresses: readonly string[],
  now: Temporal.Instant,
) {
  const params = [teamId, addresses];
  await db.run(
    `update contact_emails e set email_status = 'bounced'
      where e.team_id = $1 and (e.contact_id, e.email) in (
              select contact_id, email from team_contact_emails where team_id = $1 and lower(email) = any($2::text[]))`,
    params,
  );
  return db.rows<BouncedContact>(
    `with before as (
       select c.id, lower(c.email) as email, c.email_status from contacts c
        where c.team_id = $1 and c.bounced_at is null
          and c.id in (select id from team_contacts where team_id = $1 and lower(email) = any($2::text[]))
     )
     update contacts c set bounced_at = $3, email_status = 'bounced', updated_at = $3
       from before b where c.team_id = $1 and c.id = b.id
     returning c.id as contact_id, b.email, b.email_status`,
    [...params, now],
  );
}
