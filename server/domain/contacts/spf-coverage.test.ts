import assert from "node:assert/strict";
import { test } from "node:test";
import type { DomainFacts } from "./domain-facts.ts";
import { spfNaming } from "./spf-coverage.ts";

const found = (...texts: string[]) => ({ kind: "found" as const, texts });
const facts: DomainFacts = {
  isReserved: false,
  spf: found("v=spf1 ip4:192.0.2.0/24 -ip4:198.51.100.1 ip6:2001:db8:1::/48 include:a.example mx ~all"),
  dmarc: { kind: "none" },
  parentDmarc: null,
  dkim: null,
  providers: {},
  spfTree: {
    "a.example": found("v=spf1 include:b.example ip4:203.0.113.7 -all"),
    "b.example": found("v=spf1 include:a.example ip6:2001:db8:ffff::1 -all"),
  },
};

test("an address is named by the network that holds it, in the record or in what it includes", () => {
  for (const [ip, name] of [
    ["192.0.2.255", "own.example"],
    ["192.0.3.1", null],
    ["2001:db8:1:2::9", "own.example"],
    ["2001:db8:2::9", null],
    ["203.0.113.7", "a.example"],
    ["203.0.113.8", null],
    ["2001:db8:ffff:0:0:0:0:1", "b.example"],
    ["198.51.100.1", null],
    ["::ffff", null],
    ["not an address", null],
  ] as const)
    assert.equal(spfNaming(ip, "own.example", facts), name, ip);
  assert.equal(spfNaming("192.0.2.1", "own.example", null), null);
});
