// Engines that die at each point of a placement test: the engine after them goes on, and sends nothing twice.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { startEngineProcess } from "../../testing/engine-process.ts";
import { LOOPBACK } from "../../testing/loopback.ts";
import { newSeed, openProvider, smtpOf } from "../../testing/placement.ts";
import { newSendingMailbox, until } from "../../testing/sending.ts";
import { useWorld } from "../../testing/world.ts";

const provider = await openProvider();
after(() => provider.close());
const world = useWorld({ role: "api", mailAllow: LOOPBACK }); // engines are processes of their own

const POINTS = ["after-rcpt", "after-body", "gate-after-commit", "dot-written", "result-before-commit"];
const NOT_RELEASED = new Set(["after-rcpt", "after-body"]);

test("an engine that is killed at any point of a placement test leaves none that is sent twice", async () => {
  const team = await world.newTeam();
  await newSeed(team, provider, "seed@gmail.com");
  const sender = await newSendingMailbox(team, provider.smtp, { smtp: smtpOf(provider) });
  const clockFile = join(world.running.app.config.dataDir, "clock");
  writeFileSync(clockFile, "0");
  const env = {
    CADENZA_ENGINE_LOOPS: "1",
    CADENZA_MAIL_ALLOW: "127.0.0.0/8",
    CADENZA_TEST_SEAMS: "1",
    CADENZA_CLOCK_FILE: clockFile,
  };
  const wish = { email_account_id: sender.id, subject: "Hi", body_html: "<p>Hi</p>" };
  const show = async (id: string) => (await team.api.placementTests.show({ id })).placement_test;
  const ids = new Map<string, string>();
  for (const point of POINTS) {
    ids.set(point, (await team.api.placementTests.start(wish)).placement_test.id);
    const engine = startEngineProcess(world, { ...env, CADENZA_CRASH: `${point}=kill` });
    after(() => engine.stop());
    assert.equal(await engine.ended, "SIGKILL", point);
  }
  writeFileSync(clockFile, String(70 * 60_000));
  const last = startEngineProcess(world, env);
  after(() => last.stop());
  for (const [point, id] of ids) {
    await until(async () => (await show(id)).finished_at);
    const [result] = (await show(id)).results;
    const isArrived = result?.place === "inbox" && result.delivery === "sent";
    const isLost = result?.place === "missing" && result.delivery === "unconfirmed";
    assert.ok(NOT_RELEASED.has(point) ? isArrived : isArrived || isLost, `${point}: ${result?.place}`);
  }
  assert.equal(new Set(provider.came).size, provider.came.length, "none twice");
});
