// The email of a placement test on its way: released at most once, under the limits of its mailbox, and what became of it.
// Without an answer at the end it is looked for like every other, and never sent again.

import { nextTry } from "../../../domain/sending/placement.ts";
import type { SendOutcome } from "../../../mail/outcome.ts";
import { barsAmong } from "../../contacts/suppressions/barring.ts";
import type { By } from "../../events/events/store.ts";
import type { Leave } from "../../gate/clone-guard/store.ts";
import { timeOf } from "../../gate/engines/store.ts";
import { mailboxFacts } from "../../gate/facts/around.ts";
import { lockLimited } from "../../gate/facts/gate-store.ts";
import { readLimits } from "../../gate/facts/sending-store.ts";
import { roomIn } from "../outbox/claiming.ts";
import * as store from "./store.ts";

const FIRST_LOOK = { seconds: 2 };
/** A test that waits longer for its mailbox is given up. */
const WAITS_FOR = { hours: 48 };
const SOON = { minutes: 1 };

/** Whether its last line may leave: asked once, when the mail server has everything else. */
export async function releaseTestMail(by: By, mail: store.MailToSend, fence: Leave): Promise<boolean> {
  const { db, teamId } = by;
  await lockLimited(db, teamId, [mail.mailboxId]);
  const own = await store.lockForRelease(db, teamId, mail, fence);
  if (!own) return false;
  const barred = await barsAmong(db, teamId, [mail.seedEmail]);
  if (barred.isBarred(mail.seedEmail)) {
    await store.writeUnsent(db, teamId, mail, { trouble: "suppressed" });
    return false;
  }
  const [limits] = await readLimits(db, teamId, [mail.mailboxId]);
  const now = await timeOf(db); // last: what left a window while we counted is counted
  const wait = (code: string, nextAt: Temporal.Instant) => waitOrEnd(by, mail, { code, nextAt });
  if (!own.isFenceOpen) return wait("sending_paused", now.add(SOON));
  const mailbox = limits && mailboxFacts(limits);
  if (!mailbox?.isConnected) return wait("mailbox", now.add({ minutes: 5 }));
  const room = roomIn(mailbox, now);
  if (room.count === 0) return wait("limit", room.freeAt);
  await store.release(db, teamId, mail, now, now.add(FIRST_LOOK));
  return true;
}

type Wait = { code: string; nextAt: Temporal.Instant };

async function waitOrEnd({ db, teamId }: By, mail: store.MailToSend, { code, nextAt }: Wait) {
  const isTooLong = Temporal.Instant.compare(nextAt, mail.startedAt.add(WAITS_FOR)) > 0;
  if (isTooLong) await store.writeUnsent(db, teamId, mail, {});
  else await store.writeWait(db, teamId, mail, { code, said: null, hasTried: false, nextAt });
  return false;
}

export async function recordTestMail({ db, teamId, now }: By, mail: store.MailToSend, outcome: SendOutcome) {
  switch (outcome.kind) {
    case "accepted": {
      const { serverSaid: said, newMessageId: messageId } = outcome;
      return store.writeDelivery(db, teamId, mail, { delivery: "sent", said, messageId });
    }
    case "ambiguous":
      return store.writeDelivery(db, teamId, mail, { delivery: "unconfirmed", said: null, messageId: null });
    case "held_back":
      return; // the gate has written why
    default: {
      const said = outcome.kind === "refused" ? outcome.serverSaid : (outcome.detail ?? outcome.why);
      const isFinal = outcome.kind === "refused" && outcome.permanent;
      const again = isFinal ? null : nextTry(mail.tries + 1, now);
      if (again === null) return store.writeUnsent(db, teamId, mail, { said });
      const asked = now.add({ milliseconds: outcome.waitMs ?? 0 });
      const nextAt = Temporal.Instant.compare(asked, again) > 0 ? asked : again;
      return store.writeWait(db, teamId, mail, { code: "server", said, hasTried: true, nextAt });
    }
  }
}
