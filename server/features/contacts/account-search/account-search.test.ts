import assert from "node:assert/strict";
import { test } from "node:test";
import { asOwner, call } from "../../../testing/wire.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";

let team: Team;
let stages: { id: string; name: string }[];
const ids: Record<string, string> = {};

const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
  stages = (await team.api.accountStages.list()).account_stages;
  const make = async (key: string, input: Parameters<Team["api"]["accounts"]["create"]>[0]) => {
    ids[key] = (await team.api.accounts.create(input)).account.id;
  };
  await make("kraft", {
    name: "Norrland Kraft",
    domain: "norrland.example",
    label_names: ["Key"],
    estimated_num_employees: 120,
    industry: "Electric Power Generation",
  });
  await make("syd", {
    name: "Sydkraft",
    domain: "syd.example",
    account_stage_id: stages[1]?.id,
    owner_id: null,
  });
  await make("percent", {
    name: "100% Wind_Farm",
    domain: "wind.example",
    label_names: ["Key", "Wind"],
    estimated_num_employees: 8,
    industry: "Wind Power",
  });
  await make("nameless", { domain: "krafthost.example", account_stage_id: stages[2]?.id });
  await asOwner(opened, (db) =>
    db.query(
      `update accounts set created_at = now() - n * interval '1 day', updated_at = now() - (5 - n) * interval '1 day',
              last_activity_at = case when n = 2 then null else now() - ((n * 7) % 5) * interval '1 hour' end
         from (select id as one, row_number() over (order by created_at, id) as n from accounts where team_id = $1) o
        where accounts.team_id = $1 and id = one`,
      [team.id],
    ),
  );
});

type Search = Parameters<Team["api"]["accounts"]["search"]>[0];

async function found(input: Search) {
  const { accounts } = await team.api.accounts.search(input);
  return accounts.map(({ id }) => Object.entries(ids).find(([, known]) => known === id)?.[0] ?? id);
}

const stage = (at: number) => stages[at]?.id ?? "";
const labelId = async (name: string) =>
  (await team.api.labels.list()).find((label) => label.name === name)?.id ?? "";

test("every filter finds its own, and filters together find what all of them find", async () => {
  const cases: [Search, string[]][] = [
    [{}, ["kraft", "syd", "percent", "nameless"]],
    [{ q_organization_name: "KRAFT" }, ["kraft", "syd"]],
    [{ q_organization_name: "rland k" }, ["kraft"]],
    [{ q_organization_name: "0% W" }, ["percent"]],
    [{ q_organization_name: "d_F" }, ["percent"]],
    [{ q_organization_name: "dxF" }, []],
    [{ q_organization_name: "\\" }, []],
    [{ q_organization_name: "' or true --" }, []],
    [{ q_keywords: "krafthost" }, ["nameless"]],
    [{ q_keywords: "kraft" }, ["kraft", "syd", "nameless"]],
    [{ account_stage_ids: [stage(1)] }, ["syd"]],
    [{ account_stage_ids: [stage(1).toUpperCase(), stage(2)] }, ["syd", "nameless"]],
    [{ account_stage_ids: [] }, ["kraft", "syd", "percent", "nameless"]],
    [{ account_label_ids: [await labelId("Key")] }, ["kraft", "percent"]],
    [{ account_label_ids: [await labelId("Key"), await labelId("Wind")] }, ["kraft", "percent"]],
    [{ account_owner_ids: [team.owner.id] }, ["kraft", "percent", "nameless"]],
    [{ account_ids: [ids.syd ?? "", ids.kraft ?? ""] }, ["kraft", "syd"]],
    [{ q_organization_domains_list: [" SYD.example", "wind.example"] }, ["syd", "percent"]],
    [{ organization_num_employees_ranges: ["120,"] }, ["kraft"]],
    [{ organization_num_employees_ranges: ["1,10", "100, 120"] }, ["kraft", "percent"]],
    [{ organization_num_employees_ranges: ["121,"] }, []],
    [{ organization_num_employees_ranges: ["200,1"] }, []],
    [{ organization_num_employees_ranges: [",999999999999999"] }, ["kraft", "percent"]],
    [{ q_industry: "POWER" }, ["kraft", "percent"]],
    [{ q_industry: "generation electric" }, ["kraft"]],
    [{ q_industry: "%" }, []],
    [
      {
        q_organization_name: "kraft",
        account_label_ids: [await labelId("Key")],
        account_stage_ids: [stage(0)],
      },
      ["kraft"],
    ],
  ];
  for (const [input, expected] of cases)
    assert.deepEqual(await found(input), expected, JSON.stringify(input));
});

test("every order goes both ways, and needs a field to go up by", async () => {
  const cases: [field: string | undefined, up: boolean, expected: string[]][] = [
    ["account_created_at", false, ["kraft", "syd", "percent", "nameless"]],
    ["account_created_at", true, ["nameless", "percent", "syd", "kraft"]],
    ["account_updated_at", false, ["nameless", "percent", "syd", "kraft"]],
    ["account_updated_at", true, ["kraft", "syd", "percent", "nameless"]],
    ["account_last_activity_date", false, ["percent", "kraft", "nameless", "syd"]],
    ["account_last_activity_date", true, ["syd", "nameless", "kraft", "percent"]],
    ["account_name", true, ["percent", "nameless", "kraft", "syd"]],
    ["account_name", false, ["syd", "kraft", "nameless", "percent"]],
    [undefined, true, ["kraft", "syd", "percent", "nameless"]],
  ];
  for (const [sort_by_field, sort_ascending, expected] of cases)
    assert.deepEqual(await found({ sort_ascending, ...(sort_by_field && { sort_by_field }) }), expected);
  for (const sort_by_field of ["name", "created_at", "__proto__", "1; drop table accounts"]) {
    const refusal = await refused(team.api.accounts.search({ sort_by_field }));
    assert.deepEqual([refusal.status, refusal.message], [422, "Invalid sort criteria"]);
    assert.equal((refusal.body as Record<string, unknown>).skip_alert_dialog, true);
  }
});

test("pages add up, and beyond the last there is nothing", async () => {
  const first = await team.api.accounts.search({ per_page: 3 });
  const { next_cursor, ...pages } = first.pagination;
  assert.deepEqual(pages, { page: 1, per_page: 3, total_entries: 4, total_pages: 2 });
  assert.ok(next_cursor);
  assert.deepEqual(await found({ per_page: 3, page: 2 }), ["nameless"]);
  const beyond = await team.api.accounts.search({ per_page: 3, page: 9 });
  assert.deepEqual(
    [beyond.accounts, beyond.pagination.total_entries, beyond.pagination.next_cursor],
    [[], 4, null],
  );
  const cases: [Search, string][] = [
    [{ page: 501, per_page: 100 }, "Invalid parameter passed in. Page * per page number is over threshold."],
    [{ per_page: 101 }, "Per page not supported"],
    [{ per_page: 0 }, "An error occurred. Per page cannot be 0."],
  ];
  for (const [input, sentence] of cases)
    assert.equal((await refused(team.api.accounts.search(input))).message, sentence);
});

test("what was understood is echoed, one crumb for each value", async () => {
  const key = await labelId("Key");
  const gone = "64f0aa00000000000000beef";
  const { breadcrumbs, ...furniture } = await team.api.accounts.search({
    q_organization_name: "kraft",
    account_stage_ids: [stage(0), gone],
    account_label_ids: [key],
  });
  assert.deepEqual(breadcrumbs, [
    {
      label: "Company Name",
      signal_field_name: "q_organization_name",
      value: "kraft",
      display_name: "kraft",
    },
    {
      label: "Account Stage",
      signal_field_name: "account_stage_ids",
      value: stage(0),
      display_name: "Review",
    },
    {
      label: "Account Stage",
      signal_field_name: "account_stage_ids",
      value: gone,
      display_name: "[Deleted Stage]",
    },
    { label: "Lists", signal_field_name: "account_label_ids", value: key, display_name: "Key" },
  ]);
  assert.partialDeepStrictEqual(furniture, {
    partial_results_only: false,
    has_join: false,
    disable_eu_prospecting: false,
    partial_results_limit: 10_000,
    num_fetch_result: null,
  });
});

test("a stage that cannot be one is refused in Apollo's words", async () => {
  const refusal = await refused(team.api.accounts.search({ account_stage_ids: ["Review"] }));
  assert.deepEqual(
    [refusal.status, refusal.message],
    [422, "Your search parameters are entered incorrectly. Did you try to edit the URL directly?"],
  );
});

test("GET searches too, and what is not known filters nothing", async () => {
  const url = `${world.url}/api/v1/accounts/search?account_stage_ids[]=${stage(1)}&contact_emailer_campaign_ids[]=x&page=1`;
  const answer = await call(url, { key: team.key });
  assert.deepEqual(
    (answer.body.accounts as { id: string }[]).map(({ id }) => id),
    [ids.syd],
  );
});

test("a search tells how many contacts there are and where they stand", async () => {
  const mine = await world.newTeam("Tally");
  const { account } = await mine.api.accounts.create({ name: "Tallied" });
  const states = ["active", "active", "paused", "failed", "bounced"];
  const sequence = await asOwner(world, async (db) => {
    const { rows } = await db.query<{ id: string }>(
      `with schedule as (
         insert into schedules (team_id, id, name, time_zone, created_at, updated_at)
         values ($1, new_ident(), 'S', 'UTC', now(), now()) returning id
       )
       insert into sequences (team_id, id, name, schedule_id, owner_id, created_at, updated_at)
       select $1, new_ident(), 'Seq', id, $2, now(), now() from schedule returning id`,
      [mine.id, mine.owner.id],
    );
    for (const state of states)
      await db.query(
        `with c as (
           insert into contacts (team_id, id, account_id, source, original_source, created_at, updated_at)
           values ($1, new_ident(), $2, 'api', 'api', now(), now()) returning id
         )
         insert into enrollments (team_id, id, sequence_id, contact_id, state, inactive_reason, added_at, updated_at)
         select $1, new_ident(), $3, id, $4, $5, now(), now() from c`,
        [
          mine.id,
          account.id,
          rows[0]?.id,
          state === "bounced" ? "failed" : state,
          state === "bounced" ? state : null,
        ],
      );
    return rows[0]?.id;
  });
  const [only] = (await mine.api.accounts.search()).accounts;
  assert.deepEqual(
    [only?.num_contacts, only?.contact_emailer_campaign_ids, only?.contact_campaign_status_tally],
    [5, [sequence], { active: 2, paused: 1, not_sent: 1, bounced: 1 }],
  );
});

test("accounts are sorted by how many contacts they have", async () => {
  const mine = await world.newTeam("Counted contacts");
  for (const [name, many] of [
    ["Few", 1],
    ["Empty", 0],
    ["Many", 3],
  ] as const) {
    const { account } = await mine.api.accounts.create({ name });
    for (let n = 0; n < many; n++)
      await mine.api.contacts.create({ first_name: `P${n}`, account_id: account.id });
  }
  const names = async (sort_ascending: boolean) =>
    (await mine.api.accounts.search({ sort_by_field: "num_contacts", sort_ascending })).accounts.map(
      ({ name }) => name,
    );
  assert.deepEqual(await names(false), ["Many", "Few", "Empty"]);
  assert.deepEqual(await names(true), ["Empty", "Few", "Many"]);
});

test("a stranger finds nothing", async () => {
  const stranger = await world.newTeam("Search strangers");
  for (const input of [
    {},
    { account_ids: Object.values(ids) },
    { q_keywords: "kraft" },
    { account_stage_ids: [stage(1)] },
  ])
    assert.deepEqual((await stranger.api.accounts.search(input)).accounts, []);
});

/** Of seven, two were never active, and two begin in the same moment. */
async function sevenAccounts() {
  const mine = await world.newTeam("Account cursors");
  await asOwner(world, (db) =>
    db.query(
      `insert into accounts (team_id, id, name, source, original_source, created_at, updated_at, last_activity_at)
       select $1, lpad(to_hex(n), 24, '0'), 'Firm ' || n / 2, 'api', 'api', now() - n / 2 * interval '1 day 3 microseconds',
              now() - (n * 3) % 7 * interval '1 hour',
              case when n % 3 = 0 then null else now() - n / 2 * interval '1 minute' end
         from generate_series(1, 7) n`,
      [mine.id],
    ),
  );
  return mine;
}

test("in every order and both ways, a cursor goes through the same accounts as pages do", async () => {
  const mine = await sevenAccounts();
  for (const sort_by_field of [
    undefined,
    "account_name",
    "account_created_at",
    "account_updated_at",
    "account_last_activity_date",
    "num_contacts",
  ])
    for (const sort_ascending of sort_by_field ? [true, false] : [false])
      for (const q_keywords of [undefined, "firm"]) {
        const asked = {
          ...(sort_by_field && { sort_by_field, sort_ascending }),
          ...(q_keywords && { q_keywords }),
        };
        const { accounts } = await mine.api.accounts.search({ ...asked, per_page: 100 });
        const whole = accounts.map(({ id }) => id);
        const met: string[] = [];
        let cursor: string | null = null;
        do {
          const page: Awaited<ReturnType<Team["api"]["accounts"]["search"]>> = await mine.api.accounts.search(
            {
              ...asked,
              per_page: 2,
              ...(cursor && { cursor }),
            },
          );
          met.push(...page.accounts.map(({ id }) => id));
          cursor = page.pagination.next_cursor;
          assert.equal(page.pagination.total_entries, 7);
        } while (cursor !== null && met.length < 20);
        assert.deepEqual(met, whole, JSON.stringify(asked));
        assert.equal(whole.length, 7);
      }
});

test("a cursor of another order, or an invented one, is refused", async () => {
  const mine = await sevenAccounts();
  const { pagination } = await mine.api.accounts.search({ per_page: 2 });
  const cursor = pagination.next_cursor ?? "";
  for (const input of [{ cursor: "nonsense" }, { cursor, sort_by_field: "account_name" }])
    assert.equal((await refused(mine.api.accounts.search(input))).code, "invalid_cursor");
  const other = await team.api.accounts.search({ per_page: 100, cursor });
  assert.ok(
    other.accounts.every(({ team_id }) => team_id === team.id),
    "a cursor opens no other team",
  );
});

test("beyond 50,000 accounts a cursor goes on", async () => {
  const mine = await world.newTeam("Many accounts");
  await asOwner(world, (db) =>
    db.query(
      `insert into accounts (team_id, id, name, source, original_source, created_at, updated_at)
       select $1, lpad(to_hex(n), 24, '0'), 'Firm ' || n, 'api', 'api', now() - n * interval '1 second', now()
         from generate_series(1, 50150) n`,
      [mine.id],
    ),
  );
  const last = await mine.api.accounts.search({ page: 500, per_page: 100 });
  assert.deepEqual([last.partial_results_only, last.pagination.total_entries], [true, 50_000]);
  const on = await mine.api.accounts.search({ per_page: 100, cursor: last.pagination.next_cursor as string });
  assert.equal(on.accounts[0]?.name, "Firm 50001");
  const end = await mine.api.accounts.search({ per_page: 100, cursor: on.pagination.next_cursor as string });
  assert.deepEqual([end.accounts.length, end.pagination.next_cursor], [50, null]);
});
