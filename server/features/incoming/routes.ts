import { contract } from "@cadenza/contract";
import type { Act } from "../../app.ts";
import { route } from "../../http/route.ts";
import { pagination, rowsOf } from "../../pages.ts";
import { Refusal } from "../../refusal.ts";
import { handle } from "./handling.ts";
import { overrule } from "./overruling.ts";
import { presentIncoming } from "./present.ts";
import { searchIncoming, showIncoming } from "./store.ts";

export const routes = [
  route(contract.incomingMails.list, async ({ db, caller, input }) => {
    const { rows, total } = await searchIncoming(db, caller.teamId, {
      kinds: listed([...(input.kinds ?? []), ...(input.kind ? [input.kind] : [])]),
      contactId: input.contact_id ?? null,
      mailboxId: input.email_account_id ?? null,
      messageId: input.emailer_message_id ?? null,
      needsPerson: input.needs_person ?? null,
      replyClasses: listed(input.reply_classes),
      sequenceIds: listed(input.emailer_campaign_ids),
      userId: input.user_id ?? null,
      isOpen: input.is_open ?? null,
      isAboutUs: input.about_us ?? null,
      keywords: input.q_keywords?.trim() || null,
      ...rowsOf(input),
    });
    return { incoming_mails: rows.map(presentIncoming), pagination: pagination(input, total) };
  }),

  route(contract.incomingMails.get, async ({ input, ...act }) => ({
    incoming_mail: await shown(act, input.id),
  })),

  route(contract.incomingMails.handle, async ({ input, ...act }) => {
    await handle(act, input.id, input.handled);
    return { incoming_mail: await shown(act, input.id) };
  }),

  route(contract.incomingMails.overrule, async ({ input, ...act }) => {
    const { left } = await overrule(act, input.id, {
      kind: input.kind,
      replyClass: input.reply_class ?? null,
      returnsOn: input.returns_on ? Temporal.PlainDate.from(input.returns_on) : null,
      bounceClass: input.bounce_class ?? null,
    });
    return {
      incoming_mail: await shown(act, input.id),
      left_contact_campaign_status_ids: Object.fromEntries(left.map(({ id, code }) => [id, code])),
    };
  }),
];

/** An empty list filters nothing. */
function listed<T>(list: readonly T[] | undefined) {
  return list && list.length > 0 ? list : null;
}

async function shown({ db, caller }: Act, id: string) {
  const row = await showIncoming(db, caller.teamId, id);
  if (!row) throw new Refusal("record_not_found");
  return presentIncoming(row);
}
