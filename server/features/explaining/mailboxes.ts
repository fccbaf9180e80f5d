// How all mailboxes stand beside each other: budget, queue, what holds each, and what came of its mail.

import { heldBackIn } from "../../domain/fence.ts";
import type { Means } from "../../domain/means.ts";
import { readFence } from "../fence/store.ts";
import { type Figures, readFigures } from "../mailbox-figures/store.ts";
import { listMailboxes } from "../mailboxes/store.ts";
import { findTeam } from "../teams/store.ts";
import type { Asking } from "./around.ts";
import { type MailboxStanding, mailboxStands } from "./mailbox.ts";
import { nobodysMeans } from "./means.ts";
import { readSending } from "./sending-store.ts";

export type StandingWithFigures = MailboxStanding & { figures: Figures; means: Means };

export async function standingsOfMailboxes(asking: Asking): Promise<StandingWithFigures[]> {
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
    const standing = mailboxStands(row, figure, heldBack, now);
    return [{ ...standing, figures: figure, means: await nobodysMeans(asking, row) }];
  });
  return (await Promise.all(standings)).flat();
}
