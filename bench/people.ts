// How fast people are found among a million, by three filters at once, alone and ten at a time.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@cadenza/sdk";
import type pg from "pg";
import type { Db } from "../server/db/connect.ts";
import { departmentsOf, seniorityOf } from "../server/domain/contacts/people.ts";
import {
  inventOrganizations,
  inventPeople,
  TITLES,
} from "../server/features/prospecting/invented-people/store.ts";
import { type Figure, median, percentile, type Suite, sideBySide } from "./harness.ts";
import { connectAs, startServer } from "./processes.ts";

const KEY = "bootstrap-key-of-the-benchmark";
const PORT = 3914;
const PEOPLE = Number(process.env.CADENZA_BENCH_PEOPLE ?? 1_000_000);
const COMPANIES = Math.max(10, PEOPLE / 10);
const SPAN = 20_000;
const ROUNDS = 100;
const AT_ONCE = 10;

export const people: Suite = {
  name: "People",
  about:
    `One team with ${PEOPLE} invented people in ${COMPANIES} companies. A search has three filters: a title, a country and a span of ` +
    "employees; 240 questions in turn, so no total is remembered from the round before. Searches are timed over HTTP, pages of 25, " +
    "and against the statements they come down to (whom it fits, counted up to 50,000 and cut into a page; then the page), sent by " +
    "a bare driver as the same role, one after the other and on ten connections at once.",
  async run() {
    const dataDir = mkdtempSync(join(tmpdir(), "cadenza-bench-"));
    const env = { CADENZA_DATA_DIR: dataDir, CADENZA_BOOTSTRAP_KEY: KEY, CADENZA_LOG_LEVEL: "warn" };
    const server = await startServer(["server/main.ts"], PORT, env);
    try {
      return await measure(server.url, dataDir);
    } finally {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    }
  },
};

type Side = { url: string; teamId: string; key: string };

async function measure(url: string, dataDir: string): Promise<Figure[]> {
  const operator = createClient({ baseUrl: url, apiKey: KEY, retries: 0 });
  const made = await operator.teams.create({ name: "Many", owner_email: "many@bench.example" });
  const side = { url, teamId: made.team.id, key: made.api_key.key };
  const owner = await connectAs(dataDir, "owner");
  const planted = await plant(owner, side.teamId);
  await owner.end();
  const drivers = await Promise.all(Array.from({ length: AT_ONCE }, () => connectAs(dataDir, "app")));
  try {
    return [
      planted,
      await oneByOne(side, drivers[0] as pg.Client),
      await tenAtOnce(side, drivers),
      ...(await others(side)),
    ];
  } finally {
    await Promise.all(drivers.map((driver) => driver.end()));
  }
}

async function plant(client: pg.Client, teamId: string): Promise<Figure> {
  await client.query("select set_config('cadenza.team_id', $1, false)", [teamId]);
  const now = Temporal.Instant.from("2026-11-01T00:00:00Z");
  const db = {
    run: async (sql: string, params: readonly unknown[] = []) =>
      (
        await client.query(
          sql,
          params.map((one) => (one instanceof Temporal.Instant ? String(one) : one)),
        )
      ).rowCount ?? 0,
  } as unknown as Db;
  const titles = TITLES.map((title) => ({
    title,
    seniority: seniorityOf(title),
    departments: departmentsOf(title),
  }));
  const began = performance.now();
  for (let from = 1; from <= COMPANIES; from += SPAN)
    await inventOrganizations(db, teamId, { from, to: Math.min(COMPANIES, from + SPAN - 1) }, now);
  for (let from = 1; from <= PEOPLE; from += SPAN)
    await inventPeople(db, teamId, { from, to: Math.min(PEOPLE, from + SPAN - 1) }, COMPANIES, titles, now);
  const seconds = (performance.now() - began) / 1000;
  for (const table of ["people", "organizations", "job_postings", "employments"])
    await client.query(`vacuum analyze ${table}`);
  const rate = Math.round(PEOPLE / seconds);
  return {
    name: "people made up and indexed",
    measured: `${rate} a second`,
    target: "none",
    isMet: true,
    detail: `${seconds.toFixed(0)} s for all of them, with their companies, positions and news`,
  };
}

const WANTED = [
  "plant manager",
  "account executive",
  "software engineer",
  "vp sales",
  "head of operations",
  "buyer",
  "director",
  "cfo",
];
const COUNTRIES = ["Sweden", "Norway", "Germany", "United States", "United Kingdom", "Denmark"];
const SIZES = [
  [1, 20],
  [21, 100],
  [101, 500],
  [501, 2000],
  [2001, 10_000],
] as const;

function question(round: number) {
  const title = WANTED[round % WANTED.length] as string;
  const country = COUNTRIES[Math.floor(round / WANTED.length) % COUNTRIES.length] as string;
  const [min, max] = SIZES[
    Math.floor(round / (WANTED.length * COUNTRIES.length)) % SIZES.length
  ] as readonly [number, number];
  return { title, country, min, max };
}

let asked = 0;

async function overHttp({ url, key }: Side, rounds: number) {
  const api = createClient({ baseUrl: url, apiKey: key, retries: 0 });
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const { title, country, min, max } = question(asked++);
    const began = performance.now();
    await api.mixedPeople.search({
      person_titles: [title],
      person_locations: [country],
      organization_num_employees_ranges: [`${min},${max}`],
    });
    times.push(performance.now() - began);
  }
  return times;
}

const BARE = `with found as materialized (
    select p.id from team_people p
     where p.team_id = $1 and p.marks @> title_marks($1, $2) and p.marks && marks_of($1, 'person place', array[place_asked($3)])
       and p.organization_marks && magnitude_marks($1, 'employees', $4::bigint, $5::bigint)
       and p.organization_employees between $4::bigint and $5::bigint
     limit 50001)
  select counted.total, shown.id from (select count(*)::int as total from found) counted
    left join (select id from found order by id desc limit 26) shown on true order by shown.id desc`;

const BARE_PAGE = `select p.id, p.first_name, p.last_name, p.title, p.last_refreshed_at, p.email is not null, p.city, p.state, p.country, p.phones,
         o.name, o.industry, o.phone, o.city, o.state, o.country, o.postal_code, o.annual_revenue, o.estimated_num_employees,
         (select c.id from contacts c where c.team_id = $1 and c.person_id = p.id limit 1)
    from people p left join organizations o on o.team_id = $1 and o.id = p.organization_id
   where p.team_id = $1 and p.id = any ($2::text[]) order by p.id desc`;

async function bare(driver: pg.Client, { teamId }: Side, rounds: number) {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const { title, country, min, max } = question(asked++);
    const began = performance.now();
    await driver.query("begin");
    await driver.query(
      `select set_config('cadenza.team_id', $1, true), set_config('plan_cache_mode', 'force_custom_plan', true), set_config('jit', 'off', true),
              set_config('max_parallel_workers_per_gather', '0', true)`,
      [teamId],
    );
    const found = await driver.query(BARE, [teamId, title, country, min, max]);
    const ids = found.rows.slice(0, 25).map((row) => row.id);
    await driver.query(BARE_PAGE, [teamId, ids]);
    await driver.query("commit");
    times.push(performance.now() - began);
  }
  return times;
}

async function oneByOne(side: Side, driver: pg.Client): Promise<Figure> {
  await overHttp(side, 48);
  await bare(driver, side, 48);
  const result = await sideBySide(
    5,
    async () => median(await overHttp(side, ROUNDS)),
    async () => median(await bare(driver, side, ROUNDS)),
  );
  return {
    name: "search by three filters, over HTTP against its bare statements",
    measured: `${result.ratio.toFixed(2)} times`,
    target: "1.3 times or less",
    isMet: result.ratio <= 1.3,
    detail: `${result.ours.toFixed(1)} against ${result.theirs.toFixed(1)} ms, medians`,
  };
}

async function tenAtOnce(side: Side, drivers: readonly pg.Client[]): Promise<Figure> {
  const all = async (one: (n: number) => Promise<number[]>) =>
    percentile((await Promise.all(drivers.map((_, n) => one(n)))).flat(), 0.95);
  const rounds = ROUNDS / 5;
  const result = await sideBySide(
    5,
    () => all(() => overHttp(side, rounds)),
    () => all((n) => bare(drivers[n] as pg.Client, side, rounds)),
  );
  return {
    name: `search by three filters on ${AT_ONCE} connections at once, p95`,
    measured: `${result.ratio.toFixed(2)} times bare`,
    target: "50 ms, or 1.3 times what the bare statements take here",
    isMet: result.ours <= 50 || result.ratio <= 1.3,
    detail: `${result.ours.toFixed(1)} against ${result.theirs.toFixed(1)} ms`,
  };
}

/** Calls that have no bare counterpart: only their own time is reported. */
async function others({ url, key }: Side): Promise<Figure[]> {
  const api = createClient({ baseUrl: url, apiKey: key, retries: 0 });
  const ask: [string, (n: number) => Promise<unknown>][] = [
    ["everybody, the first page", () => api.mixedPeople.search({})],
    [
      "by a keyword",
      (n) =>
        api.mixedPeople.search({ q_keywords: ["quist", "zabmor", "elowyn", "frostpumps"][n % 4] as string }),
    ],
    [
      "by technology and rank",
      (n) =>
        api.mixedPeople.search({
          currently_using_any_of_technology_uids: ["invented_crm"],
          person_seniorities: [["vp", "head", "director"][n % 3] as string],
        }),
    ],
    [
      "facets of a search",
      (n) => api.mixedPeople.facets({ person_titles: [WANTED[n % WANTED.length] as string] }),
    ],
    [
      "companies by place and size",
      (n) =>
        api.mixedCompanies.search({
          organization_locations: [COUNTRIES[n % 6] as string],
          organization_num_employees_ranges: ["51,200"],
        }),
    ],
  ];
  const figures: Figure[] = [];
  for (const [name, once] of ask) {
    const times: number[] = [];
    for (let n = 0; n < 25; n++) {
      const began = performance.now();
      await once(n);
      times.push(performance.now() - began);
    }
    figures.push({
      name,
      measured: `${median(times).toFixed(1)} ms`,
      target: "none",
      isMet: true,
      detail: `median; p95 ${percentile(times, 0.95).toFixed(1)} ms`,
    });
  }
  return figures;
}
