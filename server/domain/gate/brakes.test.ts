import assert from "node:assert/strict";
import { test } from "node:test";
import { type ActiveBrake, brakeChanges, brakesOn } from "./brake-changes.ts";
import { DEFAULT_BRAKES, misorderedRule, withRules } from "./brake-rules.ts";
import { simulateBrakes } from "./brake-simulation.ts";
import { addUp, type SendingDay } from "./brake-sums.ts";
import { brakeSays } from "./brake-words.ts";
import { type BrakeFound, causesOf, subjectsOf } from "./brakes.ts";

const day = (ago: number, sent: number, more: Partial<SendingDay> = {}): SendingDay => ({
  ago,
  mailboxId: "m",
  sequenceId: "s",
  era: 0,
  sent,
  bounced: 0,
  complained: 0,
  blocked: 0,
  answered: 0,
  ...more,
});

const ask = (days: SendingDay[], era = 0) => {
  const [found] = causesOf(DEFAULT_BRAKES, addUp(days, era));
  return found ? `${found.cause} ${found.level}` : null;
};

test("from 5 % bounces on first emails are held, and from 10 % all", () => {
  assert.equal(ask([day(1, 100, { bounced: 4 })]), null);
  assert.equal(ask([day(1, 100, { bounced: 5 })]), "bounces first_steps");
  assert.equal(ask([day(1, 60, { bounced: 6 }), day(3, 40, { bounced: 4 })]), "bounces paused");
});

test("few emails say nothing, nor do those from before the window", () => {
  assert.equal(ask([day(1, 49, { bounced: 49 })]), null);
  assert.equal(ask([day(7, 100, { bounced: 50 }), day(1, 60)]), null);
});

test("two spam reports among a thousand emails are too many, and one is an accident", () => {
  assert.equal(ask([day(20, 900, { complained: 1 })]), null);
  assert.equal(
    ask([day(20, 900, { complained: 1 }), day(2, 900, { complained: 1 })]),
    "complaints first_steps",
  );
  assert.equal(ask([day(2, 300, { complained: 2 })]), "complaints paused");
});

test("a share is compared as it is, and not as it is rounded to be read", () => {
  assert.equal(ask([day(2, 2_105, { complained: 2 })]), null, "0.095 %");
  assert.equal(ask([day(2, 2_000, { complained: 2 })]), "complaints first_steps", "0.1 %");
});

test("what several mailboxes sent in a sequence on one day is added up", () => {
  const days = [day(1, 30, { bounced: 3 }), day(1, 30, { mailboxId: "other", bounced: 3 })];
  const found = subjectsOf("team", days).flatMap((one) =>
    causesOf(DEFAULT_BRAKES, addUp(one.days)).map(
      ({ figures }) => `${one.scope} ${figures.count}/${figures.sent}`,
    ),
  );
  assert.deepEqual(found, ["sequence 6/60", "team 6/60"]);
});

test("emails that providers block are a cause of their own, and the worst cause is named", () => {
  assert.equal(ask([day(1, 100, { blocked: 6 })]), "blocks first_steps");
  assert.equal(ask([day(1, 100, { bounced: 6, blocked: 12 })]), "blocks paused");
});

test("replies that fall suddenly are compared with the four weeks before", () => {
  const before = Array.from({ length: 20 }, (_, n) => day(18 + n, 50, { answered: 4 }));
  const recent = (answered: number) =>
    Array.from({ length: 10 }, (_, n) => day(4 + n, 50, { answered: n < answered ? 1 : 0 }));
  assert.equal(ask([...before, ...recent(10)]), "replies first_steps");
  assert.equal(ask([...before, ...recent(10).map((one) => ({ ...one, answered: 3 }))]), null);
  assert.equal(ask(recent(0)), null, "without replies before there is no fall");
  const yesterday = Array.from({ length: 3 }, (_, n) => day(n, 400));
  assert.equal(ask([...before, ...recent(10).map((one) => ({ ...one, answered: 3 })), ...yesterday]), null);
});

test("since a user lifted a brake, only what was sent since counts, from the first hour on", () => {
  const days = [day(3, 100, { bounced: 20 }), day(0, 60)];
  assert.equal(ask(days), "bounces paused");
  assert.equal(ask(days, 1), null);
  const since = (sent: number, bounced: number) => [...days, day(0, sent, { era: 1, bounced })];
  assert.equal(ask(since(60, 12), 1), "bounces paused");
  assert.equal(ask(since(49, 12), 1), null, "too few since then");
});

test("emails outside of sequences are no part of the fall of replies", () => {
  const before = Array.from({ length: 20 }, (_, n) => day(18 + n, 50, { answered: 4 }));
  const recent = Array.from({ length: 10 }, (_, n) => day(4 + n, 50, { answered: n === 0 ? 10 : 0 }));
  const oneOff = (ago: number, answered: number) => day(ago, 50, { sequenceId: null, answered });
  assert.equal(ask([...before, ...recent]), "replies first_steps");
  assert.equal(ask([...before, ...recent, oneOff(5, 50)]), "replies first_steps", "they do not hide it");
  const steady = recent.map((one) => ({ ...one, answered: 4 }));
  assert.equal(ask([...before, ...steady, ...[20, 21, 22].map((ago) => oneOff(ago, 50))]), null);
  assert.equal(
    ask([...before, ...steady, ...[5, 6, 7].map((ago) => day(ago, 500, { sequenceId: null }))]),
    null,
  );
});

test("a simulation reads each day's figures as often for 90 days as for one", () => {
  let reads = 0;
  const counted = (ago: number) =>
    Object.defineProperty(day(ago, 100, { bounced: 2 }), "sent", {
      get: () => {
        reads++;
        return 100;
      },
    });
  const days = Array.from({ length: 120 }, (_, ago) => counted(ago));
  const readsFor = (span: number) => {
    reads = 0;
    simulateBrakes(DEFAULT_BRAKES, "team", days, span);
    return reads;
  };
  assert.equal(readsFor(90), readsFor(1));
});

test("mailboxes, sequences and the team are each judged by what is theirs", () => {
  const days = [day(1, 60, { bounced: 5 }), day(1, 200, { mailboxId: "other", sequenceId: "t" })];
  const found = subjectsOf("team", days).flatMap(({ scope, subjectId, days: own }) =>
    causesOf(DEFAULT_BRAKES, addUp(own)).length > 0 ? [`${scope} ${subjectId}`] : [],
  );
  assert.deepEqual(found, ["mailbox m", "sequence s"]);
});

const FIGURES = { sent: 80, count: 6, percent: 7.5, threshold: 5, days: 7, before: null };
const FOUND: BrakeFound = {
  scope: "mailbox",
  subjectId: "m",
  level: "first_steps",
  cause: "bounces",
  figures: FIGURES,
};
const ACTIVE: ActiveBrake = { ...FOUND, id: "b", since: "2026-03-02T09:00:00Z" };

test("the first level lifts itself, a pause stays, and a rule that is turned off lifts both", () => {
  const ends = (active: ActiveBrake, found: BrakeFound[], rules = DEFAULT_BRAKES) => {
    const { set, ended } = brakeChanges(rules, [active], found);
    return [set.map(({ level }) => level), ended.map(({ reason }) => reason)];
  };
  const paused: ActiveBrake = { ...ACTIVE, level: "paused" };
  assert.deepEqual(ends(ACTIVE, [FOUND]), [[], []]);
  assert.deepEqual(ends(ACTIVE, []), [[], ["recovered"]]);
  assert.deepEqual(ends(ACTIVE, [{ ...FOUND, level: "paused" }]), [["paused"], ["raised"]]);
  assert.deepEqual(ends(paused, []), [[], []]);
  assert.deepEqual(ends(paused, [FOUND]), [[], []]);
  const off = withRules(DEFAULT_BRAKES, { bounces: { isOn: false } });
  assert.deepEqual(ends(paused, [], off), [[], ["rule_off"]]);
  assert.deepEqual(brakeChanges(DEFAULT_BRAKES, [], [FOUND]).set, [FOUND]);
  const blocks: BrakeFound = { ...FOUND, cause: "blocks" };
  assert.deepEqual(ends(ACTIVE, [blocks]), [["first_steps"], ["recovered"]], "it tells why it is on");
  assert.deepEqual(ends({ ...ACTIVE, cause: "blocks" }, [FOUND, blocks]), [[], []]);
});

test("the first level holds who has not begun, and a pause everybody", () => {
  const mail = { mailboxId: "m", sequenceId: "s", hasSentMail: false };
  const held = (level: ActiveBrake["level"], more = {}) =>
    brakesOn([{ ...ACTIVE, level }], { ...mail, ...more }).length;
  assert.deepEqual([held("first_steps"), held("first_steps", { hasSentMail: true })], [1, 0]);
  assert.deepEqual([held("paused", { hasSentMail: true }), held("paused", { mailboxId: "n" })], [1, 0]);
});

test("a simulation tells from when until when each brake would have been on", () => {
  const days = [day(30, 100, { bounced: 8 }), day(25, 100), day(2, 100)];
  const stricter = withRules(DEFAULT_BRAKES, { bounces: { first: 3 } });
  const spans = (rules: typeof DEFAULT_BRAKES) =>
    simulateBrakes(rules, "team", days, 90)
      .filter(({ scope }) => scope === "mailbox")
      .map(({ from, until, emails }) => [from, until, emails]);
  assert.deepEqual(spans(DEFAULT_BRAKES), [[30, 26, 100]]);
  assert.deepEqual(spans(stricter), [[30, 24, 200]]);
});

test("a pause below the first level is out of order", () => {
  assert.equal(misorderedRule(DEFAULT_BRAKES), null);
  assert.equal(misorderedRule(withRules(DEFAULT_BRAKES, { blocks: { pause: 4 } })), "blocks");
});

test("it is said with its figures", () => {
  assert.equal(
    brakeSays({ ...FOUND, name: "ines@norrland.example" }),
    "The mailbox ines@norrland.example sends no first emails: 6 of 80 emails bounced in 7 days (7.5%, limit 5%).",
  );
});
