import assert from "node:assert/strict";
import { test } from "node:test";
import { reachesAnotherServer } from "./secret-destinations.ts";

const A = "https://api.kraft.no/v1";
const CASES: [string, (string | null)[], (string | null)[], boolean][] = [
  ["another path of the same server", [A], ["https://api.kraft.no/v2?x={{email}}"], false],
  ["another host", [A], ["https://api.kraft.no.evil.example/v1"], true],
  ["another port", [A], ["https://api.kraft.no:8443/v1"], true],
  ["without TLS", [A], ["http://api.kraft.no/v1"], true],
  ["a user name that looks like the host", [A], ["https://api.kraft.no@evil.example/v1"], true],
  ["a second address beside the first", [A], [A, "https://evil.example"], true],
  ["an address taken away", [A, "https://two.example"], [A, null], false],
  ["one of those that were there", [A, "https://two.example"], ["https://two.example/x"], false],
  ["the first address there is", [null], [A], true],
];
for (const [what, before, after, expected] of CASES)
  test(`${what}: ${expected ? "the secret is asked for again" : "the secret stays"}`, () =>
    assert.equal(reachesAnotherServer(before, after), expected));
