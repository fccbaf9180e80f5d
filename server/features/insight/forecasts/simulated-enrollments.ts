// The people of a forecast: where each of them stands, and what the gate says of them.

import { hostOfEmail, isFreeMail } from "../../../domain/contacts/companies.ts";
import { GATE, type GateCode, type GateHold, holdsOn } from "../../../domain/gate/gate.ts";
import type { HeldBack } from "../../../domain/gate/gate-facts.ts";
import {
  type RecipientKeys,
  type RecipientLimit,
  recipientKeyOf,
} from "../../../domain/gate/recipient-limits.ts";
import type { ForecastPerson, Stays } from "../../../domain/insight/forecast-facts.ts";
import {
  type ContactPace,
  contactPace,
  resumedDue,
  type WaitingStep,
} from "../../../domain/sequences/cadence.ts";
import { type Touched, type TouchLimit, touchKeyOf } from "../../../domain/sequences/touches.ts";
import { calendarOf } from "../../../domain/time/schedule.ts";
import { heldAmong } from "../../contacts/answer-holds/commands.ts";
import { barsAmong } from "../../contacts/suppressions/barring.ts";
import { verdictsOf } from "../../enrollments/branching/deciding.ts";
import { type Readings, readingsOf } from "../../enrollments/enrollments/readings.ts";
import type { By } from "../../events/events/store.ts";
import { type Around, mailboxFacts, stepFacts } from "../../gate/facts/around.ts";
import { readStandings, type StandingRow } from "../../gate/facts/facts-store.ts";
import { personFactsFrom } from "../../gate/facts/people.ts";
import type { SendingRow } from "../../gate/facts/sending-store.ts";
import { teamRules } from "../../gate/facts/team-rules.ts";
import type * as store from "./snapshot-store.ts";

/** As many as are read and judged at once. */
export const AT_ONCE = 5_000;

/** Facts shared by many contacts; each contact refers to them by number. */
export type SharedFacts = {
  sequences: ReadonlyMap<string, number>;
  mailboxes: ReadonlyMap<string, number>;
  arounds: readonly Around[];
  senders: ReadonlyMap<string, SendingRow>;
  heldBack: HeldBack | null;
  domainLimit: number | null;
  touchLimits: readonly TouchLimit[];
  recipientLimits: readonly RecipientLimit[];
  /** By what emails to an address are counted. */
  recipientKeysOf(email: string | null): RecipientKeys;
};

/** By enrollment, the mails that will fail, by the places of their steps. */
type Fails = ReadonlyMap<string, ReadonlyMap<number, GateCode>>;

export async function travellers(
  by: By,
  places: SharedFacts,
  list: (after: string) => Promise<store.TravellerRow[]>,
  readFails?: (rows: readonly store.TravellerRow[]) => Promise<Fails>,
): Promise<ForecastPerson[]> {
  const people: ForecastPerson[] = [];
  for (let after = ""; ; ) {
    const rows = await list(after);
    const standings = await readStandings(
      by.db,
      by.teamId,
      rows.map(({ id }) => id),
    );
    const judged = await judge(by, new Map(standings.map((row) => [row.id, row])), places);
    const fails = await readFails?.(rows);
    const yes = await holdingFor(by, rows, places);
    const readings = await readingsOf(by.db, by.teamId, plansIn(places), rows);
    for (const row of rows)
      people.push(
        traveller(row, {
          judged: judged(row.id),
          fails,
          yes,
          readings,
          places,
          lot: people.length,
          now: by.now,
        }),
      );
    const last = rows.at(-1);
    if (!last || rows.length < AT_ONCE) return people;
    after = last.id;
  }
}

function plansIn({ arounds, sequences }: SharedFacts) {
  const plans = [...sequences].flatMap(([id, at]): [string, { sendsAtUsualHour: boolean }][] => {
    const around = arounds[at];
    return around ? [[id, around.sequence]] : [];
  });
  return new Map(plans);
}

/** By enrollment, the branches of its sequence whose conditions hold as things are, by the places of their steps. */
async function holdingFor(
  { db, teamId, now }: By,
  rows: readonly store.TravellerRow[],
  { arounds, sequences }: SharedFacts,
): Promise<ReadonlyMap<string, Set<number>>> {
  const yes = new Map<string, Set<number>>();
  for (const [sequenceId, own] of Map.groupBy(rows, (row) => row.sequenceId)) {
    const around = arounds[sequences.get(sequenceId) ?? -1];
    const people = own.map(({ id, contactId }) => ({ enrollmentId: id, contactId }));
    for (const [place, { condition }] of around?.steps.entries() ?? []) {
      if (!around || !condition) continue;
      const asked = { db, teamId, now, ownerId: around.sequence.ownerId, supposesDone: true };
      for (const [id, { holds }] of await verdictsOf(asked, condition, people))
        if (holds) yes.set(id, (yes.get(id) ?? new Set()).add(place));
    }
  }
  return yes;
}

type Judged = {
  row: StandingRow;
  holds: readonly GateHold[];
  barred: ForecastPerson["barred"];
  skipsMails: boolean;
};

/** What the gate says of each of them: of the step at which they stand, and of any mail. */
async function judge(by: By, rows: ReadonlyMap<string, StandingRow>, places: SharedFacts) {
  const emails = [...rows.values()].flatMap(({ email }) => email ?? []);
  const [barred, held, rules] = await Promise.all([
    barsAmong(by.db, by.teamId, emails),
    heldAmong(by.db, by.teamId, [...rows.values()]),
    teamRules({ db: by.db, teamId: by.teamId, now: by.now, holds: false }, []),
  ]);
  return (id: string): Judged | null => {
    const row = rows.get(id);
    const around = places.arounds[places.sequences.get(row?.sequenceId ?? "") ?? -1];
    if (!row || !around) return null;
    const sender = places.senders.get(row.mailboxId ?? "") ?? null;
    const step = stepFacts(around, row.currentStepId);
    const facts = {
      now: by.now,
      heldBack: places.heldBack,
      membership: row,
      sequence: around.facts,
      step,
      person: personFactsFrom({ row, barred, held: held(row) }),
      mail: null,
      mailbox: sender && mailboxFacts(sender),
      domain: null,
      recipient: null,
      linkedIn: null,
      touches: [],
      isInvented: rules.isInvented(sender, row),
      brakes: [], // the run asks at each email: the first one may come after a task
      unclear: row.unclear && { ...row.unclear, since: Temporal.Instant.from(row.unclear.since) },
    };
    const asMail = holdsOn({ ...facts, step: step && { ...step, type: "auto_email" as const } });
    const fails = asMail.filter(({ outcome }) => outcome === "fail");
    const isAll = fails.some(({ code }) => GATE[code].of === "all");
    return {
      row,
      holds: holdsOn(facts),
      barred: isAll ? "all" : fails.length > 0 ? "mails" : null,
      skipsMails: asMail.some(({ outcome }) => outcome === "skip"),
    };
  };
}

/** What the run itself looks after, because it may pass or be supposed otherwise. */
const OF_THE_RUN: ReadonlySet<GateCode> = new Set([
  ...(["step_off", "step_removed", "needs_review", "no_active_email_account"] as const),
  ...(["outside_window", "provider_rate_limited", "limit:mailbox_day", "limit:mailbox_hour"] as const),
  ...([
    "limit:mailbox_gap",
    "limit:mailbox_new_contacts",
    "limit:recipients",
    "limit:sequence_day",
    "limit:new_contacts_day",
    "limit:step_day",
    "limit:domain_day",
  ] as const),
  ...(["limit:touches", "limit:linkedin_day", "inbox_unread"] as const),
]);

type Known = {
  judged: Judged | null;
  fails: Fails | undefined;
  yes: ReadonlyMap<string, ReadonlySet<number>>;
  readings: Readings;
  places: SharedFacts;
  lot: number;
  now: Temporal.Instant;
};

function traveller(row: store.TravellerRow, known: Known): ForecastPerson {
  const { judged, fails, yes, readings, places, lot, now } = known;
  const at = places.sequences.get(row.sequenceId) ?? 0;
  const around = places.arounds[at];
  const schedule = around?.facts.schedule ?? null;
  const pace = contactPace(schedule, row, readings(row.sequenceId, row.contactId));
  const holds =
    judged?.holds.filter(
      ({ code, outcome }) => outcome !== "fail" && outcome !== "skip" && !OF_THE_RUN.has(code),
    ) ?? [];
  const until = holds.reduce<number>((found, hold) => Math.max(found, hold.until ? ms(hold.until) : 0), 0);
  return {
    sequence: at,
    zone: pace.zone,
    calendar: calendarOf(schedule, row),
    usualHour: pace.usualHour?.hour ?? null,
    score: row.score,
    lot,
    rank: row.rank,
    step: around?.steps.findIndex(({ id }) => id === row.stepId) ?? -1,
    mailbox: places.mailboxes.get(row.mailboxId ?? "") ?? null,
    at: startOf(
      row,
      { ...pace, step: around?.steps.find(({ id }) => id === row.stepId) ?? null },
      until,
      now,
    ),
    hasSent: judged?.row.hasSentMail ?? false,
    domain: places.domainLimit === null || isFreeMail(row.email) ? null : hostOfEmail(row.email),
    touchKeys: touchKeys(places, { ...row, hasSentMail: false }), // the run asks who has got one
    recipientKeys: recipientKeys(places, row.email),
    staysBecause: (holds.find((hold) => hold.until === null)?.code ?? null) as Stays | null,
    barred: judged?.barred ?? null,
    fails: fails?.get(row.id) ?? null,
    yes: yes.get(row.id) ?? null,
    dueAt: row.state === "active" && row.dueAt ? ms(row.dueAt) : null,
    skipsMails: judged?.skipsMails ?? false,
    isAdded: false,
  };
}

function startOf(
  row: store.TravellerRow,
  pace: ContactPace & { step: WaitingStep | null },
  heldUntil: number,
  now: Temporal.Instant,
): number | null {
  if (row.state === "active") {
    const next = row.nextCheckAt ?? row.dueAt;
    return next && Math.max(ms(next), heldUntil);
  }
  if (!row.resumeAt) return null;
  const resumes = Temporal.Instant.compare(row.resumeAt, now) > 0 ? row.resumeAt : now;
  const planned = row.dueAt ?? resumes;
  // Days and hours of the wait go by during a pause, as they do for the engine.
  const due = resumedDue({ ...pace, planned, now: resumes, heldSince: null });
  return due && Math.max(ms(due), heldUntil);
}

export function simulatedMail(
  mail: Awaited<ReturnType<typeof store.listOwnMails>>[number],
  places: SharedFacts,
  lot: number,
): ForecastPerson {
  return {
    sequence: null,
    step: 0,
    zone: "UTC",
    calendar: null,
    usualHour: null,
    score: 0,
    hasSent: false,
    domain: null,
    barred: null,
    fails: null,
    yes: null,
    dueAt: null,
    skipsMails: false,
    isAdded: false,
    staysBecause: null,
    rank: mail.rank,
    at: ms(mail.nextCheckAt),
    lot,
    mailbox: places.mailboxes.get(mail.mailboxId) ?? null,
    touchKeys: mail.touchReason === null ? touchKeys(places, { ...mail, hasSentMail: true }) : NO_KEYS,
    recipientKeys: recipientKeys(places, mail.email),
  };
}

function recipientKeys({ recipientLimits, recipientKeysOf }: SharedFacts, email: string | null) {
  if (recipientLimits.length === 0) return NO_KEYS;
  const keys = recipientKeysOf(email);
  return recipientLimits.map((limit) => recipientKeyOf(limit, keys));
}

function touchKeys({ touchLimits }: SharedFacts, whom: Touched) {
  return touchLimits.length === 0 ? NO_KEYS : touchLimits.map((limit) => touchKeyOf(limit, whom));
}

const NO_KEYS: readonly null[] = [];

function ms(at: Temporal.Instant) {
  return at.epochMilliseconds;
}
