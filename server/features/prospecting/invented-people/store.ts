// Invented people and companies, as many as a search must handle: made in the database itself, the same ones every
// time. Their domains end in .example, their phone numbers are never assigned, their companies say that they are
// invented, and their ids begin with eight zeros.

import type { Db } from "../../../db/connect.ts";

const INVENTED = "sample";

export type Title = { title: string; seniority: string | null; departments: readonly string[] };

const FIRST_NAMES =
  "Zabelle Quorvin Ilmaris Tessaly Brindle Ostrava Feyla Jorvik Nimue Caspren Elowyn Dravos Isolyn Mervane Pello Sunniva Tarquil Umbra Vexley Wilmara Yorath Zephine Ambrel Borvin Cordwen Delphis Eskil Fennora Galdris Hesperine Ivarel Junip Kestrin Lorcan Marvelle Nolwyn Orfeo Prisca Quillan Rosmund".split(
    " ",
  );
const SYLLABLES = "zab quil mor fen dra vel osk ith bru wyn tor nel kas pel rim gol hux jor sin ula".split(
  " ",
);
const ENDINGS = "wick thorne bane quist gard moor feld stead vane holt".split(" ");
const TRADES =
  "Moonworks Cloudmill Tidewrights Starforge Gearsmiths Lanterns Windlooms Frostpumps Skyfreight Dreamware Glassworks Riverlight Stonecraft Emberlabs Featherlogic Saltworks Mistoptics Copperleaf Nightdairy Paperwings".split(
    " ",
  );
const INDUSTRIES =
  "machinery|renewables & environment|food production|logistics & supply chain|information technology & services|computer software|hospital & health care|chemicals|financial services|construction|retail|education management|utilities|packaging & containers|medical devices|marketing & advertising".split(
    "|",
  );
const TECHNOLOGIES =
  "invented_crm invented_mail invented_cloud invented_analytics invented_shop invented_erp invented_chat invented_payments invented_search invented_dns invented_cdn invented_forms invented_maps invented_video invented_hr invented_billing invented_design invented_tests invented_queue invented_store".split(
    " ",
  );
const KEYWORDS =
  "pumps|sensors|cold chain|turbines|maintenance|robotics|data platform|textiles|timber|water|batteries|lighting|optics|freight|recycling|marine|dairy|payments|training|audit".split(
    "|",
  );
const PLACES = [
  ["Umeå", null, "Sweden", "Europe/Stockholm"],
  ["Gothenburg", null, "Sweden", "Europe/Stockholm"],
  ["Bergen", null, "Norway", "Europe/Oslo"],
  ["Oslo", null, "Norway", "Europe/Oslo"],
  ["Aarhus", null, "Denmark", "Europe/Copenhagen"],
  ["Tampere", null, "Finland", "Europe/Helsinki"],
  ["Rotterdam", null, "Netherlands", "Europe/Amsterdam"],
  ["Hamburg", "Hamburg", "Germany", "Europe/Berlin"],
  ["Munich", "Bavaria", "Germany", "Europe/Berlin"],
  ["Gdańsk", null, "Poland", "Europe/Warsaw"],
  ["Lyon", null, "France", "Europe/Paris"],
  ["Bilbao", null, "Spain", "Europe/Madrid"],
  ["Turin", null, "Italy", "Europe/Rome"],
  ["Leeds", "England", "United Kingdom", "Europe/London"],
  ["London", "England", "United Kingdom", "Europe/London"],
  ["Toronto", "Ontario", "Canada", "America/Toronto"],
  ["Chicago", "Illinois", "United States", "America/Chicago"],
  ["Austin", "Texas", "United States", "America/Chicago"],
  ["Boston", "Massachusetts", "United States", "America/New_York"],
  ["San Francisco", "California", "United States", "America/Los_Angeles"],
] as const;
const PLACE_COLUMNS = [0, 1, 2, 3].map((column) => PLACES.map((place) => place[column] ?? null));
const NEWS =
  "hires|opens a site|wins a contract|launches a product|raises money|changes its leadership".split("|");
const FUNDING = ["Seed", "Series A", "Series B", "Series C", "Debt Financing"];

// The nth chance of a row: from 0 up to, not including, 1; and one of a list by it.
const chance = (n: string, k: number) =>
  `((hashint8(${n} * 1000 + ${k})::bigint & 2147483647) / 2147483648.0)`;
const oneOf = (list: string, by: string) => `(${list})[1 + floor(${by} * cardinality(${list}))::int]`;
const idOf = (kind: string, n: string) => `'00000000' || substr(md5($1::text || ' ${kind} ' || ${n}), 1, 16)`;

type Span = { from: number; to: number };

/** Makes the companies whose number is in the span. Companies made before stay. */
export async function inventOrganizations(db: Db, teamId: string, { from, to }: Span, now: Temporal.Instant) {
  const [cities, states, countries] = PLACE_COLUMNS;
  await db.run(
    `insert into organizations (team_id, id, source, external_id, name, domain, website_url, industry, estimated_num_employees,
            annual_revenue, total_funding, latest_funding_amount, latest_funding_round_date, latest_funding_stage, city, state, country,
            technology_uids, technologies, keywords, founded_year, phone, sanitized_phone, short_description, num_jobs,
            created_at, updated_at, last_refreshed_at)
     select $1::text, ${idOf("organization", "n")}, '${INVENTED}', n::text, name || ' (invented)',
            replace(lower(name), ' ', '-') || '-' || n || '.example', 'https://' || replace(lower(name), ' ', '-') || '-' || n || '.example',
            ${oneOf("$4::text[]", chance("n", 4))}, employees, employees * floor(60000 + ${chance("n", 6)} * 240000)::bigint,
            raised, raised / 2, case when raised is not null then ($5::timestamptz)::date - floor(${chance("n", 8)} * 1500)::int end,
            case when raised is not null then ${oneOf("$6::text[]", chance("n", 9))} end,
            ($7::text[])[place], ($8::text[])[place], ($9::text[])[place], uids,
            (select jsonb_agg(jsonb_build_object('uid', u, 'name', initcap(replace(u, '_', ' ')), 'category', 'Invented')) from unnest(uids) u),
            array[${oneOf("$11::text[]", chance("n", 20))}, ${oneOf("$11::text[]", chance("n", 21))}],
            1950 + floor(${chance("n", 10)} * 74)::int, '+1 202-555-01' || lpad((n % 100)::text, 2, '0'), '+120255501' || lpad((n % 100)::text, 2, '0'),
            'A company that does not exist, made up to try a search with.', floor(3 * ${chance("n", 12)} * ${chance("n", 13)} * 2)::int,
            $5, $5, $5
       from generate_series($2::bigint, $3::bigint) as n
      cross join lateral (
        select initcap(${oneOf("$12::text[]", chance("n", 1))} || ${oneOf("$12::text[]", chance("n", 2))}) || ' ' || ${oneOf("$13::text[]", chance("n", 3))} as name,
               round(power(10, 0.5 + 3.7 * ${chance("n", 5)}))::int as employees,
               case when ${chance("n", 7)} < 0.3 then (10 ^ (5.5 + 3 * ${chance("n", 11)}))::bigint end as raised,
               1 + floor(power(${chance("n", 14)}, 0.8) * cardinality($7::text[]))::int as place,
               array(select distinct ${oneOf("$10::text[]", chance("n", 30)).replace("* 1000 + 30", "* 1000 + 30 + k")}
                       from generate_series(1, 3 + floor(${chance("n", 15)} * 5)::int) as k) as uids
      ) made
     on conflict do nothing`,
    [
      teamId,
      from,
      to,
      INDUSTRIES,
      now,
      FUNDING,
      cities,
      states,
      countries,
      TECHNOLOGIES,
      KEYWORDS,
      SYLLABLES,
      TRADES,
    ],
  );
  await inventJobs(db, teamId, { from, to }, now);
  await inventNews(db, teamId, { from, to }, now);
}

async function inventJobs(db: Db, teamId: string, { from, to }: Span, now: Temporal.Instant) {
  await db.run(
    `insert into job_postings (team_id, id, organization_id, source, external_id, title, url, city, state, country, posted_at, last_seen_at)
     select $1::text, ${idOf("job", "n || ' ' || k")}, o.id, '${INVENTED}', n || '-' || k, ${oneOf("$5::text[]", chance("(n * 10 + k)", 40))},
            o.website_url || '/jobs/' || k, o.city, o.state, o.country, $4::timestamptz - ${chance("(n * 10 + k)", 41)} * interval '180 days', $4
       from generate_series($2::bigint, $3::bigint) as n
       join organizations o on o.team_id = $1 and o.id = ${idOf("organization", "n")}
      cross join lateral generate_series(1, o.num_jobs) as k
     on conflict do nothing`,
    [teamId, from, to, now, TITLES],
  );
}

async function inventNews(db: Db, teamId: string, { from, to }: Span, now: Temporal.Instant) {
  const made = `generate_series($2::bigint, $3::bigint) as n
       join organizations o on o.team_id = $1 and o.id = ${idOf("organization", "n")}
      where n % 4 = 0`;
  await db.run(
    `insert into news_articles (team_id, id, source, external_id, url, domain, title, snippet, published_at, event_categories)
     select $1::text, ${idOf("article", "n")}, '${INVENTED}', n::text, 'https://gazette.example/' || n, 'gazette.example', o.name || ' ' || event,
            'Nothing of this has happened: ' || o.name || ' does not exist.', $4::timestamptz - ${chance("n", 51)} * interval '365 days',
            array[replace(event, ' ', '_')]
       from (select n, o.name, ${oneOf("$5::text[]", chance("n", 50))} as event from ${made}) o
     on conflict do nothing`,
    [teamId, from, to, now, NEWS],
  );
  await db.run(
    `insert into news_article_organizations (team_id, organization_id, article_id)
     select $1::text, o.id, ${idOf("article", "n")} from ${made}
     on conflict do nothing`,
    [teamId, from, to],
  );
}

/** Those whose number lies in the span, at companies whose numbers go up to `organizations`: few at many, many at a few. */
export async function inventPeople(
  db: Db,
  teamId: string,
  { from, to }: Span,
  organizations: number,
  titles: readonly Title[],
  now: Temporal.Instant,
) {
  const [cities, states, countries, zones] = PLACE_COLUMNS;
  await db.run(
    `insert into people (team_id, id, source, external_id, first_name, last_name, title, seniority, departments, organization_id,
            organization_name, organization_marks, organization_employees, organization_revenue, city, state, country, time_zone, email,
            email_status, phones, headline, created_at, updated_at, last_refreshed_at)
     select $1::text, ${idOf("person", "n")}, '${INVENTED}', n::text, first, last, t.title, t.seniority, t.departments, o.id, o.name,
            o.people_marks, o.estimated_num_employees, o.annual_revenue, ($6::text[])[place], ($7::text[])[place], ($8::text[])[place], ($9::text[])[place],
            case when luck < 0.7 then lower(first || '.' || last) || '.' || n || '@' || o.domain end,
            case when luck < 0.45 then 'verified' when luck < 0.6 then 'unverified' when luck < 0.7 then 'likely to engage' end,
            case when ${chance("n", 66)} < 0.4
                 then jsonb_build_array(jsonb_build_object('number', '+120255501' || lpad((n % 100)::text, 2, '0'), 'type', 'work_direct', 'status', 'valid_number'))
                 else '[]' end,
            'An invented person', $5::timestamptz, $5, $5::timestamptz - ${chance("n", 67)} * interval '90 days'
       from (select n, ${oneOf("$10::text[]", chance("n", 60))} as first,
                    initcap(${oneOf("$11::text[]", chance("n", 61))} || ${oneOf("$11::text[]", chance("n", 62))} || ${oneOf("$12::text[]", chance("n", 63))}) as last,
                    1 + floor(power(${chance("n", 64)}, 0.8) * cardinality($6::text[]))::int as place,
                    1 + floor(power(${chance("n", 65)}, 1.5) * jsonb_array_length($4::jsonb))::int as title_number,
                    ${idOf("organization", `(1 + floor(power(${chance("n", 68)}, 1.8) * $13::int)::int)`)} as organization_id,
                    ${chance("n", 69)} as luck
               from generate_series($2::bigint, $3::bigint) as n) made
       join (select number, value ->> 'title' as title, value ->> 'seniority' as seniority,
                    array(select jsonb_array_elements_text(value -> 'departments')) as departments
               from jsonb_array_elements($4::jsonb) with ordinality as e (value, number)) t on t.number = made.title_number
       left join organizations o on o.team_id = $1 and o.id = made.organization_id
     on conflict do nothing`,
    [
      teamId,
      from,
      to,
      JSON.stringify(titles),
      now,
      cities,
      states,
      countries,
      zones,
      FIRST_NAMES,
      SYLLABLES,
      ENDINGS,
      organizations,
    ],
  );
  await db.run(
    `insert into employments (team_id, person_id, position, organization_id, organization_name, title, is_current, start_date, end_date)
     select $1::text, p.id, k, case when k = 0 then p.organization_id end,
            case when k = 0 then p.organization_name else 'Bygone ' || ${oneOf("$5::text[]", chance("n", 70))} || ' (invented)' end,
            p.title, k = 0, ($4::timestamptz)::date - (1 + k) * 900 - (n % 600)::int, case when k = 1 then ($4::timestamptz)::date - 900 - (n % 600)::int end
       from generate_series($2::bigint, $3::bigint) as n
       join people p on p.team_id = $1 and p.id = ${idOf("person", "n")}
      cross join generate_series(0, (n % 2)::int) as k
     on conflict do nothing`,
    [teamId, from, to, now, TRADES],
  );
}

/** How many of them there are. */
export async function countInvented(db: Db, teamId: string) {
  const row = await db.row<{ people: number; organizations: number }>(
    `select (select count(*)::int from people where team_id = $1 and source = '${INVENTED}') as people,
            (select count(*)::int from organizations where team_id = $1 and source = '${INVENTED}') as organizations`,
    [teamId],
  );
  return row ?? { people: 0, organizations: 0 };
}

/** Everything that is invented, whatever it is. */
export async function countInventedRows(db: Db, teamId: string) {
  const row = await db.row<{ count: number }>(
    `select ((select count(*) from people where team_id = $1 and source = '${INVENTED}')
           + (select count(*) from organizations where team_id = $1 and source = '${INVENTED}')
           + (select count(*) from news_articles where team_id = $1 and source = '${INVENTED}'))::int as count`,
    [teamId],
  );
  return row?.count ?? 0;
}

/** So many of them, gone: people first, since they would otherwise be told that their company is. Answers how many of the limit were left over. */
export async function removeInvented(db: Db, teamId: string, limit: number) {
  let left = limit;
  for (const table of ["people", "organizations", "news_articles"]) {
    if (left === 0) break;
    left -= await db.run(
      `delete from ${table} where team_id = $1
          and id in (select id from ${table} where team_id = $1 and source = '${INVENTED}' order by id limit $2)`,
      [teamId, left],
    );
  }
  return left;
}

/** What they are; the first are the most common. */
export const TITLES = [
  "Plant Manager",
  "Account Executive",
  "Software Engineer",
  "Operations Manager",
  "Marketing Manager",
  "Head of Operations",
  "Sales Manager",
  "Project Manager",
  "Maintenance Manager",
  "Buyer",
  "Production Manager",
  "Sales Development Representative",
  "VP Operations",
  "Product Manager",
  "Senior Software Engineer",
  "Energy Manager",
  "Procurement Manager",
  "Customer Success Manager",
  "VP Sales",
  "Marketing Director",
  "Site Director",
  "Quality Manager",
  "Supply Chain Director",
  "Head of Procurement",
  "Automation Engineer",
  "Chief Executive Officer",
  "HR Manager",
  "Finance Manager",
  "Head of Marketing",
  "Sustainability Manager",
  "CFO",
  "Chief Technology Officer",
  "Head of IT",
  "Founder",
  "Managing Director",
  "VP of Engineering",
  "Regional Sales Director",
  "Technical Director",
  "Senior Buyer",
  "Reliability Engineer",
  "Facility Manager",
  "VP Marketing",
  "Head of Sales",
  "Owner",
  "Chief Operating Officer",
  "IT Administrator",
  "Legal Counsel",
  "Chief Marketing Officer",
  "Managing Partner",
  "UX Designer",
  "Marketing Intern",
  "Data Engineer",
  "Logistics Manager",
  "Chief Revenue Officer",
  "Talent Acquisition Manager",
] as const;
