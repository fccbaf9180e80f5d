// Contacts as a team of that size might have them, made in the database itself: names and companies with the usual
// skew, most contacts in a few stages, lists of every length, some in sequences, one owner with a fifth of everything.

import type pg from "pg";

const FIRST = [
  "Ines",
  "Ole",
  "Ada",
  "Maria",
  "Lars",
  "Anna",
  "Juan",
  "Wei",
  "Fatima",
  "Noah",
  "Emma",
  "Liam",
  "Sofia",
  "Kofi",
  "Yuki",
  "Ivan",
];
// Syllables: eight thousand last names, as a million people have.
const SYLLABLES = "ka ro mi len dor vik sa tu ber gen ost al fri no zi hal wen pet ur ja".split(" ");
const TITLES = [
  "Plant Manager",
  "Head of Procurement",
  "CEO",
  "Account Executive",
  "Software Engineer",
  "VP Sales",
  "Buyer",
  "Operations Director",
];

export type Seeded = { owners: string[]; stages: string[]; labels: string[] };

/** `rows` contacts for a team that is there. Ids are made up from the row's number, so a second run makes the same. */
export async function seedContacts(client: pg.ClientBase, teamId: string, rows: number): Promise<Seeded> {
  const prefix = teamId.slice(0, 8);
  const ids = (kind: string, count: number) =>
    Array.from({ length: count }, (_, i) => `${prefix}${kind}${String(i).padStart(14, "0")}`);
  const owners = ids("aa", 20);
  const stages = ids("bb", 9);
  const labels = ids("cc", 40);
  await client.query(
    `insert into users (team_id, id, email, first_name, last_name, role, created_at, updated_at)
     select $1, id, 'seller' || n || '@bench.example', 'Seller', n::text, 'member', now(), now()
       from unnest($2::text[]) with ordinality as u (id, n)`,
    [teamId, owners],
  );
  await client.query(
    `insert into contact_stages (team_id, id, name, position)
     select $1, id, 'Bench stage ' || n, 100 + n from unnest($2::text[]) with ordinality as s (id, n)`,
    [teamId, stages],
  );
  await client.query(
    `insert into labels (team_id, id, modality, name, created_at, updated_at)
     select $1, id, 'contacts', 'Bench list ' || n, now(), now() from unnest($2::text[]) with ordinality as l (id, n)`,
    [teamId, labels],
  );
  await client.query(
    `insert into contacts (team_id, id, first_name, last_name, title, organization_name, email, email_status, email_true_status,
            email_from_customer, company_domain, owner_id, creator_id, contact_stage_id, source, original_source, prospect_score,
            last_activity_at, created_at, updated_at)
     select $1, $2 || 'dd' || lpad(to_hex(n), 14, '0'), first, last, title,
            company, lower(first || '.' || last) || n || '@company' || company_number || '.example', 'verified', 'User Managed', true, 'company' || company_number || '.example',
            ($3::text[])[1 + case when n % 5 = 0 then 0 else abs(hashint8(n)) % 20 end],
            ($3::text[])[1],
            ($4::text[])[1 + least(abs(hashint8(n + 1)) % 9, abs(hashint8(n + 2)) % 9)],
            'api', 'api', abs(hashint8(n + 3)) % 100,
            case when n % 4 = 0 then timestamptz '2026-11-01' - n * interval '7 seconds' end,
            timestamptz '2026-11-01' - n * interval '20 seconds', timestamptz '2026-11-01' - (n * 7919 % $5) * interval '20 seconds'
       from generate_series(1, $5::bigint) as n
      cross join lateral (
        select ($6::text[])[1 + abs(hashint8(n + 4)) % cardinality($6::text[])] as first,
               initcap(($7::text[])[1 + abs(hashint8(n + 5)) % 20] || ($7::text[])[1 + abs(hashint8(n + 8)) % 20] || ($7::text[])[1 + abs(hashint8(n + 9)) % 20]) as last,
               ($8::text[])[1 + abs(hashint8(n + 6)) % cardinality($8::text[])] as title,
               1 + floor(power(abs(hashint8(n + 7)) % 1000000 / 1000000.0, 3) * greatest($5 / 20, 10))::int as company_number
      ) made
      cross join lateral (select 'Company ' || company_number || ' AB' as company) named`,
    [teamId, prefix, owners, stages, rows, FIRST, SYLLABLES, TITLES],
  );
  // Triggers look each of them up: without statistics that is planned as for an empty table.
  for (const table of ["contacts", "labels", "contact_stages"]) await client.query(`analyze ${table}`);
  // The first list holds three of ten contacts, the next ones a hundred to a few thousand each: people make those by hand.
  await client.query(
    `insert into contact_labels (team_id, label_id, contact_id, added_at)
     select $1, ($3::text[])[1], $2 || 'dd' || lpad(to_hex(n), 14, '0'), now() from generate_series(1, $4::bigint) n where n % 10 < 3
     union all
     select distinct $1, ($3::text[])[1 + l], $2 || 'dd' || lpad(to_hex(1 + abs(hashint8(k * 97 + l)) % $4), 14, '0'), now()
       from generate_series(1, 39) l cross join lateral generate_series(1, least(100 * l, $4 / 10)) k`,
    [teamId, prefix, labels, rows],
  );
  for (const table of ["contacts", "contact_labels", "users", "labels"])
    await client.query(`vacuum analyze ${table}`);
  return { owners, stages, labels };
}
