// A person says what an answer was: the team keeps it as an example. And how the reader of today would have done on them.

import { setImmediate } from "node:timers/promises";
import type { Act } from "../../../app.ts";
import { APOLLO_CLASS } from "../../../domain/receiving/inbound-outcome.ts";
import type { InboundVerdict } from "../../../domain/receiving/inbound-verdict.ts";
import {
  type Comparison,
  compareReadings,
  type Evaluation,
  readAgain,
  wordOf,
} from "../../../domain/receiving/rereading.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { viewerIn } from "../../access/sharing/hiding.ts";
import { byCaller, record } from "../../events/events/store.ts";
import type { IncomingRow } from "../incoming/store.ts";
import * as store from "./store.ts";

/** Nothing of a mail whose contact is gone. */
export async function keepExample(
  { db, caller, now }: Act,
  row: IncomingRow,
  said: Pick<InboundVerdict, "kind" | "replyClass" | "returnsOn">,
) {
  if (row.contactId === null || row.bodyText === null) return;
  await store.keepExample(db, caller.teamId, {
    id: newId(),
    incomingMailId: row.id,
    contactId: row.contactId,
    subject: row.subject,
    bodyText: row.bodyText,
    wasKind: row.kind,
    wasReplyClass: row.replyClass,
    wasCertainty: row.certainty,
    kind: said.kind,
    replyClass: said.kind === "reply" ? APOLLO_CLASS[said.replyClass ?? "none"] : null,
    returnsOn: said.returnsOn,
    decidedBy: caller.userId,
    decidedAt: now,
  });
}

export async function forgetExample(act: Act, id: string) {
  const row = await store.deleteExample(act.db, act.caller.teamId, id, viewerIn(act.caller));
  if (!row) throw new Refusal("record_not_found");
  await record(byCaller(act), {
    type: "reply_example.deleted",
    subject: { type: "incoming_mail", id: row.incomingMailId },
    data: { contact_id: row.contactId },
  });
  return row;
}

const MOST_READ = 2_000;
const AT_ONCE = 25;
const MOST_SHOWN = 50;

/** On the answers of the last days on which people have decided. Nothing is changed, and nothing leaves the installation. */
export async function evaluate({ db, caller, now }: Act, days: number): Promise<Evaluation> {
  const since = now.subtract({ hours: 24 * days });
  const decided = await store.decidedSince(db, caller.teamId, {
    since,
    limit: MOST_READ,
    viewerId: viewerIn(caller),
  });
  const counts: Record<Comparison, number> = { agreed: 0, held: 0, differed: 0 };
  const cells = new Map<string, { decided: string; read: string; outcome: Comparison; count: number }>();
  const differing: { id: string; decided: string; read: string; probability: number }[] = [];
  for (const [n, mail] of decided.entries()) {
    if (n % AT_ONCE === 0) await setImmediate(); // others are served meanwhile
    const was = mail.kind === "reply" ? (mail.replyClass ?? APOLLO_CLASS.none) : mail.kind;
    const verdict = readAgain(mail);
    const outcome = compareReadings(was, verdict);
    const read = wordOf(verdict);
    counts[outcome] += 1;
    const key = `${was} ${read} ${outcome}`;
    const cell = cells.get(key) ?? { decided: was, read, outcome, count: 0 };
    cells.set(key, { ...cell, count: cell.count + 1 });
    if (outcome === "differed" && differing.length < MOST_SHOWN)
      differing.push({ id: mail.id, decided: was, read, probability: verdict.probability });
  }
  const table = [...cells.values()].sort((a, b) => b.count - a.count || (a.decided < b.decided ? -1 : 1));
  return { since, total: decided.length, counts, table, differing };
}
