// What a look into a seed mailbox came to: emails found, emails to look for again, and those that are given up.

import { authResultsIn } from "../../../domain/sending/auth-results.ts";
import { isGivenUp, nextLook, placeOf } from "../../../domain/sending/placement.ts";
import type { PlacesLook } from "../../../mail/reading.ts";
import { type By, record } from "../../events/events/store.ts";
import * as store from "./store.ts";

const NOTHING_SAID = { spf: null, dkim: null, dmarc: null, folder: null, arrivedAt: null };

/** `closed`: the mailbox is disconnected or switched off. */
export type SeedLook = PlacesLook | { kind: "failed"; why: "closed" | "token_unreachable" };

export async function recordLook({ db, teamId, now }: By, mail: store.MailToFind, look: SeedLook) {
  const found = look.kind === "looked" ? look.found.get(mail.messageId) : undefined;
  if (found) {
    const { spf, dkim, dmarc } = authResultsIn(found.authResults);
    const { arrivedAt } = found;
    const end = { ...placeOf(found), spf, dkim, dmarc, arrivedAt };
    return store.writePlace(db, teamId, mail.id, end, now);
  }
  const trouble = look.kind === "failed" ? look.why : null;
  const isOver = trouble !== null && isGivenUp(trouble, mail.troubles + 1);
  const nextAt = isOver ? null : nextLook(mail.releasedAt, now);
  if (nextAt) return store.writeLook(db, teamId, mail.id, { trouble, nextAt }, now);
  await store.writeLook(db, teamId, mail.id, { trouble, nextAt: now }, now);
  const place = trouble === null ? ("missing" as const) : ("unread" as const);
  return store.writePlace(db, teamId, mail.id, { ...NOTHING_SAID, place }, now);
}

/** Tells of tests that are over. */
export async function finishPlacementTests(by: By, testIds: readonly string[]) {
  const { db, teamId, now } = by;
  const over = await store.finishTests(db, teamId, [...new Set(testIds)], now);
  const mails = await store.listMails(
    db,
    teamId,
    over.map(({ id }) => id),
  );
  for (const { id, mailboxId, email } of over) {
    const own = mails.filter(({ testId }) => testId === id);
    await record(by, {
      type: "placement_test.finished",
      subject: { type: "email_account", id: mailboxId },
      data: {
        test_id: id,
        email,
        seeds: own.length,
        inbox: own.filter(({ place }) => place === "inbox").length,
        spam: own.filter(({ place }) => place === "spam").length,
      },
    });
  }
}
