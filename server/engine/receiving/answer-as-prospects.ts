// Invented people answer what was caught for them when their time comes, also after downtime.

import { setTimeout as sleep } from "node:timers/promises";
import type { App } from "../../app.ts";
import type { By } from "../../features/events/events/store.ts";
import { inParts } from "../../features/events/set-aside/commands.ts";
import { putAnswer } from "../../features/sending/catcher/commands.ts";
import { answerTo } from "../../features/sending/catcher/prospects.ts";
import {
  type CaughtRow,
  forgetAnswersDue,
  lockAnswersDue,
  teamsWithAnswersDue,
} from "../../features/sending/catcher/store.ts";
import { batchOf, eachTeam, type Looping } from "../running/each-team.ts";

const LOOK_EVERY_MS = 500;
const LOOK_FOR_A_CATCHER_MS = 15_000; // another process may have planted a sample
const BATCH = 50;

export function startAnswering(app: App) {
  const stopping = new AbortController();
  const run = async () => {
    while (!stopping.signal.aborted) {
      const answered = await answerAsProspects({ app, stopping: stopping.signal }).catch((error) => {
        app.log.warn({ err: error }, "sample replies could not be sent");
        return 0;
      });
      const pause = app.catcher.isOpen() ? LOOK_EVERY_MS : LOOK_FOR_A_CATCHER_MS;
      if (answered === 0) await sleep(pause, undefined, { signal: stopping.signal }).catch(() => {});
    }
  };
  const running = run();
  return async () => {
    stopping.abort();
    await running;
  };
}

/** One batch for each team that has some. Answers how many it dealt with; 0 means there is nothing to do. */
export async function answerAsProspects(looping: Looping) {
  const { app } = looping;
  if (!(await app.catcher.open())) return 0;
  const teams = await app.db.inTransaction((db) => teamsWithAnswersDue(db, app.now()));
  return eachTeam(looping, "answer-as-prospects", teams, async (teamId) => {
    const done = await batchOf(app, teamId, async (by, manner) => {
      const due = await lockAnswersDue(by.db, teamId, by.now, BATCH);
      await inParts(by, { loop: "answer-as-prospects", manner }, due, (some) => answerAll(by, some));
      return due;
    });
    for (const mailboxId of new Set(done.map((caught) => caught.mailboxId)))
      app.catcher.tell(mailboxId, "INBOX");
    return done.length;
  });
}

async function answerAll({ db, teamId, now }: By, due: Readonly<Awaited<ReturnType<typeof lockAnswersDue>>>) {
  for (const caught of due) {
    const script = answerTo(caught.toAddress, caught.nth);
    if (script) await putAnswer(db, teamId, caught, { ...script, ...timesOf(now, caught, script.awayDays) });
  }
  await forgetAnswersDue(
    db,
    teamId,
    due.map(({ id }) => id),
  );
}

function timesOf(now: Temporal.Instant, { at }: CaughtRow, awayDays: number | null) {
  const until = awayDays === null ? null : at.toZonedDateTimeISO("UTC").toPlainDate().add({ days: awayDays });
  return { at: now, until };
}
