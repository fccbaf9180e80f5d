import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { startEngineProcess } from "../../testing/engine-process.ts";
import { LOOPBACK } from "../../testing/loopback.ts";
import { openReceiver } from "../../testing/receiver.ts";
import { useWorld } from "../../testing/world.ts";

// Only answers callers: the engines of this file are processes of their own.
const world = useWorld({ role: "api", webhookAllow: LOOPBACK });

test("killed between the receiver's 200 and its record, an event comes again under its id, and then never", async (t) => {
  const team = await world.newTeam();
  const receiver = await openReceiver(t);
  const clockFile = join(world.running.app.config.dataDir, "clock");
  const seams = {
    CADENZA_TEST_SEAMS: "1",
    CADENZA_CLOCK_FILE: clockFile,
    CADENZA_WEBHOOK_ALLOW: "127.0.0.0/8",
  };
  const wish = { url: receiver.url, types: ["team.changed"] };
  const { id } = (await team.api.webhookSubscriptions.create(wish)).webhook_subscription;
  await team.api.teams.update({ name: "Told twice" });

  const killed = startEngineProcess(world, { ...seams, CADENZA_CRASH: "webhook-before-record=kill" });
  t.after(killed.stop);
  assert.equal(await killed.ended, "SIGKILL");
  assert.equal(receiver.received.length, 1);
  const read = async () => (await team.api.webhookSubscriptions.deliveries({ id })).deliveries[0];
  assert.deepEqual([(await read())?.status, (await read())?.log], ["pending", []]);

  writeFileSync(clockFile, "31000"); // the dead process's claim has run out
  const next = startEngineProcess(world, seams);
  t.after(next.stop);
  await receiver.waitFor(2);
  while ((await read())?.status !== "delivered") await sleep(20);
  assert.equal(receiver.received[0]?.id, receiver.received[1]?.id);
  writeFileSync(clockFile, String(200 * 3_600_000));
  await sleep(800);
  assert.equal(receiver.received.length, 2);
});
