// What follows from what came in, carried out: any number of mails in a few statements. Part of the transaction that
// writes the mails down, so that each has its effect once.
//
// Locks in the order of the house: the list of suppressions, contacts, enrollments, mails.

import type { InboundOutcome } from "../../domain/inbound-outcome.ts";
import { STRIKE_DAYS } from "../../domain/inbound-outcome.ts";
import type { Verdict } from "../../domain/inbound-verdict.ts";
import { canonicalAddress } from "../../domain/suppression.ts";
import { newId } from "../../ids.ts";
import type { Secrets } from "../../secrets.ts";
import { barDeadAddresses, spellingsOf } from "../bouncing/commands.ts";
import { whoHas } from "../bouncing/store.ts";
import { lockIds, noteActivity } from "../contacts/store.ts";
import { type Happened, happened } from "../enrollments/happenings.ts";
import { type By, type Happening, record } from "../events/store.ts";
import { proveSent } from "../slots/proofs.ts";
import { holdSuppressions } from "../suppressions/store.ts";
import { optOut } from "../unsubscribing/commands.ts";
import { returnOf } from "./absence.ts";
import { askPeople } from "./asking.ts";
import * as correspondence from "./correspondence-store.ts";
import * as marking from "./marks-store.ts";
import type * as store from "./store.ts";

/** A mail that was understood, by us or by a person. */
export type Judged = {
  id: string;
  mailboxId: string;
  receivedAt: Temporal.Instant;
  fromEmail: string | null;
  verdict: Verdict;
  outcome: InboundOutcome;
  sent: correspondence.SentRow | null;
  contactId: string | null;
};

export type Followed = { taskId: string | null; effects: store.Effects | null };

const TOLD_AGAIN_AFTER = { hours: 24 };

export async function follow(
  by: By,
  secrets: Secrets,
  judged: readonly Judged[],
): Promise<Map<string, Followed>> {
  const { db, teamId } = by;
  const acting = judged.filter(({ outcome }) => hasConsequences(outcome));
  const contactIds = distinct(
    [...acting, ...judged.filter(({ outcome }) => outcome.proves)].flatMap(
      ({ contactId }) => contactId ?? [],
    ),
  );
  if (acting.some(({ outcome }) => outcome.optsOut || outcome.bounced === "hard"))
    await holdSuppressions(db, teamId);
  const sharers = await whoHas(db, teamId, spellingsOf(acting.flatMap(deadSpellings)));
  await lockIds(db, teamId, distinct([...contactIds, ...sharers]));
  await prove(by, judged);
  const before = await correspondence.standingsOf(db, teamId, contactIds);

  const bounced = await barDead(by, secrets, acting);
  await happened(by, await happeningsOf(by, acting, await movedOn(by, acting)));
  const optedOut = await optOutAll(by, secrets, acting);
  const asked = await askPeople(by, acting);

  await mark(by, judged);
  await tellAll(by, acting);
  const after = new Map(
    (await correspondence.standingsOf(db, teamId, contactIds)).map((row) => [row.id, row]),
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

/** Whatever answers a mail, or reports on it, proves that it went out. */
async function prove(by: By, judged: readonly Judged[]) {
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
  acting: readonly Judged[],
  movedOn: ReadonlySet<string>,
): Promise<Happened[]> {
  const returns = await returnOf(by, acting);
  return acting.flatMap((one): Happened[] => {
    const { outcome, sent, id } = one;
    const enrollmentId = sent?.enrollmentId;
    if (!enrollmentId) return [];
    const happens = outcome.happens.flatMap((is): Happened["what"][] => {
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
} as const satisfies Record<string, (now: Temporal.Instant) => Happened["what"]>;

/** The address that bounced, where it is known. */
const deadAddress = ({ verdict, sent }: Judged) => verdict.bounce?.recipient ?? sent?.to ?? null;

/** An address that was changed since is not theirs any more: its end is not the end of them. */
async function movedOn({ db, teamId }: By, acting: readonly Judged[]): Promise<ReadonlySet<string>> {
  const dead = acting.filter(({ outcome, contactId }) => outcome.bounced === "hard" && contactId !== null);
  if (dead.length === 0) return new Set();
  const ids = dead.flatMap(({ contactId }) => contactId ?? []);
  const current = await correspondence.firstAddressesOf(db, teamId, ids);
  const isElsewhere = (one: Judged) => {
    const email = canonicalAddress(current.get(one.contactId ?? "") ?? "");
    return email !== null && email !== canonicalAddress(deadAddress(one) ?? "");
  };
  return new Set(dead.filter(isElsewhere).map(({ id }) => id));
}

/** By mail, whom and what it has marked. */
async function barDead(by: By, secrets: Secrets, acting: readonly Judged[]) {
  const dead = acting.flatMap((one) => deadSpellings(one).map((address) => ({ id: one.id, address })));
  const { marked, suppressions } = await barDeadAddresses(
    by,
    secrets,
    dead.map(({ address }) => address),
  );
  return (id: string) => {
    const own = spellingsOf(dead.filter((one) => one.id === id).map(({ address }) => address));
    return {
      suppressionIds: suppressions.filter(({ value }) => own.includes(value)).map((row) => row.id),
      bounced: marked
        .filter(({ email }) => own.includes(email))
        .map(({ contactId, emailStatus }) => ({ contactId, emailStatus })),
    };
  };
}

/** As it was reported, and as we had written to it. */
function deadSpellings(one: Judged) {
  if (one.outcome.bounced !== "hard") return [];
  const address = deadAddress(one);
  const canonical = canonicalAddress(address ?? "");
  if (address === null || canonical === null) return [];
  const written = one.sent?.to ?? null;
  return written !== null && canonicalAddress(written) === canonical ? [address, written] : [address];
}

async function optOutAll(by: By, secrets: Secrets, acting: readonly Judged[]) {
  const followed = new Map<string, { suppressionIds: string[]; unsubscribed: string[] }>();
  for (const one of acting) {
    const { optsOut: source } = one.outcome;
    if (!source) continue;
    const addresses = distinct(
      [one.sent?.to, source === "unsubscribe" ? one.fromEmail : null].flatMap((address) => address ?? []),
    );
    const contactIds = one.contactId === null ? [] : [one.contactId];
    const wish = { contactIds, addresses, source, messageId: one.sent?.id ?? null };
    const { markedIds, suppressedIds } = await optOut(by, wish, secrets);
    followed.set(one.id, { suppressionIds: suppressedIds, unsubscribed: markedIds });
  }
  return followed;
}

/** What is known of our mails from now on. */
async function mark(by: By, judged: readonly Judged[]) {
  const marks = new Map<string, marking.Mark>();
  for (const { sent, outcome, receivedAt } of judged) {
    const says = outcome.counts || outcome.replyClass || outcome.bounced || outcome.isSpamBlocked;
    if (!sent || !says) continue;
    const known = marks.get(sent.id);
    const isAnswer = outcome.counts || known?.repliedAt == null;
    marks.set(sent.id, {
      messageId: sent.id,
      repliedAt: outcome.counts ? earlier(known?.repliedAt, receivedAt) : (known?.repliedAt ?? null),
      replyClass: isAnswer ? (outcome.replyClass ?? known?.replyClass ?? null) : (known?.replyClass ?? null),
      bounced: outcome.bounced ?? known?.bounced ?? null,
      isSpamBlocked: outcome.isSpamBlocked || (known?.isSpamBlocked ?? false),
    });
  }
  if (marks.size > 0) await marking.markMessages(by.db, by.teamId, [...marks.values()], by.now);
  const seen = judged.flatMap(seenOf);
  if (seen.length > 0) await marking.insertMessageEvents(by.db, by.teamId, seen);
  const active = judged.flatMap(({ contactId, outcome, receivedAt }) =>
    contactId !== null && outcome.counts ? [{ contactId, at: receivedAt }] : [],
  );
  if (active.length > 0) await noteActivity(by.db, by.teamId, latestEach(active));
}

function seenOf({ id, sent, contactId, outcome, verdict, receivedAt }: Judged): marking.Seen[] {
  const isBounce = verdict.kind === "bounce" && verdict.certainty === "sure";
  if (!sent || !(outcome.counts || isBounce)) return [];
  const detail = isBounce
    ? { class: verdict.bounce?.class ?? null, code: verdict.bounce?.code ?? null }
    : { reply_class: outcome.replyClass };
  return [
    {
      id: newId(),
      messageId: sent.id,
      contactId,
      type: isBounce ? "bounce" : "reply",
      at: receivedAt,
      isMachine: isBounce,
      detail: { ...detail, incoming_mail_id: id },
    },
  ];
}

async function tellAll(by: By, acting: readonly Judged[]) {
  await recordAll(by, [...acting.flatMap(toldOf), ...(await limitedOf(by, acting))]);
}

function toldOf({ id, sent, contactId, outcome, verdict }: Judged): Happening[] {
  if (!sent) return [];
  const data = {
    message_id: sent.id,
    incoming_mail_id: id,
    ...(contactId !== null && { contact_id: contactId }),
    ...(sent.sequenceId !== null && { sequence_id: sent.sequenceId }),
  };
  const subject = { type: "message" as const, id: sent.id };
  const code = verdict.bounce?.code ?? null;
  return [
    ...(outcome.counts
      ? [{ type: "message.replied" as const, subject, data: { ...data, reply_class: outcome.replyClass } }]
      : []),
    ...(outcome.bounced
      ? [{ type: "message.bounced" as const, subject, data: { ...data, bounce_type: outcome.bounced, code } }]
      : []),
    ...(outcome.isSpamBlocked
      ? [{ type: "message.spam_blocked" as const, subject, data: { ...data, code } }]
      : []),
  ];
}

/** Whoever owns the mailbox is told, once a day, that its mail is taken for spam. */
async function limitedOf(by: By, acting: readonly Judged[]): Promise<Happening[]> {
  const blocked = acting.filter(({ outcome }) => outcome.isSpamBlocked);
  if (blocked.length === 0) return [];
  const ids = distinct(blocked.map(({ sent, mailboxId }) => sent?.mailboxId ?? mailboxId));
  const mailboxes = await marking.notToldSince(by.db, by.teamId, ids, by.now.subtract(TOLD_AGAIN_AFTER));
  const code = blocked[0]?.verdict.bounce?.code ?? null;
  return mailboxes.map(({ id, email }) => ({
    type: "email_account.limited",
    subject: { type: "email_account", id },
    data: { email, reason: "spam_blocked", code },
  }));
}

async function recordAll(by: By, happenings: readonly Happening[]) {
  if (happenings.length > 0) await record(by, ...happenings);
}

function earlier(one: Temporal.Instant | null | undefined, other: Temporal.Instant) {
  return one && Temporal.Instant.compare(one, other) < 0 ? one : other;
}

function latestEach(active: readonly { contactId: string; at: Temporal.Instant }[]) {
  const latest = new Map<string, Temporal.Instant>();
  for (const { contactId, at } of active) {
    const known = latest.get(contactId);
    if (!known || Temporal.Instant.compare(known, at) < 0) latest.set(contactId, at);
  }
  return [...latest].map(([contactId, at]) => ({ contactId, at }));
}

const distinct = <T>(values: readonly T[]) => [...new Set(values)];
