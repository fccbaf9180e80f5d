// A source that answers with errors, with nonsense, or stops half-way, and a program that is killed: the migration goes on where it
// stopped, and nothing is there twice.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { serverThat } from "../../server/testing/meddling.ts";
import { newContacts, newMailbox, newSequence } from "../../server/testing/sequenced.ts";
import { type Team, useWorld } from "../../server/testing/world.ts";
import { cadenza, home } from "../testing.ts";

const PEOPLE = 330;

let old: Team;
const world = useWorld({ role: "api" }, async (opened) => {
  old = await opened.newTeam("Old");
  const box = await newMailbox(old, { email: "me@sender.example" });
  const ids = await newContacts(old, PEOPLE - 40);
  // Nothing tells these apart from one another.
  const alike = Array.from({ length: 40 }, () => ({ first_name: "Kim", last_name: "Lee" }));
  await old.api.contacts.bulkCreate({ contacts: alike });
  const { id } = await newSequence(old, { active: false });
  await old.api.joining.addContacts({
    id,
    contact_ids: ids,
    send_email_from_email_account_id: [box.id],
    sequence_unverified_email: true,
  });
  for (const contact_id of ids.slice(0, 40))
    await old.api.tasks.create({ type: "call", contact_id, title: "Call", due_at: "2030-01-01T10:00:00Z" });
});

async function newTarget(name: string) {
  const team = await world.newTeam(name);
  await newMailbox(team, { email: "me@sender.example" });
  return team;
}

const environment = (to: Team) => ({
  CADENZA_URL: world.url,
  CADENZA_API_KEY: to.key,
  CADENZA_FROM_KEY: old.key,
});

const migrate = (to: Team, from: string, folder: string) =>
  cadenza(["migrate", "--from", from, "--folder", folder, "--json"], { env: environment(to) });

async function assertAllIsThereOnce(to: Team) {
  const { contacts, sequences, tasks } = {
    contacts: (await to.api.contacts.search()).pagination.total_entries,
    sequences: (await to.api.sequences.search()).emailer_campaigns,
    tasks: (await to.api.tasks.search()).pagination.total_entries,
  };
  assert.deepEqual([contacts, sequences.length, tasks], [PEOPLE, 1, 40]);
  assert.equal(sequences[0]?.num_contacts, PEOPLE - 40);
}

test("errors of a source that pass are waited for", async () => {
  const to = await newTarget("Errors");
  const from = await serverThat(world.url, (nth, _path, answer) => {
    if (nth % 3 !== 0) return false;
    const status = nth % 2 ? 429 : 500;
    answer
      .writeHead(status, { "retry-after": "0", "content-type": "application/json" })
      .end('{"error":"later"}');
    return true;
  });
  const ran = await migrate(to, from, "errors");
  assert.equal(ran.code, 7, ran.err); // a user of the source is missing at the target, and is reported
  await assertAllIsThereOnce(to);
});

test("nonsense ends it with a sentence, and the next run goes on", async () => {
  const to = await newTarget("Nonsense");
  let isBroken = true;
  const from = await serverThat(world.url, (_nth, path, answer) => {
    if (!isBroken || !path.includes("/emailer_campaigns/search")) return false;
    answer.writeHead(200, { "content-type": "text/html" }).end("<h1>It works!</h1>");
    return true;
  });
  const broken = await migrate(to, from, "nonsense");
  assert.equal(broken.code, 2);
  assert.match(broken.err, /answered sequences\.search without a list of emailer_campaigns/);
  isBroken = false;
  assert.equal((await migrate(to, from, "nonsense")).code, 7);
  await assertAllIsThereOnce(to);
});

test("what the source does not show is told, and the rest comes", async () => {
  const to = await newTarget("Some");
  const from = await serverThat(world.url, (_nth, path, answer) => {
    if (!/phone_calls|opportunity_stages|typed_custom_fields/.test(path)) return false;
    answer.writeHead(403, { "content-type": "application/json" }).end('{"error":"not in your plan"}');
    return true;
  });
  const ran = await migrate(to, from, "some");
  assert.equal(ran.code, 7, ran.err);
  const { notes } = ran.json<{ notes: string[] }>();
  for (const call of ["phoneCalls.search", "opportunityStages.list", "typedCustomFields.list"])
    assert.ok(
      notes.some((says) => says.includes(`${call}: not in your plan`)),
      `${call} in ${notes}`,
    );
  await assertAllIsThereOnce(to);
});

test("a source that stops half-way leaves nothing behind twice", async () => {
  const to = await newTarget("Half-way");
  let most = 12;
  const from = await serverThat(world.url, (nth, _path, answer) => {
    if (nth <= most) return false;
    answer.destroy();
    return true;
  });
  assert.equal((await migrate(to, from, "half-way")).code, 5);
  most = Number.POSITIVE_INFINITY;
  assert.equal((await migrate(to, from, "half-way")).code, 7);
  await assertAllIsThereOnce(to);
});

test("a program that is killed again and again copies everything once", async () => {
  const to = await newTarget("Killed");
  const main = fileURLToPath(new URL("../main.ts", import.meta.url));
  let [kills, answers, most] = [0, 0, 0];
  let child: ReturnType<typeof spawn> | null = null;
  // The server has done what it was asked, and the program dies before it hears of it.
  const target = await serverThat(
    world.url,
    () => false,
    (_nth, path) =>
      (++answers >= most || path.includes("/contacts/bulk_create")) && Boolean(child?.kill("SIGKILL")),
  );
  const args = ["migrate", "--from", world.url, "--folder", "killed", "--json"];
  const env = { ...environment(to), CADENZA_URL: target };
  for (most = 9; most < 60; most += 5) {
    answers = 0;
    child = spawn(process.execPath, [main, ...args], {
      cwd: home,
      env: { ...env, PATH: process.env.PATH, HOME: home },
      stdio: "ignore",
    });
    const [, signal] = await once(child, "exit");
    kills += Number(signal === "SIGKILL");
  }
  assert.ok(kills > 3, `${kills} kills`);
  most = Number.POSITIVE_INFINITY;
  assert.equal((await cadenza(args, { env })).code, 7);
  await assertAllIsThereOnce(to);
  // What was created before a kill is known as created, so it can be taken back.
  assert.equal((await cadenza([...args, "--undo"], { env })).code, 0);
  assert.equal((await to.api.contacts.search()).pagination.total_entries, 0);
});
