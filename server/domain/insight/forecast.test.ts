import assert from "node:assert/strict";
import { test } from "node:test";
import { Heap } from "../basics/heap.ts";
import { dueAfter } from "../sequences/cadence.ts";
import { holidaysOf } from "../time/holidays.ts";
import { type ContactSchedule, nextOpening } from "../time/schedule.ts";
import { forecast } from "./forecast.ts";
import { endingRates, forecastBand } from "./forecast-band.ts";
import { ForecastClock } from "./forecast-clock.ts";
import {
  type ForecastFacts,
  type ForecastPerson,
  type ForecastStep,
  UNKNOWN_PERSON,
} from "./forecast-facts.ts";
import { suppose } from "./what-if.ts";

const NOW = Date.parse("2026-11-20T10:00:00Z");

const MAIL: ForecastStep = {
  id: "mail",
  versionId: null,
  position: 1,
  type: "auto_email",
  waitTime: 0,
  waitMode: "minute",
  exactAt: null,
  isOn: true,
  dailyLimit: null,
  sentToday: 0,
  isReady: true,
  parentId: null,
  path: null,
  waitDays: 0,
};

const PERSON: ForecastPerson = {
  sequence: 0,
  step: 0,
  mailbox: 0,
  zone: "UTC",
  calendar: null,
  at: NOW,
  ...UNKNOWN_PERSON,
  isAdded: false,
  lot: 0,
};

const MAILBOX = {
  id: "box",
  userId: "ada",
  dailyLimit: null,
  hourlyLimit: null,
  gapSeconds: null,
  ramp: null,
  backoffUntil: null,
  newLimit: null,
  newSentAt: [],
  sentAt: [],
  isConnected: true,
};

const SEQUENCE = {
  id: "seq",
  ownerId: "ada",
  schedule: null,
  policy: "fifo" as const,
  dailyLimit: null,
  sentToday: 0,
  newLimit: null,
  newToday: 0,
  goesOnWhenNotSent: false,
  steps: [MAIL],
};

function facts(rest: Partial<ForecastFacts>, count = 1): ForecastFacts {
  return {
    now: NOW,
    days: 30,
    timeZone: "UTC",
    endsWithAdded: false,
    seed: 1,
    mailboxes: [MAILBOX],
    sequences: [SEQUENCE],
    counted: null,
    people: Array.from({ length: count }, (_, lot) => ({ ...PERSON, lot })),
    brakes: [],
    linkedIn: { limits: {}, taken: new Map() },
    touchLimits: [],
    touchedAt: new Map(),
    recipientLimits: [],
    recipientsSentAt: new Map(),
    domainLimit: null,
    sentToDomain: new Map(),
    replyRate: 0,
    ...rest,
  };
}

/** When each mail leaves, in minutes from now. */
function minutes(of: ForecastFacts) {
  const sends: number[] = [];
  forecast(of, ({ at }) => sends.push((at - NOW) / 60_000));
  return sends;
}

test("a mailbox sends no more in an hour and in a day than it may, what it has sent before among it", () => {
  const limited = { ...MAILBOX, hourlyLimit: 2, dailyLimit: 5, sentAt: [NOW - 30 * 60_000] };
  assert.deepEqual(minutes(facts({ mailboxes: [limited] }, 7)), [0, 30, 60, 90, 1410, 1440, 1470]);
});

test("a mailbox begins with no more contacts in 24 hours than it may, and later emails pass them by", () => {
  const limited = { ...MAILBOX, newLimit: 2, newSentAt: [NOW - 60 * 60_000], sentAt: [NOW - 60 * 60_000] };
  const people = [false, true, false, false].map((hasSent, lot) => ({ ...PERSON, hasSent, lot }));
  assert.deepEqual(minutes(facts({ mailboxes: [limited], people })), [0, 0, 1380, 1440]);
});

test("no more goes to one company in a day than the team allows, from whichever mailbox", () => {
  const two = [MAILBOX, { ...MAILBOX, id: "other" }];
  const people = [0, 1, 0, 1].map((mailbox, lot) => ({ ...PERSON, mailbox, domain: "acme.example", lot }));
  assert.deepEqual(minutes(facts({ mailboxes: two, people, domainLimit: 2 })), [0, 0, 1441, 1441]);
});

test("a contact held by a limit of zero stays because of that limit, and not because of the hours", () => {
  const stays = (of: Partial<ForecastFacts>) => forecast(facts(of, 1)).stays.map(({ code }) => code);
  assert.deepEqual(stays({ sequences: [{ ...SEQUENCE, dailyLimit: 0 }] }), ["limit:sequence_day"]);
  assert.deepEqual(stays({ sequences: [{ ...SEQUENCE, newLimit: 0 }] }), ["limit:new_contacts_day"]);
  const none = { mailboxes: [{ ...MAILBOX, newLimit: 0 }] };
  assert.deepEqual(stays(none), ["limit:mailbox_new_contacts"]);
  const noMails = { ...SEQUENCE, steps: [{ ...MAIL, dailyLimit: 0 }] };
  assert.deepEqual(stays({ sequences: [noMails] }), ["limit:step_day"]);
  const people = [{ ...PERSON, lot: 0, domain: "acme.example" }];
  assert.deepEqual(stays({ people, domainLimit: 0 }), ["limit:domain_day"]);
});

test("a user gets no more LinkedIn tasks in a day than the team allows, and the emails behind them wait", () => {
  const connect = { ...MAIL, id: "li", type: "linkedin_step_connect" as const };
  const sequences = [{ ...SEQUENCE, steps: [connect, { ...MAIL, position: 2 }] }];
  const limits = { linkedin_step_connect: 2 };
  const linkedIn = { limits, taken: new Map([["ada linkedin_step_connect", 1]]) };
  const day = 24 * 60;
  assert.deepEqual(minutes(facts({ sequences, linkedIn }, 4)), [0, day - 600, day - 600, 2 * day - 600]);
  const others = new Map([["bo linkedin_step_connect", 2]]);
  assert.deepEqual(minutes(facts({ sequences, linkedIn: { ...linkedIn, taken: others } }, 2)), [0, 0]);
  const limited = [
    {
      ...SEQUENCE,
      steps: [
        { ...connect, dailyLimit: 1 },
        { ...MAIL, position: 2 },
      ],
    },
  ];
  assert.deepEqual(minutes(facts({ sequences: limited }, 2)), [0, day - 600]);
});

test("no contact is touched more often than the team allows, in any mailbox and sequence, and a call counts where touches do", () => {
  const limits = [
    { scope: "person" as const, counts: "touches" as const, most: 2, days: 2 },
    { scope: "company" as const, counts: "emails" as const, most: 3, days: 1 },
  ];
  const call = { ...MAIL, id: "call", position: 1, type: "call" as const };
  const sequences = [{ ...SEQUENCE, steps: [call, { ...MAIL, position: 2 }] }, SEQUENCE];
  const person = (sequence: number, key: string, lot: number) => ({
    ...PERSON,
    sequence,
    lot,
    touchKeys: [key, "acme"],
  });
  // Ann is called and mailed by one sequence and has been mailed an hour ago; three colleagues are mailed by the other.
  const people = [person(0, "ann", 0), person(1, "ben", 1), person(1, "cas", 2), person(1, "dee", 3)];
  const touchedAt = new Map([["0 ann", [NOW - 60 * 60_000]]]);
  const sends: [number, number][] = [];
  const start = facts({ sequences, people, touchLimits: limits, touchedAt });
  forecast(start, ({ person: who, at }) => sends.push([who, (at - NOW) / 60_000]));
  assert.deepEqual(sends, [
    [1, 0],
    [2, 0],
    [3, 0],
    [0, 2821], // the mail before the call leaves the window first
  ]);
});

test("a mailbox sends no more to one provider in an hour than the team allows, and others pass", () => {
  const limit = { to: "provider" as const, provider: null, most: 2, per: "hour" as const };
  const keys = ["google", "google", "google", "microsoft"];
  const people = keys.map((key, lot) => ({ ...PERSON, lot, recipientKeys: [`provider ${key}`] }));
  const recipientsSentAt = new Map([["0 0 provider google", [NOW - 20 * 60_000]]]);
  const sends: [number, number][] = [];
  const start = facts({ people, recipientLimits: [limit], recipientsSentAt });
  forecast(start, ({ person: who, at }) => sends.push([who, (at - NOW) / 60_000]));
  assert.deepEqual(sends, [
    [0, 0],
    [3, 0],
    [1, 40],
    [2, 60],
  ]);
});

test("a brake holds the first email, also after a task, and a pause each email", () => {
  const task: ForecastStep = { ...MAIL, id: "call", type: "call" };
  const steps = [task, { ...MAIL, position: 2 }, { ...MAIL, id: "later", position: 3 }];
  const brake: ForecastFacts["brakes"][number] = {
    scope: "sequence",
    subjectId: "seq",
    level: "first_steps",
    cause: "bounces",
    figures: { sent: 80, count: 6, percent: 7.5, threshold: 5, days: 7, before: null },
    id: "brake",
    since: "2026-11-20T09:00:00Z",
  };
  const people = [PERSON, { ...PERSON, lot: 1, step: 1, hasSent: true }];
  const sends = (level: "first_steps" | "paused" | null) => {
    const brakes = level ? [{ ...brake, level }] : [];
    const told = forecast(facts({ sequences: [{ ...SEQUENCE, steps }], people, brakes }));
    return [told.bySequence[0]?.sends, told.stays.find(({ code }) => code === "brake:sequence")?.count ?? 0];
  };
  assert.deepEqual(sends(null), [4, 0]);
  assert.deepEqual(sends("first_steps"), [2, 1]);
  assert.deepEqual(sends("paused"), [0, 2]);
});

test("a sequence's limit counts days of the calendar, where its schedule stands", () => {
  const sequence = { ...SEQUENCE, dailyLimit: 2, sentToday: 1 };
  assert.deepEqual(minutes(facts({ sequences: [sequence] }, 4)), [0, 14 * 60, 14 * 60, 38 * 60]);
});

test("each contact who stays has a reason, and one who may not be mailed fails at the first", () => {
  const people: ForecastPerson[] = [
    { ...PERSON, staysBecause: "enrollment_paused" },
    { ...PERSON, at: null },
    { ...PERSON, barred: "mails" },
    { ...PERSON, mailbox: null },
  ];
  const told = forecast(facts({ people }));
  assert.deepEqual(told.bySequence[0]?.through, { finished: 0, failed: 1, replied: 0 });
  assert.deepEqual(told.stays.map(({ code }) => code).sort(), [
    "enrollment_paused",
    "no_active_email_account",
    "waits",
  ]);
  const goesOn = { ...SEQUENCE, goesOnWhenNotSent: true };
  assert.equal(
    forecast(facts({ people: people.slice(2, 3), sequences: [goesOn] })).bySequence[0]?.through.finished,
    1,
  );
});

test("a new mailbox takes its share of who has got nothing yet, and threads stay where they are", () => {
  const people = Array.from({ length: 8 }, (_, lot) => ({ ...PERSON, lot, hasSent: lot < 2 }));
  const limited = { ...MAILBOX, dailyLimit: 2 };
  const supposed = suppose(facts({ mailboxes: [limited], people }), {
    addMailboxes: [{ dailyLimit: 2 }],
    changeLimits: new Map(),
    addContacts: [],
    switchOffSteps: new Set(),
  });
  assert.deepEqual(
    supposed.people.map(({ mailbox }) => mailbox),
    [0, 0, 0, 1, 0, 1, 0, 1],
  );
});

test("asked a thousand times, the clock answers as the rules do that it remembers", () => {
  const chance = drawnFrom(11);
  const clock = new ForecastClock();
  const schedules: (ContactSchedule | null)[] = [
    null,
    ...["NO", "BR"].map((calendar) => ({
      holidays: holidaysOf(calendar, []),
      windows: [1, 2, 4, 5].map((weekday) => ({ weekday, startsAt: 510, endsAt: 1005 })),
    })),
  ];
  const kinds = ["auto_email", "call"] as const;
  const modes = ["minute", "hour", "day"] as const;
  const steps = Array.from({ length: 12 }, (_, n) => ({
    ...MAIL,
    id: `step${n}`,
    type: chance.pick(kinds),
    waitMode: chance.pick(modes),
    waitTime: chance.whole(0, 5),
  }));
  const began = Date.parse("2027-03-26T00:00:00Z"); // clocks are turned two days later
  for (let n = 0; n < 4_000; n++) {
    const [step, schedule] = [chance.pick(steps), chance.pick(schedules)];
    const zone = chance.pick(["Europe/Oslo", "America/New_York", "Asia/Kolkata"]);
    const from = began + chance.whole(0, 6 * 1440) * 60_000 + chance.pick([0, 0, 17_250, 59_999]);
    const at = Temporal.Instant.fromEpochMilliseconds(from);
    const usualHour = chance.pick([null, 9, 15]);
    const pace = { schedule, zone, usualHour: usualHour === null ? null : { hour: usualHour } };
    const due = dueAfter({ step: { ...step, exactAt: null }, ...pace, from: at });
    const opens = nextOpening(schedule, zone, at);
    assert.equal(clock.opening(schedule, zone, from), opens?.epochMilliseconds, `opening ${zone} ${at}`);
    assert.equal(
      clock.due(step, { schedule, zone, usualHour }, from),
      due?.epochMilliseconds,
      `${JSON.stringify(step)} ${zone} ${at}`,
    );
  }
});

test("a heap gives what ranks first, and of equals what came first", () => {
  const heap = new Heap<string>();
  for (const [rank, item] of [
    [2, "c"],
    [1, "a"],
    [2, "d"],
    [1, "b"],
    [0, "first"],
  ] as const)
    heap.push(rank, item);
  assert.deepEqual(
    Array.from({ length: 6 }, () => heap.pop()),
    ["first", "a", "b", "c", "d", undefined],
  );
});

/** The same draws every time. */
function drawnFrom(seed: number) {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return {
    whole: (least: number, most: number) => least + Math.floor(next() * (most - least + 1)),
    pick: <T>(list: readonly T[]) => list[Math.floor(next() * list.length)] as T,
  };
}

test("a contact at a step of an earlier version goes through that one alone, and new contacts through theirs", () => {
  const steps = [
    { ...MAIL, id: "new" },
    { ...MAIL, id: "old", versionId: "first" },
    { ...MAIL, id: "older", versionId: "first", position: 2, isOn: false },
    { ...MAIL, id: "oldest", versionId: "first", position: 3 },
  ];
  const people = [0, 1].map((step, lot) => ({ ...PERSON, step, lot }));
  const [told] = forecast(facts({ sequences: [{ ...SEQUENCE, steps }], people })).bySequence;
  assert.deepEqual([told?.sends, told?.through.finished], [3, 2]);
});

const FOLLOW_UPS = [1, 2, 3, 4].map((position) => ({
  ...MAIL,
  id: `mail ${position}`,
  position,
  waitTime: position === 1 ? 0 : 3,
  waitMode: "day" as const,
}));

function withFollowUps(count: number): ForecastFacts {
  return facts({
    sequences: [{ ...SEQUENCE, steps: FOLLOW_UPS }],
    people: Array.from({ length: count }, (_, lot) => ({ ...PERSON, lot })),
  });
}

const emailsOf = (of: ForecastFacts) => forecast(of).byMailboxHour.reduce((sum, { sends }) => sum + sends, 0);

test("of too few emails nothing is concluded, and a share that was never seen is not taken for impossible", () => {
  assert.equal(endingRates({ emails: 99, ended: 50 }), null);
  const { least, most } = endingRates({ emails: 200, ended: 0 }) ?? assert.fail();
  assert.equal(least, 0);
  assert.ok(most > 0.01 && most < 0.02, String(most));
  const wide = endingRates({ emails: 100, ended: 5 }) ?? assert.fail();
  const narrow = endingRates({ emails: 10_000, ended: 500 }) ?? assert.fail();
  assert.ok(
    wide.least < narrow.least && narrow.least < 0.05 && 0.05 < narrow.most && narrow.most < wide.most,
  );
});

test("what is likely lies below the emails of a forecast in which all contacts go on, day by day and in all", () => {
  const of = withFollowUps(300);
  const band = forecastBand(of, { emails: 2_000, ended: 100 }) ?? assert.fail();
  assert.equal(emailsOf(of), 1_200);
  assert.ok(band.least < band.most && band.most < 1_200, `${band.least} to ${band.most}`);
  assert.ok(band.days.every(({ least, most }) => least <= most && most <= 300));
  assert.deepEqual(band.days[0]?.most, 300, "nobody has stopped before the first email");
});

test("what then happens is likely in at least nine of ten companies of one share", () => {
  const of = withFollowUps(300);
  const band = forecastBand(of, { emails: 2_000, ended: 100 }) ?? assert.fail();
  const inside = Array.from({ length: 100 }, (_, n) =>
    emailsOf({ ...of, replyRate: 0.05, seed: 1_000 + n }),
  ).filter((sends) => sends >= band.least && sends <= band.most);
  assert.ok(inside.length >= 90, `${inside.length} of 100`);
});

test("the same forecast has the same band, and days are the team's", () => {
  const seen = { emails: 500, ended: 25 };
  const of = withFollowUps(50);
  assert.deepEqual(forecastBand(of, seen), forecastBand(of, seen));
  const [here, there] = ["UTC", "Pacific/Kiritimati"].map(
    (timeZone) => forecastBand({ ...of, timeZone }, seen)?.days[0]?.day,
  );
  assert.ok(here && there && here < there, `${here} ${there}`);
});
