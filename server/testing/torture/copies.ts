// Data folders that are copied, or put back from a back-up: what wakes up in them sends nothing until a person says so.

import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { until } from "./arena.ts";
import type { Fault } from "./fault.ts";
import { judge } from "./verdict.ts";
import { openWhole, type Whole } from "./whole.ts";

const QUIET_MS = 4_000;
const PEOPLE = 12;

type Way = (whole: Whole, backup: string) => Promise<void>;

/** Each after a back-up was taken and mails went out since. */
const WAYS: Record<string, { reasons: string[]; way: Way }> = {
  "a copy of the folder, elsewhere": {
    reasons: ["copied_folder"],
    way: async (whole, backup) => {
      await whole.stop();
      whole.copyFolder(`${backup}-moved`);
      await whole.start(`${backup}-moved`);
    },
  },
  "the folder, put back in its place": {
    reasons: ["copied_folder"],
    way: async (whole, backup) => {
      const { dataDir } = whole;
      await whole.stop();
      rmSync(dataDir, { recursive: true });
      whole.dataDir = backup;
      whole.copyFolder(dataDir);
      await whole.start(dataDir);
    },
  },
  "the database alone, put back in its place": {
    reasons: ["older_state"],
    way: async (whole, backup) => {
      const { dataDir } = whole;
      await whole.stop();
      rmSync(join(dataDir, "postgres", "cluster"), { recursive: true });
      whole.dataDir = backup;
      whole.copyFolder(dataDir, "postgres/cluster");
      await whole.start(dataDir);
    },
  },
};

export const copies: Fault = {
  name: "copies of the database",
  short: 1,
  full: 7,
  async run(seed, size) {
    const began = performance.now();
    const whole = await openWhole(seed);
    const complaints: string[] = [];
    try {
      let expected = 0;
      const reached = (count: number, ms = 20_000) => until(() => whole.sink.lines().length >= count, ms);
      for (let round = 0; round < size; round++)
        for (const [name, { reasons, way }] of Object.entries(WAYS)) {
          const backup = `${whole.dataDir}-${round}`;
          await whole.scene({ mailboxes: 1, contacts: PEOPLE, waits: [0, 1, 1] });
          expected += PEOPLE;
          if (!(await reached(expected))) complaints.push(`before ${name}: nothing was sent`);
          await untilRemembered(whole);
          await whole.stop();
          rmSync(backup, { recursive: true, force: true });
          whole.copyFolder(backup);
          await whole.start(whole.dataDir);
          whole.advance({ minutes: 2 });
          expected += PEOPLE;
          if (!(await reached(expected))) complaints.push(`before ${name}: the second mails did not go`);
          await untilRemembered(whole);

          await way(whole, backup);
          whole.advance({ minutes: 2 });
          await sleep(QUIET_MS);
          const sent = whole.sink.lines().length - expected;
          if (sent > 0) complaints.push(`${name}: ${sent} mails went out before anybody confirmed`);
          const { installation } = await whole.team.api.installation.show();
          const told = installation.sending.reasons.map(({ code }) => code);
          if (told.join() !== reasons.join()) complaints.push(`${name}: told were ${told.join() || "none"}`);

          await whole.team.api.installation.confirmSending();
          if (!(await goesOn(whole))) complaints.push(`${name}: not everybody went on`);
          expected = whole.sink.lines().length;
        }
      // What was put back has forgotten mails that were sent since: that is what the person was asked about.
      const verdict = await judge(whole, began, { mayWait: true });
      const own = new Set(["I01", "I02", "I05", "I30"]);
      verdict.violations = verdict.violations.filter(({ chk }) => !own.has(chk));
      return { ...verdict, twice: 0, complaints: [...complaints, ...verdict.complaints] };
    } finally {
      await whole.close();
    }
  },
};

/** What waits of every step, with nothing left over for the next way. */
async function goesOn(whole: Whole) {
  for (let steps = 0; steps < 4; steps++) {
    if (await until(() => isThrough(whole), 6_000)) return true;
    whole.advance({ minutes: 2 });
  }
  return isThrough(whole);
}

async function isThrough(whole: Whole) {
  const [row] = await whole.ask<{ n: number }>(
    "select count(*)::int as n from enrollments where state = 'active'",
  );
  return row?.n === 0;
}

/** The count that mails move on is written down every few seconds. */
async function untilRemembered(whole: Whole) {
  const count = async () =>
    Number((await whole.ask<{ n: string }>("select sending_count::text as n from installation"))[0]?.n);
  const before = await count();
  await until(async () => (await count()) > before, 8_000);
  await sleep(1_500);
}
