// The first copy of a mail that is about to be sent once more, looked for among what its mailbox has sent: right before the
// gate, for it may have turned up since somebody looked last. What lies there settles the mail, and the gate lets nothing go.

import type { Claimed } from "../features/slots/claiming.ts";
import { proveSent } from "../features/slots/proofs.ts";
import { byEngine, type Engine } from "./engine.ts";
import { lookInSent } from "./reconcile.ts";

export async function lookForFirst({ app }: Pick<Engine, "app">, teamId: string, { slot, claim }: Claimed) {
  const { internetMessageId } = claim;
  if (internetMessageId === null) return;
  const found = await lookInSent({ app }, teamId, slot.mailboxId, [
    { hasImap: true, internetMessageId },
  ]).catch((error) => {
    app.log.warn({ err: error, mailboxId: slot.mailboxId }, "the Sent folder could not be looked into");
    return null;
  });
  if (found?.has(internetMessageId))
    await app.db.inTeam(teamId, (db) => proveSent(byEngine(app, db, teamId), [slot.id], "sent_folder"));
}
