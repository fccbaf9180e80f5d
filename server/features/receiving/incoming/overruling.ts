// A person says what a mail really is. What followed from the old verdict is taken back as far as it can be, and then
// follows what follows from the new one, in one act.

import type { Act } from "../../../app.ts";
import { OPT_OUTS } from "../../../domain/contacts/address-claims.ts";
import { APOLLO_CLASS, type InboundOutcome, outcomeOf } from "../../../domain/receiving/inbound-outcome.ts";
import { type Bounce, type InboundVerdict, NOTHING } from "../../../domain/receiving/inbound-verdict.ts";
import type { ReplyClass } from "../../../domain/receiving/replies.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { eachAlone } from "../../../runtime/savepoint-each.ts";
import { viewerIn } from "../../access/sharing/hiding.ts";
import { settleHolds } from "../../contacts/answer-holds/commands.ts";
import { refuseToLiftOptOut } from "../../contacts/suppressions/claims-lifting.ts";
import { hasOptOut } from "../../contacts/suppressions/claims-store.ts";
import { holdSuppressions } from "../../contacts/suppressions/store.ts";
import { byCaller, record } from "../../events/events/store.ts";
import { keepExample } from "../reply-examples/commands.ts";
import { closeQuestion } from "./asking.ts";
import { follow } from "./consequences.ts";
import * as correspondence from "./correspondence-store.ts";
import * as marking from "./marks-store.ts";
import * as store from "./store.ts";
import { type Left, takeBack } from "./taking-back.ts";

export type Overruling = {
  kind: "reply" | "unsubscribe" | "out_of_office" | "auto_reply" | "bounce" | "unrelated";
  /** In Apollo's words. */
  replyClass: string | null;
  returnsOn: Temporal.PlainDate | null;
  bounceClass: Bounce["class"] | null;
};

export async function overrule(
  act: Act,
  id: string,
  wish: Overruling,
): Promise<{ row: store.IncomingRow; left: Left[] }> {
  const { db, now, caller } = act;
  const { teamId } = caller;
  await holdSuppressions(db, teamId);
  const row = await store.lockIncoming(db, teamId, id, viewerIn(caller));
  if (!row) throw new Refusal("record_not_found");
  if (row.messageId === null && row.contactId === null) throw new Refusal("incoming_mail_of_nobody");

  const isOptOut = wish.kind !== "unsubscribe" && (await hasOptOut(db, teamId, OPT_OUTS, id));
  if (isOptOut) refuseToLiftOptOut(act);

  const by = byCaller(act);
  const sent = row.messageId ? await correspondence.findSent(db, teamId, row.messageId) : null;
  const verdict = verdictBy(wish, row, sent);
  const outcome = outcomeOf(verdict, {
    receivedAt: row.receivedAt,
    lastSentAt: null,
    daysThatCount: null,
    softBounces: 0,
  });
  const left = await takeBack(by, row);
  await store.rewriteIncoming(db, teamId, { ...row, kind: wish.kind, certainty: "sure", ...UNSAID });
  if (row.messageId) await marking.remarkMessage(db, teamId, row.messageId, now);

  const { mailboxId, receivedAt, fromEmail, contactId } = row;
  const judged = { id, mailboxId, receivedAt, fromEmail, verdict, outcome, hold: null, sent, contactId };
  const followed = (await follow(by, [judged])).get(id);
  const next = {
    ...row,
    ...UNSAID,
    ...saidBy(verdict, outcome),
    effects: followed?.effects ?? null,
    firstKind: row.firstKind ?? row.kind,
    overruledAt: now,
    overruledBy: caller.userId,
  };
  await store.rewriteIncoming(db, teamId, next);
  await settleHolds(by, [id], saidAs(verdict));
  await keepExample(act, row, verdict);
  if (row.taskId) await closeQuestion(act, row.taskId);
  await record(by, {
    type: "incoming_mail.overruled",
    subject: { type: "incoming_mail", id },
    data: {
      kind: wish.kind,
      was: row.kind,
      ...(row.messageId && { message_id: row.messageId }),
      ...(contactId && { contact_id: contactId }),
    },
  });
  return { row: next, left };
}

/** Many of the same kind; what is left of whom is told together. */
export async function overruleAll(act: Act, ids: readonly string[], wish: Overruling) {
  const leftThere: Left[] = [];
  const { done, left } = await eachAlone(act.db, ids, async (id) => {
    leftThere.push(...(await overrule(act, id, wish)).left);
  });
  return { done, left, leftThere };
}

/** In the words of the wire. */
function saidAs({ kind, replyClass }: Pick<InboundVerdict, "kind" | "replyClass">) {
  return kind === "reply" && replyClass ? APOLLO_CLASS[replyClass] : kind;
}

const UNSAID = {
  counts: false,
  replyClass: null,
  returnsOn: null,
  bounceClass: null,
  bounceCode: null,
  question: null,
  needsPerson: false,
} as const;

function saidBy(verdict: InboundVerdict, outcome: InboundOutcome): Partial<store.IncomingRow> {
  return {
    kind: verdict.kind,
    certainty: "sure",
    action: "act",
    probability: 1,
    counts: outcome.counts,
    replyClass: outcome.replyClass,
    returnsOn: verdict.returnsOn,
    bounceClass: verdict.bounce?.class ?? null,
    bounceCode: verdict.bounce?.code ?? null,
  };
}

/** As if we had understood it so ourselves, and were sure. */
function verdictBy(
  wish: Overruling,
  row: store.IncomingRow,
  sent: correspondence.AnsweredMailRow | null,
): InboundVerdict {
  const { kind, bounceClass, returnsOn } = wish;
  const mail = sent && {
    ...sent,
    messageId: sent.messageId ?? "",
    to: sent.to ?? "",
    subject: "",
    opening: "",
  };
  return {
    ...NOTHING,
    kind,
    about: {
      by: row.tiedBy === "token" ? "message_id" : (row.tiedBy ?? "address"),
      sent: mail,
      contactId: row.contactId,
      quote: "",
    },
    evidence: [],
    replyClass: classOf(wish, row),
    returnsOn: kind === "out_of_office" ? (returnsOn ?? row.returnsOn) : null,
    bounce:
      kind === "bounce"
        ? {
            class: bounceClass ?? row.bounceClass ?? "hard",
            code: row.bounceCode,
            recipient: row.bouncedEmail,
            diagnostic: null,
          }
        : null,
  };
}

function classOf({ kind, replyClass }: Overruling, row: store.IncomingRow): ReplyClass | null {
  if (kind === "unsubscribe" || kind === "out_of_office") return kind;
  if (kind !== "reply") return null;
  const word = replyClass ?? row.replyClass;
  const [known] = Object.entries(APOLLO_CLASS).find(([, apollo]) => apollo === word) ?? [];
  const isOfReplies = known !== undefined && known !== "unsubscribe" && known !== "out_of_office";
  return isOfReplies ? (known as ReplyClass) : "none";
}
