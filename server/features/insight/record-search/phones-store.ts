// Contacts and companies by their phone numbers, by the index of their digits. All that fit are found before any is left out:
// planned for the first few, every number of the team is read instead.

import type { Db } from "../../../db/connect.ts";
import type { Candidate, RecordType } from "../../../domain/insight/record-rank.ts";

const MOST = 20;

/** The number is shown, as it tells which one was meant. */
export function recordsByPhone(
  db: Db,
  teamId: string,
  types: readonly RecordType[],
  patterns: readonly string[],
) {
  return db.rows<Omit<Candidate, "similarity">>(
    `with numbers as materialized (
       select x.contact_id, coalesce(x.sanitized_number, x.raw_number) as number from team_contact_phones x
        where x.team_id = $1 and $3 and phone_digits(coalesce(x.sanitized_number, x.raw_number)) like any ($2::text[])
     ), companies as materialized (
       select x.id, coalesce(x.sanitized_phone, x.phone) as number from team_accounts x
        where x.team_id = $1 and $4 and coalesce(x.sanitized_phone, x.phone) is not null
          and phone_digits(coalesce(x.sanitized_phone, x.phone)) like any ($2::text[])
     )
     select 'contact' as type, c.id, coalesce(c.name, c.email, '') as name,
            concat_ws(' · ', p.number, c.organization_name) as detail, null::text as contact_id
       from (select contact_id, min(number) as number from numbers group by contact_id limit ${MOST}) p
       join contacts c on c.team_id = $1 and c.id = p.contact_id
     union all
     select 'account', a.id, coalesce(a.name, a.domain, ''), p.number, null
       from (select id, number from companies limit ${MOST}) p
       join accounts a on a.team_id = $1 and a.id = p.id`,
    [teamId, patterns, types.includes("contact"), types.includes("account")],
  );
}
