// A class that a language model suggests, once a person takes it: then it is what that person says, and follows the same way.

import type { Act } from "../../../app.ts";
import { isSuggestible, type SuggestedClass } from "../../../domain/receiving/model-prompts.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { viewerIn } from "../../access/sharing/hiding.ts";
import { holdSuppressions } from "../../contacts/suppressions/store.ts";
import { byCaller, record } from "../../events/events/store.ts";
import { dropClass, takeClass } from "../model-suggestions/deciding.ts";
import { type Overruling, overrule } from "./overruling.ts";
import { lockIncoming } from "./store.ts";
import type { Left } from "./taking-back.ts";

export async function takeSuggestion(
  act: Act,
  id: string,
  returnsOn: Temporal.PlainDate | null,
): Promise<Left[]> {
  await holdSuppressions(act.db, act.caller.teamId); // before the mail, as everywhere
  const row = await lockIncoming(act.db, act.caller.teamId, id, viewerIn(act.caller));
  if (!row) throw new Refusal("record_not_found");
  const replyClass = await takeClass(act, id);
  const tomorrow = act.now.toZonedDateTimeISO("UTC").toPlainDate().add({ days: 1 });
  const until = returnsOn ?? row.returnsOn ?? tomorrow;
  return (await overrule(act, id, wishOf(replyClass, until))).left;
}

export async function dropSuggestion(act: Act, id: string): Promise<Left[]> {
  const row = await lockIncoming(act.db, act.caller.teamId, id, viewerIn(act.caller));
  if (!row) throw new Refusal("record_not_found");
  await dropClass(act, id);
  await record(byCaller(act), {
    type: "incoming_mail.suggestion_dropped",
    subject: { type: "incoming_mail", id },
    data: row.contactId ? { contact_id: row.contactId } : {},
  });
  return [];
}

function wishOf(replyClass: SuggestedClass, until: Temporal.PlainDate): Overruling {
  const blank = { replyClass: null, returnsOn: null, bounceClass: null };
  if (!isSuggestible(replyClass)) throw new Refusal("suggestion_not_ready");
  if (replyClass === "unsubscribe") return { ...blank, kind: "unsubscribe" };
  if (replyClass === "out_of_office") return { ...blank, kind: "out_of_office", returnsOn: until };
  return { ...blank, kind: "reply", replyClass };
}
