// What follows from what came in, carried out: any number of mails in a few statements. Part of the transaction that
// writes the mails down, so that each has its effect once.
//
// Locks in one order everywhere: the list of suppressions, addresses whose answers hold, contacts, enrollments, mails.

import type { InboundOutcome } from "../../../domain/receiving/inbound-outcome.ts";
import { STRIKE_DAYS } from "../../../domain/receiving/inbound-outcome.ts";
import { type Holding, lockHolding } from "../../contacts/answer-holds/commands.ts";
import { lockIds } from "../../contacts/contact-rows/holding-store.ts";
import { holdSuppressions } from "../../contacts/suppressions/store.ts";
import { type EventOfEnrollment, happened } from "../../enrollments/enrollments/enrollment-events.ts";
import type { By } from "../../events/events/store.ts";
import { spellingsOf } from "../../sending/bouncing/commands.ts";
import { whoHas } from "../../sending/bouncing/store.ts";
import { proveSent } from "../../sending/outbox/reconciliation.ts";
import { optOut } from "../unsubscribing/commands.ts";
import { returnOf } from "./absence.ts";
import { askPeople } from "./asking.ts";
import { barDead, deadSpellings, movedOn } from "./barring.ts";
import * as correspondence from "./correspondence-store.ts";
import type { JudgedMail } from "./judged.ts";
import { mark } from "./marking.ts";
import type * as store from "./store.ts";
import { tellAll } from "./telling.ts";

export type Followed = { taskId: string | null; effects: store.Effects | null };

export async function follow(by: By, judged: readonly JudgedMail[]): Promise<Map<string, Followed>> {
  const { db, teamId } = by;
  const acting = judged.filter(({ outcome }) => hasConsequences(outcome));
  const contactIds = distinct(
    [...acting, ...judged.filter(({ outcome }) => outcome.proves)].flatMap(
      ({ contactId }) => contactId ?? [],
    ),
  );
  if (acting.some(({ outcome }) => outcome.optsOut || outcome.bounced === "hard"))
    await holdSuppressions(db, teamId);
  await lockHolding(by, await holdingOf(by, judged));
  const sharers = await whoHas(db, teamId, spellingsOf(acting.flatMap(deadSpellings)));
  await lockIds(db, teamId, distinct([...contactIds, ...sharers]));
  await prove(by, judged);
  const before = await correspondence.enrollmentStandingsOf(db, teamId, contactIds);

  const bounced = await barDead(by, acting);
  await happened(by, await happeningsOf(by, acting, await movedOn(by, acting)));
  const optedOut = await optOutAll(by, acting);
  const asked = await askPeople(by, acting);

  await mark(by, judged);
  await tellAll(by, acting);
  const after = new Map(
    (await correspondence.enrollmentStandingsOf(db, teamId, contactIds)).map((row) => [row.id, row]),
  );
  const moved = before.flatMap(({ contactId, revision, ...standing }) => {
    const now = after.get(standing.id);
    return now && now.revision !== revision
      ? [{ contactId, id: standing.id, before: standing, revision: now.revision }]
      : [];
  });
  const movedOf = Map.groupBy(moved, ({ contactId }) => contactId);
  return new Map(
    acting.map(({ id, contactId }) => [
      id,
      {
        taskId: asked.get(id) ?? null,
        effects: {
          enrollments: (movedOf.get(contactId ?? "") ?? []).map(({ contactId: _, ...one }) => one),
          suppressionIds: [...bounced(id).suppressionIds, ...(optedOut.get(id)?.suppressionIds ?? [])],
          bounced: bounced(id).bounced,
          unsubscribed: optedOut.get(id)?.unsubscribed ?? [],
        },
      },
    ]),
  );
}

/** Who is held, and every address they are known by: as the mail came, as we wrote to them, as the contact has it. */
export async function holdingOf({ db, teamId }: By, judged: readonly JudgedMail[]): Promise<Holding[]> {
  const holding = judged.filter(({ hold, contactId }) => hold !== null && contactId !== null);
  if (holding.length === 0) return [];
  const known = await correspondence.addressesByContact(
    db,
    teamId,
    distinct(holding.flatMap(({ contactId }) => contactId ?? [])),
  );
  return holding.flatMap(({ id, hold, contactId, sent, fromEmail, verdict }) => {
    if (!hold || !contactId) return [];
    // A report is not from the person whom it is about.
    const writer = verdict.kind === "bounce" ? null : fromEmail;
    const emails = [writer, sent?.to ?? null, ...(known.get(contactId) ?? [])];
    return [{ incomingMailId: id, contactId, hold, emails }];
  });
}

/** Whatever answers a mail, or reports on it, proves that it went out. */
async function prove(by: By, judged: readonly JudgedMail[]) {
  const proofs = judged.filter(({ outcome, sent }) => outcome.proves && sent && UNSURE.has(sent.delivery));
  for (const [kind, ofKind] of Map.groupBy(proofs, ({ verdict }) => verdict.kind))
    await proveSent(by, distinct(ofKind.flatMap(({ sent }) => sent?.id ?? [])), kind);
}

const UNSURE: ReadonlySet<string> = new Set(["unconfirmed", "dot"]);

function hasConsequences({
  counts,
  bounced,
  isSpamBlocked,
  happens,
  rests,
  optsOut,
  question,
}: InboundOutcome) {
  return (
    counts ||
    bounced !== null ||
    isSpamBlocked ||
    happens.length > 0 ||
    rests !== null ||
    optsOut !== null ||
    question !== null
  );
}

async function happeningsOf(
  by: By,
  acting: readonly JudgedMail[],
  movedOn: ReadonlySet<string>,
): Promise<EventOfEnrollment[]> {
  const returns = await returnOf(by, acting);
  return acting.flatMap((one): EventOfEnrollment[] => {
    const { outcome, sent, id } = one;
    const enrollmentId = sent?.enrollmentId;
    if (!enrollmentId) return [];
    const happens = outcome.happens.flatMap((is): EventOfEnrollment["what"][] => {
      if (is === "replied") return [{ is, messageId: sent.id }];
      if (is === "hardBounced" && movedOn.has(id)) return [];
      if (is !== "outOfOffice") return [{ is }];
      const until = returns.get(id);
      return until ? [{ is, until }] : [];
    });
    const rests = outcome.rests && REST[outcome.rests](by.now);
    return [...happens, ...(rests ? [rests] : [])].map((what) => ({ enrollmentId, what }));
  });
}

const REST = {
  asks: () => ({ is: "pause", until: null, reason: "a person is asked" }),
  softBounced: (now: Temporal.Instant) => ({
    is: "pause",
    until: now.add({ hours: 24 * STRIKE_DAYS }),
    reason: "soft bounced",
  }),
} as const satisfies Record<string, (now: Temporal.Instant) => EventOfEnrollment["what"]>;

async function optOutAll(by: By, acting: readonly JudgedMail[]) {
  const followed = new Map<string, { suppressionIds: string[]; unsubscribed: string[] }>();
  for (const one of acting) {
    const { optsOut: source } = one.outcome;
    if (!source) continue;
    const addresses = distinct(
      [one.sent?.to, source === "unsubscribe" ? one.fromEmail : null].flatMap((address) => address ?? []),
    );
    const contactIds = one.contactId === null ? [] : [one.contactId];
    const said = { source: "incoming_mail", sourceId: one.id };
    const wish = { contactIds, addresses, source, messageId: one.sent?.id ?? null, said };
    const { markedIds, suppressedIds } = await optOut(by, wish);
    followed.set(one.id, { suppressionIds: suppressedIds, unsubscribed: markedIds });
  }
  return followed;
}

const distinct = <T>(values: readonly T[]) => [...new Set(values)];
