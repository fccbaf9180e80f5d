// Who the language model is asked about next. Everything is written down before it is asked: that it will be, and that
// it counts.

import type { Db } from "../../db/connect.ts";
import { classPrompt, openerPrompt, type Prompt } from "../../domain/model-prompts.ts";
import { newId } from "../../ids.ts";
import { barredAmong } from "../enrollments/guards.ts";
import { dayOf } from "../language-model/commands.ts";
import { addUsage, callsOn, lockModel, type ModelRow } from "../language-model/store.ts";
import { openerFactsOf } from "./facts.ts";
import * as store from "./store.ts";

export type Work = { id: string; asks: number; about: "opener" | "class"; prompt: Prompt };
export type Claimed = { model: ModelRow; work: Work[]; withheld: number };

/** Longer than any call may take, so that only a dead process's claims run out. */
const SPARE_MS = 60_000;

/** One call each, and no more than the day has left. Null where there is nothing to ask. */
export async function claimWork(
  { db, teamId, now }: { db: Db; teamId: string; now: Temporal.Instant },
  most: number,
): Promise<Claimed | null> {
  await store.giveUpLost(db, teamId, now);
  const model = await lockModel(db, teamId);
  if (!model || isPaused(model, now)) return null;
  const day = await dayOf({ db, caller: { teamId } }, now);
  const left = Math.min(most, model.dailyCalls - (await callsOn(db, teamId, day)));
  if (left <= 0) return null;
  const found = await candidatesFor(db, teamId, model, now, left);
  if (found.length === 0) return null;
  const barred = await barredAmong({ db, teamId }, found);
  const isBarred = (one: store.Candidate) => one.isBarred || (one.email !== null && barred.has(one.email));
  const [withheld, asked] = [found.filter(isBarred), found.filter((one) => !isBarred(one))];
  const facts = await openerFactsOf(
    db,
    teamId,
    asked.flatMap(({ proposalId, contactId }) => (proposalId ? [contactId] : [])),
  );
  const work = asked.flatMap((one): (Work & { candidate: store.Candidate })[] => {
    const prompt = promptFor(one, facts, model.guidance);
    const about = one.proposalId ? "opener" : "class";
    return prompt
      ? [{ id: one.suggestionId ?? newId(), asks: one.asks + 1, about, prompt, candidate: one }]
      : [];
  });
  const rows = [
    ...work.map(({ id, prompt, candidate }) => ({
      ...{ ...aboutOf(candidate), id, state: "asking" as const, model: model.model, prompt: prompt.version },
    })),
    ...withheld.map((one) => ({
      ...{ ...aboutOf(one), id: one.suggestionId ?? newId(), state: "withheld" as const, model: null },
      prompt: null,
    })),
  ];
  await store.begin(db, teamId, rows, { until: now.add({ milliseconds: model.timeoutMs + SPARE_MS }), now });
  const calls = { calls: work.length, failed: 0, unfit: 0, promptTokens: 0, completionTokens: 0 };
  await addUsage(db, teamId, { day, ...calls });
  return {
    model,
    work: work.map(({ candidate: _, ...one }) => one),
    withheld: withheld.length,
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
  { proposalId, contactId, subject, text }: store.Candidate,
  facts: Awaited<ReturnType<typeof openerFactsOf>>,
  guidance: string,
) {
  if (!proposalId) return classPrompt({ subject, text }, guidance);
  const person = facts.get(contactId);
  return person ? openerPrompt(person, guidance) : null;
}

function aboutOf({ proposalId, incomingId }: store.Candidate) {
  return { proposalId, incomingId };
}
