// Who the language model is asked about next. Everything is written down before it is asked: that it will be, and that
// it counts.

import type { Db } from "../../../db/connect.ts";
import { classPrompt, openerPrompt, type Prompt } from "../../../domain/receiving/model-prompts.ts";
import { newId } from "../../../kernel/ids.ts";
import { barredAmong } from "../../enrollments/enrollments/guards.ts";
import type { By } from "../../events/events/store.ts";
import { type BatchMode, inParts } from "../../events/set-aside/commands.ts";
import { teamDayOf } from "../language-model/commands.ts";
import { openerFactsOf } from "../language-model/facts.ts";
import { addUsage, callsOn, lockModel, type ModelRow } from "../language-model/store.ts";
import * as store from "./store.ts";

export type ModelTask = {
  id: string;
  asks: number;
  about: "opener" | "class";
  prompt: Prompt;
  aboutId: string;
};
export type ClaimedModelWork = { model: ModelRow; work: ModelTask[]; withheld: number };

const LOOP = "ask-models";

/** Longer than any call may take, so that only a dead process's claims run out. */
const SPARE_MS = 60_000;

/** One call each, and no more than the day has left. Null where there is nothing to ask. What fails is set aside by itself. */
export async function claimWork(by: By, manner: BatchMode, most: number): Promise<ClaimedModelWork | null> {
  const { db, teamId, now } = by;
  await giveUpLost(by, manner);
  const model = await lockModel(db, teamId);
  if (!model || isPaused(model, now)) return null;
  const day = await teamDayOf({ db, caller: { teamId } }, now);
  const left = Math.min(most, model.dailyCalls - (await callsOn(db, teamId, day)));
  if (left <= 0) return null;
  const found = await candidatesFor(db, teamId, model, now, left);
  if (found.length === 0) return null;
  const claimed: ClaimedModelWork = { model, work: [], withheld: 0 };
  const rows = found.map((one) => ({ ...one, id: one.proposalId ?? one.incomingId ?? "" }));
  await inParts(by, { loop: LOOP, manner }, rows, async (some) => {
    const { work, withheld } = await claimThese(by, model, some);
    claimed.work.push(...work);
    claimed.withheld += withheld;
  });
  const calls = { calls: claimed.work.length, failed: 0, unfit: 0, promptTokens: 0, completionTokens: 0 };
  await addUsage(db, teamId, { day, ...calls });
  return claimed;
}

async function giveUpLost(by: By, manner: BatchMode) {
  const lost = await store.lockLost(by.db, by.teamId, by.now);
  await inParts(by, { loop: LOOP, manner }, lost, (some) =>
    store.giveUp(
      by.db,
      by.teamId,
      some.map(({ suggestionId }) => suggestionId),
    ),
  );
}

type Row = store.SuggestionCandidate & { id: string };

async function claimThese({ db, teamId, now }: By, model: ModelRow, found: readonly Row[]) {
  const barred = await barredAmong({ db, teamId }, found);
  const isBarred = (one: Row) => one.isBarred || (one.email !== null && barred.has(one.email));
  const [withheld, asked] = [found.filter(isBarred), found.filter((one) => !isBarred(one))];
  const facts = await openerFactsOf(
    db,
    teamId,
    asked.flatMap(({ proposalId, contactId }) => (proposalId ? [contactId] : [])),
  );
  const work = asked.flatMap((one): (ModelTask & { candidate: Row })[] => {
    const prompt = promptFor(one, facts, model.guidance);
    const about = one.proposalId ? "opener" : "class";
    const id = one.suggestionId ?? newId();
    return prompt ? [{ id, asks: one.asks + 1, about, prompt, aboutId: one.id, candidate: one }] : [];
  });
  const rows = [
    ...work.map(({ id, prompt, candidate }) => ({
      ...aboutOf(candidate),
      id,
      state: "asking" as const,
      model: model.model,
      prompt: prompt.version,
    })),
    ...withheld.map((one) => ({
      ...aboutOf(one),
      id: one.suggestionId ?? newId(),
      state: "withheld" as const,
      model: null,
      prompt: null,
    })),
  ];
  const until = now.add({ milliseconds: model.timeoutMs + SPARE_MS });
  const begun = await store.begin(db, teamId, rows, { until, now });
  return {
    work: work.filter(({ id }) => begun.has(id)).map(({ candidate: _, ...one }) => one),
    withheld: rows.filter(({ id, state }) => state === "withheld" && begun.has(id)).length,
  };
}

function isPaused({ pausedUntil }: ModelRow, now: Temporal.Instant) {
  return pausedUntil !== null && Temporal.Instant.compare(pausedUntil, now) > 0;
}

/** People wait for replies first. */
async function candidatesFor(db: Db, teamId: string, model: ModelRow, now: Temporal.Instant, limit: number) {
  const since = model.suggestsClasses ? model.classesSince : null;
  const replies = since ? await store.candidateReplies(db, teamId, { since, now, limit }) : [];
  const room = limit - replies.length;
  const proposals =
    model.draftsOpeners && room > 0 ? await store.candidateProposals(db, teamId, now, room) : [];
  return [...replies, ...proposals];
}

function promptFor(
  { proposalId, contactId, subject, text }: store.SuggestionCandidate,
  facts: Awaited<ReturnType<typeof openerFactsOf>>,
  guidance: string,
) {
  if (!proposalId) return classPrompt({ subject, text }, guidance);
  const person = facts.get(contactId);
  return person ? openerPrompt(person, guidance) : null;
}

function aboutOf({ proposalId, incomingId, asks }: store.SuggestionCandidate) {
  return { proposalId, incomingId, asks };
}
