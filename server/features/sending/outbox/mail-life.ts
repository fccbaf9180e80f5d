// The life of a mail, from the plan of its step to the next step: seven stages in four transactions. Start reading here; each stage is a
// function in a file of its own. docs/understand/delivery.md says why it is safe.
//
//   1 plan     it gets its row, up to a day before it is due
//
//   2 claim    an engine takes it from the queue of its mailbox, together with those of other mailboxes
//   3 compose  its text, recipient and Message-ID are written down
//
//              the mail server is given all of it but the last line; no transaction is open
//
//   4 gate     what could stop it is locked, and every rule is asked again
//   5 release  it is counted against the limits, and its last line may leave
//
//              the last line leaves, and the mail server answers; no transaction is open
//
//   6 record   what became of it is written down
//   7 advance  the contact moves on to the next step
//
// The engine calls them: planning (engine/planning/plan-steps.ts), then for each mailbox a lane (engine/sending/send-mails.ts).
// Locks are taken in the order of LOCK_ORDER (domain/gate/gate-rules.ts) in each of the transactions.

import { linkBase } from "../../../domain/contacts/tracking-domains.ts";
import { crashPoint } from "../../../seams.ts";
import { advanceLocked } from "../../enrollments/advancing/commands.ts";
import type { By } from "../../events/events/store.ts";
import { type BatchMode, inParts } from "../../events/set-aside/commands.ts";
import type { Leave } from "../../gate/clone-guard/store.ts";
import { plan } from "../planning/planning.ts";
import { lockUnplanned } from "../planning/planning-store.ts";
import {
  type ClaimedOutgoingMail,
  type Claims,
  type ClaimWish,
  claim,
  keepClaims,
  sortOut,
} from "./claiming.ts";
import { compose } from "./composing.ts";
import { type GatePassage, gate } from "./gate.ts";
import { recordUnsent, type Unsent } from "./outcomes.ts";
import { type Ended, type Recorded, recordSent, stepsDone, tellSent } from "./recording.ts";
import { release } from "./releasing.ts";

/** Stage 1, for a batch of a team. Answers how many it dealt with; 0 means there is nothing to plan. */
export async function planSteps(by: By, manner: BatchMode = "together"): Promise<number> {
  const rows = await lockUnplanned(by.db, by.teamId, by.now);
  await inParts(by, { loop: "plan-steps", manner }, rows, (some) => plan(by, some));
  return rows.length;
}

/** Stages 2 and 3, for a batch of some mailboxes of a team. */
export async function claimMails(
  asked: By,
  wish: ClaimWish,
  manner: BatchMode = "together",
): Promise<ReadonlyMap<string, Claims>> {
  const { by, senders, slots, claims } = await claim(asked, wish.mailboxIds);
  await inParts(by, { loop: "send-mails", manner }, slots, async (some) => {
    const composed = await compose(by, some, senders, (sender) =>
      linkBase(wish.publicUrl, sender.trackingDomain),
    );
    sortOut(await keepClaims(by, composed, senders, wish), claims);
  });
  return claims;
}

/**
 * Stages 4 and 5, for all mails of a team that are at the gate together. `patienceMs`: how long to wait for contacts and enrollments;
 * the transaction then fails (`isLockTimeout`). 0: for as long as it takes.
 */
export async function passGate(
  by: By,
  asks: readonly ClaimedOutgoingMail[],
  fence: Leave,
  patienceMs = 0,
): Promise<Map<string, GatePassage>> {
  const passages = new Map<string, GatePassage>(asks.map(({ slot }) => [slot.id, { is: "lost" }]));
  const answer = await gate(by, asks, fence, patienceMs);
  if (!answer) return passages;
  for (const { ask, passage } of answer.asked) passages.set(ask.slot.id, passage);
  await release(by, answer.asked, answer.at);
  await crashPoint("gate-before-commit");
  return passages;
}

/** Stages 6 and 7, for mails that their servers accepted. */
export async function noteSent(by: By, sent: readonly Ended[]) {
  if (sent.length === 0) return;
  const recorded = await recordSent(by, sent);
  await advanceContacts({ ...by, now: recorded.written[0]?.completedAt ?? by.now }, recorded);
  await crashPoint("result-before-commit");
}

/** Stage 6, for one mail, whatever became of it. A mail that was not sent goes back to its queue, fails, or is in doubt. */
export async function noteEnded(by: By, { outcome, ...ended }: Ended): Promise<unknown> {
  if (outcome.kind === "accepted") return noteSent(by, [{ ...ended, outcome }]);
  const unsent: Unsent = { ...ended, outcome };
  return recordUnsent(by, unsent);
}

/** Stage 7, also for mails of which it was proved later that they were sent. The enrollments are locked, those of the tasks too. */
export async function advanceContacts(by: By, { rows, written, tied, plans }: Recorded) {
  await advanceLocked(by, rows, await stepsDone(by, { written, tied }), plans);
  await tellSent(by, written);
}
