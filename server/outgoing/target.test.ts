import assert from "node:assert/strict";
import { test } from "node:test";
import { allow } from "../testing/loopback.ts";
import { openOutgoing } from "./door.ts";
import { readTarget } from "./target.ts";

test("every spelling of an address inside is refused", async () => {
  const door = openOutgoing({ allowed: [], ownDatabase: [{ host: "/nowhere", port: 9 }] });
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
    "https://example.com./": "bad_host",
    "https://": "not_a_url",
    "no url": "not_a_url",
  };
  for (const [url, fault] of Object.entries(cases)) assert.equal(readTarget(url, []), fault, url);
  assert.equal(typeof readTarget("https://example.com:8443/hook?a=1", []), "object");
});

test("a listed host and port may be called", () => {
  const allowed = allow("localhost:6379", "127.0.0.1:9000", "[::1]:6380");
  for (const url of ["http://localhost:6379/", "http://LOCALHOST:6379/", "http://[::1]:6380/"])
    assert.equal(typeof readTarget(url, allowed), "object", url);
  assert.equal(readTarget("http://localhost:6380/", allowed), "bad_host");
});

test("our own database and a cloud's metadata are never called, listed or not", async () => {
  const allowed = allow("0.0.0.0/0", "127.0.0.1:7777", "169.254.169.254:80");
  const door = openOutgoing({ allowed, ownDatabase: [{ host: "/nowhere", port: 7777 }] });
  const refused = ["http://127.0.0.1:7777/", "http://169.254.169.254/", "http://100.100.100.200/"];
  for (const url of refused) assert.equal(await door.check(url), "private_address", url);
  assert.equal(await door.check("http://127.0.0.1:7778/"), null);
});
