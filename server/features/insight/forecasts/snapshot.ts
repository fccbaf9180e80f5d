// The facts of a forecast, gathered in one transaction and judged by the gate itself. What the gate would hold now,
// it would hold later too, as long as nothing changes.

import { dayIn } from "../../../domain/basics/limits.ts";
import { rampLimit } from "../../../domain/basics/ramp.ts";
import { hostOfEmail } from "../../../domain/contacts/companies.ts";
import {
  isRecipientProvider,
  providerOfHost,
} from "../../../domain/contacts/mail-servers/recipient-providers.ts";
import { heldBackIn } from "../../../domain/gate/clone-guard.ts";
import type { GateCode } from "../../../domain/gate/gate.ts";
import { type RecipientKeys, recipientKeyOf } from "../../../domain/gate/recipient-limits.ts";
import type { ForecastFacts, ForecastSequence } from "../../../domain/insight/forecast-facts.ts";
import { type TouchLimit, touchKeyOf } from "../../../domain/sequences/touches.ts";
import type { TeamSchedule } from "../../../domain/time/schedule.ts";
import { LINKEDIN_TYPES } from "../../../domain/work/linkedin-limits.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import type { By } from "../../events/events/store.ts";
import { readFence } from "../../gate/clone-guard/store.ts";
import { type Around, aroundOf, stepFacts } from "../../gate/facts/around.ts";
import { asking } from "../../gate/facts/gate-facts.ts";
import { readLimits } from "../../gate/facts/sending-store.ts";
import { recipientKeysOf } from "../../gate/recipients/recipients.ts";
import { allKnownDomains } from "../../gate/recipients/store.ts";
import { findTeam, type TeamRow } from "../../identity/teams/store.ts";
import { failingMails } from "../../sequences/composing/failing.ts";
import { findSequence } from "../../sequences/sequences/store.ts";
import { AT_ONCE, type SharedFacts, simulatedMail, travellers } from "./simulated-enrollments.ts";
import * as store from "./snapshot-store.ts";

type SnapshotWish = {
  days: number;
  seed: number;
  /** Looked at although they are switched off. */
  alsoIds: readonly string[];
  replyRate: number;
  /** Only enrollments that can delay those mailed from the given mailboxes; null: all. */
  nearMailboxIds?: readonly string[] | null;
  /** Enrollments of which it is to be known who they are. */
  wantedIds?: readonly string[];
  /** Beyond so many people it is refused. */
  most?: number;
};

/** What was gathered, and the way to tell how those stand who have joined since. */
export type ForecastSnapshot = {
  facts: ForecastFacts;
  /** The wanted, by enrollment: their place among the people. */
  placeOf: ReadonlyMap<string, number>;
  withAdded(enrollmentIds: readonly string[]): Promise<ForecastFacts>;
};

const MOST_PEOPLE = 500_000;

export async function snapshot(by: By, wish: SnapshotWish): Promise<ForecastFacts> {
  return (await gatherSnapshot(by, wish)).facts;
}

export async function gatherSnapshot(by: By, wish: SnapshotWish): Promise<ForecastSnapshot> {
  const { db, teamId, now } = by;
  const running = (await store.listRunning(db, teamId)).map(({ id }) => id);
  const all = [...new Set([...running, ...wish.alsoIds])];
  await refuseTooMany(by, all, MOST_PEOPLE);
  const arounds = (await Promise.all(all.map((id) => readAround(by, id)))).filter(
    (around) => around !== null,
  );
  const near = wish.nearMailboxIds ? await nearTo(by, arounds, wish.alsoIds, wish.nearMailboxIds) : null;
  const known = near ? arounds.filter(({ sequence }) => near.sequenceIds.has(sequence.id)) : arounds;
  const ids = known.map(({ sequence }) => sequence.id);
  if (wish.most !== undefined) await refuseTooMany(by, ids, wish.most);
  const [lanes, ownMails, team, heldBack] = await Promise.all([
    store.listLanes(db, teamId, now),
    store.listOwnMails(db, teamId),
    findTeam(db, teamId),
    readFence(db).then(heldBackIn),
  ]);
  const senders = await readLimits(
    db,
    teamId,
    lanes.map(({ id }) => id),
  );
  const domainLimit = team?.domainDailyLimit ?? null;
  const touchLimits = team?.touchLimits ?? [];
  const recipientLimits = team?.recipientLimits ?? [];
  const places: SharedFacts = {
    sequences: placesOf(known.map(({ sequence }) => sequence.id)),
    mailboxes: placesOf(lanes.map(({ id }) => id)),
    arounds: known,
    senders: new Map(senders.map((row) => [row.id, row])),
    heldBack,
    domainLimit,
    touchLimits,
    recipientLimits,
    recipientKeysOf: recipientLimits.length > 0 ? await readRecipientKeys(by) : () => NO_RECIPIENT,
  };
  const schedules = new Map<string, TeamSchedule>();
  const among = { sequenceIds: ids, mailboxIds: near && [...near.mailboxIds] };
  const wanted = new Set(wish.wantedIds);
  const placeOf = new Map<string, number>();
  let listed = 0;
  const people = await travellers(by, places, async (after) => {
    const rows = await store.listTravellers(db, teamId, { ...among, after, limit: AT_ONCE });
    for (const [n, { id }] of rows.entries()) if (wanted.has(id)) placeOf.set(id, listed + n);
    listed += rows.length;
    return rows;
  });
  for (const mail of ownMails) people.push(simulatedMail(mail, places, people.length));
  const sent = domainLimit === null ? [] : await store.sentByDomain(db, teamId, now);
  const touchedAt = await touchesBefore(by, touchLimits);
  const facts: ForecastFacts = {
    linkedIn: await linkedInToday(by, team),
    touchLimits,
    touchedAt,
    recipientLimits,
    recipientsSentAt: await recipientsBefore(by, places),
    brakes: team?.brakes ?? [],
    endsWithAdded: false,
    now: now.epochMilliseconds,
    days: wish.days,
    timeZone: team?.timeZone ?? "UTC",
    seed: wish.seed,
    replyRate: wish.replyRate,
    domainLimit,
    counted: null,
    mailboxes: lanes.map(({ backoffUntil, sentAt, newSentAt, ...lane }) => ({
      ...limitsFrom(lane, team?.timeZone ?? "UTC", now),
      backoffUntil: backoffUntil?.epochMilliseconds ?? null,
      sentAt: sentAt.map(ms),
      newSentAt: newSentAt.map(ms),
    })),
    sequences: known.map((around) => sequenceFrom(around, plainSchedule(around, schedules))),
    people,
    sentToDomain: new Map(sent.map(({ domain, sentAt }) => [domain, sentAt.map(ms)])),
  };
  const withAdded = async (enrollmentIds: readonly string[]) => {
    const added = await travellers(
      by,
      places,
      (after) => store.listThese(db, teamId, { ids: enrollmentIds, after, limit: AT_ONCE }),
      (rows) => failsOf(by, places, rows),
    );
    const joined = added.map((one, n) => ({ ...one, isAdded: true, lot: people.length + n }));
    return { ...facts, people: [...people, ...joined] };
  };
  return { facts, placeOf, withAdded };
}

async function linkedInToday(
  { db, teamId, now }: By,
  team: TeamRow | null,
): Promise<ForecastFacts["linkedIn"]> {
  const { linkedinLimits: limits = {}, timeZone = "UTC" } = team ?? {};
  const types = LINKEDIN_TYPES.filter((type) => typeof limits[type] === "number");
  const rows = types.length > 0 ? await store.linkedInTaken(db, teamId, types, dayIn(timeZone, now)) : [];
  return {
    limits,
    taken: new Map(rows.map(({ userId, type, count }) => [`${userId} ${type}`, count])),
  };
}

/** A ramp that does not grow is supposed to stay as it is. */
function limitsFrom(
  { ramp, rampStanding, dailyLimit, ...lane }: Omit<store.LaneRow, "backoffUntil" | "sentAt" | "newSentAt">,
  zone: string,
  now: Temporal.Instant,
) {
  if (!ramp || !rampStanding) return { ...lane, dailyLimit, ramp: null };
  const { sendingDays, hold } = rampStanding;
  const nextDayAt = dayIn(zone, now).ends.epochMilliseconds;
  const grows = hold ? { ...ramp, start: rampLimit(ramp, sendingDays), step: 0 } : ramp;
  return { ...lane, dailyLimit, ramp: { ...grows, sendingDays, nextDayAt } };
}

async function refuseTooMany({ db, teamId }: By, sequenceIds: readonly string[], most: number) {
  if ((await store.countTravellers(db, teamId, sequenceIds, most)) > most)
    throw new Refusal("forecast_too_large", { most: most.toLocaleString("en") });
}

/**
 * Those who share a mailbox, or a sequence with a daily limit, with one who does, and so on. With limits for the
 * whole team, for companies or for touches, any contact may delay any other.
 */
async function nearTo(
  { db, teamId }: By,
  arounds: readonly Around[],
  alsoIds: readonly string[],
  mailboxIds: readonly string[],
) {
  const team = await findTeam(db, teamId);
  if (!team || team.domainDailyLimit !== null || team.touchLimits.length > 0) return null;
  const limited = new Set(arounds.filter(isLimited).map(({ sequence }) => sequence.id));
  const pairs = await store.listPairs(
    db,
    teamId,
    arounds.map(({ sequence }) => sequence.id),
  );
  const near = { sequenceIds: new Set(alsoIds), mailboxIds: new Set(mailboxIds) };
  for (let size = -1; size !== near.mailboxIds.size; ) {
    size = near.mailboxIds.size;
    for (const { sequenceId, mailboxId } of pairs)
      if (near.mailboxIds.has(mailboxId)) near.sequenceIds.add(sequenceId);
    for (const { sequenceId, mailboxId } of pairs)
      if (limited.has(sequenceId) && near.sequenceIds.has(sequenceId)) near.mailboxIds.add(mailboxId);
  }
  return near;
}

function isLimited({ facts, steps }: Around) {
  return (
    facts.dailyLimit !== null ||
    facts.newLimit !== null ||
    steps.some(({ maxEmailsPerDay }) => maxEmailsPerDay !== null)
  );
}

/** Composed for each of them, as the check before adding does. */
async function failsOf(by: By, { arounds, sequences }: SharedFacts, rows: readonly store.TravellerRow[]) {
  const fails = new Map<string, Map<number, GateCode>>();
  for (const own of Map.groupBy(rows, ({ sequenceId, stepId }) => `${sequenceId} ${stepId}`).values()) {
    const around = arounds[sequences.get(own[0]?.sequenceId ?? "") ?? -1];
    if (!around) continue;
    const places = placesOf(around.steps.map(({ id }) => id));
    const failing = await failingMails(asking(by), {
      sequenceId: around.sequence.id,
      people: own.map(({ contactId, mailboxId }) => ({ contactId, mailboxId })),
      beginsAt: around.steps[places.get(own[0]?.stepId ?? "") ?? 0]?.position ?? 1,
      goesOnWhenNotSent: around.sequence.onNotSent === "continue",
    });
    for (const { id, contactId } of own) {
      const mails = failing
        .get(contactId)
        ?.map(({ stepId, code }) => [places.get(stepId) ?? -1, code] as const);
      if (mails) fails.set(id, new Map(mails));
    }
  }
  return fails;
}

/** By the place of the limit and whom it counts for. */
async function touchesBefore({ db, teamId, now }: By, limits: readonly TouchLimit[]) {
  const touchedAt = new Map<string, number[]>();
  if (limits.length === 0) return touchedAt;
  const longest = Math.max(...limits.map(({ days }) => days));
  const rows = await store.listTouchesSince(db, teamId, {
    days: longest,
    tellsFirst: limits.some(({ counts }) => counts === "new_contacts"),
    now,
  });
  for (const [n, limit] of limits.entries()) {
    const since = Math.floor(ms(now.subtract({ hours: 24 * limit.days })) / 60_000) * 60_000;
    for (const row of rows) {
      const counts = row.isMail || limit.counts === "touches"; // a first email is told apart by its key
      if (!counts || ms(row.at) < since || (row.isCopy && limit.scope !== "domain")) continue;
      const key = touchKeyOf(limit, row);
      if (!key) continue;
      const known = touchedAt.get(`${n} ${key}`);
      if (known) known.push(ms(row.at));
      else touchedAt.set(`${n} ${key}`, [ms(row.at)]);
    }
  }
  return touchedAt;
}

const NO_RECIPIENT: RecipientKeys = { provider: null, host: null };

/** Domains whose provider was not looked up yet count by themselves. */
async function readRecipientKeys({ db, teamId }: By) {
  const known = new Map(
    (await allKnownDomains(db, teamId)).map(({ domain, provider }) => [domain, provider]),
  );
  return (email: string | null) => {
    const host = hostOfEmail(email) ?? "";
    const found = providerOfHost(host) ?? known.get(host) ?? null;
    return recipientKeysOf({ db, teamId }, email, isRecipientProvider(found) ? found : null);
  };
}

/** By the places of the limit and of the mailbox, and whom it counts for. */
async function recipientsBefore({ db, teamId, now }: By, { recipientLimits, mailboxes }: SharedFacts) {
  const sentAt = new Map<string, number[]>();
  if (recipientLimits.length === 0) return sentAt;
  const rows = await store.listSentToRecipients(db, teamId, now);
  for (const [n, limit] of recipientLimits.entries())
    for (const row of rows) {
      const place = mailboxes.get(row.mailboxId);
      // As it was counted when it was sent, by the provider or by the domain.
      const keys = { provider: row.recipientProvider, host: row.hostDigest };
      const own = new Set([recipientKeyOf(limit, keys), recipientKeyOf(limit, { ...keys, provider: null })]);
      for (const key of own) {
        if (key === null || place === undefined) continue;
        const name = `${n} ${place} ${key}`;
        const known = sentAt.get(name);
        if (known) known.push(ms(row.at));
        else sentAt.set(name, [ms(row.at)]);
      }
    }
  return sentAt;
}

async function readAround(by: By, id: string) {
  const sequence = await findSequence(by.db, by.teamId, id);
  return sequence && aroundOf(asking(by), sequence);
}

/** What travels to another thread is plain, and the same schedule is the same object, so that its windows are reckoned once. */
function plainSchedule(
  { facts: { schedule } }: Around,
  known: Map<string, TeamSchedule>,
): TeamSchedule | null {
  if (!schedule) return null;
  const { timeZone, useContactsTimeZone, skipHolidays, holidayCalendar, ownHolidays } = schedule;
  const windows = schedule.windows.map(({ weekday, startsAt, endsAt }) => ({ weekday, startsAt, endsAt }));
  const plain = { timeZone, useContactsTimeZone, skipHolidays, windows, holidayCalendar, ownHolidays };
  const key = JSON.stringify(plain);
  const same = known.get(key) ?? plain;
  known.set(key, same);
  return same;
}

function sequenceFrom(around: Around, schedule: TeamSchedule | null): ForecastSequence {
  const { sequence, facts, steps } = around;
  return {
    id: sequence.id,
    ownerId: sequence.ownerId,
    schedule,
    policy: sequence.priorityPolicy,
    dailyLimit: facts.dailyLimit,
    sentToday: facts.sentToday,
    newLimit: facts.newLimit,
    newToday: facts.newToday,
    goesOnWhenNotSent: sequence.onNotSent === "continue",
    steps: steps.map((step) => {
      const told = stepFacts(around, step.id);
      return {
        id: step.id,
        versionId: step.versionId,
        position: step.position,
        type: step.type,
        waitTime: step.waitTime,
        waitMode: step.waitMode,
        exactAt: step.exactAt?.epochMilliseconds ?? null,
        isOn: step.isOn,
        dailyLimit: step.maxEmailsPerDay,
        sentToday: told?.sentToday ?? 0,
        isReady: (told?.approvedMails ?? 0) > 0,
        parentId: step.parentId,
        path: step.path,
        waitDays: step.condition?.waitDays ?? 0,
      };
    }),
  };
}

function placesOf(ids: readonly string[]) {
  return new Map(ids.map((id, n) => [id, n]));
}

function ms(at: Temporal.Instant) {
  return at.epochMilliseconds;
}
