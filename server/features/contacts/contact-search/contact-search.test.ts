import assert from "node:assert/strict";
import { test } from "node:test";
import type { Input } from "@cadenza/sdk";
import type { ContactInput } from "../../../testing/sequenced.ts";
import { unchecked } from "../../../testing/unchecked.ts";
import { asOwner, call } from "../../../testing/wire.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";
import { type ContactFilter, questionOf } from "../contact-filters/store.ts";
import { everybodyAtOnce, NEWEST } from "./store.ts";

const NEVER = "64f0aa0000000000000000ff";
let team: Team;
let ids: Record<string, string>;
let account: string;
let sequence: string;
let stage: string;
let seller: string;
const field: Record<string, string> = {};

const world = useWorld({}, async (opened) => {
  team = await opened.newTeam("Searchers");
  seller = (await team.api.users.invite({ email: "seller@search.example", first_name: "Sella" })).user.id;
  await asOwner(opened, async (client) => {
    const one = async (sql: string, params: unknown[]) =>
      (await client.query(sql, params)).rows[0].id as string;
    stage = await one(
      "insert into contact_stages (team_id, id, name, position) values ($1, new_ident(), 'Searched', 900) returning id",
      [team.id],
    );
    account = await one(
      `insert into accounts (team_id, id, name, domain, source, original_source, created_at, updated_at)
       values ($1, new_ident(), 'Norrland Kraft', 'norrland.example', 'api', 'api', now(), now()) returning id`,
      [team.id],
    );
    sequence = await one(
      `insert into sequences (team_id, id, name, owner_id, created_at, updated_at)
       values ($1, new_ident(), 'Boilers', $2, now(), now()) returning id`,
      [team.id, team.owner.id],
    );
  });
  for (const [label, type] of [
    ["Boiler", "string"],
    ["Beds", "number"],
    ["Renewal", "date"],
    ["Call", "datetime"],
    ["Warm", "boolean"],
    ["Segment", "multipicklist"],
  ] as const) {
    const meta =
      type === "multipicklist" ? { picklist_values: [{ name: "Steel" }, { name: "Paper" }] } : undefined;
    const made = await team.api.customFields.create({
      label,
      modality: "contact",
      type,
      ...(meta && { meta }),
    });
    const [{ id = "", picklist_values: [choice] = [] } = {}] = made.typed_custom_fields;
    field[label] = id;
    if (choice) field.Steel = choice.id;
  }
  const make = async (values: ContactInput) => (await team.api.contacts.create(values)).contact.id;
  const ines = await make({
    first_name: "Ines",
    last_name: "Okafor",
    title: "Plant Manager",
    email: "ines.okafor@norrland.example",
    contact_emails: ["ines.okafor@norrland.example", "ines@home.example"],
    label_names: ["Q3 plants"],
    contact_stage_id: stage,
    present_raw_address: "Umeå, Sweden",
    typed_custom_fields: {
      [field.Boiler as string]: "Alfa 300",
      [field.Beds as string]: 120,
      [field.Warm as string]: true,
      [field.Segment as string]: ["Steel"],
    },
  });
  const ole = await make({
    first_name: "Ole",
    last_name: "Dahl",
    organization_name: "Sydkraft 100%",
    email: "ole@sydkraft.example",
    owner_id: seller,
    label_names: ["Others"],
    typed_custom_fields: {
      [field.Beds as string]: 7.5,
      [field.Renewal as string]: "2026-05-04",
      [field.Call as string]: "2026-05-04T23:30:00Z",
      [field.Warm as string]: false,
    },
  });
  const ada = await make({
    first_name: "Ada",
    last_name: "Berg",
    title: "Buyer",
    email: "ada@gmail.com",
    email_status: "unverified",
    do_not_contact: true,
    label_names: ["q3 PLANTS"],
  });
  const nobody = await make({ email_unsubscribed: true });
  ids = { ines, ole, ada, nobody };
  await asOwner(opened, async (client) => {
    for (const [id, state, failure] of [
      [ines, "active", null],
      [ole, "failed", "hard_bounced"],
      [ada, "failed", "contact_stage_safeguard"],
    ])
      await client.query(
        `insert into enrollments (team_id, id, sequence_id, contact_id, state, failure_reason, added_at, updated_at)
         values ($1, new_ident(), $2, $3, $4, $5, now(), now())`,
        [team.id, sequence, id, state, failure],
      );
    await client.query(
      `update contacts set last_activity_at = '2026-03-01', email_last_opened_at = '2026-03-02', email_last_clicked_at = '2026-03-03'
        where id = $1`,
      [ole],
    );
  });
});

const ALL = ["nobody", "ada", "ole", "ines"];

type Case = [why: string, input: () => Record<string, unknown>, found: string[]];

const FILTERS: Case[] = [
  ["nothing: the newest first", () => ({}), ALL],
  ["an empty list: as if it were not sent", () => ({ contact_stage_ids: [] }), ALL],
  ["an unknown filter: as if it were not sent", () => ({ nonsense: 1 }), ALL],
  ["a part of a name", () => ({ q_keywords: "kafo" }), ["ines"]],
  ["two words in any order", () => ({ q_keywords: "manager INES" }), ["ines"]],
  ["a title", () => ({ q_keywords: "buyer" }), ["ada"]],
  ["a company", () => ({ q_keywords: "sydkraft" }), ["ole"]],
  ["a percent sign as itself", () => ({ q_keywords: "100%" }), ["ole"]],
  ["an underscore as itself", () => ({ q_keywords: "_" }), []],
  ["a quote", () => ({ q_keywords: "o'" }), []],
  ["the first address", () => ({ q_keywords: "Ines.Okafor@norrland.example" }), ["ines"]],
  ["a further address", () => ({ q_keywords: "ines@home.example" }), ["ines"]],
  ["a name", () => ({ q_name: "ole" }), ["ole"]],
  ["a company's name", () => ({ q_organization_name: "norrland" }), ["ines"]],
  ["a stage", () => ({ contact_stage_ids: [stage] }), ["ines"]],
  ["stages that are not there", () => ({ contact_stage_ids: [NEVER] }), []],
  ["a list", () => ({ contact_label_ids: ["Q3 plants"] }), ["ada", "ines"]],
  ["either of two lists", () => ({ contact_label_ids: ["Q3 plants", "Others"] }), ["ada", "ole", "ines"]],
  ["a list by its name", () => ({ label_names: ["q3 plants"] }), ["ada", "ines"]],
  ["a list by a name that is not there", () => ({ label_names: ["none"] }), []],
  ["a list and a stage", () => ({ contact_label_ids: ["Q3 plants"], contact_stage_ids: [stage] }), ["ines"]],
  ["an owner", () => ({ contact_owner_ids: [seller] }), ["ole"]],
  ["two owners", () => ({ contact_owner_ids: [seller, team.owner.id] }), ALL],
  ["an account", () => ({ account_ids: [account] }), ["ines"]],
  ["an account, in n8n's words", () => ({ account_id: account }), ["ines"]],
  ["ids", () => ({ contact_ids: [ids.ole, NEVER] }), ["ole"]],
  [
    "addresses, any stored one",
    () => ({ contact_emails: ["INES@home.example", "ole@sydkraft.example"] }),
    ["ole", "ines"],
  ],
  ["an address, in n8n's words", () => ({ email: "ole@sydkraft.example" }), ["ole"]],
  ["a sequence", () => ({ emailer_campaign_ids: [sequence] }), ["ada", "ole", "ines"]],
  [
    "a status in a sequence",
    () => ({ contact_campaign_statuses_or_failure_reasons: [`${sequence}active`] }),
    ["ines"],
  ],
  ["bounced", () => ({ contact_campaign_statuses_or_failure_reasons: [`${sequence}bounced`] }), ["ole"]],
  ["not sent", () => ({ contact_campaign_statuses_or_failure_reasons: [`${sequence}not_sent`] }), ["ada"]],
  [
    "failed or active",
    () => ({ contact_campaign_statuses_or_failure_reasons: [`${sequence}failed`, `${sequence}active`] }),
    ["ada", "ole", "ines"],
  ],
  ["an unknown status", () => ({ contact_campaign_statuses_or_failure_reasons: ["nonsense"] }), []],
  [
    "domains, one to a line",
    () => ({ q_organization_domains: "https://www.norrland.example\nsydkraft.example" }),
    ["ole", "ines"],
  ],
  ["domains as a list", () => ({ q_organization_domains: ["norrland.example"] }), ["ines"]],
  ["an email status", () => ({ email_statuses: ["unverified"] }), ["ada"]],
  [
    "an email status, in Apollo's words for people",
    () => ({ contact_email_status: ["unverified"] }),
    ["ada"],
  ],
  ["barred", () => ({ do_not_contact: true }), ["ada"]],
  ["not barred", () => ({ do_not_contact: "false" }), ["nobody", "ole", "ines"]],
  ["unsubscribed", () => ({ email_unsubscribed: true }), ["nobody"]],
  ["made before", () => ({ contact_created_at_range: { max: "2020-01-01" } }), []],
  ["made after", () => ({ contact_created_at_range: { min: "2020-01-01" } }), ALL],
  ["changed after", () => ({ contact_updated_at_range: { min: "2020-01-01", max: "2099-01-01" } }), ALL],
  [
    "active within",
    () => ({ contact_last_activity_date_range: { min: "2026-02-28", max: "2026-03-02" } }),
    ["ole"],
  ],
  ["words of the title", () => ({ q_title: "manager plant" }), ["ines"]],
  ["a word that is not in the title", () => ({ q_title: "okafor" }), []],
  ["words of the address", () => ({ q_location: "SWEDEN umeå" }), ["ines"]],
  ["a score that no contact has", () => ({ prospect_score_range: { min: 100.5 } }), []],
  ["any score", () => ({ prospect_score_range: { min: -5, max: 1e9 } }), ALL],
  ["a part of a text field", () => byField("Boiler", { values: ["alfa"] }), ["ines"]],
  ["one number or another", () => byField("Beds", { values: ["120", "7.5"] }), ["ole", "ines"]],
  ["a number at least", () => byField("Beds", { min: "8" }), ["ines"]],
  ["a number between", () => byField("Beds", { min: "7", max: "8" }), ["ole"]],
  ["a day between", () => byField("Renewal", { min: "2026-05-04", max: "2026-05-04" }), ["ole"]],
  ["a time's day", () => byField("Call", { max: "2026-05-04" }), ["ole"]],
  ["yes", () => byField("Warm", { values: ["true"] }), ["ines"]],
  ["a choice", () => byField("Segment", { values: [field.Steel] }), ["ines"]],
  ["a field that is filled", () => byField("Beds", { is_set: true }), ["ole", "ines"]],
  ["a field that is empty", () => byField("Beds", { is_set: false }), ["nobody", "ada"]],
  ["a field that is not there", () => ({ typed_custom_fields: [{ id: NEVER, is_set: true }] }), []],
  [
    "two fields at once",
    () => ({
      typed_custom_fields: [
        { id: field.Beds, min: "1" },
        { id: field.Warm, values: ["false"] },
      ],
    }),
    ["ole"],
  ],
];

function byField(name: string, rest: object) {
  return { typed_custom_fields: [{ id: field[name], ...rest }] };
}

async function labelIds(given: Record<string, unknown>) {
  if (!Array.isArray(given.contact_label_ids)) return given;
  const byName = new Map((await team.api.labels.list()).map((label) => [label.name, label.id]));
  return { ...given, contact_label_ids: given.contact_label_ids.map((name) => byName.get(name)) };
}

for (const [why, input, expected] of FILTERS) {
  test(`a search by ${why}`, async () => {
    const found = await team.api.contacts.search(await labelIds(input()));
    assert.deepEqual(
      found.contacts.map((contact) => nameOf(contact.id)),
      expected,
    );
    assert.equal(found.pagination.total_entries, expected.length);
    assert.equal(found.partial_results_only, false);
  });
}

function nameOf(id: string) {
  return Object.keys(ids).find((name) => ids[name] === id);
}

const SORTS: [string, boolean | undefined, string[]][] = [
  ["contact_created_at", undefined, ALL],
  ["contact_created_at", true, [...ALL].reverse()],
  ["contact_updated_at", false, ALL],
  ["contact_last_activity_date", undefined, ["ole", "nobody", "ada", "ines"]],
  ["contact_last_activity_date", true, ["ines", "ada", "nobody", "ole"]],
  ["contact_email_last_opened_at", undefined, ["ole", "nobody", "ada", "ines"]],
  ["contact_email_last_clicked_at", undefined, ["ole", "nobody", "ada", "ines"]],
  ["contact_name", undefined, ["nobody", "ada", "ines", "ole"]],
  ["contact_name", false, ["ole", "ines", "ada", "nobody"]],
];

for (const [sort_by_field, sort_ascending, expected] of SORTS) {
  test(`sorted by ${sort_by_field}, ${sort_ascending ?? "as it comes"}; a page at a time and by cursor it is the same`, async () => {
    const sorted = { sort_by_field, sort_ascending };
    const whole = await team.api.contacts.search(sorted);
    assert.deepEqual(
      whole.contacts.map((contact) => nameOf(contact.id)),
      expected,
    );
    const paged: (string | undefined)[] = [];
    for (let page = 1; page <= 4; page++) {
      const { contacts, pagination } = await team.api.contacts.search({ ...sorted, page, per_page: 1 });
      assert.deepEqual([pagination.page, pagination.total_pages], [page, 4]);
      paged.push(...contacts.map((contact) => nameOf(contact.id)));
    }
    assert.deepEqual(paged, expected);
    const followed: (string | undefined)[] = [];
    let cursor: string | undefined;
    do {
      const { contacts, pagination } = await team.api.contacts.search({
        ...sorted,
        per_page: 3,
        ...(cursor && { cursor }),
      });
      followed.push(...contacts.map((contact) => nameOf(contact.id)));
      cursor = pagination.next_cursor ?? undefined;
    } while (cursor);
    assert.deepEqual(followed, expected);
  });
}

test("all that are found are named with stage and owner, for doing something with them", async () => {
  const named = await team.api.contacts.matching({ contact_owner_ids: [seller] });
  assert.deepEqual(named, {
    contacts: [
      { id: ids.ole, contact_stage_id: named.contacts[0]?.contact_stage_id ?? null, owner_id: seller },
    ],
    partial_results_only: false,
  });
  const everybody = await team.api.contacts.matching();
  assert.deepEqual(
    everybody.contacts.map(({ id }) => nameOf(id)),
    ALL,
  );
  const theirs = await world.newTeam("Named strangers");
  const nobody = await theirs.api.contacts.matching({ contact_ids: Object.values(ids) });
  assert.deepEqual(nobody.contacts, []);
});

test("a search as a file has names in place of ids, and goes through all pages", async () => {
  const file = async (input: Input<"contacts", "search">) => {
    const { text } = await call(`${world.url}/api/v1/contacts/search`, {
      method: "POST",
      key: team.key,
      headers: { accept: "text/csv", "content-type": "application/json" },
      body: JSON.stringify({ sort_by_field: "contact_name", ...input }),
    });
    return text.split("\r\n");
  };
  const [head = "", ines = "", ...rest] = await file({ q_keywords: "ines" });
  assert.equal(head.split(",").slice(-6).join(), "Boiler,Beds,Renewal,Call,Warm,Segment");
  assert.match(ines, /^[0-9a-f]{24},Ines,Okafor,Plant Manager,.*,Searched,Ole Dahl,Q3 plants,/);
  assert.match(ines, /,Alfa 300,120,,,true,Steel$/);
  assert.deepEqual(rest, [""]);
  assert.equal((await file({ page: 3, per_page: 1 })).length, 2 + 2, "from the page asked for to the end");
});

test("a custom field's ends are numbers or days", async () => {
  const refusal = await refused(team.api.contacts.search(unchecked(byField("Beds", { min: "many" }))));
  assert.deepEqual([refusal.status, refusal.code], [422, "search_entered_wrongly"]);
});

test("a page beyond the last is empty and still tells the total", async () => {
  const { contacts, pagination } = await team.api.contacts.search({ page: 9 });
  assert.deepEqual([contacts, pagination.total_entries], [[], 4]);
});

test("what cannot be searched is refused in Apollo's words", async () => {
  const cases: [Record<string, unknown>, string][] = [
    [{ sort_by_field: "nonsense" }, "Invalid sort criteria"],
    [{ sort_by_field: "constructor" }, "Invalid sort criteria"],
    [{ contact_stage_ids: ["nope"] }, "Parameters misconfigured. nope is not a valid ID"],
    [{ per_page: 0 }, "An error occurred. Per page cannot be 0."],
    [{ per_page: 101 }, "Per page not supported"],
    [{ page: 501, per_page: 100 }, "Invalid parameter passed in. Page * per page number is over threshold."],
    [{ cursor: "nonsense" }, "This cursor is not valid."],
  ];
  for (const [input, sentence] of cases) {
    const refusal = await refused(team.api.contacts.search(input));
    assert.deepEqual([refusal.status, refusal.message], [422, sentence]);
  }
  const { pagination } = await team.api.contacts.search({ per_page: 1 });
  const cursor = pagination.next_cursor ?? "";
  const refusal = await refused(team.api.contacts.search({ cursor, sort_by_field: "contact_name" }));
  assert.equal(refusal.code, "invalid_cursor", "a cursor belongs to its order");
});

test("each filter that was understood leaves a crumb, with names people know", async () => {
  const { breadcrumbs } = await team.api.contacts.search({
    q_keywords: "x",
    contact_stage_ids: [stage, NEVER],
    emailer_campaign_ids: [sequence],
    contact_owner_ids: [seller],
    account_ids: [account],
    contact_created_at_range: { min: "2026-01-01" },
    contact_campaign_statuses_or_failure_reasons: [`${sequence}paused`],
    ...unchecked<object>({ nonsense: "x" }),
  });
  assert.deepEqual(
    breadcrumbs.map((crumb) => [crumb.label, crumb.signal_field_name, crumb.display_name]),
    [
      ["Contains Keywords", "q_keywords", "x"],
      ["Contact Stage", "contact_stage_ids", "Searched"],
      ["Contact Stage", "contact_stage_ids", "[Deleted Stage]"],
      ["Owner", "contact_owner_ids", "Sella"],
      ["Company", "account_ids", "Norrland Kraft"],
      ["Sequence", "emailer_campaign_ids", "Boilers"],
      ["Sequence Status", "contact_campaign_statuses_or_failure_reasons", "Boilers: paused"],
      ["Date Added", "contact_created_at_range", "After 2026-01-01"],
    ],
  );
});

test("a found contact shows its company and its sequences", async () => {
  const { contacts } = await team.api.contacts.search({ contact_ids: [ids.ines as string] });
  const [found] = contacts;
  assert.equal(found?.account?.name, "Norrland Kraft");
  assert.deepEqual(found?.emailer_campaign_ids, [sequence]);
  assert.deepEqual(
    found?.contact_campaign_statuses.map((one) => [
      one.status,
      one.emailer_campaign_id,
      one.current_step_position,
    ]),
    [["active", sequence, null]],
  );
});

test("Pipedream's GET with its key in the query, and brackets, is the same search", async () => {
  const query = `api_key=${team.key}&contact_stage_ids[]=${stage}&page=1&per_page=100`;
  const answer = await call(`${world.url}/v1/contacts/search?${query}`);
  assert.equal(answer.status, 200);
  assert.deepEqual(
    (answer.body.contacts as { id: string }[]).map(({ id }) => id),
    [ids.ines],
  );
});

test("other teams find nothing, whatever they name", async () => {
  const theirs = await world.newTeam("Strangers");
  for (const input of [
    {},
    { contact_ids: Object.values(ids) },
    { q_keywords: "ines" },
    { contact_emails: ["ines@home.example"] },
    { q_organization_domains: "norrland.example" },
    { q_keywords: "ines@home.example" },
  ])
    assert.deepEqual((await theirs.api.contacts.search(input)).contacts, []);
  const { breadcrumbs } = await theirs.api.contacts.search({ contact_stage_ids: [stage] });
  assert.equal(breadcrumbs[0]?.display_name, "[Deleted Stage]");
});

test("beyond 50,000 the total says that it is only a part, and a cursor goes on", async () => {
  const mine = await world.newTeam("Many");
  await asOwner(world, (client) =>
    client.query(
      `insert into contacts (team_id, id, first_name, source, original_source, created_at, updated_at)
       select $1, lpad(to_hex(n), 24, '0'), 'N' || n, 'api', 'api', timestamptz '2026-01-01' + n * interval '1 second', now()
         from generate_series(1, 50101) n`,
      [mine.id],
    ),
  );
  const last = await mine.api.contacts.search({ page: 500, per_page: 100 });
  assert.deepEqual(last.pagination.total_entries, 50_000);
  assert.deepEqual([last.partial_results_only, last.contacts.at(-1)?.first_name], [true, "N102"]);
  const on = await mine.api.contacts.search({ per_page: 100, cursor: last.pagination.next_cursor as string });
  assert.deepEqual([on.contacts[0]?.first_name, on.contacts.length], ["N101", 100]);
  const end = await mine.api.contacts.search({ per_page: 100, cursor: on.pagination.next_cursor as string });
  assert.deepEqual(
    [end.contacts.map((contact) => contact.first_name), end.pagination.next_cursor],
    [["N1"], null],
  );
  const few = await mine.api.contacts.search({ contact_created_at_range: { max: "2026-01-01T01:00:00Z" } });
  assert.deepEqual([few.pagination.total_entries, few.partial_results_only], [3600, false]);
});

test("a total above 10,000 may be ten seconds old and says so, and a page never ends before its contacts do", async () => {
  const mine = await world.newTeam("Relics");
  await asOwner(world, (client) =>
    client.query(
      `insert into contacts (team_id, id, first_name, title, source, original_source, created_at, updated_at)
       select $1, 'aa' || lpad(to_hex(n), 22, '0'), 'N' || n, case when n <= 10050 then 'Relic' end, 'api', 'api',
              timestamptz '2026-01-01' + n * interval '1 second', now()
         from generate_series(1, 20100) n`,
      [mine.id],
    ),
  );
  const search = (input: Input<"contacts", "search">) =>
    mine.api.contacts.search({ q_keywords: "relic", per_page: 100, ...input });
  const shown = ({ contacts }: Awaited<ReturnType<typeof search>>) => [
    contacts[0]?.first_name,
    contacts.at(-1)?.first_name,
    contacts.length,
  ];
  const first = await search({});
  assert.deepEqual(shown(first), ["N10050", "N9951", 100]);
  assert.deepEqual([first.pagination.total_entries, first.partial_results_only], [10_050, true]);
  await mine.api.contacts.create({ first_name: "New", title: "Relic" });
  const again = await search({});
  assert.deepEqual(shown(again), ["New", "N9952", 100], "contacts are never out of date");
  assert.equal(again.pagination.total_entries, 10_050);
  const second = await search({ cursor: again.pagination.next_cursor ?? "" });
  assert.deepEqual(shown(second), ["N9951", "N9852", 100]);
  const last = await search({ page: 101 });
  assert.deepEqual([shown(last), last.pagination.total_entries], [["N51", "N1", 51], 10_051]);
  const everybody = { q_keywords: "n", sort_by_field: "contact_created_at", sort_ascending: true };
  for (const _ of ["counted", "remembered"])
    assert.deepEqual(shown(await search(everybody)), ["N1", "N100", 100]);
});

test("a list by stage follows its contacts from stage to stage, in every order and from page to page", async () => {
  const mine = await world.newTeam("Movers");
  const [one, other] = (await mine.api.contactStages.list({})).contact_stages.map(({ id }) => id);
  const made = [];
  for (const first_name of ["A", "B", "C"])
    made.push(
      (await mine.api.contacts.create({ first_name, label_names: ["Moving"], contact_stage_id: one }))
        .contact,
    );
  const [list] = await mine.api.labels.list();
  const on = async (contact_stage_id: string | undefined, more: Input<"contacts", "search"> = {}) => {
    const { contacts, pagination } = await mine.api.contacts.search({
      contact_label_ids: [list?.id as string],
      contact_stage_ids: [contact_stage_id as string],
      ...more,
    });
    return [contacts.map((contact) => contact.first_name).join(""), pagination.total_entries];
  };
  assert.deepEqual(
    [await on(one), await on(other)],
    [
      ["CBA", 3],
      ["", 0],
    ],
  );
  await mine.api.contacts.updateStages({
    contact_ids: [made[0]?.id as string],
    contact_stage_id: other as string,
  });
  await mine.api.contacts.update({ id: made[2]?.id as string, contact_stage_id: other as string });
  assert.deepEqual(
    [await on(one), await on(other)],
    [
      ["B", 1],
      ["CA", 2],
    ],
  );
  assert.deepEqual(await on(other, { sort_by_field: "contact_name" }), ["AC", 2]);
  assert.deepEqual(await on(other, { per_page: 1, page: 2 }), ["A", 2]);
  assert.deepEqual(await on(other, { q_keywords: "c" }), ["C", 1]);
  assert.deepEqual(await on(other, { contact_ids: made.slice(0, 2).map(({ id }) => id) }), ["A", 1]);
});

test("a team that has most of the contacts finds the same, and no contact of another team", async () => {
  const stranger = await world.newTeam("Words of strangers");
  await stranger.api.contacts.create({ first_name: "Ines", email: "ines@stranger.example" });
  const nothing = { min: null, max: null };
  const filter: ContactFilter = {
    words: ["ines"],
    address: null,
    nameWords: [],
    companyWords: [],
    titleWords: [],
    placeWords: [],
    industryWords: [],
    companySizes: null,
    stageIds: null,
    ownerIds: null,
    labelIds: null,
    accountIds: null,
    contactIds: null,
    emails: null,
    domains: null,
    profiles: null,
    sequenceIds: null,
    inSequences: null,
    emailStatuses: null,
    doNotContact: null,
    hasPhone: null,
    hasProfile: null,
    unsubscribed: null,
    created: nothing,
    updated: nothing,
    lastActivity: nothing,
    score: nothing,
    fields: null,
  };
  const place = { order: NEWEST, isAscending: false, after: null, offset: 0, limit: 10 };
  const params: unknown[] = [team.id];
  const question = questionOf(filter, true, (value) => `$${params.push(value)}`);
  assert.ok(question.ofMost);
  const answers = await world.running.app.db.inTeam(team.id, async (db) => [
    await everybodyAtOnce({ db, question, place, params }),
    await everybodyAtOnce({ db, question: { ...question, ofMost: null }, place, params }),
  ]);
  assert.deepEqual(
    answers[0]?.rows.map(({ id }) => id),
    [ids.ines],
  );
  assert.deepEqual(answers[0], answers[1]);
  const byOwner = questionOf({ ...filter, ownerIds: [seller] }, true, () => "$2");
  assert.equal(byOwner.ofMost, null);
});

test("a contact's timeline mixes what happened, newest first, a page at a time", async () => {
  const id = ids.ines as string;
  await asOwner(world, async (client) => {
    await client.query(
      `with n as (insert into notes (team_id, id, user_id, content, created_at, updated_at)
                  values ($1, new_ident(), $3, 'Called back', '2026-05-04', now()) returning id)
       insert into note_contacts (team_id, note_id, contact_id) select $1, id, $2 from n`,
      [team.id, id, team.owner.id],
    );
    await client.query(
      `insert into calls (team_id, id, contact_id, status, started_at, created_at, updated_at)
       values ($1, new_ident(), $2, 'completed', '2026-05-03', now(), now())`,
      [team.id, id],
    );
    await client.query(
      `insert into tasks (team_id, id, user_id, contact_id, type, status, due_at, created_at, updated_at)
       values ($1, new_ident(), $3, $2, 'call', 'scheduled', now(), '2026-05-02', now())`,
      [team.id, id, team.owner.id],
    );
    await client.query(
      `insert into messages (team_id, id, contact_id, type, delivery, subject, completed_at, created_at, updated_at)
       values ($1, new_ident(), $2, 'outreach_automatic_email', 'sent', 'Boilers', '2026-05-01', now(), now())`,
      [team.id, id],
    );
  });
  const whole = await team.api.contacts.timeline({ id });
  const kinds = whole.timeline.map((one) => one.kind);
  assert.deepEqual(kinds.slice(-4), ["note", "call", "task", "message"]);
  assert.deepEqual(
    whole.timeline.slice(0, 2).map(({ sentence }) => sentence),
    ["Ole Dahl added Ines Okafor to the list Q3 plants", "Ole Dahl created the contact Ines Okafor"],
  );
  const first = await team.api.contacts.timeline({ id, limit: 3 });
  const rest = await team.api.contacts.timeline({ id, cursor: first.next_cursor as string });
  assert.deepEqual([...first.timeline, ...rest.timeline], whole.timeline);
  assert.deepEqual(
    (await team.api.contacts.timeline({ id, kinds: ["task"] })).timeline.map((one) => one.type),
    ["call"],
  );
  assert.equal((await refused(team.api.contacts.timeline({ id, cursor: "x" }))).code, "invalid_cursor");
  const theirs = await world.newTeam("Timeline strangers");
  assert.equal((await refused(theirs.api.contacts.timeline({ id }))).code, "contact_unknown");
});
