import assert from "node:assert/strict";
import { test } from "node:test";
import { dmarcRecordFor, spfRecordFor } from "./dns-advice.ts";
import type { DnsHealth } from "./dns-health.ts";
import type { DomainFacts } from "./domain-facts.ts";
import { spfOf } from "./sending-domain.ts";

const NONE = { kind: "none" } as const;

const CASES: [records: string[], type: string, expected: string | null][] = [
  [[], "gmail", "v=spf1 include:_spf.google.com ~all"],
  [[], "microsoft", "v=spf1 include:spf.protection.outlook.com ~all"],
  [[], "smtp", null],
  [["v=spf1 mx +all"], "smtp", "v=spf1 mx ~all"],
  [["v=spf1 a -all"], "gmail", "v=spf1 a include:_spf.google.com -all"],
  [["v=spf1 a -all", "v=spf1 a mx ~all"], "smtp", "v=spf1 a mx -all"],
  [["v=spf1 ip4:192.0.2.1 -all"], "smtp", null],
];

for (const [records, type, expected] of CASES)
  test(`for ${JSON.stringify(records)} of ${type}, ${expected ?? "no record"} is proposed`, () => {
    const spf = records.length > 0 ? ({ kind: "found", texts: records } as const) : NONE;
    const facts: DomainFacts = {
      isReserved: false,
      spf,
      dmarc: NONE,
      parentDmarc: null,
      dkim: null,
      providers: {},
      spfTree: {},
    };
    assert.equal(spfRecordFor("x.example", spfOf(facts, type), facts, type)?.value ?? null, expected);
  });

test("a missing DMARC record is proposed, and a good one is left alone", () => {
  const health = (code: DnsHealth["code"]): DnsHealth => ({ state: "missing", code, evidence: null });
  assert.deepEqual(dmarcRecordFor("x.example", health("dmarc_missing")), {
    name: "_dmarc.x.example",
    type: "TXT",
    value: "v=DMARC1; p=none",
  });
  assert.equal(dmarcRecordFor("x.example", health("dmarc_good")), null);
});
