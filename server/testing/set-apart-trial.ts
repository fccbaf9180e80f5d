// What a set that was frozen before the texts of training that followed it must come to.

import assert from "node:assert/strict";
import { test } from "node:test";
import { type ClassifiedSample, judgedApart, type SetApart, setApart } from "./set-apart.ts";

/** The floors lie a little below what was measured. */
type Floors = {
  set: string;
  /** Shares of the opt-outs that are acted upon at least, and of the answers whose class is wrong at most. */
  acted: number;
  wrongClass: number;
  /** How many that only sound like an opt-out are acted upon at most, and how many absences and days are missed. */
  falseOptOuts?: number;
  missed?: number;
  days?: number;
  /** How many leavers are not told, and confirmations taken for something else, at most. */
  wrongLeavers?: number;
};

const told = (some: readonly ClassifiedSample[]) =>
  some
    .map(
      ({ language, text, verdict: { kind, replyClass, action, returnsOn } }) =>
        `${language}: ${text}\n    ${kind} ${replyClass} ${action} ${returnsOn ?? ""}`,
    )
    .join("\n");
const isActed = ({ verdict }: ClassifiedSample) => verdict.kind === "unsubscribe" && verdict.action === "act";

const CLASSES: Record<string, string> = {
  yes: "interested",
  no: "not_interested",
  ask: "question",
  refer: "referral",
  wrong: "not_right_person",
};

export async function tryApart(
  file: SetApart,
  { set, acted, wrongClass, falseOptOuts = 1, missed: mostMissed = 0, days = 2, wrongLeavers = 1 }: Floors,
) {
  const all = await Promise.all(setApart(file).map(judgedApart));
  const are = (...kinds: string[]) => all.filter((one) => kinds.includes(one.is));

  test(`an opt-out of ${set} is acted upon or held`, (t) => {
    const some = are("optout");
    const rest = some.filter((one) => !isActed(one));
    t.diagnostic(`acted upon ${some.length - rest.length} of ${some.length}\n${told(rest)}`);
    assert.ok(rest.length <= some.length * (1 - acted), told(rest));
    const lost = some.filter(({ verdict }) => !["unsubscribe", "reply"].includes(verdict.kind));
    assert.deepEqual(lost, [], told(lost));
  });

  test(`what only sounds like an opt-out in ${set} is acted upon ${falseOptOuts} times at most, other answers never`, (t) => {
    const some = are("look").filter(isActed);
    t.diagnostic(told(are("look").filter(({ verdict }) => verdict.kind !== "reply")));
    assert.ok(some.length <= falseOptOuts, told(some));
    assert.deepEqual(are("yes", "no", "ask", "refer", "wrong").filter(isActed), []);
  });

  test(`answers of ${set} get their class`, (t) => {
    const some = are(...Object.keys(CLASSES));
    const wrong = some.filter(({ is, verdict }) => verdict.replyClass !== CLASSES[is]);
    t.diagnostic(`right ${some.length - wrong.length} of ${some.length}\n${told(wrong)}`);
    assert.ok(wrong.length <= some.length * wrongClass, told(wrong));
  });

  test(`absences, leavers and confirmations of ${set} are recognised`, (t) => {
    const missed = are("away").filter(({ verdict }) => verdict.kind !== "out_of_office");
    const dated = are("away").filter(({ returns }) => returns !== null);
    const far = dated.filter(
      ({ returns, verdict }) =>
        verdict.returnsOn === null ||
        Math.abs(Temporal.PlainDate.from(returns ?? "").until(verdict.returnsOn).days) > 1,
    );
    const left = are("left").filter(({ verdict }) => verdict.replyClass !== "not_right_person");
    const confirmations = are("ack").filter(({ verdict }) => verdict.kind !== "auto_reply");
    const acted = [...are("left"), ...are("ack")].filter(isActed);
    assert.deepEqual(acted, [], told(acted));
    t.diagnostic(
      `day within one ${dated.length - far.length} of ${dated.length}\n${told([...far, ...left])}`,
    );
    assert.ok(missed.length <= mostMissed, told(missed));
    assert.ok(far.length <= days, told(far));
    assert.ok(left.length + confirmations.length <= wrongLeavers, told([...left, ...confirmations]));
  });
}
