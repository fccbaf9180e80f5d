// The facts of a forecast, gathered in one transaction and judged by the gate itself: whom it would not let out now, it would not let out
// later either, as long as nobody changes anything.

import { resumedDue } from "../../domain/cadence.ts";
import { hostOfEmail, isFreeMail } from "../../domain/companies.ts";
import { heldBackIn } from "../../domain/fence.ts";
import type { ForecastFacts, ForecastPerson, ForecastSequence, Stays } from "../../domain/forecast-facts.ts";
import { GATE, type GateCode, type Hold, holdsOn } from "../../domain/gate.ts";
import type { HeldBack } from "../../domain/gate-facts.ts";
import { type Schedule, zoneFor } from "../../domain/schedule.ts";
import { type Touched, type TouchLimit, touchKeyOf } from "../../domain/touches.ts";
import { Refusal } from "../../refusal.ts";
import type { By } from "../events/store.ts";
import { type Around, aroundOf, mailboxFacts, stepFacts } from "../explaining/around.ts";
import { readLimits, type SendingRow } from "../explaining/sending-store.ts";
import { barring, personFrom } from "../explaining/standings.ts";
import { readStandings, type StandingRow } from "../explaining/store.ts";
import { teamRules } from "../explaining/team-rules.ts";
import { readFence } from "../fence/store.ts";
import { findSequence } from "../sequences/store.ts";
import { asking } from "../slots/surroundings.ts";
import { findTeam } from "../teams/store.ts";
import * as store from "./snapshot-store.ts";

export type SnapshotWish = {
  days: number;
  seed: number;
  /** Looked at although they are switched off. */
  alsoIds: readonly string[];
  replyRate: number;
};

const MOST_PEOPLE = 500_000;
const AT_ONCE = 5_000;

export async function snapshot(by: By, wish: SnapshotWish): Promise<ForecastFacts> {
  const { db, teamId, now } = by;
  const running = (await store.listRunning(db, teamId)).map(({ id }) => id);
  const ids = [...new Set([...running, ...wish.alsoIds])];
  if ((await store.countTravellers(db, teamId, ids, MOST_PEOPLE)) > MOST_PEOPLE)
    throw new Refusal("forecast_too_large", { most: MOST_PEOPLE.toLocaleString("en") });
  const arounds = await Promise.all(ids.map((id) => readAround(by, id)));
  const known = arounds.filter((around) => around !== null);
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
  const places: Places = {
    sequences: placesOf(known.map(({ sequence }) => sequence.id)),
    mailboxes: placesOf(lanes.map(({ id }) => id)),
    ...{
      arounds: known,
      senders: new Map(senders.map((row) => [row.id, row])),
      heldBack,
      domainLimit,
      touchLimits,
    },
  };
  const schedules = new Map<string, Schedule>();
  const people = await travellers(by, ids, places);
  for (const mail of ownMails) people.push(written(mail, places, people.length));
  const sent = domainLimit === null ? [] : await store.sentByDomain(db, teamId, now);
  const touchedAt = await touchesBefore(by, touchLimits);
  return {
    ...{ touchLimits, touchedAt },
    ...{
      now: now.epochMilliseconds,
      days: wish.days,
      seed: wish.seed,
      replyRate: wish.replyRate,
      domainLimit,
    },
    counted: null,
    mailboxes: lanes.map(({ restsUntil, sentAt, ...lane }) => ({
      ...lane,
      restsUntil: restsUntil?.epochMilliseconds ?? null,
      sentAt: sentAt.map(ms),
    })),
    sequences: known.map((around) => sequenceFrom(around, plainSchedule(around, schedules))),
    people,
    sentToDomain: new Map(sent.map(({ domain, sentAt }) => [domain, sentAt.map(ms)])),
  };
}

type Places = {
  sequences: ReadonlyMap<string, number>;
  mailboxes: ReadonlyMap<string, number>;
  arounds: readonly Around[];
  senders: ReadonlyMap<string, SendingRow>;
  heldBack: HeldBack | null;
  domainLimit: number | null;
  touchLimits: readonly TouchLimit[];
};

/** By the place of the limit and whom it counts for. */
async function touchesBefore({ db, teamId, now }: By, limits: readonly TouchLimit[]) {
  const touchedAt = new Map<string, number[]>();
  if (limits.length === 0) return touchedAt;
  const longest = Math.max(...limits.map(({ days }) => days));
  const rows = await store.listTouches(db, teamId, longest, now);
  for (const [n, limit] of limits.entries()) {
    const since = ms(now.subtract({ hours: 24 * limit.days }));
    for (const row of rows) {
      const counts = row.isMail || limit.counts === "touches";
      if (!counts || ms(row.at) <= since || (row.isCopy && limit.scope !== "domain")) continue;
      const key = touchKeyOf(limit, row);
      if (!key) continue;
      const known = touchedAt.get(`${n} ${key}`);
      if (known) known.push(ms(row.at));
      else touchedAt.set(`${n} ${key}`, [ms(row.at)]);
    }
  }
  return touchedAt;
}

function touchKeys({ touchLimits }: Places, whom: Touched) {
  return touchLimits.length === 0 ? NO_KEYS : touchLimits.map((limit) => touchKeyOf(limit, whom));
}

const NO_KEYS: readonly null[] = [];

async function readAround(by: By, id: string) {
  const sequence = await findSequence(by.db, by.teamId, id);
  return sequence && aroundOf(asking(by), sequence);
}

/** What travels to another thread is plain, and the same schedule is the same object, so that its windows are reckoned once. */
function plainSchedule({ facts: { schedule } }: Around, known: Map<string, Schedule>): Schedule | null {
  if (!schedule) return null;
  const { timeZone, useContactsTimeZone, skipHolidays } = schedule;
  const windows = schedule.windows.map(({ weekday, startsAt, endsAt }) => ({ weekday, startsAt, endsAt }));
  const plain = { timeZone, useContactsTimeZone, skipHolidays, windows };
  const key = JSON.stringify(plain);
  const same = known.get(key) ?? plain;
  known.set(key, same);
  return same;
}

function sequenceFrom(around: Around, schedule: Schedule | null): ForecastSequence {
  const { sequence, facts, steps } = around;
  return {
    ...{ id: sequence.id, schedule, policy: sequence.priorityPolicy },
    ...{ dailyLimit: facts.dailyLimit, sentToday: facts.sentToday },
    goesOnWhenNotSent: sequence.onNotSent === "continue",
    steps: steps.map((step) => {
      const told = stepFacts(around, step.id);
      return {
        ...{ id: step.id, position: step.position, type: step.type, waitTime: step.waitTime },
        ...{ waitMode: step.waitMode, exactAt: step.exactAt?.epochMilliseconds ?? null, isOn: step.isOn },
        ...{ dailyLimit: step.maxEmailsPerDay, sentToday: told?.sentToday ?? 0 },
        isReady: (told?.approvedMails ?? 0) > 0,
      };
    }),
  };
}

async function travellers(by: By, sequenceIds: readonly string[], places: Places): Promise<ForecastPerson[]> {
  const people: ForecastPerson[] = [];
  for (let after = ""; ; ) {
    const rows = await store.listTravellers(by.db, by.teamId, { sequenceIds, after, limit: AT_ONCE });
    const standings = await readStandings(
      by.db,
      by.teamId,
      rows.map(({ id }) => id),
    );
    const judged = await judge(by, new Map(standings.map((row) => [row.id, row])), places);
    for (const row of rows) people.push(traveller(row, judged(row.id), places, people.length, by.now));
    const last = rows.at(-1);
    if (!last || rows.length < AT_ONCE) return people;
    after = last.id;
  }
}

type Judged = { row: StandingRow; holds: readonly Hold[]; barred: ForecastPerson["barred"] };

/** What the gate says of each of them: of the step at which they stand, and of any mail. */
async function judge(by: By, rows: ReadonlyMap<string, StandingRow>, places: Places) {
  const emails = [...rows.values()].flatMap(({ email }) => email ?? []);
  const [barred, rules] = await Promise.all([
    barring(asking(by), emails),
    teamRules({ db: by.db, teamId: by.teamId, now: by.now }, []),
  ]);
  return (id: string): Judged | null => {
    const row = rows.get(id);
    const around = places.arounds[places.sequences.get(row?.sequenceId ?? "") ?? -1];
    if (!row || !around) return null;
    const sender = places.senders.get(row.mailboxId ?? "") ?? null;
    const step = stepFacts(around, row.currentStepId);
    const facts = {
      ...{ now: by.now, heldBack: places.heldBack, membership: row, sequence: around.facts, step },
      ...{ person: personFrom({ row, barred }), mail: null, mailbox: sender && mailboxFacts(sender) },
      ...{ domain: null, touches: [], isInvented: rules.isInvented(sender, row) },
      unclear: row.unclear && { ...row.unclear, since: Temporal.Instant.from(row.unclear.since) },
    };
    const asMail = holdsOn({ ...facts, step: step && { ...step, type: "auto_email" as const } });
    const fails = asMail.filter(({ outcome }) => outcome === "fail");
    const isAll = fails.some(({ code }) => GATE[code].of === "all");
    return { row, holds: holdsOn(facts), barred: isAll ? "all" : fails.length > 0 ? "mails" : null };
  };
}

/** What the run itself looks after, because it may pass or be supposed otherwise. */
const OF_THE_RUN: ReadonlySet<GateCode> = new Set([
  ...(["step_off", "step_removed", "needs_review", "no_active_email_account"] as const),
  ...(["outside_window", "provider_rate_limited", "limit:mailbox_day", "limit:mailbox_hour"] as const),
  ...(["limit:mailbox_gap", "limit:sequence_day", "limit:step_day", "limit:domain_day"] as const),
  "limit:touches",
]);

function traveller(
  row: store.TravellerRow,
  judged: Judged | null,
  places: Places,
  lot: number,
  now: Temporal.Instant,
): ForecastPerson {
  const at = places.sequences.get(row.sequenceId) ?? 0;
  const around = places.arounds[at];
  const schedule = around?.facts.schedule ?? null;
  const zone = zoneFor(schedule, row.timeZone);
  const holds =
    judged?.holds.filter(({ code, outcome }) => outcome !== "fail" && !OF_THE_RUN.has(code)) ?? [];
  const until = holds.reduce<number>((found, hold) => Math.max(found, hold.until ? ms(hold.until) : 0), 0);
  return {
    ...{ sequence: at, zone, score: row.score, lot, rank: row.rank },
    step: around?.steps.findIndex(({ id }) => id === row.stepId) ?? -1,
    mailbox: places.mailboxes.get(row.mailboxId ?? "") ?? null,
    at: startOf(row, { schedule, zone }, until, now),
    hasSent: judged?.row.hasSentMail ?? false,
    domain: places.domainLimit === null || isFreeMail(row.email) ? null : hostOfEmail(row.email),
    touchKeys: touchKeys(places, row),
    staysBecause: (holds.find((hold) => hold.until === null)?.code ?? null) as Stays | null,
    barred: judged?.barred ?? null,
  };
}

function startOf(
  row: store.TravellerRow,
  place: Pick<Parameters<typeof resumedDue>[0], "schedule" | "zone">,
  heldUntil: number,
  now: Temporal.Instant,
): number | null {
  if (row.state === "active") {
    const next = row.lookAt ?? row.dueAt;
    return next && Math.max(ms(next), heldUntil);
  }
  if (!row.resumeAt) return null;
  const resumes = Temporal.Instant.compare(row.resumeAt, now) > 0 ? row.resumeAt : now;
  const planned = row.dueAt ?? resumes;
  // Days and hours of the wait go by during a pause, as they do for the engine.
  const due = resumedDue({ ...place, planned, now: resumes, heldSince: null });
  return due?.epochMilliseconds ?? null;
}

function written(
  mail: Awaited<ReturnType<typeof store.listOwnMails>>[number],
  places: Places,
  lot: number,
): ForecastPerson {
  return {
    ...{ sequence: null, step: 0, zone: "UTC", score: 0, hasSent: false, domain: null, barred: null },
    ...{ staysBecause: null, rank: mail.rank, at: ms(mail.lookAt), lot },
    mailbox: places.mailboxes.get(mail.mailboxId) ?? null,
    touchKeys: mail.touchReason === null ? touchKeys(places, mail) : NO_KEYS,
  };
}

function placesOf(ids: readonly string[]) {
  return new Map(ids.map((id, n) => [id, n]));
}

function ms(at: Temporal.Instant) {
  return at.epochMilliseconds;
}
