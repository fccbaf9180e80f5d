import assert from "node:assert/strict";
import { test } from "node:test";
import type { TxtAnswer } from "./domain-facts.ts";
import { followSpf, includedIn, needsTooMany } from "./spf-record.ts";

const found = (text: string): TxtAnswer => ({ kind: "found", texts: [text] });

test("terms that need a look at the DNS are counted, also those of included records", () => {
  const tree = {
    "b.example": found("v=spf1 a mx:x.example/24 -all"),
    "c.example": found("v=spf1 ip4:1.2.3.4 -all"),
  };
  const counted = followSpf(
    "v=spf1 ip4:1.2.3.4 ~include:B.example ?ptr exists:%{i}.x redirect=c.example",
    tree,
  );
  assert.deepEqual(counted.costs, [
    { name: "b.example", lookups: 3 },
    { name: "ptr", lookups: 1 },
    { name: "exists:%{i}.x", lookups: 1 },
    { name: "c.example", lookups: 1 },
  ]);
  assert.deepEqual([counted.lookups, counted.broken, needsTooMany(counted)], [6, null, false]);
});

test("ten lookups are allowed, and eleven are not", () => {
  const record = (count: number) =>
    `v=spf1 ${Array.from({ length: count }, (_, n) => `a:${n}.example`).join(" ")} -all`;
  assert.deepEqual(
    [10, 11].map((count) => needsTooMany(followSpf(record(count), {}))),
    [false, true],
  );
});

test("what is included must have a record; what did not answer proves nothing", () => {
  const record = "v=spf1 include:gone.example include:silent.example -all";
  const tree = {
    "gone.example": found("something"),
    "silent.example": { kind: "failed", why: "ETIMEOUT" } as const,
  };
  assert.equal(followSpf(record, tree).broken, "gone.example");
  assert.equal(followSpf("v=spf1 include:silent.example -all", tree).broken, null);
  assert.equal(followSpf(record, { "gone.example": { kind: "none" } }).broken, "gone.example");
});

test("a record that leads back to itself needs too many, and ends", () => {
  const tree = {
    "a.example": found("v=spf1 include:b.example -all"),
    "b.example": found("v=spf1 include:a.example -all"),
  };
  assert.ok(needsTooMany(followSpf("v=spf1 include:a.example -all", tree)));
});

test("a hundred includes of each other stay a moment's work", () => {
  const names = Array.from({ length: 20 }, (_, n) => `n${n}.example`);
  const all = found(`v=spf1 ${names.map((name) => `include:${name}`).join(" ")} -all`);
  const tree = Object.fromEntries(names.map((name) => [name, all]));
  assert.ok(needsTooMany(followSpf(`v=spf1 include:${names[0]} -all`, tree)));
});

test("names with macros are not followed", () => {
  assert.deepEqual(includedIn("v=spf1 include:%{d}.x.example redirect=y.example a:z.example"), ["y.example"]);
});
