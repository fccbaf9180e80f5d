// Who of the store is a contact already, by an address: noted as either of the two is written, so that searches, facets and
// workflows tell net-new people by the one index they have. Said of nobody who is known to be somebody else.

import type { Db } from "../../db/connect.ts";

/** Nobody of the store, or somebody who has been taken out of it. */
const IS_NOBODY =
  "(c.person_id is null or not exists (select from people k where k.team_id = $1 and k.id = c.person_id))";

/** Contacts that bear the address of one of these people are them. In the order of their ids, as all who change several. */
export async function linkContactsTo(db: Db, teamId: string, personIds: readonly string[]) {
  await db.run(
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
     ), free as (
       select c.id from contacts c
        where c.team_id = $1 and c.id in (select id from met) and ${IS_NOBODY} order by c.id for update
     )
     update contacts c
        set person_id = (select m.person_id from met m where m.id = c.id order by m.created_at, m.person_id limit 1)
      where c.team_id = $1 and c.id in (select id from free)`,
    [teamId, personIds],
  );
}

/** The same from the other side, of contacts that whoever asks has made or locked. */
export async function linkPeopleTo(db: Db, teamId: string, contactIds: readonly string[]) {
  const bearing = (email: string) =>
    `cross join lateral (select id, created_at from team_people p
        where p.team_id = $1 and p.email is not null and email_md5(p.email) = email_md5(${email}) offset 0) p`;
  await db.run(
    `with free as (
       select c.id, c.email from contacts c where c.team_id = $1 and c.id = any ($2::text[]) and ${IS_NOBODY}
     ), met as (
       select f.id, p.id as person_id, p.created_at from free f ${bearing("f.email")}
       union all
       select f.id, p.id, p.created_at
         from free f join contact_emails e on e.team_id = $1 and e.contact_id = f.id ${bearing("e.email")}
     )
     update contacts c set person_id = m.person_id
       from (select distinct on (id) id, person_id from met order by id, created_at, person_id) m
      where c.team_id = $1 and c.id = m.id`,
    [teamId, contactIds],
  );
}
