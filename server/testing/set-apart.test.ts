import assert from "node:assert/strict";
import { test } from "node:test";
import { type ClassifiedSample, judgedApart, setApart } from "./set-apart.ts";

const all = await Promise.all(setApart("set-apart.txt").map(judgedApart));
const are = (is: string) => all.filter((one) => one.is === is);
const share = (some: readonly unknown[], of: readonly unknown[]) => some.length / Math.max(1, of.length);
const told = (some: readonly ClassifiedSample[]) =>
  some
    .map(
      ({ language, by, text, verdict: { kind, certainty, action, returnsOn } }) =>
        `${language} ${by}: ${text}\n    ${kind} ${certainty} ${action} ${returnsOn ?? ""}`,
    )
    .join("\n");
const isActed = ({ verdict }: ClassifiedSample) => verdict.kind === "unsubscribe" && verdict.action === "act";

test("an opt-out by other authors is acted upon, or held", (t) => {
  const some = are("optout");
  const acted = some.filter(isActed);
  const lost = some.filter(({ verdict }) => verdict.kind !== "unsubscribe");
  t.diagnostic(
    `acted upon ${acted.length} of ${some.length}; taken for an answer: ${lost.length}\n${told(lost)}`,
  );
  assert.ok(share(acted, some) >= 0.78, told(some.filter((one) => !isActed(one))));
  // An answer holds the contact as well, so nothing is sent before a person has looked.
  const unheld = some.filter(
    ({ verdict }) => verdict.action === "leave" || !["unsubscribe", "reply"].includes(verdict.kind),
  );
  assert.deepEqual(unheld, [], told(unheld));
});

test("no person's answer is taken for a machine's for sure, and none for an opt-out", (t) => {
  const some = are("person");
  const wrong = some.filter(({ verdict }) => verdict.kind !== "reply");
  t.diagnostic(`read as answers: ${some.length - wrong.length} of ${some.length}\n${told(wrong)}`);
  const lost = some.filter(({ verdict }) => verdict.kind !== "reply" && verdict.certainty === "sure");
  assert.deepEqual(lost, [], told(lost));
});

test("absences are recognised, and the day of return is found and not too early", (t) => {
  const some = are("away");
  const isAway = ({ verdict }: ClassifiedSample) => verdict.kind === "out_of_office";
  const byMachine = some.filter(({ by }) => by !== "plain");
  const plain = some.filter(({ by }) => by === "plain");
  const missed = some.filter((one) => !isAway(one));
  const day = (one: ClassifiedSample) => one.verdict.returnsOn;
  const early = some.filter(
    (one) => one.returns && day(one) && Temporal.PlainDate.compare(day(one) ?? "", one.returns) < 0,
  );
  const near = some.filter(
    (one) =>
      one.returns &&
      day(one) &&
      Math.abs(Temporal.PlainDate.from(one.returns).until(day(one) ?? "").days) <= 1,
  );
  t.diagnostic(
    `with headers ${byMachine.filter(isAway).length} of ${byMachine.length}, without ${plain.filter(isAway).length} of ${plain.length}`,
  );
  t.diagnostic(
    `day within one ${near.length} of ${some.length}, too early ${early.length}\n${told(missed)}\n${told(some.filter((one) => !near.includes(one)))}`,
  );
  assert.ok(share(byMachine.filter(isAway), byMachine) >= 0.97, told(missed));
  assert.ok(share(plain.filter(isAway), plain) >= 0.85, told(missed));
  assert.ok(share(near, some) >= 0.9);
  assert.ok(share(early, some) <= 0.02, told(early));
});

test("who has left is told, and a confirmation is left alone", (t) => {
  const wrong = [
    ...are("left").filter(({ verdict }) => verdict.replyClass !== "not_right_person"),
    ...are("ack").filter(({ verdict }) => verdict.kind !== "auto_reply"),
  ];
  t.diagnostic(told(wrong));
  assert.ok(wrong.length <= 1, told(wrong));
});
