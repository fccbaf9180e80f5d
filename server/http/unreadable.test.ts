// What cannot be read on a change erases nothing: it is refused, or what stood before stands. Every call that changes a record
// is tried with every field of its own, every kind of a team's own fields, and a file.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { type Endpoint, endpoints } from "@cadenza/contract";
import type pg from "pg";
import { bringIn } from "../testing/imported.ts";
import { LOOPBACK } from "../testing/loopback.ts";
import { openSmtp, type Peer } from "../testing/post-office.ts";
import { asOwner, callEndpoint } from "../testing/wire.ts";
import { wishesOf } from "../testing/wishes.ts";
import { type Team, useWorld } from "../testing/world.ts";

let team: Team;
let post: Peer;
const world = useWorld({ mailAllow: LOOPBACK, catcher: true }, async (opened) => {
  post = await openSmtp({ disabledCommands: ["AUTH", "STARTTLS"] });
  team = await opened.newTeam();
});
after(() => post.close());

/** Of records: every table with a team and an id. */
async function tablesIn(client: pg.Client) {
  const { rows } = await client.query<{ name: string }>(
    `select t.tablename as name from pg_tables t
      where t.schemaname = 'public' and 2 = (select count(*) from information_schema.columns c
            where c.table_schema = 'public' and c.table_name = t.tablename and c.column_name in ('team_id', 'id')
            and c.data_type = 'text')`,
  );
  return rows.map(({ name }) => name);
}

/** What stands in the row of this id, wherever it is kept: column by column, where there is anything. */
async function standing(client: pg.Client, tables: readonly string[], id: string) {
  const found = await client.query<{ name: string; row: Record<string, unknown> }>(
    tables
      .map(
        (name) =>
          `select '${name}' as name, to_jsonb(t) as row from ${name} t where team_id = $1 and id = $2`,
      )
      .join(" union all "),
    [team.id, id],
  );
  return new Map(
    found.rows.flatMap(({ name, row }) =>
      Object.entries(row)
        .filter(([, value]) => value !== null && value !== "" && JSON.stringify(value) !== "[]")
        .map(([column, value]) => [`${name}.${column}`, value] as const),
    ),
  );
}

const UNREADABLE: readonly unknown[] = ["48,500", ["~ ~"]];

const NUMBERS = [
  "mobile_phone",
  "direct_phone",
  "corporate_phone",
  "home_phone",
  "other_phone",
  "phone",
  "phone_number",
];

/**
 * Text fields from which others are derived. A new name without a second word has no last name, and a new address may
 * be nowhere. A number is kept as it was written, even if it cannot be dialed.
 */
const FOLLOWS: Record<string, readonly string[]> = {
  ...Object.fromEntries(
    [...NUMBERS, "phone_numbers"].map((field) => [`contacts.${field}`, ["contacts.sanitized_phone"]]),
  ),
  "contacts.name": ["contacts.last_name"],
  "contacts.present_raw_address": [
    "contacts.city",
    "contacts.state",
    "contacts.country",
    "contacts.time_zone",
  ],
  "accounts.raw_address": ["accounts.city", "accounts.state", "accounts.country"],
  "accounts.phone": ["accounts.sanitized_phone"],
  "accounts.phone_number": ["accounts.sanitized_phone"],
};

const FILLED: Record<string, Record<string, unknown>> = {
  "contacts.update": {
    first_name: "Ines",
    last_name: "Berg",
    email: "ines@unread.example",
    title: "Buyer",
    headline: "Buys",
    present_raw_address: "Oslo, Norway",
    linkedin_url: "https://www.linkedin.com/in/ines",
    mobile_phone: "+47 912 34 567",
    website_url: "unread.example",
    time_zone: "Europe/Oslo",
    organization_name: "Unread",
    hubspot_vid: "77",
    job_change_event: { organization_name: "Other", title: "CEO", detected_at: "2026-01-01T00:00:00Z" },
  },
  "accounts.update": {
    name: "Unread",
    domain: "unread.example",
    phone: "+47 22 33 44 55",
    raw_address: "Oslo, Norway",
    estimated_num_employees: 12,
    annual_revenue: 48500,
    founded_year: 1999,
    industry: "Power",
    website_url: "https://unread.example",
    linkedin_url: "https://www.linkedin.com/company/unread",
  },
  "opportunities.update": {
    name: "Deal",
    amount: "48500",
    closed_date: "2027-01-01",
    currency_code: "EUR",
    description: "Much",
    next_step: "Call",
    next_step_date: "2026-12-24",
    deal_probability: 40,
    closed_lost_reason: "none",
    closed_won_reason: "none",
  },
};

type Named = { name: string; endpoint: Endpoint };
const changes = (endpoints as readonly Named[]).filter(
  ({ endpoint: { method, path, effect } }) =>
    effect === "write" && (method === "PATCH" || method === "PUT") && path.includes("{id}"),
);

for (const { name, endpoint } of changes)
  test(`nothing unreadable that is sent to ${name} erases anything`, async () => {
    const wish = wishesOf(world, team, post)[name];
    assert.ok(wish, `testing/wishes/: say how ${name} is called`);
    const { input, by = { key: team.key } } = await wish();
    const id = String(input.id);
    const ask = (said: Record<string, unknown>) => callEndpoint(world.url, endpoint, { ...said, id }, by);
    const filled = await ask({ ...input, ...FILLED[name] });
    assert.equal(filled.status, 200, filled.text);
    const must = Object.fromEntries(
      Object.entries(input).filter(([key]) => !endpoint.input.shape[key]?.safeParse(undefined).success),
    );
    const noun = name.split(".")[0] ?? "";
    await asOwner(world, async (client) => {
      const tables = await tablesIn(client);
      let stood = await standing(client, tables, id);
      for (const field of Object.keys(endpoint.input.shape).filter((key) => !(key in must)))
        for (const value of UNREADABLE) {
          const answer = await ask({ ...must, [field]: value });
          if (answer.status >= 400) {
            assert.ok(answer.status < 500, `${field}: ${answer.text}`);
            continue;
          }
          const stands = await standing(client, tables, id);
          const gone = [...stood.keys()].filter(
            (key) => !stands.has(key) && !FOLLOWS[`${noun}.${field}`]?.includes(key),
          );
          assert.deepEqual(gone, [], `${field}: ${JSON.stringify(value)}`);
          if (FOLLOWS[`${noun}.${field}`]) await ask({ ...must, ...FILLED[name] });
          stood = FOLLOWS[`${noun}.${field}`] ? await standing(client, tables, id) : stands;
        }
    });
  });

test("what cannot be read is named in field_errors, of one record and of each row of many", async () => {
  const { api } = team;
  const named = (errors: Record<string, string>) => Object.keys(errors).sort();
  const { contact } = await api.contacts.create({ first_name: "Told", email: "no address" });
  assert.deepEqual([contact.email, named(contact.field_errors)], [null, ["email"]]);
  assert.match(contact.field_errors.email ?? "", /email address/);
  const changed = await api.contacts.update({ id: contact.id, email: "still none" });
  assert.deepEqual(named(changed.contact.field_errors), ["email"]);
  const sound = await api.contacts.update({ id: contact.id, email: "told@unread4.example" });
  assert.deepEqual(sound.contact.field_errors, {});
  const many = await api.contacts.bulkCreate({
    contact_attributes: [{ email: "fine@unread4.example" }, { first_name: "Row", email: "none at all" }],
  });
  assert.deepEqual(Object.keys(many.field_errors ?? {}), ["1"]);
  assert.deepEqual(named(many.field_errors?.["1"] ?? {}), ["email"]);

  const { account } = await api.accounts.create({ name: "Told", domain: "no domain" });
  assert.deepEqual([account.domain, named(account.field_errors)], [null, ["domain"]]);
  const moved = await api.accounts.update({ id: account.id, domain: "nor this" });
  assert.deepEqual(named(moved.account.field_errors), ["domain"]);
  const firms = await api.accounts.bulkCreate({
    accounts: [
      { name: "Fine", domain: "fine.example" },
      { name: "Row", domain: "no domain" },
    ],
  });
  assert.deepEqual(Object.keys(firms.field_errors ?? {}), ["1"]);

  const { opportunity } = await api.opportunities.create({ name: "Told", amount: "48,500" });
  assert.deepEqual([opportunity.amount, named(opportunity.field_errors)], [null, ["amount"]]);
});

test("an address, a domain and an amount that are none leave what was, and an empty text clears", async () => {
  const { api } = team;
  const { contact } = await api.contacts.create({
    contact_emails: ["a@unread2.example", "b@unread2.example"],
  });
  for (const contact_emails of [["nothing"], ["c@unread2.example", "b at unread2"]])
    await api.contacts.update({ id: contact.id, contact_emails });
  const { contact: kept } = await api.contacts.get({ id: contact.id });
  assert.deepEqual(
    kept.contact_emails.map(({ email }) => email),
    ["c@unread2.example", "a@unread2.example", "b@unread2.example"],
  );
  const { account } = await api.accounts.create({ name: "Unread", domain: "unread3.example" });
  const said = async (domain: string) =>
    (await api.accounts.update({ id: account.id, domain })).account.domain;
  assert.deepEqual([await said("no domain"), await said("")], ["unread3.example", null]);
  const { opportunity } = await api.opportunities.create({ name: "Deal", amount: "48500" });
  const worth = async (amount: string) =>
    (await api.opportunities.update({ id: opportunity.id, amount })).opportunity.amount;
  assert.deepEqual(
    [await worth("48,500"), await worth("€1"), await worth("12"), await worth("")],
    [48500, 48500, 12, null],
  );
});

const KINDS: Record<string, { good: unknown; shown?: unknown; bad: unknown[] }> = {
  string: { good: "text", bad: [{ a: 1 }] },
  textarea: { good: "text", bad: [{ a: 1 }] },
  number: { good: 12, bad: ["48,500", "many", [1]] },
  date: { good: "2026-03-31", bad: ["31.03.2026", "0000-00-00", 5] },
  datetime: { good: "2026-03-31T09:30:00Z", bad: ["tomorrow", "2026-02-30T00:00:00Z"] },
  boolean: { good: true, bad: ["perhaps", 2] },
  picklist: { good: "One", bad: ["Three", ["One", "Two"]] },
  multipicklist: { good: ["One", "Two"], bad: ["Three", ["One", "Three"]] },
};

for (const [type, { good, bad }] of Object.entries(KINDS))
  test(`an unreadable value leaves a field of the kind ${type} as it was, of contacts, companies and deals, and says why`, async () => {
    const { api } = team;
    const { contact } = await api.contacts.create({ first_name: "Own" });
    const { account } = await api.accounts.create({ name: `Own ${type}` });
    const { opportunity } = await api.opportunities.create({ name: `Own ${type}` });
    const noun = {
      contact: { path: "/contacts/{id}", id: contact.id },
      account: { path: "/accounts/{id}", id: account.id },
      opportunity: { path: "/opportunities/{id}", id: opportunity.id },
    } as const;
    for (const modality of ["contact", "account", "opportunity"] as const) {
      const made = await api.customFields.create({
        label: `Own ${type}`,
        modality,
        type: type as "string",
        ...(type.endsWith("picklist") && { meta: { picklist_values: [{ name: "One" }, { name: "Two" }] } }),
      });
      const field = made.typed_custom_fields[0]?.id ?? "";
      const { path, id } = noun[modality];
      const set = async (value: unknown) => {
        const sent = { id, typed_custom_fields: { [field]: value } };
        const { status, body, text } = await callEndpoint(world.url, { method: "PATCH", path }, sent, {
          key: team.key,
        });
        assert.equal(status, 200, text);
        const shown = body[modality] as Record<string, Record<string, unknown>>;
        return { value: shown.typed_custom_fields?.[field], error: shown.custom_field_errors?.[field] };
      };
      const stood = await set(good);
      assert.equal(stood.error, undefined);
      for (const one of bad) {
        const { value, error } = await set(one);
        assert.deepEqual(value, stood.value, `${modality} ${JSON.stringify(one)}`);
        assert.ok(error, `${modality} ${JSON.stringify(one)}`);
      }
    }
  });

test("a cell of a file that cannot be read erases nothing, also where the file replaces, and the row says why", async () => {
  const other = await world.newTeam();
  const full = "Email,First name,Time zone,Size\nines@unread.example,Ines,Europe/Oslo,12\n";
  const mapping = { Size: "typed_custom_fields.new.number" };
  await bringIn(other, full, { mapping });
  const bad = full.replace("Europe/Oslo,12", 'Nowhere,"48,500"');
  const { rows } = await bringIn(other, bad, { overwrite: "replace" });
  const { contact } = await other.api.contacts.get({ id: rows[0]?.contact_id ?? "" });
  assert.deepEqual([contact.time_zone, Object.values(contact.typed_custom_fields)], ["Europe/Oslo", [12]]);
  assert.equal(Object.keys(rows[0]?.left_out ?? {}).length, 2);
  const firm = "Name,Domain,Employees,Founded\nUnread,unread.example,12,1999\n";
  await bringIn(other, firm, { kind: "accounts" });
  const again = await bringIn(other, firm.replace(",unread.example,12,1999", ",no domain,many,long ago"), {
    kind: "accounts",
    overwrite: "replace",
  });
  const { account } = await other.api.accounts.get({ id: again.rows[0]?.account_id ?? "" });
  assert.deepEqual(
    [account.domain, account.estimated_num_employees, account.founded_year],
    ["unread.example", 12, 1999],
  );
  assert.deepEqual(Object.keys(again.rows[0]?.left_out ?? {}).sort(), [
    "domain",
    "estimated_num_employees",
    "founded_year",
  ]);
});
