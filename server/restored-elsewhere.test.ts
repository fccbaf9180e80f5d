// An installation that is put back on a second database server, whose transactions are numbered anew: nothing that happened is lost
// on the way, and nothing is told twice.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { createClient } from "@cadenza/sdk";
import { LOOPBACK } from "./testing/loopback.ts";
import { startProcess } from "./testing/process.ts";
import { openReceiver } from "./testing/receiver.ts";
import { newContact, newContacts } from "./testing/sequenced.ts";
import { asOwner } from "./testing/wire.ts";
import { onWorkflow, untilHolds } from "./testing/workflowing.ts";
import { BOOTSTRAP_KEY, openWorld, refused, type Team } from "./testing/world.ts";

const folder = mkdtempSync(join(tmpdir(), "cadenza-elsewhere-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const contactsIn = (events: readonly { type: string; subject: { id: string } }[]) =>
  events.filter(({ type }) => type === "contact.created").map(({ subject }) => subject.id);

async function allEvents({ api }: Pick<Team, "api">, since?: string) {
  const events: Awaited<ReturnType<Team["api"]["events"]["list"]>>["events"] = [];
  let next = since;
  for (;;) {
    const page = await api.events.list({ limit: 200, ...(next !== undefined && { since: next }) });
    if (page.events.length === 0) return { events, next: next ?? page.next_since };
    events.push(...page.events);
    next = page.next_since;
  }
}

/** Its own server of the database, as small as an installation begins. */
async function onAnotherServer(keyFile: string, backup: ArrayBuffer) {
  const target = await startProcess({
    CADENZA_DATA_DIR: join(folder, "target"),
    CADENZA_KEY_FILE: keyFile,
    CADENZA_BOOTSTRAP_KEY: BOOTSTRAP_KEY,
    CADENZA_WEBHOOK_ALLOW: "127.0.0.0/8",
    CADENZA_LOG_LEVEL: "error",
  });
  const answer = await fetch(`${target.url}/api/v1/installation/restore`, {
    method: "POST",
    headers: { "x-api-key": BOOTSTRAP_KEY, "content-type": "application/vnd.cadenza.backup" },
    body: backup,
  });
  assert.equal(answer.status, 200, await answer.text());
  // Until an admin says that the other installation is gone, nothing leaves this one.
  await createClient({
    baseUrl: target.url,
    apiKey: BOOTSTRAP_KEY,
    retries: 0,
  }).installation.confirmSending();
  return target;
}

test("feed, webhooks and workflows go on where they were on a server that counts its transactions anew", async (t) => {
  const [receiver, late] = [await openReceiver(t), await openReceiver(t)];
  const keyFile = join(folder, "cadenza.key");
  const source = await openWorld({ keyFile, webhookAllow: LOOPBACK, role: "api" });
  let backup: ArrayBuffer;
  let team: Team;
  let workflow: string;
  let before: string[];
  let place: string;
  let rest: string[];
  let made: string[];
  try {
    // However young this server is, the place lies ahead of what the other one has counted to.
    await asOwner(source, async (client) => {
      for (let n = 0; n < 3_000; n++) await client.query("select pg_current_xact_id()");
    });
    team = await source.newTeam();
    before = await newContacts(team, 3);
    await team.api.webhookSubscriptions.create({ url: receiver.url, types: ["contact.created"] });
    const trigger = { type: "event", event: "contact.created" } as const;
    const actions = [{ type: "notify", text: "It happened" }] as [{ type: "notify"; text: string }];
    workflow = (await onWorkflow(team, { trigger, reentry: "every_time", actions })).id;
    const early = await newContact(team);
    before.push(early);
    await team.api.webhookSubscriptions.create({ url: late.url, types: ["contact.created"] });
    // No engine runs here: these events are undelivered when the backup is made.
    made = [await newContact(team), await newContact(team), await newContact(team)];
    await untilHolds(
      async () => contactsIn((await allEvents(team)).events),
      (ids) => ids.length === 7,
    );
    const { events } = await allEvents(team);
    const read = events.findIndex(({ subject }) => subject.id === made[0]) + 1;
    place = (await team.api.events.list({ limit: read })).next_since;
    rest = events.slice(read).map(({ id }) => id);
    const saved = await fetch(`${source.url}/api/v1/installation/backup`, {
      headers: { "x-api-key": BOOTSTRAP_KEY },
    });
    backup = await saved.arrayBuffer();
  } finally {
    await source.close();
  }
  const target = await onAnotherServer(keyFile, backup);
  try {
    const api = createClient({ baseUrl: target.url, apiKey: team.key, retries: 0 });
    const there = { ...team, api };
    const wfOfThere = async () => {
      const { workflow_runs } = await api.workflows.runs({ id: workflow });
      const pages = workflow_runs.map(({ id }) => api.workflowRuns.candidates({ id, per_page: 100 }));
      return (await Promise.all(pages)).flatMap((page) =>
        page.workflow_candidates.map((one) => one.entity_id),
      );
    };
    const later = await newContact(there, { email: `later-${randomBytes(4).toString("hex")}@later.example` });

    const isThere = (ids: readonly string[]) => ids.includes(later);
    const told = await untilHolds(async () => contactsIn((await allEvents(there, place)).events), isThere);
    assert.deepEqual(told, [...made.slice(1), later], "each once, in their order");
    const ids = (await allEvents(there, place)).events.map(({ id }) => id);
    assert.deepEqual(ids.slice(0, rest.length), rest, "the rest of the feed is what it was");
    assert.equal(new Set(ids).size, ids.length);
    const whole = contactsIn((await allEvents(there)).events);
    assert.deepEqual(whole, [...before, ...made, later]);

    const expected = [before.at(-1) ?? "", ...made, later].toSorted();
    const hooked = () => receiver.received.map(({ body }) => body.subject.id).toSorted();
    await untilHolds(
      async () => hooked(),
      (all) => all.length >= expected.length,
    );
    await untilHolds(wfOfThere, (all) => all.length >= expected.length);
    // One more passes through all of them, so what would be told twice has been by now.
    const last = await newContact(there, { email: `last-${randomBytes(4).toString("hex")}@last.example` });
    await untilHolds(
      async () => hooked(),
      (all) => all.includes(last),
    );
    await untilHolds(wfOfThere, (all) => all.includes(last));
    assert.deepEqual(hooked(), [...expected, last].toSorted(), "what nobody was told of is told, once");
    const lately = () => late.received.map(({ body }) => body.subject.id).toSorted();
    await untilHolds(
      async () => lately(),
      (all) => all.includes(last),
    );
    assert.deepEqual(lately(), [...made, later, last].toSorted(), "and nobody of what was before them");
    assert.deepEqual((await wfOfThere()).toSorted(), [...expected, last].toSorted());

    const [, writtenIn, position] = Buffer.from(place, "base64url").toString().split(".");
    const other = Buffer.from(`${"ab".repeat(12)}.${writtenIn}.${position}`).toString("base64url");
    const refusal = await refused(api.events.list({ since: other }));
    assert.equal(refusal.code, "place_of_another_copy");
  } finally {
    target.signal("SIGTERM");
    await target.ended();
  }
});
