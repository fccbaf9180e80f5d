// Undoes what followed from an incoming mail: stopped enrollments go on, suppressions are lifted, marks are cleared.
//
// Enrollments that were changed since stay as they are, and the answer says so. Stages are not moved back: a user may
// have gone on from there.

import { OPT_OUTS } from "../../../domain/contacts/address-claims.ts";
import { withInstants } from "../../../domain/enrollments/kept-standing.ts";
import { type UndoCode, undoneTo } from "../../../domain/enrollments/undoing.ts";
import { lockIds } from "../../contacts/contact-rows/holding-store.ts";
import { digestOf } from "../../contacts/suppressions/barring.ts";
import { takeBackClaims } from "../../contacts/suppressions/claims.ts";
import { isOptedOutBy, standingClaims } from "../../contacts/suppressions/claims-store.ts";
import { barredAmong } from "../../enrollments/enrollments/guards.ts";
import { lockEnrollments } from "../../enrollments/enrollments/locking-store.ts";
import { writeStandings } from "../../enrollments/enrollments/standings-store.ts";
import { sequencesOf } from "../../enrollments/enrollments/store.ts";
import { undone } from "../../enrollments/enrollments/undone-event.ts";
import { type By, record, recordAll } from "../../events/events/store.ts";
import { holdSequences } from "../../sequences/sequences/store.ts";
import * as correspondence from "./correspondence-store.ts";
import * as marking from "./marks-store.ts";
import type * as store from "./store.ts";

export type Left = { id: string; code: UndoCode };

export async function takeBack(by: By, row: store.IncomingRow): Promise<Left[]> {
  const { db, teamId, now } = by;
  const { effects, messageId, contactId, id } = row;
  const stopped = (effects?.enrollments ?? []).map((one) => one.id);
  // Who finished is not seen by what switches a sequence off or archives it.
  await holdSequences(db, teamId, await sequencesOf(db, teamId, stopped));
  await lockIds(db, teamId, [
    ...new Set([
      ...(contactId ? [contactId] : []),
      ...(effects?.unsubscribed ?? []),
      ...(effects?.bounced ?? []).map((one) => one.contactId),
    ]),
  ]);
  if (effects) await liftBars(by, row, effects);
  const left = effects ? await putBack(by, effects) : [];
  if (messageId) {
    await marking.forgetMessageEvents(db, teamId, messageId, id);
    const wasOptOut = row.kind === "unsubscribe" || row.kind === "complaint";
    if (wasOptOut && !(await isOptedOutBy(db, teamId, OPT_OUTS, messageId)))
      await marking.unmarkMessageUnsubscribed(db, teamId, messageId, now);
  }
  return left;
}

/** Exactly what this mail has said: what a link, another mail or a person says stands, and its bar with it. */
async function liftBars(
  by: By,
  row: store.IncomingRow,
  { suppressionIds, bounced, unsubscribed }: store.Effects,
) {
  const { db, teamId, now } = by;
  const sentTo = row.messageId
    ? ((await correspondence.findSent(db, teamId, row.messageId))?.to ?? null)
    : null;
  const addresses = [sentTo, row.fromEmail, row.bouncedEmail].flatMap((address) => address ?? []);
  const { freed, delisted } = await takeBackClaims(
    by,
    { source: "incoming_mail", sourceId: row.id, before: { suppressionIds, contactIds: unsubscribed } },
    { addresses, because: "overruled" },
  );
  for (const id of delisted)
    await record(by, {
      type: "suppression.deleted",
      subject: { type: "suppression", id },
      data: { kind: "email", source: row.bounceClass ? "bounce" : "unsubscribe" },
    });
  const alive = await withoutBounce(by, bounced);
  if (alive.length > 0) await marking.unmarkBounced(db, teamId, alive, now);
  const back = freed.length > 0 ? await marking.unmarkUnsubscribed(db, teamId, freed, now) : [];
  if (back.length > 0)
    await record(
      by,
      ...back.map(({ id }) => ({
        type: "contact.resubscribed" as const,
        subject: { type: "contact" as const, id },
        data: { incoming_mail_id: row.id },
      })),
    );
}

/** Another bounce of the same address stands. */
async function withoutBounce({ db, teamId }: By, bounced: store.Effects["bounced"]) {
  const emails = await correspondence.firstAddressesOf(
    db,
    teamId,
    bounced.map(({ contactId }) => contactId),
  );
  const digests = new Map([...emails].map(([id, email]) => [id, digestOf(db, teamId, email ?? "")]));
  const claims = await standingClaims(
    db,
    teamId,
    [...digests.values()].flatMap((one) => one ?? []),
  );
  const dead = new Set(claims.filter(({ kind }) => kind === "bounced").map(({ digest }) => digest));
  return bounced.filter(({ contactId }) => !dead.has(digests.get(contactId) ?? ""));
}

async function putBack(by: By, { enrollments }: store.Effects): Promise<Left[]> {
  if (enrollments.length === 0) return [];
  const { db, teamId, now } = by;
  const rows = await lockEnrollments(
    db,
    teamId,
    enrollments.map(({ id }) => id),
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  const barred = await barredAmong({ db, teamId }, rows);
  const plans = enrollments.map(({ id, before, revision }) => {
    const row = byId.get(id);
    if (!row || row.revision !== revision) return { id, code: "changed_since" as const };
    if (before.currentStepId !== row.currentStepId) return { id, code: "step_removed" as const };
    const isSuppressed = row.email !== null && barred.has(row.email);
    return { id, row, ...undoneTo(withInstants(before), { ...row, isSuppressed, isThereAgain: false }, now) };
  });
  const written = plans.flatMap((plan) =>
    plan.code === null ? [{ row: plan.row, standing: plan.standing }] : [],
  );
  if (written.length > 0) {
    await writeStandings(
      db,
      teamId,
      written.map(({ row, standing }) => ({ before: row, after: standing })),
      now,
    );
    await recordAll(
      by,
      written.map(({ row, standing }) => undone(row, standing)),
    );
  }
  return plans.flatMap(({ id, code }) => (code === null ? [] : [{ id, code }]));
}
