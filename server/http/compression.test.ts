// Answers made smaller, and answers not sent again: what the caller asks for, and what is left as it is so that its
// length tells nothing.

import assert from "node:assert/strict";
import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { test } from "node:test";
import zlib from "node:zlib";
import { BOOTSTRAP_KEY, type Team, useWorld } from "../testing/world.ts";
import { chooseEncoding } from "./compression.ts";

let team: Team;
let cookie: string;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
  ({ cookie } = await opened.signIn(team.owner.email, team.owner.password));
  await team.api.contacts.bulkCreate({
    contacts: Array.from({ length: 60 }, (_, n) => ({
      first_name: `Ines${n}`,
      email: `i${n}@kraft.example`,
    })),
  });
});

type Answer = { status: number; headers: IncomingHttpHeaders; bytes: Buffer };

/** As it comes: `fetch` would open it, and hide what it was. */
function ask(
  path: string,
  headers: Record<string, string> = {},
  method = "GET",
  body?: object,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const all = { ...headers, ...(body && { "content-type": "application/json" }) };
    const asked = httpRequest(world.url + path, { method, headers: all }, (answer) => {
      const pieces: Buffer[] = [];
      answer.on("data", (piece: Buffer) => pieces.push(piece));
      answer.on("end", () => {
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, bytes: Buffer.concat(pieces) });
      });
    });
    asked.on("error", reject);
    asked.end(body && JSON.stringify(body));
  });
}

const OPEN: Record<string, (bytes: Buffer) => Buffer> = {
  br: zlib.brotliDecompressSync,
  gzip: zlib.gunzipSync,
  zstd: zlib.zstdDecompressSync,
};
const SEARCH = "/api/v1/contacts/search";
const asKey = () => ({ "x-api-key": team.key });

test("the encoding that a caller prefers is taken", () => {
  const cases: [string | undefined, string | null][] = [
    [undefined, null],
    ["", null],
    ["deflate", null],
    ["identity", null],
    ["gzip", "gzip"],
    ["GZIP", "gzip"],
    ["gzip, deflate", "gzip"],
    ["gzip, deflate, br, zstd", "br"],
    ["gzip, zstd", "zstd"],
    ["br;q=0.5, gzip;q=0.8", "gzip"],
    ["br;q=0, gzip;q=0", null],
    ["*", "br"],
    ["*, br;q=0", "zstd"],
    ["identity, gzip;q=0.5", null],
    ["gzip;q=nonsense", null],
  ];
  for (const [header, encoding] of cases) assert.equal(chooseEncoding(header), encoding, String(header));
});

for (const encoding of ["br", "gzip", "zstd"]) {
  test(`JSON, files of exports, pages and documents come in ${encoding} to a caller that asks for it`, async () => {
    const cases: [string, Record<string, string>, string, object?][] = [
      [SEARCH, asKey(), "POST", { per_page: 60 }],
      [SEARCH, { ...asKey(), accept: "text/csv" }, "POST", {}],
      ["/openapi.json", {}, "GET"],
      ["/docs", {}, "GET"],
    ];
    for (const [path, headers, method, body] of cases) {
      const whole = await ask(path, headers, method, body);
      const small = await ask(path, { ...headers, "accept-encoding": encoding }, method, body);
      assert.equal(whole.headers["content-encoding"], undefined, path);
      assert.equal(small.headers["content-encoding"], encoding, path);
      assert.match(String(small.headers.vary), /accept-encoding/);
      assert.ok(small.bytes.length < whole.bytes.length / 2, path);
      assert.equal(OPEN[encoding]?.(small.bytes).toString(), whole.bytes.toString(), path);
    }
  });
}

test("a small answer and a file of a backup are not compressed", async () => {
  const headers = { "accept-encoding": "br, gzip" };
  const small = await ask("/api/v1/auth/health", { ...headers, ...asKey() });
  assert.equal(small.headers["content-encoding"], undefined);
  const backup = await ask("/api/v1/installation/backup", { ...headers, "x-api-key": BOOTSTRAP_KEY }, "HEAD");
  assert.equal(backup.headers["content-encoding"], undefined);
});

test("what a write answers is never compressed: a secret may be in it", async () => {
  const contacts = Array.from({ length: 40 }, (_, n) => ({ email: `w${n}@kraft.example` }));
  const headers = { ...asKey(), "accept-encoding": "br, gzip" };
  const { headers: answered, bytes } = await ask("/api/v1/contacts/bulk_create", headers, "POST", {
    contacts,
  });
  assert.ok(bytes.length > 2000);
  assert.equal(answered["content-encoding"], undefined);
});

test("a session's answer is compressed for our own pages, and not when another site makes the browser ask", async () => {
  const encodingFrom = async (site?: string) => {
    const from: Record<string, string> = site === undefined ? {} : { "sec-fetch-site": site };
    const asked = { cookie, origin: world.url, "accept-encoding": "br", ...from };
    const { status, headers } = await ask(SEARCH, asked, "POST", { per_page: 60 });
    assert.equal(status, 200);
    return headers["content-encoding"];
  };
  assert.equal(await encodingFrom("same-origin"), "br");
  for (const site of ["cross-site", "same-site", "none", undefined])
    assert.equal(await encodingFrom(site), undefined, String(site));
});

test("a read that has not changed is answered with 304 and nothing else", async () => {
  const first = await ask("/api/v1/users/search", asKey());
  const etag = String(first.headers.etag);
  assert.match(etag, /^W\/"[\w-]{22}"$/);
  assert.equal(first.headers["cache-control"], "private, no-cache");
  for (const known of [etag, etag.slice(2), `"other", ${etag}`, "*"])
    for (const method of ["GET", "HEAD"]) {
      const again = await ask("/api/v1/users/search", { ...asKey(), "if-none-match": known }, method);
      assert.deepEqual([again.status, again.bytes.length], [304, 0], `${method} ${known}`);
      assert.equal(again.headers.etag, etag);
      assert.equal(again.headers["content-length"], undefined);
    }
  const small = await ask("/api/v1/users/search", {
    ...asKey(),
    "accept-encoding": "gzip",
    "if-none-match": etag,
  });
  assert.equal(small.status, 304, "however it is compressed");
});

test("a read that has changed is answered again, with another tag", async () => {
  const path = "/api/v1/labels";
  const before = await ask(path, asKey());
  await ask(path, asKey(), "POST", { name: "Growers", modality: "contacts" });
  const after = await ask(path, { ...asKey(), "if-none-match": String(before.headers.etag) });
  assert.equal(after.status, 200);
  assert.notEqual(after.headers.etag, before.headers.etag);
});

test("the tag of a read is its caller's own", async () => {
  const [one, other] = [await world.newTeam(), await world.newTeam()];
  const ofOne = await ask("/api/v1/labels", { "x-api-key": one.key });
  const ofOther = await ask("/api/v1/labels", { "x-api-key": other.key });
  assert.equal(ofOne.bytes.toString(), ofOther.bytes.toString());
  assert.notEqual(ofOne.headers.etag, ofOther.headers.etag);
});

test("searches by POST, writes, files and refusals carry no tag", async () => {
  const answers = [
    await ask(SEARCH, { ...asKey(), "if-none-match": "*" }, "POST", {}),
    await ask("/api/v1/contacts", asKey(), "POST", { email: "one@kraft.example" }),
    await ask("/api/v1/users/search", { "x-api-key": "unknown" }),
    await ask(`/api/v1/contacts/${"a".repeat(24)}`, asKey()),
  ];
  assert.deepEqual(
    answers.map(({ status, headers }) => [status, headers.etag]),
    [
      [200, undefined],
      [200, undefined],
      [401, undefined],
      [422, undefined],
    ],
  );
});
