// Invented people answer what was caught for them when their time comes, also after downtime.

import { setTimeout as sleep } from "node:timers/promises";
import type { App } from "../../app.ts";
import type { By } from "../../features/events/events/store.ts";
import { inParts } from "../../features/events/set-aside/commands.ts";
import { putAnswer } from "../../features/sending/catcher/commands.ts";
import { answerTo } from "../../features/sending/catcher/prospects.ts";
import {
  type AnswerKind,
  type CaughtRow,
  type CaughtScript,
  type DueAnswer,
  forgetAnswersDue,
  lockAnswersDue,
  teamsWithAnswersDue,
} from "../../features/sending/catcher/store.ts";
import { batchOf, eachTeam, type Looping } from "../running/each-team.ts";
import { visitAs } from "./visit-links.ts";

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
    for (const caught of done) if (caught.script) await visitAs(app, caught, caught.script.does);
    for (const mailboxId of new Set(done.map((caught) => caught.mailboxId)))
      app.catcher.tell(mailboxId, "INBOX");
    return done.length;
  });
}

async function answerAll({ db, teamId, now }: By, due: readonly DueAnswer[]) {
  for (const caught of due) {
    const answer = caught.script ? answerBy(caught.script, now) : answerByNature(caught, now);
    if (answer) await putAnswer(db, teamId, caught, answer);
  }
  await forgetAnswersDue(
    db,
    teamId,
    due.map(({ id }) => id),
  );
}

const KIND_OF: Partial<Record<CaughtScript["does"], AnswerKind>> = {
  reply: "reply",
  out_of_office: "out_of_office",
  auto_reply: "auto_reply",
  hard_bounce: "bounce",
  soft_bounce: "bounce",
  unsubscribe: "unsubscribe",
  complain: "complaint",
  forward: "forward",
};
const MAILBOX_FULL = "452 4.2.2 The mailbox is full";

function answerBy({ does, text, untilDay }: CaughtScript, now: Temporal.Instant) {
  const kind = KIND_OF[does];
  if (!kind) return null;
  const until = untilDay === null ? null : Temporal.PlainDate.from(untilDay);
  return { kind, text: text ?? (does === "soft_bounce" ? MAILBOX_FULL : null), until, at: now };
}

function answerByNature(caught: DueAnswer, now: Temporal.Instant) {
  const script = answerTo(caught.toAddress, caught.nth);
  return script && { kind: script.kind, text: script.text, ...timesOf(now, caught, script.awayDays) };
}

function timesOf(now: Temporal.Instant, { at }: CaughtRow, awayDays: number | null) {
  const until = awayDays === null ? null : at.toZonedDateTimeISO("UTC").toPlainDate().add({ days: awayDays });
  return { at: now, until };
}
