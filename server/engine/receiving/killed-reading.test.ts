// Engines that die while they take mails in, at the last moment before it counts: what was under way is read again, and
// every mail has its effect once.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { openImapMailbox } from "../../testing/imap-mailbox.ts";
import { mailed, replyTo } from "../../testing/incoming.ts";
import { LOOPBACK } from "../../testing/loopback.ts";
import { PATIENCE_MS } from "../../testing/patience.ts";
import { LOGIN } from "../../testing/post-office.ts";
import { asOwner } from "../../testing/wire.ts";
import { type Team, useWorld } from "../../testing/world.ts";
import { newEngineId, startBeating } from "../running/engine.ts";
import { startReading } from "./read-mailboxes.ts";

let team: Team;
const seams = { clockFile: null, crash: "imap-ack=error:0.8:20261120" };
const world = useWorld({ mailAllow: LOOPBACK, imapPollMs: 200, seams }, async (opened) => {
  team = await opened.newTeam();
});

const open: (() => unknown)[] = [];
after(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

test("two engines that fail every other time take in every mail once, and tell of it once", async () => {
  const { app } = world.running;
  const box = await openImapMailbox();
  open.push(() => box.close());
  const imap = { host: "localhost", port: box.port, security: "none" as const, ...LOGIN };
  const people = await Promise.all([1, 2, 3].map(() => mailed(world, team, { mailbox: { imap } })));
  for (const person of people) for (let n = 0; n < 4; n++) box.mail.deliver(replyTo(person, `Answer ${n}`));

  const stopping = new AbortController();
  const ids = [newEngineId(), newEngineId()];
  const beats = await Promise.all(ids.map((id) => startBeating(app, id)));
  const reading = ids.map((id) => startReading({ app, id, stopping: stopping.signal }));
  const count = () =>
    asOwner(world, async (client) => {
      const { rows } = await client.query(
        `select count(*)::int as mails, count(distinct content_key)::int as keys,
                (select count(*)::int from events where team_id = $1 and type = 'message.replied') as told
           from incoming_mails where team_id = $1`,
        [team.id],
      );
      return rows[0] as { mails: number; keys: number; told: number };
    });
  const until = performance.now() + PATIENCE_MS;
  while ((await count()).mails < 12 && performance.now() < until) await sleep(100);
  await sleep(500);
  stopping.abort();
  await Promise.all(reading);
  await Promise.all(beats.map((stop) => stop()));
  const { mails, keys, told } = await count();
  assert.deepEqual([mails, keys, told], [12, 12, 12], "though each came to three mailboxes");
  assert.ok(
    world.logged.some((line) => line.includes("imap-ack")),
    "the crash point fired",
  );
});
