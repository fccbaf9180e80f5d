// Whatever a stranger sends is answered, never with a 500, and leaves nothing half written.

import assert from "node:assert/strict";
import { test } from "node:test";
import { endpoints } from "@cadenza/contract";
import { rounds } from "../testing/rounds.ts";
import { call, rowCounts, sendRaw, statusesIn } from "../testing/wire.ts";
import { type Team, useWorld } from "../testing/world.ts";

let team: Team;
let host: string;

const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
  host = new URL(opened.url).host;
});

function post(
  body: string | Buffer | undefined,
  type: string | null = "application/json",
  path = "/api_keys",
) {
  return call(`${world.url}/api/v1${path}`, {
    method: "POST",
    key: team.key,
    ...(body !== undefined && { body: body as string }),
    headers: type === null ? {} : { "content-type": type },
  });
}

const DEEP = `${'{"name":'.repeat(100_000)}1${"}".repeat(100_000)}`;

const bodies: [why: string, body: string | Buffer, status: number, type?: string][] = [
  ["NUL in a name", '{"name":"a\\u0000b","master":true}', 422],
  ["NUL in a key's name", '{"name":"a","master":true,"x":{"\\u0000":1}}', 422],
  ["NUL as a byte", '{"name":"a\0b","master":true}', 400],
  ["half a character", '{"name":"\\ud800","master":true}', 422],
  ["invalid UTF-8", Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]), 400],
  ["UTF-16", Buffer.from('{"name":"x","master":true}', "utf16le"), 400],
  ["truncated JSON", '{"name":"x","mas', 400],
  ["JSON 100,000 deep", DEEP, 422],
  ["lists 100,000 deep", `{"name":${"[".repeat(100_000)}${"]".repeat(100_000)}}`, 422],
  ["a list", '[{"name":"x","master":true}]', 400],
  ["a text", '"name"', 400],
  ["a number", "5", 400],
  ["1e400 for a name", '{"name":1e400,"master":true}', 422],
  ["1e400 for a flag", '{"name":"x","master":1e400}', 422],
  ["a date in year 275760", '{"name":"x","master":true,"expires_at":"+275760-09-13T00:00:00.000Z"}', 422],
  ["30 February", '{"name":"x","master":true,"expires_at":"2030-02-30"}', 422],
  ["hour 24", '{"name":"x","master":true,"expires_at":"2030-01-01T24:00Z"}', 422],
  ["the end of time", '{"name":"x","master":true,"expires_at":"9999-12-31T23:59-23:59"}', 422],
  ["a name of a million characters", JSON.stringify({ name: "x".repeat(1e6), master: true }), 422],
  ["scopes that are objects", '{"name":"x","scopes":[{"__proto__":1}]}', 422],
  ["an object for a name", '{"name":{"toString":1},"master":true}', 422],
  ["a prototype", '{"__proto__":{"name":"x","master":true}}', 422],
  ["a constructor", '{"constructor":{"prototype":{"name":"x"}}}', 422],
  [
    "multipart",
    '--x\r\ncontent-disposition: form-data; name="name"\r\n\r\nx\r\n--x--',
    400,
    "multipart/form-data; boundary=x",
  ],
  ["XML", "<name>x</name>", 400, "text/xml"],
  ["a form with bad percents", "name=%zz&master=true", 400, "application/x-www-form-urlencoded"],
  ["a form with NUL", "name=%00&master=true", 422, "application/x-www-form-urlencoded"],
  ["500,000 values", `{"name":"x","master":true,"extra":[${"0,".repeat(500_000)}0]}`, 422],
];

for (const [why, body, status, type] of bodies) {
  test(`a body with ${why} is refused with ${status} and writes nothing`, async () => {
    const before = await rowCounts(world);
    const answer = await post(body, type);
    assert.equal(answer.status, status, answer.text);
    assert.equal(typeof answer.body.error, "string", answer.text);
    assert.doesNotMatch(answer.text, /\.ts\b|node:|node_modules|stack|postgres/i);
    assert.deepEqual(await rowCounts(world), before);
  });
}

const readable: [why: string, body: string | undefined, type: string | null][] = [
  ["JSON", '{"name":"ok","master":true}', "application/json"],
  ["JSON with a charset", '{"name":"ok","master":true}', "application/json; charset=utf-8"],
  ["JSON under a vendor's type", '{"name":"ok","master":true}', "application/vnd.api+json"],
  ["JSON as text", '{"name":"ok","master":true}', "text/plain"],
  ["JSON as a form, as curl -d sends it", '{"name":"ok","master":true}', "application/x-www-form-urlencoded"],
  ["a form", "name=ok&master=true", "application/x-www-form-urlencoded"],
  [
    "a form with scopes",
    "name=ok&scopes%5B%5D=read_only",
    "application/x-www-form-urlencoded; charset=UTF-8",
  ],
  ["a byte order mark", '\ufeff{"name":"ok","master":true}', "application/json"],
  ["duplicate keys", '{"name":"no","name":"ok","master":"true"}', "application/json"],
  [
    "fields nobody asked for",
    '{"name":"ok","master":true,"team_id":"64f0aa000000000000000001","id":"64f0aa000000000000000001","created_at":"1999-01-01"}',
    "application/json",
  ],
];

for (const [why, body, type] of readable) {
  test(`a body that is ${why} is read`, async () => {
    const answer = await post(body, type);
    assert.equal(answer.status, 200, answer.text);
    const key = answer.body.api_key as { name: string; id: string; created_at: string };
    assert.equal(key.name, "ok");
    assert.notEqual(key.id, "64f0aa000000000000000001");
    assert.ok(key.created_at > "2026");
  });
}

test("a body without a content type is read", async () => {
  const body = '{"name":"ok","master":true}';
  const raw = await sendRaw(
    world.url,
    `POST /api/v1/api_keys HTTP/1.1\r\nhost: ${host}\r\nx-api-key: ${team.key}\r\nconnection: close\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  );
  assert.deepEqual(statusesIn(raw), [200], raw);
});

test("a body with a GET is read like any other: it narrows what is found, and is refused where it cannot be read", async () => {
  const ask = async (body: string, type: string) => {
    const head = `GET /api/v1/users/search HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n${type}`;
    const raw = await sendRaw(world.url, `${head}content-length: ${body.length}\r\n\r\n${body}`);
    return [statusesIn(raw)[0], /"total_entries":(\d+)/.exec(raw)?.[1]];
  };
  const key = `x-api-key: ${team.key}\r\n`;
  const json = "content-type: application/json\r\n";
  assert.deepEqual(await ask("{}", key + json), [200, "1"]);
  assert.deepEqual(await ask('{"q_keywords":"nobody of this name"}', key + json), [200, "0"]);
  assert.deepEqual(await ask('{"q_keywords":"nobody of this name"}', key), [200, "0"]);
  assert.deepEqual(await ask(`q_keywords=nobody&api_key=${team.key}`, FORM), [200, "0"]);
  assert.deepEqual(await ask("{", key + json), [400, undefined]);
  const empty = `GET /api/v1/users/search HTTP/1.1\r\nhost: ${host}\r\n${key}${json}connection: close\r\n\r\n`;
  assert.deepEqual(statusesIn(await sendRaw(world.url, empty)), [200]);
});

const FORM = "content-type: application/x-www-form-urlencoded\r\n";

test("a call without parameters needs no body, an empty one or {}", async () => {
  for (const [body, type] of [
    [undefined, null],
    ["", "application/json"],
    ["{}", "application/json"],
    ["", "application/x-www-form-urlencoded"],
    ["null", "application/json"],
  ] as const) {
    const answer = await post(body, type, "/usage_stats/api_usage_stats");
    assert.equal(answer.status, 200, `${body} ${type} ${answer.text}`);
  }
  const get = await call(`${world.url}/api/v1/users/search`, {
    key: team.key,
    headers: {
      "content-type": "application/json",
      "cache-control": "no-cache",
      "x-apollo-source": "apollo-cli",
    },
  });
  assert.equal(get.status, 200);
  const gone = await call(`${world.url}/api/v1/api_keys/64f0aa0000000000000000ff`, {
    method: "DELETE",
    key: team.key,
    headers: { "content-type": "application/json" },
  });
  assert.equal(gone.status, 404);
});

test("30 MB are refused with 413, with and without a length announced", async () => {
  const head = `POST /api/v1/api_keys HTTP/1.1\r\nhost: ${host}\r\nx-api-key: ${team.key}\r\n`;
  const announced = await sendRaw(world.url, `${head}content-length: ${30 * 1024 * 1024}\r\n\r\n{`);
  assert.deepEqual(statusesIn(announced), [413], announced);
  assert.match(announced, /body is larger than 10 MB/);

  const chunk = `${(1024 * 1024).toString(16)}\r\n${"x".repeat(1024 * 1024)}\r\n`;
  const streamed = await sendRaw(world.url, `${head}transfer-encoding: chunked\r\n\r\n${chunk.repeat(11)}`);
  assert.deepEqual(statusesIn(streamed), [413], streamed.slice(0, 500));
});

test("smuggled, doubled and broken requests are refused, and nothing hidden in them is carried out", async () => {
  const hidden = `DELETE /api/v1/api_keys/64f0aa0000000000000000ff HTTP/1.1\r\nhost: ${host}\r\nx-api-key: ${team.key}\r\n\r\n`;
  const start = `POST /api/v1/users/search HTTP/1.1\r\nhost: ${host}\r\nx-api-key: ${team.key}\r\n`;
  const attempts: [string, string][] = [
    ["two lengths", `${start}content-length: 0\r\ncontent-length: ${hidden.length}\r\n\r\n${hidden}`],
    [
      "length and chunks",
      `${start}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
    ],
    ["obfuscated chunks", `${start}transfer-encoding: xchunked\r\n\r\n0\r\n\r\n${hidden}`],
    ["a negative length", `${start}content-length: -1\r\n\r\n`],
    ["a length in hex", `${start}content-length: 0x5\r\n\r\nhello`],
    ["a space before the colon", `${start}content-length : 5\r\n\r\nhello${hidden}`],
    ["a folded header", `${start}x-folded: a\r\n b\r\ncontent-length: 0\r\n\r\n`],
    ["bare line feeds", `${start.replaceAll("\r\n", "\n")}content-length: 0\n\n${hidden}`],
    ["no host", `GET /api/v1/users/search HTTP/1.1\r\nx-api-key: ${team.key}\r\n\r\n`],
    ["a bad chunk", `${start}transfer-encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n`],
    ["not HTTP", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"],
  ];
  for (const [why, bytes] of attempts) {
    const raw = await sendRaw(world.url, bytes, { waitMs: 2000 });
    const statuses = statusesIn(raw);
    assert.ok(statuses.length <= 1 && statuses.every((status) => status === 400), `${why}: ${raw}`);
    assert.doesNotMatch(raw, /Record not found/, why);
  }
});

test("TRACE, CONNECT and OPTIONS give nothing away", async () => {
  for (const method of ["TRACE", "OPTIONS", "PROPFIND"]) {
    const raw = await sendRaw(
      world.url,
      `${method} /api/v1/users/search HTTP/1.1\r\nhost: ${host}\r\nx-api-key: ${team.key}\r\norigin: https://evil.test\r\nconnection: close\r\n\r\n`,
    );
    assert.deepEqual(statusesIn(raw), [404], `${method} ${raw}`);
    assert.ok(!raw.includes(team.key), method);
    assert.doesNotMatch(raw, /access-control/i, method);
  }
});

test("very long addresses and headers are refused", async () => {
  const line = await sendRaw(
    world.url,
    `GET /api/v1/users/search?q=${"x".repeat(100_000)} HTTP/1.1\r\nhost: ${host}\r\n\r\n`,
  );
  assert.deepEqual(statusesIn(line), [431], line.slice(0, 300));
  const header = await sendRaw(
    world.url,
    `GET / HTTP/1.1\r\nhost: ${host}\r\nx-long: ${"x".repeat(100_000)}\r\n\r\n`,
  );
  assert.deepEqual(statusesIn(header), [431], header.slice(0, 300));
  const id = await call(`${world.url}/api/v1/api_keys/${"a".repeat(5000)}/rotate`, {
    method: "POST",
    key: team.key,
  });
  assert.ok([400, 404, 414, 422].includes(id.status), id.text);
});

test("unknown routes and wrong verbs are not found, in JSON", async () => {
  const places: [string, string][] = [
    ["GET", "/api/v1/nothing"],
    ["GET", "/api/v2/users/search"],
    ["GET", "/users/search"],
    ["DELETE", "/api/v1/users/search"],
    ["POST", "/api/v1/auth/health"],
    ["PUT", "/api/v1/api_keys"],
    ["GET", "/api/v1/../../etc/passwd"],
    ["GET", "/assets/../package.json"],
    ["GET", "/api/v1/__seams"],
    ["GET", "/metrics"],
    ["GET", "/debug"],
    ["POST", "/api/v1/nothing"],
  ];
  for (const [method, path] of places) {
    const answer = await call(world.url + path, {
      method,
      key: team.key,
      ...(method === "POST" && { body: '{"a":1}' }),
    });
    assert.equal(answer.status, 404, `${method} ${path}`);
    assert.deepEqual(answer.body, { error: "Not Found", code: "route_not_found" }, `${method} ${path}`);
  }
});

test("an address that cannot be decoded is refused and still carries the safe headers", async () => {
  for (const path of ["/api/v1/api_keys/%zz", "/%ff%fe", "/api/v1/users/%ED%A0%80/deactivate"]) {
    const raw = await sendRaw(
      world.url,
      `GET ${path} HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`,
    );
    assert.ok([400, 404].includes(statusesIn(raw)[0] ?? 0), `${path} ${raw}`);
    assert.match(raw, /x-content-type-options: nosniff/i, path);
  }
});

test("an id in the path may hold anything and is refused in Apollo's words", async () => {
  for (const id of ["abc", "%00", "'%20or%201=1", "..%2f..", "%F0%9F%8E%BB", "64F0AA00000000000000000G"]) {
    const answer = await call(`${world.url}/api/v1/api_keys/${id}`, { method: "DELETE", key: team.key });
    assert.equal(answer.status, 422, `${id} ${answer.text}`);
    assert.match(
      String(answer.body.error),
      /^Parameters misconfigured\. .*(is not a valid ID|contains characters that cannot be stored\.)$/,
    );
  }
});

/** For every call there is: every parameter with every kind of nonsense. */
const NONSENSE: unknown[] = [
  "\0",
  "\ud800",
  {},
  [],
  [[]],
  [null],
  -1,
  1e308,
  "1e400",
  "275760-01-01",
  "'; drop table users --",
  "%",
  "x".repeat(100_000),
  true,
  "{{7*7}}",
  "0000-01-01",
  "9999-12-31T23:59:59-23:59",
  { "": 0 },
  { length: 1e9 },
];

const EACH = rounds(3, 1); // a third of the values for each parameter, and other ones for the next

for (const { name, endpoint } of endpoints) {
  test(`nonsense in any parameter of ${name} never ends in a 500`, async () => {
    const failures: string[] = [];
    for (const [n, parameter] of Object.keys(endpoint.input.shape).entries()) {
      for (const value of NONSENSE.filter((_, m) => (n + m) % EACH === 0)) {
        const filled = endpoint.path.replace(/\{(\w+)\}/g, (_, key: string) =>
          key === parameter
            ? encodeURIComponent(String(value).toWellFormed().slice(0, 300)) || "x"
            : "64f0aa0000000000000000ff",
        );
        const isBody = endpoint.method !== "GET" && endpoint.method !== "DELETE";
        const query = isBody
          ? ""
          : `?${encodeURIComponent(parameter)}=${encodeURIComponent((typeof value === "string" ? value : JSON.stringify(value)).toWellFormed().slice(0, 3000))}`;
        const answer = await call(`${world.url}/api/v1${filled}${query}`, {
          method: endpoint.method,
          key: team.key,
          ...(isBody && {
            body: JSON.stringify({ [parameter]: value }),
            headers: { "content-type": "application/json" },
          }),
        });
        if (answer.status >= 500)
          failures.push(`${parameter}=${JSON.stringify(value).slice(0, 60)}: ${answer.text}`);
      }
    }
    assert.deepEqual(failures, []);
  });
}

test("after all of this nothing was logged as a failure of ours", () => {
  assert.deepEqual(
    world.logged.filter((line) => /"level":"(error|fatal)"/.test(line)),
    [],
  );
});
