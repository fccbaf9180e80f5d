// Links people of the people database to contacts with the same address, whenever either is written. So searches,
// facets and workflows find net-new people by one index. A contact who is known to be another person is not linked.

import type { Db } from "../../../db/connect.ts";

type Met = { contactId: string; personId: string };

/** The contact has no person, or one who was deleted from the people database. */
const IS_NOBODY =
  "(c.person_id is null or not exists (select from people k where k.team_id = $1 and k.id = c.person_id))";

// Each is looked for by itself, in the indexes, and then changed by id: in one statement, two thousand took the whole table.

/** Links contacts who have the address of one of the given people. */
export async function linkContactsTo(db: Db, teamId: string, personIds: readonly string[]) {
  const met = await db.rows<Met>(
    `with told as (
       select id, created_at, lower(email) as email from people
        where team_id = $1 and id = any ($2::text[]) and email is not null
     ), met as (
       select c.id, t.id as person_id, t.created_at
         from told t cross join lateral (
           select id from team_contacts where team_id = $1 and lower(email) = t.email offset 0
         ) c
       union all
       select e.contact_id, t.id, t.created_at
         from told t cross join lateral (
           select contact_id from team_contact_emails where team_id = $1 and lower(email) = t.email offset 0
         ) e
     )
     select distinct on (id) id as contact_id, person_id from met order by id, created_at, person_id`,
    [teamId, personIds],
  );
  if (met.length > 0) await link(db, teamId, met);
}

/** The same from the other side. */
export async function linkPeopleTo(db: Db, teamId: string, contactIds: readonly string[]) {
  const bearing = (email: string) =>
    `cross join lateral (select id, created_at from team_people p
        where p.team_id = $1 and p.email is not null and email_md5(p.email) = email_md5(${email}) offset 0) p`;
  const met = await db.rows<Met>(
    `with free as (
       select c.id, c.email from contacts c where c.team_id = $1 and c.id = any ($2::text[]) and ${IS_NOBODY}
     ), met as (
       select f.id, p.id as person_id, p.created_at from free f ${bearing("f.email")}
       union all
       select f.id, p.id, p.created_at
         from free f join contact_emails e on e.team_id = $1 and e.contact_id = f.id ${bearing("e.email")}
     )
     select distinct on (id) id as contact_id, person_id from met order by id, created_at, person_id`,
    [teamId, contactIds],
  );
  if (met.length > 0) await link(db, teamId, met);
}

/** Locked in the order of their ids, as by all who change several. */
async function link(db: Db, teamId: string, met: readonly Met[]) {
  const ids = met.map(({ contactId }) => contactId);
  await db.run("select from contacts where team_id = $1 and id = any ($2::text[]) order by id for update", [
    teamId,
    ids,
  ]);
  await db.run(
    `update contacts c set person_id = g.person_id
       from unnest($2::text[], $3::text[]) as g (id, person_id)
      where c.team_id = $1 and c.id = g.id and ${IS_NOBODY}`,
    [teamId, ids, met.map(({ personId }) => personId)],
  );
}
