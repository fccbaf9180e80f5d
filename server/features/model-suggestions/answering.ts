// What became of a question to the language model, written down. An answer is a suggestion or it is dropped; whatever it
// says, nothing else changes.

import type { Db } from "../../db/connect.ts";
import type { ModelAnswer } from "../../domain/model-answers.ts";
import { againAt, asksAgain, healthAfter } from "../../domain/model-health.ts";
import { isSuggestible } from "../../domain/model-prompts.ts";
import { readOpener, readReason } from "../../domain/plain-words.ts";
import { dayOf } from "../language-model/commands.ts";
import { addUsage, lockModel, noteHealth } from "../language-model/store.ts";
import type { Work } from "./claiming.ts";
import * as store from "./store.ts";

type Judged = Pick<store.Outcome, "state" | "nextAt" | "draft" | "replyClass" | "reason" | "error">;

const NOTHING = { nextAt: null, draft: null, replyClass: null, reason: null, error: null };

export async function writeAnswer(
  { db, teamId, now }: { db: Db; teamId: string; now: Temporal.Instant },
  work: Work,
  answer: ModelAnswer,
) {
  const model = await lockModel(db, teamId); // first, as whoever claims does, or they would wait for each other
  const judged = judge(work, answer, now);
  const { prompt, completion } = answer.tokens;
  await store.writeOutcome(
    db,
    teamId,
    {
      ...{ ...judged, id: work.id, asks: work.asks, tookMs: answer.tookMs },
      ...{ promptTokens: prompt, completionTokens: completion },
    },
    now,
  );
  await addUsage(db, teamId, {
    ...{ day: await dayOf({ db, caller: { teamId } }, now), calls: 0 },
    ...{ failed: answer.kind === "failed" ? 1 : 0, unfit: judged.state === "unfit" ? 1 : 0 },
    ...{ promptTokens: prompt ?? 0, completionTokens: completion ?? 0 },
  });
  if (model) await noteHealth(db, teamId, healthAfter(model, answer.kind === "failed" ? answer : null, now));
}

function judge({ about, asks }: Work, answer: ModelAnswer, now: Temporal.Instant): Judged {
  if (answer.kind === "failed") {
    const isAgain = asksAgain(answer, asks);
    const nextAt = isAgain ? againAt(answer, now) : null;
    return { ...NOTHING, state: isAgain ? "waiting" : "failed", nextAt, error: answer.error };
  }
  return about === "opener" ? judgeOpener(answer.content) : judgeClass(answer.content);
}

function judgeOpener(content: Readonly<Record<string, unknown>>): Judged {
  const read = readOpener(content.opener);
  if (read.kind === "unfit") return { ...NOTHING, state: "unfit", error: read.why };
  return { ...NOTHING, state: "suggested", draft: read.text };
}

function judgeClass(content: Readonly<Record<string, unknown>>): Judged {
  if (!isSuggestible(content.class)) return { ...NOTHING, state: "unfit", error: "class_unknown" };
  const reason = readReason(content.reason);
  if (reason.kind === "unfit") return { ...NOTHING, state: "unfit", error: reason.why };
  return { ...NOTHING, state: "suggested", replyClass: content.class, reason: reason.text };
}
