import assert from "node:assert/strict";
import { test } from "node:test";
import type { DomainFacts, TxtAnswer } from "./domain-facts.ts";
import { followStandings } from "./domain-standings.ts";

const NONE: TxtAnswer = { kind: "none" };
const SILENT: TxtAnswer = { kind: "failed", why: "ETIMEOUT" };
const spf = (text: string): TxtAnswer => ({ kind: "found", texts: [text] });

const facts = (but: Partial<DomainFacts>): DomainFacts => ({
  isReserved: false,
  spf: NONE,
  dmarc: NONE,
  parentDmarc: null,
  dkim: null,
  providers: {},
  ...but,
});
const OF = { key: null, types: ["smtp"] };

test("the first look tells nothing, a change is told, and silence keeps what was known", () => {
  const first = followStandings({}, facts({ spf: spf("v=spf1 -all") }), OF);
  assert.deepEqual(first.changes, []);
  const silent = followStandings(first.standings, facts({ spf: SILENT }), OF);
  assert.deepEqual([silent.changes, silent.standings.spf], [[], { state: "good", code: "spf_good" }]);
  const gone = followStandings(silent.standings, facts({}), OF);
  assert.deepEqual(gone.changes, [{ check: "spf", was: "good", is: "missing", code: "spf_missing" }]);
  assert.deepEqual(followStandings(gone.standings, facts({}), OF).changes, []);
});

test("of mailboxes of several providers the one that fares worst counts", () => {
  const spfTree = { "_spf.google.com": spf("v=spf1 ip4:192.0.2.1 -all") };
  const told = facts({ spf: spf("v=spf1 include:_spf.google.com -all"), spfTree });
  const { standings } = followStandings({}, told, { key: null, types: ["gmail", "microsoft"] });
  assert.equal(standings.spf?.code, "spf_without_provider");
});
