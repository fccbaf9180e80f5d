// Files under attack: rows that change while they are written, readers that are slow or go away, ids that are others', and cells
// that a spreadsheet would run, out and in again.

import assert from "node:assert/strict";
import { type IncomingMessage, request } from "node:http";
import { test } from "node:test";
import { bringIn } from "../../../testing/imported.ts";
import { until } from "../../../testing/sending.ts";
import { newContact } from "../../../testing/sequenced.ts";
import { asOwner, call } from "../../../testing/wire.ts";
import { type Team, useWorld } from "../../../testing/world.ts";

const world = useWorld();

async function fileOf(team: Team, input: object = {}, path = "contacts/search") {
  const headers = { accept: "text/csv", "content-type": "application/json" };
  const body = JSON.stringify(input);
  return call(`${world.url}/api/v1/${path}`, { method: "POST", key: team.key, headers, body });
}

function plant(team: Team, count: number) {
  return asOwner(world, (client) =>
    client.query(
      `insert into contacts (team_id, id, first_name, last_name, email, title, source, original_source, created_at, updated_at)
       select $1, new_ident(), 'Ines', 'Okafor ' || n, 'p' || n || '@planted.example', repeat('x', 200), 'api', 'api', now(), now()
         from generate_series(1, $2::int) as n`,
      [team.id, count],
    ),
  );
}

test("what is written to a file is, brought in again, what it was", async () => {
  const team = await world.newTeam();
  const field = 'Size, "big"\nor =small';
  const { typed_custom_fields: fields } = await team.api.customFields.create({
    modality: "contact",
    type: "string",
    label: field,
  });
  const made = { id: fields[0]?.id ?? "" };
  const said = {
    first_name: "=1+1",
    last_name: "'=2",
    title: '@SUM("a"); =x,\ty',
    city: "-Oslo",
    email: "+tag@round.example",
    direct_phone: "+47 22 33 44 55",
  };
  const id = await newContact(team, { ...said, typed_custom_fields: { [made.id]: "a\n=b; =c" } });
  const before = (await team.api.contacts.get({ id })).contact;
  const { text } = await fileOf(team);
  for (const armed of ["=1+1", "@SUM", "-Oslo", "+47", "+tag"])
    assert.doesNotMatch(text, new RegExp(`(^|,)"?\\${armed}`, "m"));
  const { found } = await bringIn(team, text, {
    overwrite: "replace",
    mapping: { [field]: `typed_custom_fields.${made.id}` },
  });
  const after = (await team.api.contacts.get({ id })).contact;
  const told = ({
    first_name,
    last_name,
    title,
    city,
    email,
    phone_numbers,
    typed_custom_fields,
  }: typeof before) => ({
    first_name,
    last_name,
    title,
    city,
    email,
    typed_custom_fields,
    phones: phone_numbers.map(({ raw_number }) => raw_number),
  });
  assert.deepEqual(told(after), told(before));
  assert.deepEqual([found.created, found.skipped], [0, 0]);
});

test("others' ids, lists, stages and owners find what ids that do not exist find", async () => {
  const [team, stranger] = [await world.newTeam(), await world.newTeam("Strangers")];
  const theirs = await newContact(stranger, { email: "theirs@x.example" });
  await newContact(team, { email: "ours@x.example" });
  const { contact } = await stranger.api.contacts.get({ id: theirs });
  const { label } = (await stranger.api.labels.create({ name: "Theirs", modality: "contacts" })) as {
    label: { id: string };
  };
  const wishes = (id: Record<string, string | null | undefined>) => [
    { contact_ids: [id.contact] },
    { contact_label_ids: [id.label] },
    { contact_stage_ids: [id.stage] },
    { contact_owner_ids: [id.owner] },
  ];
  const real = {
    contact: theirs,
    label: label.id,
    stage: contact.contact_stage_id,
    owner: stranger.owner.id,
  };
  const nobody = "64f0aa00000000000000dead";
  const none = { contact: nobody, label: nobody, stage: nobody, owner: nobody };
  const answers = async (id: typeof real) =>
    Promise.all(
      wishes(id).map(async (wish) => {
        const { status, text } = await fileOf(team, wish);
        return [status, text.replaceAll(/[0-9a-f]{24}/g, "ID")];
      }),
    );
  assert.deepEqual(await answers(real), await answers(none));
  assert.ok(!(await fileOf(team, { contact_ids: [theirs] })).text.includes("theirs@x.example"));
});

test("rows deleted and changed while a file is written: no contact twice, no half line", async () => {
  const team = await world.newTeam();
  await plant(team, 20_000);
  const answer = await openFile(team);
  const changed = await asOwner(world, async (client) => {
    await client.query(
      "update contacts set last_name = 'Aaa', updated_at = now() where team_id = $1 and email like 'p1%'",
      [team.id],
    );
    return (
      (await client.query("delete from contacts where team_id = $1 and email like '%77@%'", [team.id]))
        .rowCount ?? 0
    );
  });
  const text = (await bytesOf(answer)).toString();
  const lines = text.split("\r\n").slice(1, -1);
  assert.equal(new Set(lines.map((line) => line.slice(0, 24))).size, lines.length);
  assert.ok(lines.length < 20_000 && lines.length >= 20_000 - changed, String(lines.length));
  assert.ok(lines.every((line) => line.includes("@planted.example") && line.split(",").length >= 20));
});

/** A file of which the client has read nothing yet. */
function openFile(team: Team) {
  const options = { method: "POST", headers: { accept: "text/csv", "x-api-key": team.key } };
  return new Promise<IncomingMessage>((resolve, reject) => {
    const asking = request(`${world.url}/api/v1/contacts/search`, options, (answer) => {
      answer.pause();
      resolve(answer);
    });
    asking.on("error", reject);
    asking.end();
  });
}

async function bytesOf(answer: IncomingMessage) {
  const pieces: Buffer[] = [];
  for await (const piece of answer) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

test("a client that reads slowly, or goes away, holds no connection to the database", async () => {
  const team = await world.newTeam();
  await plant(team, 20_000);
  const { db } = world.running.app;
  const size = world.running.app.config.databaseConnections;
  const readers = await Promise.all(Array.from({ length: size + 2 }, () => openFile(team)));
  const areAllFree = async () => db.counts().waiting === 0 && db.counts().idle === db.counts().total;
  await until(areAllFree);
  assert.equal((await team.api.contacts.search({})).pagination.total_entries, 20_000, "others are served");
  for (const reader of readers.slice(2)) reader.destroy();
  const files = await Promise.all(readers.slice(0, 2).map(bytesOf));
  for (const file of files) assert.equal(file.toString().split("\r\n").length, 20_000 + 2);
  await until(areAllFree);
});
