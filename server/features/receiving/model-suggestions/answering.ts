// What became of a question to the language model, written down. An answer is a suggestion or it is dropped; whatever it
// says, nothing else changes.

import type { Db } from "../../../db/connect.ts";
import type { ModelAnswer } from "../../../domain/receiving/model-answers.ts";
import { againAt, asksAgain, modelHealthAfter } from "../../../domain/receiving/model-health.ts";
import { isSuggestible } from "../../../domain/receiving/model-prompts.ts";
import { readOpener, readReason } from "../../../domain/receiving/plain-words.ts";
import { teamDayOf } from "../language-model/commands.ts";
import { addUsage, lockModel, noteModelHealth } from "../language-model/store.ts";
import type { ModelTask } from "./claiming.ts";
import * as store from "./store.ts";

type Judged = Pick<store.SuggestionOutcome, "state" | "nextAt" | "draft" | "replyClass" | "reason" | "error">;

const NOTHING = { nextAt: null, draft: null, replyClass: null, reason: null, error: null };

export async function writeModelAnswer(
  { db, teamId, now }: { db: Db; teamId: string; now: Temporal.Instant },
  work: ModelTask,
  answer: ModelAnswer,
) {
  const model = await lockModel(db, teamId); // first, as claiming does, or the two would deadlock
  const judged = judge(work, answer, now);
  const { prompt, completion } = answer.tokens;
  await store.writeOutcome(
    db,
    teamId,
    {
      ...judged,
      id: work.id,
      asks: work.asks,
      tookMs: answer.tookMs,
      promptTokens: prompt,
      completionTokens: completion,
    },
    now,
  );
  await addUsage(db, teamId, {
    day: await teamDayOf({ db, caller: { teamId } }, now),
    calls: 0,
    failed: answer.kind === "failed" ? 1 : 0,
    unfit: judged.state === "unfit" ? 1 : 0,
    promptTokens: prompt ?? 0,
    completionTokens: completion ?? 0,
  });
  if (model)
    await noteModelHealth(db, teamId, modelHealthAfter(model, answer.kind === "failed" ? answer : null, now));
}

function judge({ about, asks }: ModelTask, answer: ModelAnswer, now: Temporal.Instant): Judged {
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
