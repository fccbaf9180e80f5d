// The first copy of a mail that is about to be sent once more, looked for in the mailbox's sent mail. Right before
// the gate, for it may have turned up since the last look. A copy that is found settles the mail, and the gate
// releases nothing.

import type { ClaimedOutgoingMail } from "../../features/sending/outbox/claiming.ts";
import { proveSent } from "../../features/sending/outbox/reconciliation.ts";
import { byEngine, type Engine } from "../running/engine.ts";
import { lookInSent } from "./reconcile.ts";

export async function lookForFirst(
  { app }: Pick<Engine, "app">,
  teamId: string,
  { slot, claim }: ClaimedOutgoingMail,
) {
  const { internetMessageId } = claim;
  if (internetMessageId === null) return;
  const found = await lookInSent({ app }, teamId, slot.mailboxId, [
    { hasImap: true, internetMessageId },
  ]).catch((error) => {
    app.log.warn({ err: error, mailboxId: slot.mailboxId }, "the Sent folder could not be read");
    return null;
  });
  if (found?.has(internetMessageId))
    await app.db.inTeam(teamId, (db) => proveSent(byEngine(app, db, teamId), [slot.id], "sent_folder"));
}
