// What a person makes of what a language model suggested.

import type { Act } from "../../../app.ts";
import type { SuggestedClass } from "../../../domain/receiving/model-prompts.ts";
import { sayModelError } from "../../../domain/receiving/model-words.ts";
import { readOpener } from "../../../domain/receiving/plain-words.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { findModel } from "../language-model/store.ts";
import * as store from "./store.ts";

export type OpenerDecision = { decision: "accept" | "drop" | "draft_again"; text: string | undefined };

/** The caller has already checked that the user may decide for the copilot. */
export async function decideOnOpener(act: Act, proposalId: string, { decision, text }: OpenerDecision) {
  const { db, caller } = act;
  const there = await store.lockOf(db, caller.teamId, "proposal_id", proposalId);
  if (decision === "draft_again") return draftAgain(act, proposalId, there);
  if (there?.state === "asking") throw new Refusal("suggestion_not_ready");
  if (decision === "drop") {
    if (!there) throw new Refusal("record_not_found");
    return store.writeVerdict(
      db,
      caller.teamId,
      there.id,
      { state: "dropped", opener: there.opener },
      by(act),
    );
  }
  const opener = plain(text ?? there?.opener);
  return there
    ? store.writeVerdict(db, caller.teamId, there.id, { state: "accepted", opener }, by(act))
    : store.insertByHand(db, caller.teamId, { id: newId(), proposalId, opener }, by(act));
}

/** Also a person's own words are one line of plain text: whatever stands there is sent as it is. */
function plain(text: string | null | undefined) {
  if (!text?.trim()) throw new Refusal("suggestion_not_ready");
  const read = readOpener(text.trim());
  if (read.kind === "unfit")
    throw new Refusal("opener_unfit", {
      why: sayModelError(read.why) ?? "",
    });
  return read.text;
}

async function draftAgain({ db, now, caller }: Act, proposalId: string, there: store.SuggestionRow | null) {
  const model = await findModel(db, caller.teamId);
  if (!model?.draftsOpeners) throw new Refusal("no_language_model");
  if (there?.state === "asking") throw new Refusal("suggestion_not_ready");
  await store.waitAnew(db, caller.teamId, { id: there?.id ?? newId(), proposalId }, now);
}

/** Marks it, and answers the class. The caller then sets that class in the user's name. */
export async function takeClass(act: Act, incomingId: string): Promise<SuggestedClass> {
  const { db, caller } = act;
  const there = await open(act, incomingId);
  await store.writeVerdict(db, caller.teamId, there.id, { state: "accepted", opener: null }, by(act));
  return there.replyClass as SuggestedClass;
}

export async function dropClass(act: Act, incomingId: string) {
  const there = await open(act, incomingId);
  const { db, caller } = act;
  await store.writeVerdict(db, caller.teamId, there.id, { state: "dropped", opener: null }, by(act));
}

async function open({ db, caller }: Act, incomingId: string) {
  const there = await store.lockOf(db, caller.teamId, "incoming_mail_id", incomingId);
  if (!there) throw new Refusal("record_not_found");
  if (there.state !== "suggested") throw new Refusal("suggestion_not_ready");
  return there;
}

function by({ now, caller }: Act) {
  return { userId: caller.userId, now };
}
