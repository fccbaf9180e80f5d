import type { Act, App } from "../../../app.ts";
import { reachesAnotherServer } from "../../../domain/basics/secret-destinations.ts";
import type { ModelAnswer } from "../../../domain/receiving/model-answers.ts";
import {
  classPrompt,
  INVENTED_PERSON,
  INVENTED_REPLY,
  openerPrompt,
  type Prompt,
} from "../../../domain/receiving/model-prompts.ts";
import { readOpener } from "../../../domain/receiving/plain-words.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { byCaller, type EventType, record } from "../../events/events/store.ts";
import { findTeam } from "../../identity/teams/store.ts";
import { askModel, placeOfModelKey } from "./asking.ts";
import { findReply, openerFactsOf } from "./facts.ts";
import * as store from "./store.ts";

const AT_FIRST: Omit<store.ModelWords, "baseUrl" | "model"> = {
  guidance: "",
  timeoutMs: 30_000,
  dailyCalls: 200,
  maxTokens: 300,
  tokenLimitName: "max_tokens",
  draftsOpeners: false,
  suggestsClasses: false,
};

/** Waits for no network but a resolver's; called before the transaction. */
export async function refuseUnfitUrl({ outgoing }: App, url: string | undefined) {
  const fault = url === undefined ? null : await outgoing.check(url);
  if (fault) throw new Refusal("language_model_url_refused", { url: url ?? "", why: fault });
}

export type ModelWish = Partial<store.ModelWords> & { key?: string };

export async function saveModel(act: Act, { key, ...change }: ModelWish) {
  const { db, now, caller } = act;
  const before = await store.lockModel(db, caller.teamId);
  const next = { ...AT_FIRST, ...before, ...change };
  const { baseUrl, model, suggestsClasses } = next;
  if (baseUrl === undefined) throw new Refusal("parameter_missing", { name: "base_url" });
  if (model === undefined) throw new Refusal("parameter_missing", { name: "model" });
  const classesSince = suggestsClasses ? (before?.classesSince ?? now) : null;
  const sealedKey = keyAfter(act, before, { key, baseUrl });
  await store.writeModel(db, caller.teamId, { ...next, baseUrl, model, sealedKey, classesSince }, now);
  await tell(act, "language_model.changed", { model, base_url: baseUrl });
  return getModel(act);
}

/** A key goes nowhere but to the server that it was given for: another one's has to be said again. */
function keyAfter(
  { app, caller }: Act,
  before: store.ModelRow | null,
  { key, baseUrl }: { key: string | undefined; baseUrl: string },
) {
  if (key !== undefined) return key === "" ? null : app.secrets.seal(placeOfModelKey(caller.teamId), key);
  return before && !reachesAnotherServer([before.baseUrl], [baseUrl]) ? before.sealedKey : null;
}

export async function deleteModel(act: Act) {
  const { model, baseUrl } = await getModel(act);
  await store.deleteModel(act.db, act.caller.teamId);
  await tell(act, "language_model.deleted", { model, base_url: baseUrl });
}

async function getModel({ db, caller }: Pick<Act, "db" | "caller">) {
  const model = await store.findModel(db, caller.teamId);
  if (!model) throw new Refusal("no_language_model");
  return model;
}

/**
 * Asked before the transaction, about an invented person. It counts as a call, but the ceiling does not keep an admin
 * from it.
 */
export async function tryModel(app: App, teamId: string): Promise<ModelAnswer> {
  const model = await app.db.inTeam(teamId, (db) => store.findModel(db, teamId));
  if (!model) throw new Refusal("no_language_model");
  return askModel(app, teamId, model, openerPrompt(INVENTED_PERSON, model.guidance));
}

export async function noteModelTried(act: Act, answer: ModelAnswer) {
  const { db, now, caller } = act;
  const opener = answer.kind === "said" ? readOpener(answer.content.opener) : null;
  await store.addUsage(db, caller.teamId, {
    day: await teamDayOf(act, now),
    calls: 1,
    failed: answer.kind === "failed" ? 1 : 0,
    unfit: opener?.kind === "unfit" ? 1 : 0,
    promptTokens: answer.tokens.prompt ?? 0,
    completionTokens: answer.tokens.completion ?? 0,
  });
  const outcome = answer.kind === "failed" ? "failed" : opener?.kind === "plain" ? "fits" : "unfit";
  await tell(act, "language_model.tested", { outcome });
  return { outcome, opener } as const;
}

/** By the team's calendar. */
export async function teamDayOf(
  { db, caller }: { db: Act["db"]; caller: { teamId: string } },
  at: Temporal.Instant,
) {
  const zone = (await findTeam(db, caller.teamId))?.timeZone ?? "UTC";
  return at.toZonedDateTimeISO(zone).toPlainDate().toString();
}

export async function promptsFor(
  { db, caller }: Pick<Act, "db" | "caller">,
  about: { contactId: string | undefined; incomingId: string | undefined },
): Promise<{ opener: Prompt; replyClass: Prompt }> {
  const { teamId } = caller;
  const guidance = (await store.findModel(db, teamId))?.guidance ?? "";
  const { contactId, incomingId } = about;
  const person = contactId ? (await openerFactsOf(db, teamId, [contactId])).get(contactId) : INVENTED_PERSON;
  const reply = incomingId ? await findReply(db, teamId, incomingId) : INVENTED_REPLY;
  if (!person || !reply) throw new Refusal("record_not_found");
  return { opener: openerPrompt(person, guidance), replyClass: classPrompt(reply, guidance) };
}

function tell(act: Act, type: EventType, data: Record<string, unknown>) {
  return record(byCaller(act), { type, subject: { type: "team", id: act.caller.teamId }, data });
}
