import assert from "node:assert/strict";
import { test } from "node:test";
import { mayVisit, readAllowEntry } from "./addresses.ts";
import { openOutgoing } from "./door.ts";
import { readTarget } from "./target.ts";

const INSIDE =
  `127.0.0.1 127.255.255.254 10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1 100.64.0.1 100.127.255.255
  169.254.169.254 169.254.1.1 224.0.0.1 239.255.255.255 0.0.0.0 0.1.2.3 255.255.255.255 240.0.0.1 192.0.0.8 192.0.2.1
  198.18.0.1 198.51.100.1 203.0.113.1 192.88.99.1 :: ::1 fd00::1 fc00::1 fe80::1 fec0::1 ff02::1 ::ffff:127.0.0.1
  ::ffff:10.0.0.1 ::7f00:1 ::127.0.0.1 64:ff9b::7f00:1 64:ff9b:1::7f00:1 2002:7f00:1:: 2002:a00:1:: 2001::1 2001:0:7f00::1
  2001:db8::1 100::1 3fff::1 4000::1 not-an-address 127.1 localhost`.split(/\s+/);
const OUTSIDE =
  "8.8.8.8 1.1.1.1 172.32.0.1 100.128.0.1 2606:4700::1111 2a00:1450:4001::1 ::ffff:8.8.8.8".split(" ");

test("only what is plainly a public address may be visited", () => {
  for (const address of INSIDE) assert.equal(mayVisit(address, []), false, address);
  for (const address of OUTSIDE) assert.equal(mayVisit(address, []), true, address);
});

test("what the operator allows may be visited, and nothing beside it", () => {
  const allowed = [allow("10.1.0.0/16"), allow("fd00::/8")];
  const cases = {
    "10.1.2.3": true,
    "10.2.0.1": false,
    "fd12::1": true,
    "fe80::1": false,
    "::ffff:10.1.2.3": true,
  };
  for (const [address, may] of Object.entries(cases)) assert.equal(mayVisit(address, allowed), may, address);
  for (const text of ["nonsense", "10.0.0.1", "a b:80", "host:80/path", "user@host:80", ""])
    assert.equal(readAllowEntry(text), null, text);
});

test("every spelling of an address inside is refused", async () => {
  const door = openOutgoing({ allowed: [], ownPorts: [] });
  const spellings =
    `127.0.0.1 2130706433 0x7f.1 0177.0.0.1 127.1 0x7f000001 [::1] [::] [fd00::1] [fe80::1] 0 0.0.0.0
    127.0.0.1. ①②⑦.0.0.1 [::ffff:127.0.0.1] [::ffff:7f00:1] [64:ff9b::7f00:1] [2002:7f00:1::] localhost localhost.
    LOCALHOST a.localhost printer.local metadata.google.internal 169.254.169.254 100.64.0.1 224.0.0.1`.split(
      /\s+/,
    );
  for (const host of spellings) {
    const refusal = await door.check(`https://${host}/hook`);
    assert.ok(refusal === "private_address" || refusal === "bad_host", `${host}: ${refusal}`);
    const outcome = await door.post(`https://${host}/hook`, {}, "{}");
    assert.equal(outcome.kind === "failed" && outcome.error, refusal, host);
  }
});

test("other protocols, credentials and ports of other services are refused", () => {
  const cases: Record<string, string> = {
    "file:///etc/passwd": "not_http",
    "gopher://example.com/": "not_http",
    "ftp://example.com/": "not_http",
    "javascript:alert(1)": "not_http",
    "https://user:pass@example.com/": "has_credentials",
    "https://user@example.com/": "has_credentials",
    "https://example.com:22/": "bad_port",
    "https://example.com:25/": "bad_port",
    "https://example.com:5432/": "bad_port",
    "https://example.com:6379/": "bad_port",
    "https://example.com:7777/": "bad_port",
    "https://example.com./": "bad_host",
    "https://": "not_a_url",
    "no url": "not_a_url",
  };
  for (const [url, fault] of Object.entries(cases)) assert.equal(readTarget(url, [], [7777]), fault, url);
  assert.equal(typeof readTarget("https://example.com:8443/hook?a=1", [], []), "object");
});

test("a listed host and port may be called; our own database never", () => {
  const allowed = [allow("localhost:6379"), allow("127.0.0.1:9000")];
  assert.equal(typeof readTarget("http://localhost:6379/", allowed, []), "object");
  assert.equal(readTarget("http://localhost:6380/", allowed, []), "bad_host");
  assert.equal(readTarget("http://localhost:6379/", allowed, [6379]), "bad_port");
});

function allow(text: string) {
  const entry = readAllowEntry(text);
  assert.ok(entry, text);
  return entry;
}
