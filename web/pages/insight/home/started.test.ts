import assert from "node:assert/strict";
import { test } from "node:test";
import { type SetupFacts, stepsFor, stepsForMember } from "./started.ts";

const done = (facts: SetupFacts) => stepsFor(facts).map(({ isDone }) => isDone);
const NOTHING: SetupFacts = {
  teamName: "Norrland",
  mailboxes: { connected: 0, lost: 0 },
  runningSequences: 0,
  colleagues: 0,
  keys: [],
};
const unused = { last_used_at: null };
const used = { last_used_at: "2026-11-20T12:00:00Z" };

test("a new team has four steps, and a key adds the two about programs", () => {
  const names = (facts: SetupFacts) => stepsFor(facts).map(({ name }) => name);
  const four = ["Name your team", "Connect a mailbox", "Activate a sequence", "Invite a teammate"];
  assert.deepEqual(names(NOTHING), four);
  const six = [...four, "Create an API key", "Send a first API request"];
  assert.deepEqual(names({ ...NOTHING, keys: [unused] }), six);
});

test("a team that a bootstrap key opened has everything before it", () => {
  assert.deepEqual(done({ ...NOTHING, teamName: "First team" }), [false, false, false, false]);
});

test("each step follows from its own fact", () => {
  const cases: [Partial<SetupFacts>, boolean[]][] = [
    [{}, [true, false, false, false]],
    [{ mailboxes: { connected: 1, lost: 0 } }, [true, true, false, false]],
    [{ mailboxes: { connected: 1, lost: 0 }, runningSequences: 2 }, [true, true, true, false]],
    [{ colleagues: 2, keys: [unused] }, [true, false, false, true, true, false]],
    [{ colleagues: 2, keys: [unused, used] }, [true, false, false, true, true, true]],
  ];
  for (const [facts, expected] of cases) assert.deepEqual(done({ ...NOTHING, ...facts }), expected);
});

test("a member is shown the one step that is theirs, until it is done", () => {
  assert.deepEqual(
    stepsForMember({ connected: 0, lost: 0 }).map(({ name }) => name),
    ["Connect a mailbox"],
  );
  assert.deepEqual(stepsForMember({ connected: 1, lost: 0 }), []);
});

test("a mailbox that has lost its connection does not count as connected", () => {
  const step = (connected: number, lost: number) =>
    stepsFor({ ...NOTHING, mailboxes: { connected, lost } }).find(({ name }) => name === "Connect a mailbox");
  assert.deepEqual([step(0, 1)?.isDone, step(0, 1)?.open], [false, "1 mailbox has lost its connection."]);
  assert.equal(step(2, 1)?.done, "2 mailboxes connected. 1 mailbox has lost its connection.");
  assert.equal(step(1, 0)?.done, "1 mailbox connected.");
});
