// A file that was written here comes back: exported, brought into an empty team and exported again it is the same file, but for
// the columns of docs/guides/imports.md that cannot be the same.

import assert from "node:assert/strict";
import { test } from "node:test";
import { bringIn } from "../../../testing/imported.ts";
import { type Team, useWorld } from "../../../testing/world.ts";

const world = useWorld();

/** By the file's own columns. What follows from other columns, or says when a record was made. */
const OTHERWISE = { contacts: ["Id", "Score", "Added", "Last activity"], accounts: ["Id", "Added"] };

const linesOf = (text: string) => text.split("\r\n").filter((line) => line !== "");

/** No cell in these files holds a line break. */
function cellsOf(line: string) {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(([, quoted, plain]) =>
    quoted === undefined ? (plain ?? "") : quoted.replaceAll('""', '"'),
  );
}

/** The file's text, without the cells that cannot be the same. */
function comparable(text: string, kind: keyof typeof OTHERWISE) {
  const lines = linesOf(text).map(cellsOf);
  const left = new Set(OTHERWISE[kind].map((name) => lines[0]?.indexOf(name)));
  assert.ok(!left.has(-1));
  return lines.map((cells) => cells.filter((_, at) => !left.has(at)).join("\u0000")).join("\r\n");
}

const contactsOf = async ({ api }: Team) =>
  (await api.contacts.search.csv({ sort_by_field: "contact_name", sort_ascending: true })).text();
const accountsOf = async ({ api }: Team) => (await api.accounts.search.csv({})).text();

/** Every column of the file holds something in some row. */
function assertFull(text: string, butFor: readonly string[] = []) {
  const [head = [], ...rows] = linesOf(text).map(cellsOf);
  const empty = head.filter((_, at) => rows.every((cells) => (cells[at] ?? "") === ""));
  assert.deepEqual(
    empty.filter((name) => !butFor.includes(name)),
    [],
  );
}

async function fieldsIn({ api }: Team, modality: "contact" | "account") {
  const ids = new Map<string, string>();
  for (const [label, type] of Object.entries({
    Beds: "number",
    Renewal: "date",
    Warm: "boolean",
    Boiler: "string",
  } as const)) {
    const made = await api.customFields.create({ modality, label, type });
    ids.set(label, made.typed_custom_fields[0]?.id ?? "");
  }
  return (name: string) => ids.get(name) ?? "";
}

async function filled({ api }: Team) {
  const idOf = await fieldsIn({ api } as Team, "contact");
  const { contact_stages } = await api.contactStages.list();
  await api.contacts.create({
    first_name: 'Ines, "the" one',
    last_name: "O'Kafor",
    title: "=Head of +Heat",
    headline: "Warm; homes",
    organization_name: "Norrland Kraft",
    email: "ines@norrland.example",
    email_status: "unverified",
    contact_emails: ["ines@norrland.example", "ines.private@norrland.example", "io@norrland.example"],
    phone_numbers: [
      { raw_number: "+47 22 33 44 55", type: "work_direct" },
      { raw_number: "+47 22 33 44 56; ext 5", type: "work_direct" },
      { raw_number: "+47 99 33 44 57", type: "mobile" },
      { raw_number: "+47 22 33 44 58", type: "work_hq" },
      { raw_number: "+47 22 33 44 59", type: "home" },
      { raw_number: "+47 22 33 44 60", type: "other" },
    ],
    contact_stage_id: contact_stages[2]?.id,
    label_names: ["Zebra", "Alpha, the first", 'Cold; "very" cold', '"Marked"', "=1; 2"],
    present_raw_address: "12 Main Street, San Francisco, California, United States",
    time_zone: "Europe/Stockholm",
    linkedin_url: "https://www.linkedin.com/in/ines-okafor",
    twitter_url: "https://twitter.com/ines",
    facebook_url: "https://facebook.com/ines",
    github_url: "https://github.com/ines",
    photo_url: "https://norrland.example/ines.png",
    salesforce_lead_id: "00Q000000000001",
    salesforce_contact_id: "003000000000001",
    hubspot_vid: "4711",
    do_not_contact: true,
    email_unsubscribed: true,
    typed_custom_fields: {
      [idOf("Beds")]: 120,
      [idOf("Renewal")]: "2027-03-01",
      [idOf("Warm")]: true,
      [idOf("Boiler")]: "-Alfa 300",
    },
  });
  const { contacts } = await api.contacts.search({});
  const further = (contacts[0]?.contact_emails ?? []).map(({ email }) => email);
  assert.ok(further.includes("io@norrland.example"));
  await api.contacts.create({ first_name: "Ada", email: "ada@lund.example", label_names: ["Zebra"] });
  await api.contacts.create({ first_name: "Bo", last_name: "Ek", organization_name: "Lund AS" });
}

test("a contacts' file comes back into an empty team as the same file", async () => {
  const [team, empty] = [await world.newTeam("Old house"), await world.newTeam("New house")];
  await filled(team);
  const before = (await contactsOf(team)).replace("verified; verified", "unverified; verified");
  assertFull(before, ["Last activity", "Score"]);
  await fieldsIn(empty, "contact");
  const { found, rows } = await bringIn(empty, before);
  assert.deepEqual([found.status, found.created, found.skipped], ["done", 3, 0]);
  for (const row of rows) assert.deepEqual(Object.keys(row.left_out ?? {}), ["id"], row.sentence ?? "");
  assert.equal(comparable(await contactsOf(empty), "contacts"), comparable(before, "contacts"));
});

test("an owner is found by name or address; one who is not a member is told with the row", async () => {
  const team = await world.newTeam();
  const text = `Email,Owner\na@owned.example,Ole Dahl\nb@owned.example,${team.owner.email}\nc@owned.example,Nobody Here\n`;
  const { rows } = await bringIn(team, text);
  assert.deepEqual(
    rows.map((row) => Object.keys(row.left_out ?? {})),
    [[], [], ["owner_email"]],
  );
});

test("a companies' file comes back likewise", async () => {
  const [team, empty] = [await world.newTeam("Old house"), await world.newTeam("New house")];
  const { account_stages } = await team.api.accountStages.list();
  await team.api.accounts.create({
    name: "Norrland, Kraft",
    domain: "norrland.example",
    website_url: "https://www.norrland.example",
    phone: "+47 22 33 44 55",
    industry: "Energy",
    estimated_num_employees: 120,
    founded_year: 1988,
    annual_revenue: 48500000,
    account_stage_id: account_stages[1]?.id,
    label_names: ["Zebra", "Zebra; Alpha"],
    raw_address: "12 Main Street, San Francisco, California, United States",
    linkedin_url: "https://www.linkedin.com/company/norrland",
    twitter_url: "https://twitter.com/norrland",
    facebook_url: "https://facebook.com/norrland",
    hubspot_id: "815",
    salesforce_id: "001000000000001",
  });
  await team.api.accounts.create({ name: "Lund AS" });
  const before = await accountsOf(team);
  assertFull(before);
  const { found } = await bringIn(empty, before, { kind: "accounts" });
  assert.deepEqual([found.status, found.created, found.skipped], ["done", 2, 0]);
  const sorted = (text: string) => comparable(text, "accounts").split("\r\n").toSorted();
  assert.deepEqual(sorted(await accountsOf(empty)), sorted(before));
});
