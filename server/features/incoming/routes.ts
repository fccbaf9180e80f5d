import { contract } from "@cadenza/contract";
import { route } from "../../http/route.ts";
import { pagination, rowsOf } from "../../pages.ts";
import { overrule } from "./overruling.ts";
import { presentIncoming } from "./present.ts";
import { searchIncoming } from "./store.ts";

export const routes = [
  route(contract.incomingMails.list, async ({ db, caller, input }) => {
    const { rows, total } = await searchIncoming(db, caller.teamId, {
      kinds: input.kind ? [input.kind] : null,
      contactId: input.contact_id ?? null,
      mailboxId: input.email_account_id ?? null,
      messageId: input.emailer_message_id ?? null,
      needsPerson: input.needs_person ?? null,
      ...rowsOf(input),
    });
    return { incoming_mails: rows.map(presentIncoming), pagination: pagination(input, total) };
  }),

  route(contract.incomingMails.overrule, async ({ input, ...act }) => {
    const { row, left } = await overrule(act, input.id, {
      kind: input.kind,
      replyClass: input.reply_class ?? null,
      returnsOn: input.returns_on ? Temporal.PlainDate.from(input.returns_on) : null,
      bounceClass: input.bounce_class ?? null,
    });
    return {
      incoming_mail: presentIncoming(row),
      left_contact_campaign_status_ids: Object.fromEntries(left.map(({ id, code }) => [id, code])),
    };
  }),
];
