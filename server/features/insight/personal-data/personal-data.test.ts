// A person asks what is kept about them: all of it is in the file, of every table that names a contact.

import assert from "node:assert/strict";
import { test } from "node:test";
import { plant, plantContact, plantMessage } from "../../../testing/planted.ts";
import { newMailbox, newSequence } from "../../../testing/sequenced.ts";
import { asOwner } from "../../../testing/wire.ts";
import { refused, type Team, tokenIn, useWorld } from "../../../testing/world.ts";
import { LEFT_OUT } from "./left-out.ts";
import { statementOf } from "./section.ts";
import { SECTIONS } from "./sections.ts";

let team: Team;
let id: string;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
  id = await plantContact(opened, team, {
    first_name: "Ines",
    last_name: "Okafor",
    email: "ines@kraft.example",
    city: "Oslo",
  });
});

const AT = "2026-02-03T09:00:00Z";

function sql<Row extends object>(text: string) {
  return asOwner(world, async (client) => (await client.query<Row>(text)).rows);
}

async function columns() {
  const rows = await sql<{ table: string; name: string }>(
    `select c.relname as table, a.attname as name from pg_class c
       join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')`,
  );
  return Map.groupBy(rows, ({ table }) => table);
}

const NAMES_A_PERSON =
  /(^|_)(contact|entity|record|subject|message|incoming_mail|enrollment|note|hold|conversation|import)_ids?$|^(contacts|entities)$/;

test("every table that names a contact, or hangs on what is theirs, is shown or left out with a reason", async () => {
  const shown = new Set(SECTIONS.map(({ table }) => table));
  const naming = [...(await columns())].flatMap(([table, own]) =>
    own.some(({ name }) => NAMES_A_PERSON.test(name)) ? [table] : [],
  );
  assert.ok(naming.length > 40, `${naming.length} tables`);
  assert.deepEqual(
    naming.filter((table) => !shown.has(table) && !(table in LEFT_OUT)),
    [],
    "show these in sections-*.ts, or name them in left-out.ts",
  );
  assert.deepEqual(
    Object.keys(LEFT_OUT).filter((table) => shown.has(table) || !naming.includes(table)),
    [],
    "these stand in left-out.ts and need not",
  );
});

test("every column of a shown table is shown, or left out by name", async () => {
  const all = await columns();
  for (const { table, shows, leaves } of SECTIONS) {
    const said = Object.values(shows).join(" ");
    const isShown = (column: string) => new RegExp(`\\bt\\.${column}\\b`).test(said);
    const known = (all.get(table) ?? []).map(({ name }) => name);
    assert.deepEqual(
      known.filter((column) => !isShown(column) && !leaves.includes(column)),
      [],
      `${table}: show these or leave them out`,
    );
    assert.deepEqual(
      leaves.filter((column) => !known.includes(column)),
      [],
      `${table} has no such columns`,
    );
  }
});

const sectionsOf = async (api = team.api) => {
  const { personal_data } = await api.contacts.personalData({ id });
  return new Map(personal_data.sections.map(({ name, records }) => [name, records]));
};

test("what is known, sent, answered, noted and planned is in it, and no secret of an email", async () => {
  const sequence = await newSequence(team);
  const mailbox_id = (await newMailbox(team)).id;
  const message_id = await plantMessage(world, team, sequence.id, {
    contact_id: id,
    subject: "Heat pumps",
    body_text: "Dear Ines",
    token: "a-token-that-opens-links",
    to_email: "ines@kraft.example",
  });
  await plant(world, team, "message_events", {
    message_id,
    contact_id: id,
    type: "open",
    at: AT,
    is_machine: false,
    user_agent: "Reader 7",
  });
  await plant(world, team, "incoming_mails", {
    mailbox_id,
    contact_id: id,
    content_key: "an answer",
    folder: "INBOX",
    uid: 1,
    certainty: "sure",
    kind: "reply",
    subject: "Re: Heat pumps",
    body_text: "Call me",
    received_at: AT,
    processed_at: AT,
  });
  await team.api.notes.create({ content: "Likes to be called", contact_ids: [id] });
  await team.api.contacts.update({ id, label_names: ["Customers"] });
  const kept = await sectionsOf();
  const first = (name: string) => kept.get(name)?.[0] ?? {};
  assert.equal(first("contact").city, "Oslo");
  assert.deepEqual([first("emails").subject, first("emails").body_text], ["Heat pumps", "Dear Ines"]);
  assert.equal(first("opens_and_clicks").user_agent, "Reader 7");
  assert.equal(first("answers").body_text, "Call me");
  assert.equal(first("notes").content, "Likes to be called");
  assert.equal(first("lists").list, "Customers");
  assert.ok(kept.get("events")?.some(({ type }) => type === "contact.updated"));
  assert.deepEqual(
    [...kept.keys()],
    SECTIONS.map(({ name }) => name),
    "also where nothing is kept",
  );
  assert.ok(!JSON.stringify([...kept]).includes("a-token-that-opens-links"));
});

test("a browser opens the same as a page, and runs no text in it as a program", async () => {
  await team.api.contacts.update({ id, title: "<script>alert(1)</script>" });
  const file = await team.api.contacts.personalDataFile({ id });
  const page = Buffer.from(await file.bytes()).toString();
  assert.match(page, /^<!doctype html>/);
  assert.match(page, /Personal data of Ines Okafor/);
  assert.match(page, /&lt;script&gt;alert/);
  assert.ok(!page.includes("<script"));
});

test("after the contact is deleted nothing of it is left but events with ids, and digests of what bars the address", async () => {
  await team.api.contacts.delete({ id });
  const left = await Promise.all(
    SECTIONS.map(async (section) => {
      const ours = statementOf(section).replaceAll("$1", `'${team.id}'`).replaceAll("$2", `'${id}'`);
      return { name: section.name, records: (await sql<{ record: Record<string, unknown> }>(ours)).length };
    }),
  );
  assert.deepEqual(
    left.filter(({ records }) => records > 0).map(({ name }) => name),
    ["events"],
  );
});

test("a member, another team and a request for a deleted contact are refused", async () => {
  const id = await plantContact(world, team, { first_name: "Kari" });
  const [email, password] = ["member@norrland.example", "a long sentence is a good password"];
  const { invitation_url } = await team.api.users.invite({ email, role: "member" });
  await world.client().invitations.accept({ token: tokenIn(invitation_url), name: "Mo", password });
  const member = await world.signIn(email, password);
  assert.equal((await refused(member.api.contacts.personalData({ id }))).status, 403);
  const other = await world.newTeam();
  assert.equal((await refused(other.api.contacts.personalData({ id }))).code, "contact_unknown");
  const gone = await plantContact(world, team, { first_name: "Gone" });
  await team.api.contacts.delete({ id: gone });
  assert.equal((await refused(team.api.contacts.personalData({ id: gone }))).code, "contact_deleted");
});
