// Data folders that are copied, or put back from a back-up: what wakes up in them sends nothing until a person says so.

import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { PATIENCE_MS } from "../patience.ts";
import { inRounds, wholeFault } from "./fault.ts";
import { holdsWithin } from "./ground.ts";
import type { ServerArena } from "./whole.ts";

const QUIET_MS = 4_000;
const PEOPLE = 12;

type Way = (whole: ServerArena, backup: string) => Promise<void>;

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

export const copies = wholeFault({
  name: "copies of the database",
  unit: "copies",
  short: 1,
  full: 20,
  portion: 3,
  mayWait: true,
  forgets: true, // that is what the person is asked about
  async strike(whole, size) {
    const ways = whole.chance.shuffled(Object.entries(WAYS));
    return inRounds(size, async (round) => {
      const [name, { reasons, way }] = ways[round % ways.length] as (typeof ways)[number];
      const backup = `${whole.dataDir}-${round}`;
      const before = await sendAndKeep(whole, backup);
      const sentBefore = whole.sink.lines().length;
      await way(whole, backup);
      whole.advance({ minutes: 2 });
      await holdsWithin(async () => (await reasonsOf(whole)).length > 0, PATIENCE_MS);
      await sleep(QUIET_MS);
      const sent = whole.sink.lines().length - sentBefore;
      const told = await reasonsOf(whole);
      await whole.team.api.installation.confirmSending();
      return [
        ...before,
        ...(sent > 0 ? [`${name}: ${sent} mails went out before anybody confirmed`] : []),
        ...(told.join() === reasons.join() ? [] : [`${name}: told were ${told.join() || "none"}`]),
        ...((await goesOn(whole)) ? [] : [`${name}: not everybody went on`]),
      ];
    });
  },
});

async function reasonsOf(whole: ServerArena) {
  const { installation } = await whole.team.api.installation.show();
  return installation.sending.reasons.map(({ code }) => code);
}

/** The first mails go out, a back-up is taken, and the second ones go out since. */
async function sendAndKeep(whole: ServerArena, backup: string) {
  const reached = async (count: number, what: string) =>
    (await holdsWithin(() => whole.sink.lines().length >= count, PATIENCE_MS))
      ? []
      : [`${what} mails did not go`];
  const sent = whole.sink.lines().length;
  await whole.scene({ mailboxes: 1, contacts: PEOPLE, waits: [0, 1, 1] });
  const first = await reached(sent + PEOPLE, "the first");
  await untilRemembered(whole);
  await whole.stop();
  rmSync(backup, { recursive: true, force: true });
  whole.copyFolder(backup);
  await whole.start(whole.dataDir);
  whole.advance({ minutes: 2 });
  const second = await reached(sent + 2 * PEOPLE, "the second");
  await untilRemembered(whole);
  return [...first, ...second];
}

/** What waits of every step, with nothing left over for the next way. */
async function goesOn(whole: ServerArena) {
  for (const end = performance.now() + PATIENCE_MS; performance.now() < end; ) {
    if (await holdsWithin(() => isThrough(whole), 6_000)) return true;
    whole.advance({ minutes: 2 });
  }
  return isThrough(whole);
}

async function isThrough(whole: ServerArena) {
  return (await whole.count("from enrollments where state = 'active'")) === 0;
}

/** The count that mails move on is written down every few seconds. */
async function untilRemembered(whole: ServerArena) {
  const count = async () =>
    Number((await whole.ask<{ n: string }>("select sending_count::text as n from installation"))[0]?.n);
  const before = await count();
  await holdsWithin(async () => (await count()) > before, PATIENCE_MS);
  await sleep(1_500);
}
