// All mailboxes side by side: budget, queue, what holds each, and the results of its mail.

import { heldBackIn } from "../../../domain/gate/clone-guard.ts";
import type { Means } from "../../../domain/insight/means.ts";
import { readFence } from "../../gate/clone-guard/store.ts";
import type { ReadContext } from "../../gate/facts/around.ts";
import { readSending } from "../../gate/facts/sending-store.ts";
import { findTeam } from "../../identity/teams/store.ts";
import { type Figures, readFigures } from "../../mailboxes/mailbox-figures/store.ts";
import { listMailboxes } from "../../mailboxes/mailboxes/store.ts";
import { type MailboxStanding, mailboxStands } from "./mailbox.ts";
import { nobodysMeans } from "./means.ts";

type StandingWithFigures = MailboxStanding & { figures: Figures; means: Means };

export async function standingsOfMailboxes(asking: ReadContext): Promise<StandingWithFigures[]> {
  const { db, caller, now } = asking;
  const ids = (await listMailboxes(db, caller.teamId, false)).map(({ id }) => id);
  const team = await findTeam(db, caller.teamId);
  const [rows, figures, fence] = await Promise.all([
    readSending(db, caller.teamId, ids, now),
    readFigures(db, caller.teamId, ids, team?.timeZone ?? "UTC", now),
    readFence(db),
  ]);
  const heldBack = heldBackIn(fence);
  const rowOf = new Map(rows.map((row) => [row.id, row]));
  const standings = figures.map(async (figure) => {
    const row = rowOf.get(figure.id);
    if (!row) return [];
    const standing = mailboxStands(row, figure, heldBack, now, { brakes: team?.brakes ?? [] });
    return [{ ...standing, figures: figure, means: await nobodysMeans(asking, row) }];
  });
  return (await Promise.all(standings)).flat();
}
