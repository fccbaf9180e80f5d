// What refusals that were set apart must come to, on every way by which they reach us.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  type RefusalsFile,
  type RefusedApart,
  readAsReply,
  readAsReport,
  readAsText,
  refusalsApart,
} from "./refused-apart.ts";
import { Closing } from "./transmitting.ts";

type Read = RefusedApart & { as: string[]; rule: string; isSure: boolean };

const SETS: [set: string, file: RefusalsFile, mostOtherwise: number][] = [
  ["the first set", "set-apart-bounces.txt", 7],
  ["the second set", "set-apart-bounces-2.txt", 5],
];

const told = (some: readonly Read[]) =>
  some.map(({ is, said, as, rule }) => `${is}, read ${as.join(", ")} (${rule}): ${said}`).join("\n");

for (const [set, file, mostOtherwise] of SETS) {
  const all: Read[] = [];
  const closing = new Closing();
  before(async () => {
    const peer = await closing.peer();
    const door = closing.door();
    for (const one of refusalsApart(file)) {
      const reply = await readAsReply(one, peer, door);
      const reports = [await readAsReport(one), await readAsText(one)];
      all.push({
        ...one,
        as: [...(reply === null ? [] : [reply]), ...reports.map(({ is }) => is)],
        rule: reports[0]?.rule ?? "",
        isSure: reports.every(({ isSure }) => isSure),
      });
    }
  });
  after(() => closing.close());

  test(`an address of ${set} that does not exist is a hard bounce, on every way`, () => {
    const missed = all.filter(
      ({ is, as, isSure }) => is === "hard" && (!isSure || as.some((one) => one !== "hard")),
    );
    assert.ok(all.some(({ is }) => is === "hard"));
    assert.deepEqual(missed, [], told(missed));
  });

  test(`nothing else of ${set} is a hard bounce, on any way`, () => {
    const wrong = all.filter(({ is, as }) => is !== "hard" && as.includes("hard"));
    assert.deepEqual(wrong, [], told(wrong));
  });

  test(`a full mailbox and a refused sender of ${set} are told apart, but for ${mostOtherwise}`, (t) => {
    const otherwise = all.filter(({ is, as }) => as.some((one) => one !== is));
    t.diagnostic(`right ${all.length - otherwise.length} of ${all.length}\n${told(otherwise)}`);
    assert.ok(otherwise.length <= mostOtherwise, told(otherwise));
  });
}
