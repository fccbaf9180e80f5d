// Every filter of the searches of people and companies, by its name: who is found by it, and who is not.

import assert from "node:assert/strict";
import { test } from "node:test";
import { contract } from "@cadenza/contract";
import type { Input } from "@cadenza/sdk";
import type { OrganizationWish } from "../../../domain/prospecting/organization.ts";
import type { PersonWish } from "../../../domain/prospecting/person.ts";
import { plantCompanies, plantJobs, plantNews, plantPeople } from "../../../testing/people.ts";
import { call } from "../../../testing/wire.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";

type Search = Input<"mixedPeople", "search">;
type CompanySearch = Input<"mixedCompanies", "search">;

const COMPANIES = {
  kraft: {
    name: "Norrland Kraft",
    domain: "kraft.example",
    industry: "Utilities",
    estimatedNumEmployees: 120,
    annualRevenue: 40_000_000,
    city: "Umeå",
    country: "Sweden",
    technologyUids: ["salesforce", "sap"],
    keywords: ["Cold Chain", "pumps"],
    totalFunding: 5_000_000,
    latestFundingAmount: 2_000_000,
    latestFundingRoundDate: "2026-03-01",
  },
  fjord: {
    name: "Fjord Foods",
    domain: "fjord.example",
    linkedinUrl: "https://www.linkedin.com/company/fjord-foods/",
    industry: "Food Production",
    estimatedNumEmployees: 900,
    annualRevenue: 300_000_000,
    city: "Bergen",
    country: "Norway",
    technologyUids: ["salesforce"],
    keywords: ["fish"],
    totalFunding: 90_000_000,
    latestFundingAmount: 60_000_000,
    latestFundingRoundDate: "2024-03-01",
  },
  prairie: {
    name: "Prairie Labs",
    domain: "prairie.example",
    industry: "Biotechnology",
    estimatedNumEmployees: 8,
    annualRevenue: 500_000,
    city: "Chicago",
    state: "Illinois",
    country: "United States",
    technologyUids: ["hubspot"],
    keywords: ["enzymes"],
  },
  bare: { name: "Bare Bones", domain: "bare.example" },
} satisfies Record<string, OrganizationWish>;

const PEOPLE = {
  ines: {
    firstName: "Ines",
    lastName: "Okafor",
    title: "VP of Operations",
    email: "ines@kraft.example",
    emailStatus: "verified",
    city: "Umeå",
    country: "Sweden",
    linkedinUrl: "https://linkedin.com/in/ines",
    phones: [{ number: "+46905550101", type: "mobile", status: null }],
    organization: COMPANIES.kraft,
  },
  ole: {
    firstName: "Ole",
    lastName: "Dahl",
    title: "Plant Manager",
    email: "ole@fjord.example",
    emailStatus: "unverified",
    city: "Bergen",
    country: "Norway",
    organization: COMPANIES.fjord,
  },
  maren: {
    firstName: "Maren",
    lastName: "Li",
    title: "Senior Plant Manager, Nordics",
    city: "Oslo",
    country: "Norway",
    organization: COMPANIES.fjord,
  },
  grace: {
    firstName: "Grace",
    lastName: "Hale",
    title: "Chief Technology Officer",
    email: "grace@prairie.example",
    emailStatus: "likely_to_engage",
    city: "Chicago",
    state: "Illinois",
    country: "United States",
    organization: COMPANIES.prairie,
  },
  tomas: { firstName: "Tomas", lastName: "Hansen", title: "Sales Intern", organization: COMPANIES.bare },
} satisfies Record<string, PersonWish>;

type Who = keyof typeof PEOPLE;
type Which = keyof typeof COMPANIES;
const EVERYBODY = Object.keys(PEOPLE) as Who[];

let team: Team;
let stranger: Team;
const people = {} as Record<Who, string>;
const companies = {} as Record<Which, string>;

const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
  stranger = await opened.newTeam("Strangers");
  const ids = await plantPeople(opened, team, Object.values(PEOPLE));
  EVERYBODY.forEach((who, n) => {
    people[who] = ids[n] ?? "";
  });
  const named = await plantCompanies(opened, team, Object.values(COMPANIES));
  (Object.keys(COMPANIES) as Which[]).forEach((which, n) => {
    companies[which] = named[n] ?? "";
  });
  const at = (day: string) => Temporal.Instant.from(`${day}T09:00:00Z`);
  await plantJobs(opened, team, [
    {
      organizationId: companies.kraft,
      externalId: "1",
      title: "VP Sales",
      city: "Oslo",
      country: "Norway",
      postedAt: at("2026-06-01"),
    },
    {
      organizationId: companies.kraft,
      externalId: "2",
      title: "Welder",
      city: "Umeå",
      country: "Sweden",
      postedAt: at("2025-06-01"),
    },
    {
      organizationId: companies.fjord,
      externalId: "3",
      title: "Data Engineer",
      city: "Bergen",
      country: "Norway",
      postedAt: at("2026-01-01"),
    },
  ]);
  await plantNews(opened, team, [
    {
      externalId: "1",
      organizationIds: [companies.kraft],
      title: "Kraft hires",
      publishedAt: at("2026-05-01"),
      eventCategories: ["hires"],
    },
    {
      externalId: "2",
      organizationIds: [companies.kraft, companies.fjord],
      title: "Kraft and Fjord sign",
      publishedAt: at("2026-04-01"),
      eventCategories: ["signs"],
    },
    {
      externalId: "3",
      organizationIds: [companies.prairie],
      title: "Prairie opens",
      publishedAt: at("2026-03-01"),
    },
  ]);
  await opened.newTeam("Third"); // whose people are none
  await plantPeople(opened, stranger, [{ ...PEOPLE.ines, firstName: "Other" }]);
  await team.api.contacts.create({ first_name: "Ole", last_name: "Dahl", person_id: people.ole });
  await team.api.accounts.create({ name: "Fjord Foods", domain: "fjord.example" });
});

/** By Apollo's search and by its older one, which must find the same. */
async function found(input: Search): Promise<Who[]> {
  const answer = await team.api.mixedPeople.search(input);
  const ids = answer.people.map(({ id }) => id);
  assert.equal(answer.total_entries, ids.length);
  const { contacts, people: others, pagination } = await team.api.mixedPeople.searchWhole(input);
  const older = [...contacts, ...others].map(({ id }) => id);
  assert.deepEqual(
    [older.sort(), pagination.total_entries],
    [ids.toSorted(), ids.length],
    "the older search",
  );
  return EVERYBODY.filter((who) => ids.includes(people[who]));
}

async function foundCompanies(input: CompanySearch): Promise<Which[]> {
  const answer = await team.api.mixedCompanies.search(input);
  const ids = [...answer.accounts, ...answer.organizations].map(({ id }) => id);
  assert.equal(answer.pagination.total_entries, ids.length);
  return (Object.keys(COMPANIES) as Which[]).filter((which) => ids.includes(companies[which]));
}

const AT_KRAFT: Who[] = ["ines"];
const AT_FJORD: Who[] = ["ole", "maren"];

const FILTERS: readonly [name: string, input: () => Search, who: readonly Who[]][] = [
  ["nothing", () => ({}), EVERYBODY],
  ["q_keywords, of a name", () => ({ q_keywords: "okaf" }), ["ines"]],
  ["q_keywords, of title and company at once", () => ({ q_keywords: "manager fjord" }), AT_FJORD],
  ["q_keywords, where % is no wildcard", () => ({ q_keywords: "%" }), []],
  ["person_ids", () => ({ person_ids: [people.ole] }), ["ole"]],
  ["person_titles, with those alike", () => ({ person_titles: ["plant manager"] }), ["ole", "maren"]],
  ["person_titles, abbreviated", () => ({ person_titles: ["Vice President, Operations"] }), ["ines"]],
  ["person_titles, in full", () => ({ person_titles: ["CTO"] }), ["grace"]],
  ["person_titles, several", () => ({ person_titles: ["cto", "intern"] }), ["grace", "tomas"]],
  ["person_titles of small words alone", () => ({ person_titles: ["of the"] }), []],
  [
    "include_similar_titles: false",
    () => ({ person_titles: ["Plant manager"], include_similar_titles: false }),
    ["ole"],
  ],
  ["person_not_titles", () => ({ person_not_titles: ["manager"] }), ["ines", "grace", "tomas"]],
  ["person_locations, a city", () => ({ person_locations: ["bergen"] }), ["ole"]],
  ["person_locations, a country by another name", () => ({ person_locations: ["USA"] }), ["grace"]],
  [
    "person_locations, put together",
    () => ({ person_locations: ["Chicago, US", "Oslo, Norway"] }),
    ["maren", "grace"],
  ],
  ["person_locations, a state", () => ({ person_locations: ["illinois"] }), ["grace"]],
  ["person_seniorities", () => ({ person_seniorities: ["vp", "c_suite"] }), ["ines", "grace"]],
  ["unknown person_seniorities", () => ({ person_seniorities: ["emperor"] }), []],
  ["person_departments", () => ({ person_departments: ["operations"] }), ["ines", "ole", "maren"]],
  [
    "person_department_or_subdepartments",
    () => ({ person_department_or_subdepartments: ["sales"] }),
    ["tomas"],
  ],
  [
    "contact_email_status",
    () => ({ contact_email_status: ["verified", "likely to engage"] }),
    ["ines", "grace"],
  ],
  [
    "contact_email_status, of people without an address",
    () => ({ contact_email_status: ["unavailable"] }),
    ["maren", "tomas"],
  ],
  ["contact_email_status_v2", () => ({ contact_email_status_v2: ["likely_to_engage"] }), ["grace"]],
  ["prospected_by_current_team: yes", () => ({ prospected_by_current_team: ["yes"] }), ["ole"]],
  [
    "prospected_by_current_team: no",
    () => ({ prospected_by_current_team: ["no"] }),
    ["ines", "maren", "grace", "tomas"],
  ],
  ["organization_ids", () => ({ organization_ids: [companies.fjord] }), AT_FJORD],
  ["q_organization_name", () => ({ q_organization_name: "norrland" }), AT_KRAFT],
  [
    "q_organization_domains_list",
    () => ({ q_organization_domains_list: ["https://www.Kraft.example/"] }),
    AT_KRAFT,
  ],
  [
    "q_organization_domains",
    () => ({ q_organization_domains: "fjord.example\nprairie.example" }),
    [...AT_FJORD, "grace"],
  ],
  ["organization_domains", () => ({ organization_domains: ["fjord.example"] }), AT_FJORD],
  ["linkedin_url", () => ({ linkedin_url: "http://www.linkedin.com/in/Ines/?x=1" }), ["ines"]],
  ["person_linkedin_urls", () => ({ person_linkedin_urls: ["https://se.linkedin.com/in/ines"] }), ["ines"]],
  [
    "organization_linkedin_url",
    () => ({ organization_linkedin_url: "http://linkedin.com/company/Fjord-Foods" }),
    AT_FJORD,
  ],
  [
    "organization_num_employees_ranges",
    () => ({ organization_num_employees_ranges: ["1,10", "100,200"] }),
    ["ines", "grace"],
  ],
  [
    "organization_num_employees_ranges without end",
    () => ({ organization_num_employees_ranges: ["900,"] }),
    AT_FJORD,
  ],
  [
    "organization_num_employees_ranges, exactly",
    () => ({ organization_num_employees_ranges: ["121,899"] }),
    [],
  ],
  ["organization_locations", () => ({ organization_locations: ["Sweden"] }), AT_KRAFT],
  ["organization_not_locations", () => ({ organization_not_locations: ["Norway", "US"] }), ["ines", "tomas"]],
  ["revenue_range", () => ({ revenue_range: { min: 40_000_000, max: 40_000_000 } }), AT_KRAFT],
  ["revenue_range, one end", () => ({ revenue_range: { max: 1_000_000 } }), ["grace"]],
  [
    "currently_using_any_of_technology_uids",
    () => ({ currently_using_any_of_technology_uids: ["sap", "hubspot"] }),
    ["ines", "grace"],
  ],
  [
    "currently_using_all_of_technology_uids",
    () => ({ currently_using_all_of_technology_uids: ["sap", "salesforce"] }),
    AT_KRAFT,
  ],
  [
    "currently_not_using_any_of_technology_uids",
    () => ({ currently_not_using_any_of_technology_uids: ["salesforce"] }),
    ["grace", "tomas"],
  ],
  [
    "organization_industry_tag_ids, by name",
    () => ({ organization_industry_tag_ids: ["utilities"] }),
    AT_KRAFT,
  ],
  ["q_organization_keyword_tags", () => ({ q_organization_keyword_tags: ["cold chain"] }), AT_KRAFT],
  ["total_funding_range", () => ({ total_funding_range: { min: 10_000_000 } }), AT_FJORD],
  ["latest_funding_amount_range", () => ({ latest_funding_amount_range: { max: 2_000_000 } }), AT_KRAFT],
  ["latest_funding_date_range", () => ({ latest_funding_date_range: { min: "2026-03-01" } }), AT_KRAFT],
  ["q_organization_job_titles", () => ({ q_organization_job_titles: ["vice president sales"] }), AT_KRAFT],
  ["organization_job_locations", () => ({ organization_job_locations: ["Bergen"] }), AT_FJORD],
  [
    "organization_job_posted_at_range",
    () => ({ organization_job_posted_at_range: { min: "2026-05-01" } }),
    AT_KRAFT,
  ],
  [
    "jobs of one title at one place",
    () => ({ q_organization_job_titles: ["welder"], organization_job_locations: ["Oslo"] }),
    [],
  ],
  ["organization_num_jobs_range", () => ({ organization_num_jobs_range: { min: 1, max: 1 } }), AT_FJORD],
  [
    "filters of different kinds, all of which hold",
    () => ({
      person_titles: ["manager"],
      person_locations: ["norway"],
      organization_num_employees_ranges: ["501,1000"],
      contact_email_status: ["unverified"],
    }),
    ["ole"],
  ],
  [
    "an empty list, which asks for nothing",
    () => ({ person_titles: [], person_locations: [""], organization_ids: [] }),
    EVERYBODY,
  ],
];

for (const [name, input, who] of FILTERS)
  test(`people are found by ${name}`, async () => {
    assert.deepEqual(
      await found(input()),
      EVERYBODY.filter((one) => who.includes(one)),
    );
  });

const COMPANY_FILTERS: readonly [name: string, input: () => CompanySearch, which: readonly Which[]][] = [
  ["nothing", () => ({}), ["kraft", "fjord", "prairie", "bare"]],
  ["organization_ids", () => ({ organization_ids: [companies.bare] }), ["bare"]],
  ["q_organization_name", () => ({ q_organization_name: "foods" }), ["fjord"]],
  ["q_organization_domains_list", () => ({ q_organization_domains_list: ["bare.example"] }), ["bare"]],
  ["q_organization_domains", () => ({ q_organization_domains: "www.bare.example" }), ["bare"]],
  ["organization_domains", () => ({ organization_domains: ["bare.example"] }), ["bare"]],
  [
    "organization_linkedin_url",
    () => ({ organization_linkedin_url: "linkedin.com/company/fjord-foods" }),
    ["fjord"],
  ],
  ["organization_num_employees_ranges", () => ({ organization_num_employees_ranges: ["1,10"] }), ["prairie"]],
  ["organization_locations", () => ({ organization_locations: ["Chicago"] }), ["prairie"]],
  [
    "organization_not_locations",
    () => ({ organization_not_locations: ["Norway"] }),
    ["kraft", "prairie", "bare"],
  ],
  ["revenue_range", () => ({ revenue_range: { min: 1_000_000 } }), ["kraft", "fjord"]],
  [
    "currently_using_any_of_technology_uids",
    () => ({ currently_using_any_of_technology_uids: ["sap"] }),
    ["kraft"],
  ],
  [
    "currently_using_all_of_technology_uids",
    () => ({ currently_using_all_of_technology_uids: ["sap", "salesforce"] }),
    ["kraft"],
  ],
  [
    "currently_not_using_any_of_technology_uids",
    () => ({ currently_not_using_any_of_technology_uids: ["salesforce"] }),
    ["prairie", "bare"],
  ],
  ["q_organization_keyword_tags", () => ({ q_organization_keyword_tags: ["FISH"] }), ["fjord"]],
  ["latest_funding_amount_range", () => ({ latest_funding_amount_range: { min: 3_000_000 } }), ["fjord"]],
  ["total_funding_range", () => ({ total_funding_range: { max: 6_000_000 } }), ["kraft"]],
  ["latest_funding_date_range", () => ({ latest_funding_date_range: { max: "2025-01-01" } }), ["fjord"]],
  ["q_organization_job_titles", () => ({ q_organization_job_titles: ["engineer"] }), ["fjord"]],
  ["organization_job_locations", () => ({ organization_job_locations: ["Norway"] }), ["kraft", "fjord"]],
  ["organization_num_jobs_range", () => ({ organization_num_jobs_range: { min: 2 } }), ["kraft"]],
  [
    "organization_job_posted_at_range",
    () => ({ organization_job_posted_at_range: { max: "2025-12-31" } }),
    ["kraft"],
  ],
  [
    "organization_industry_tag_ids",
    () => ({ organization_industry_tag_ids: ["Biotechnology"] }),
    ["prairie"],
  ],
];

for (const [name, input, which] of COMPANY_FILTERS)
  test(`companies are found by ${name}`, async () => {
    assert.deepEqual((await foundCompanies(input())).sort(), [...which].sort());
  });

const PAGING = ["page", "per_page", "cursor"];
/** By a test of its own: "companies that are saved stand apart". */
const ALONE = { companies: ["prospected_by_current_team"] } as Record<string, readonly string[]>;

for (const [what, { input }, cases, all] of [
  ["people", contract.mixedPeople.search, FILTERS, EVERYBODY.length],
  ["people, by the older search", contract.mixedPeople.searchWhole, FILTERS, EVERYBODY.length],
  ["companies", contract.mixedCompanies.search, COMPANY_FILTERS, Object.keys(COMPANIES).length],
] as const)
  test(`each filter that a search of ${what} has leaves a record out above, and another one in`, () => {
    const narrowing = cases.filter(([, , found]) => found.length > 0 && found.length < all);
    const tried = new Set(narrowing.flatMap(([, filter]) => Object.keys(filter())));
    const filters = Object.keys(input.shape).filter((name) => !PAGING.includes(name));
    assert.deepEqual(
      filters.filter((name) => !tried.has(name) && !ALONE[what]?.includes(name)),
      [],
    );
  });

test("an industry is found by the id that its companies show", async () => {
  const { organizations } = await team.api.mixedCompanies.search({ organization_ids: [companies.kraft] });
  const tag = organizations[0]?.industry_tag_id ?? "";
  assert.deepEqual(await found({ organization_industry_tag_ids: [tag] }), AT_KRAFT);
});

test("no whole name, address, profile or number is shown before a person is saved", async () => {
  const line = await team.api.mixedPeople.search({ person_ids: [people.ines] });
  assert.deepEqual(line.people[0], {
    id: people.ines,
    first_name: "Ines",
    last_name_obfuscated: "Ok***r",
    title: "VP of Operations",
    last_refreshed_at: line.people[0]?.last_refreshed_at,
    has_email: true,
    has_city: true,
    has_state: false,
    has_country: true,
    has_direct_phone: "Yes",
    contact_id: null,
    organization: {
      name: "Norrland Kraft",
      has_industry: true,
      has_phone: false,
      has_city: true,
      has_state: false,
      has_country: true,
      has_zip_code: false,
      has_revenue: true,
      has_employee_count: true,
    },
  });
  const whole = await team.api.mixedPeople.searchWhole({});
  assert.deepEqual(
    whole.contacts.map(({ name, email }) => [name, email]),
    [["Ole Dahl", "ole@fjord.example"]],
  );
  const ines = whole.people.find(({ id }) => id === people.ines);
  assert.deepEqual(
    [ines?.name, ines?.email, ines?.linkedin_url],
    ["Ines Ok***r", "email_not_unlocked@domain.com", null],
  );
  assert.equal(whole.people.find(({ id }) => id === people.maren)?.email, null);
  const unsaved = JSON.stringify([line.people, whole.people]);
  for (const secret of ["Okafor", "ines@kraft", "linkedin.com/in/ines", "+46905550101", "Hale"])
    assert.ok(!unsaved.includes(secret), secret);
});

test("each filter that was understood leaves a crumb, and one that was not leaves none", async () => {
  const input = {
    q_keywords: "manager",
    person_titles: ["plant manager", "cto"],
    organization_num_employees_ranges: ["501,1000"],
    revenue_range: { min: 1000 },
    no_such_filter: ["x"],
  };
  const { breadcrumbs } = await team.api.mixedPeople.searchWhole(input as Search);
  assert.deepEqual(
    breadcrumbs.map(({ label, display_name }) => [label, display_name]),
    [
      ["Contains Keywords", "manager"],
      ["Job Titles", "plant manager"],
      ["Job Titles", "cto"],
      ["# Employees", "501-1000"],
      ["Revenue", "At least 1000"],
    ],
  );
});

test("pages go on by number and by cursor, and show everybody once", async () => {
  const pages = [];
  for (let page = 1; page <= 3; page++)
    pages.push(...(await team.api.mixedPeople.search({ page, per_page: 2 })).people);
  const byCursor = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const answer: Awaited<ReturnType<typeof team.api.mixedPeople.search>> = await team.api.mixedPeople.search(
      {
        per_page: 2,
        ...(cursor && { cursor }),
      },
    );
    byCursor.push(...answer.people);
    cursor = answer.next_cursor;
  }
  assert.deepEqual(pages, byCursor);
  assert.deepEqual(new Set(pages.map(({ id }) => id)), new Set(Object.values(people)));
});

test("so do pages of companies, and of the older search", async () => {
  const searches = {
    people: async (page: object) => {
      const answer = await team.api.mixedPeople.searchWhole(page);
      return { ids: answer.model_ids, next: answer.pagination.next_cursor };
    },
    companies: async (page: object) => {
      const answer = await team.api.mixedCompanies.search(page);
      return { ids: answer.model_ids, next: answer.pagination.next_cursor };
    },
  };
  for (const [what, search] of Object.entries(searches)) {
    const { ids: all } = await search({});
    const byNumber: string[] = [];
    for (let page = 1; page <= 3; page++) byNumber.push(...(await search({ page, per_page: 2 })).ids);
    assert.deepEqual(byNumber, all, `${what}, by number`);
    const byCursor: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const { ids, next } = await search({ per_page: 2, ...(cursor && { cursor }) });
      byCursor.push(...ids);
      cursor = next;
    }
    assert.deepEqual(byCursor, all, `${what}, by cursor`);
  }
});

test("filters may be in the query, in brackets, as older clients send them", async () => {
  const query = "person_titles[]=cto&organization_num_employees_ranges[]=1,10&revenue_range[min]=1";
  const answer = await call(`${world.url}/api/v1/mixed_people/api_search?${query}`, { key: team.key });
  assert.deepEqual([answer.status, (answer.body as { total_entries: number }).total_entries], [200, 1]);
});

const BAD: readonly [string, Record<string, unknown>][] = [
  ["a range of words", { organization_num_employees_ranges: ["many"] }],
  ["a range of nothing", { organization_num_employees_ranges: [","] }],
  ["a cursor of the caller's own", { cursor: "' or 1=1" }],
  ["page 0", { page: 0 }],
  ["pages beyond 50,000", { page: 501, per_page: 100 }],
  ["101 to a page", { per_page: 101 }],
  ["1,001 domains", { q_organization_domains_list: Array.from({ length: 1001 }, (_, n) => `d${n}.example`) }],
  ["an amount that is not a number", { revenue_range: { min: "much" } }],
  ["a date that does not exist", { latest_funding_date_range: { min: "2026-02-30" } }],
  ["NUL", { q_keywords: "a\0b" }],
];

for (const [name, body] of BAD)
  test(`${name} is refused`, async () => {
    const answer = await call(`${world.url}/api/v1/mixed_people/api_search`, {
      key: team.key,
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    assert.equal(answer.status, 422, answer.text);
  });

test("what looks like SQL, or has no end, is only text", async () => {
  for (const text of ["'; drop table people; --", "$1", "\\", "(((((", "x".repeat(200), "🦊", "null"])
    for (const input of [
      { q_keywords: text },
      { person_titles: [text] },
      { person_locations: [text] },
      { q_organization_name: text },
    ])
      assert.deepEqual(await found(input), [], text);
  assert.deepEqual(await found({ revenue_range: { min: 1e15 } }), []);
  assert.deepEqual(await found({ organization_num_jobs_range: { max: -1 } }), []);
});

test("who asks for saved people by another word than yes or no is refused, and not shown everybody", async () => {
  for (const words of [["maybe"], ["no", "perhaps"]]) {
    const search = { prospected_by_current_team: words };
    const attempts = [
      () => team.api.mixedPeople.search(search),
      () => team.api.mixedCompanies.search(search),
      () => team.api.prospecting.addToContacts({ person_filter: search }),
    ];
    for (const attempt of attempts) assert.equal((await refused(attempt())).code, "search_invalid");
  }
});

test("a page of companies costs one credit, an empty one and people nothing", async () => {
  const spent = async () =>
    (await team.api.usageStats.creditUsage()).credit_usage_stats.export_credit.consumed;
  const before = await spent();
  await team.api.mixedPeople.searchWhole({});
  await team.api.mixedPeople.facets({});
  await team.api.mixedCompanies.search({ q_organization_name: "nowhere" });
  assert.equal(await spent(), before);
  const page = await team.api.mixedCompanies.search({ per_page: 2 });
  assert.equal(page.accounts.length + page.organizations.length, 2);
  assert.equal(await spent(), before + 1);
});

test("companies that are saved stand apart", async () => {
  const { id } = (await team.api.accounts.search({ q_organization_name: "fjord" })).accounts[0] ?? { id: "" };
  await world.running.app.db.inTeam(team.id, (db) =>
    db.run("update accounts set organization_id = $3 where team_id = $1 and id = $2", [
      team.id,
      id,
      companies.fjord,
    ]),
  );
  const answer = await team.api.mixedCompanies.search({});
  assert.deepEqual(
    answer.accounts.map(({ name, account_id }) => [name, account_id]),
    [["Fjord Foods", id]],
  );
  assert.equal(answer.organizations.length, 3);
  assert.deepEqual(await foundCompanies({ prospected_by_current_team: ["yes"] }), ["fjord"]);
  assert.deepEqual(await foundCompanies({ prospected_by_current_team: ["no"] }), [
    "kraft",
    "prairie",
    "bare",
  ]);
});

test("open positions are listed, the newest first", async () => {
  const { organization_job_postings: jobs } = await team.api.organizations.jobPostings({
    id: companies.kraft,
  });
  assert.deepEqual(
    jobs.map(({ title, city }) => [title, city]),
    [
      ["VP Sales", "Oslo"],
      ["Welder", "Umeå"],
    ],
  );
  const second = await team.api.organizations.jobPostings({ id: companies.kraft, page: 2, per_page: 1 });
  assert.deepEqual(
    second.organization_job_postings.map(({ title }) => title),
    ["Welder"],
  );
  const theirs = await team.api.organizations.jobPostings({ id: companies.fjord });
  assert.deepEqual(
    theirs.organization_job_postings.map(({ title }) => title),
    ["Data Engineer"],
  );
  const other = await refused(stranger.api.organizations.jobPostings({ id: companies.kraft }));
  assert.equal(other.status, 404);
});

test("news is found by company, category and day, and costs a credit where there is some", async () => {
  const search = async (input: Omit<Input<"newsArticles", "search">, "organization_ids">) =>
    (await team.api.newsArticles.search({ organization_ids: [companies.kraft], ...input })).news_articles.map(
      ({ title }) => title,
    );
  const spent = async () =>
    (await team.api.usageStats.creditUsage()).credit_usage_stats.export_credit.consumed;
  const before = await spent();
  assert.deepEqual(await search({}), ["Kraft hires", "Kraft and Fjord sign"]);
  assert.deepEqual(await search({ categories: ["signs"] }), ["Kraft and Fjord sign"]);
  assert.deepEqual(await search({ published_at: { min: "2026-04-15" } }), ["Kraft hires"]);
  assert.equal(await spent(), before + 3);
  assert.deepEqual(await search({ published_at: { max: "2020-01-01" } }), []);
  assert.equal(await spent(), before + 3);
  assert.equal((await refused(team.api.newsArticles.search({ organization_ids: [] }))).status, 422);
  const of = async (organization_ids: string[], page = {}) =>
    (await team.api.newsArticles.search({ organization_ids, ...page })).news_articles.map(
      ({ title }) => title,
    );
  assert.deepEqual(await of([companies.prairie]), ["Prairie opens"]);
  assert.deepEqual(await of([companies.fjord, companies.prairie]), ["Kraft and Fjord sign", "Prairie opens"]);
  assert.deepEqual(await of([companies.kraft], { page: 2, per_page: 1 }), ["Kraft and Fjord sign"]);
});

test("facets count what the search finds", async () => {
  const { facets, total_entries } = await team.api.mixedPeople.facets({ person_titles: ["manager"] });
  const counts = (kind: keyof typeof facets) =>
    facets[kind].map(({ display_name, count }) => [display_name, count]);
  assert.equal(total_entries, 2);
  assert.deepEqual(counts("person_seniorities"), [["Manager", 2]]);
  assert.deepEqual(counts("person_departments"), [["Operations", 2]]);
  assert.deepEqual(counts("person_locations"), [["Norway", 2]]);
  assert.deepEqual(counts("contact_email_status"), [
    ["Unavailable", 1],
    ["Unverified", 1],
  ]);
  assert.deepEqual(counts("prospected_by_current_team"), [
    ["Net new", 1],
    ["Saved", 1],
  ]);
  assert.deepEqual(facets.organization_num_employees_ranges, [
    { value: "501,1000", display_name: "501–1000", count: 2 },
  ]);
  assert.deepEqual(counts("organization_locations"), [["Norway", 2]]);
  assert.deepEqual(counts("organization_industry_tag_ids"), [["Food Production", 2]]);
  assert.deepEqual(counts("currently_using_any_of_technology_uids"), [["Salesforce", 2]]);
  const [value] = facets.organization_industry_tag_ids;
  assert.deepEqual(await found({ organization_industry_tag_ids: [value?.value ?? ""] }), AT_FJORD);
});

test("another team's people and companies are neither found nor counted", async () => {
  const { people: theirs } = await stranger.api.mixedPeople.search({});
  assert.deepEqual(
    theirs.map(({ first_name }) => first_name),
    ["Other"],
  );
  assert.equal((await stranger.api.mixedPeople.facets({})).total_entries, 1);
  assert.deepEqual((await stranger.api.mixedPeople.search({ person_ids: Object.values(people) })).people, []);
  assert.deepEqual(
    (await stranger.api.mixedPeople.search({ organization_ids: [companies.fjord] })).people,
    [],
  );
  assert.deepEqual(
    (await stranger.api.mixedCompanies.search({ organization_ids: Object.values(companies) })).organizations,
    [],
  );
  assert.deepEqual(
    (await stranger.api.newsArticles.search({ organization_ids: Object.values(companies) })).news_articles,
    [],
  );
});
