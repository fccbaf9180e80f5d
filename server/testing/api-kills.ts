// Engines that die at each point of sending by a provider's API: the engine after them finds out what became of every draft.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import type { usingTokens } from "./api-mailboxes.ts";
import { startEngineProcess } from "./engine-process.ts";
import { until } from "./sending.ts";

const POINTS = [
  ...["after-claim", "after-connect", "after-auth", "after-rcpt", "after-body", "gate-before-commit"],
  ...["gate-after-commit", "dot-written", "reply-read", "result-before-commit", "result-after-commit"],
];
const EACH = 3;

type Using = Pick<
  Awaited<ReturnType<typeof usingTokens>>,
  "world" | "api" | "peer" | "mailbox" | "enroll" | "rowsOf" | "noneTwice"
>;

export function tryKills({ world, api, peer, mailbox, enroll, rowsOf, noneTwice }: Using) {
  test("engines that are killed at each point of sending lose no email and send none twice", async () => {
    const { id, email } = await mailbox();
    const clockFile = join(world.running.app.config.dataDir, "clock");
    writeFileSync(clockFile, "0");
    const env = {
      CADENZA_TEST_SEAMS: "1",
      CADENZA_CLOCK_FILE: clockFile,
      CADENZA_ENGINE_LOOPS: "2",
      CADENZA_IMAP_POLL_MS: "1000",
      CADENZA_WEBHOOK_ALLOW: "127.0.0.1",
      [api.variable]: peer.url,
    };
    for (const point of POINTS) {
      await enroll(id, EACH);
      const engine = startEngineProcess(world, { ...env, CADENZA_CRASH: `${point}=kill` });
      after(() => engine.stop());
      assert.equal(await engine.ended, "SIGKILL", point);
    }
    writeFileSync(clockFile, String(20 * 60_000)); // what is still a draft was not sent
    const last = startEngineProcess(world, env);
    after(() => last.stop());
    const count = POINTS.length * EACH;
    await until(async () => {
      const rows = await rowsOf(id);
      return rows.filter(({ delivery }) => delivery === "sent").length === count;
    });
    noneTwice(email, count);
  });
}
