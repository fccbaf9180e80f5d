// What whole mails in the forms of real programs come to, in five parts: A was looked at while the reader was mended, the others
// were each measured before anybody looked. The last one has not been looked at since.

import assert from "node:assert/strict";
import { test } from "node:test";
import { mailsApart, type ReadMail, readApart } from "./mails-apart.ts";

const all = await Promise.all(mailsApart("set-apart-7.jsonl").map(readApart));

const told = (some: readonly ReadMail[]) =>
  some
    .map(({ id, half, language, form, back, fresh, verdict: { kind, replyClass, action, returnsOn } }) =>
      [id, half, language, form, back, kind, replyClass, action, returnsOn, fresh.replace(/\s+/g, " ")].join(
        " ",
      ),
    )
    .join("\n");
const share = (some: readonly ReadMail[], is: (one: ReadMail) => boolean) =>
  some.filter(is).length / some.length;

for (const half of ["A", "B", "C", "D", "E"] as const) {
  const are = (...kinds: ReadMail["kind"][]) =>
    all.filter((one) => one.half === half && kinds.includes(one.kind));
  const people = are("person", "look-alike");
  const dated = are("absence-headers", "absence-plain").filter(({ back }) => back);
  const reports = are("bounce");

  test(`part ${half}: an opt-out is acted upon, or the contact is on hold`, (t) => {
    const some = are("opt-out");
    const rest = some.filter(({ isOptedOut }) => !isOptedOut);
    t.diagnostic(`acted upon ${some.length - rest.length} of ${some.length}\n${told(rest)}`);
    assert.ok(share(some, ({ isOptedOut }) => isOptedOut) >= 0.85, told(rest));
    assert.deepEqual(
      rest.filter(({ isHeld }) => !isHeld),
      [],
    );
  });

  test(`part ${half}: after a person's answer nothing automatic leaves, and hardly any is an opt-out`, (t) => {
    assert.deepEqual(
      people.filter(({ isHeld }) => !isHeld),
      [],
    );
    const wrong = people.filter(({ isOptedOut }) => isOptedOut);
    t.diagnostic(told(people.filter(({ verdict }) => verdict.kind === "unsubscribe")));
    assert.ok(wrong.length <= 1, told(wrong));
  });

  test(`part ${half}: absences pause, until a day that is near and not too early`, (t) => {
    // A program's answer in words that the reader does not know holds the contact for a week.
    const isAway = ({ verdict, isHeld }: ReadMail) =>
      verdict.kind === "out_of_office" || (verdict.kind === "auto_reply" && isHeld);
    const missed = are("absence-headers", "absence-plain").filter((one) => !isAway(one));
    assert.ok(share(are("absence-headers"), isAway) >= 0.97, told(missed));
    assert.ok(share(are("absence-plain"), isAway) >= 0.85, told(missed));
    const far = dated.filter((one) => !isNear(one));
    const early = dated.filter((one) => off(one) < 0);
    t.diagnostic(`near ${dated.length - far.length} of ${dated.length}, early ${early.length}\n${told(far)}`);
    assert.ok(share(dated, isNear) >= 0.9, told(far));
    // "Until the 10th", a Monday, is read as the day of return.
    assert.ok(early.length <= 1, told(early));
  });

  test(`part ${half}: an address that nobody has is a hard bounce, or a user is asked where no id of ours proves it`, () => {
    const isHard = ({ verdict }: ReadMail) => verdict.bounce?.class === "hard";
    const some = reports.filter(({ expected }) => expected === "hard");
    const missed = some.filter(
      (one) => one.verdict.action !== (one.ids ? "act" : "ask") || (one.ids && !isHard(one)),
    );
    assert.deepEqual(missed, [], told(missed));
    const wrong = reports.filter((one) => one.expected !== "hard" && isHard(one));
    assert.deepEqual(wrong, [], told(wrong));
  });
}

/** Working days by which the day that was read is late; below 0 where it is early. */
function off({ verdict: { returnsOn }, back }: ReadMail): number {
  if (!returnsOn || !back) return Number.NaN;
  const read = onWorkingDay(returnsOn);
  const named = Temporal.PlainDate.from(back);
  const isEarly = Temporal.PlainDate.compare(read, named) < 0;
  const [from, to] = isEarly ? [read, named] : [named, read];
  let days = 0;
  for (let day = from; Temporal.PlainDate.compare(day, to) < 0; day = day.add({ days: 1 }))
    if (day.add({ days: 1 }).dayOfWeek < 6) days++;
  return isEarly ? -days : days;
}

function onWorkingDay(day: Temporal.PlainDate): Temporal.PlainDate {
  return day.dayOfWeek < 6 ? day : onWorkingDay(day.add({ days: 1 }));
}

function isNear(one: ReadMail) {
  return Math.abs(off(one)) <= 1;
}
