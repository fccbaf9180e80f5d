// What happens when it does not go well at once: against a server on a real socket that does as it is told.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { after, test } from "node:test";
import { addresses } from "./addresses.ts";
import { type ClientOptions, createClient, Refused, Unreached } from "./index.ts";
import { waitBefore } from "./retrying.ts";
import { usualTime } from "./trying.ts";

type Heard = { method: string; url: string; headers: IncomingHttpHeaders; body: string };
type Move = (response: ServerResponse) => void;

const answer =
  (status: number, body: unknown, headers: Record<string, string> = {}): Move =>
  (response) =>
    void response.writeHead(status, headers).end(typeof body === "string" ? body : JSON.stringify(body));
const hangUp: Move = (response) => void response.destroy();
const silence: Move = () => {};

/** Makes one move per request, the last one for ever. */
async function serverThat(...moves: Move[]) {
  const heard: Heard[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text) => {
      body += text;
    });
    request.on("end", () => {
      heard.push({ method: request.method ?? "", url: request.url ?? "", headers: request.headers, body });
      (moves[heard.length - 1] ?? (moves.at(-1) as Move))(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  after(() => server.closeAllConnections());
  after(() => server.close());
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = (options: Partial<ClientOptions> = {}) =>
    createClient({ baseUrl, apiKey: "the-key", backOffMs: 1, ...options });
  return { heard, client, baseUrl };
}

async function failureOf(call: Promise<unknown>) {
  return call.then(
    () => assert.fail("it should have failed"),
    (error: unknown) => error as Refused & Unreached,
  );
}

const done = answer(200, { ok: true });

test("a server in trouble is asked again, and a write carries one key over all its tries", async () => {
  const { heard, client } = await serverThat(answer(503, "<html>"), hangUp, answer(500, {}), done);
  await client().labels.create({ name: "Q1", modality: "contacts" });
  assert.equal(heard.length, 4);
  const keys = new Set(heard.map(({ headers }) => headers["idempotency-key"]));
  assert.deepEqual([keys.size, /^sdk-[0-9a-f]{32}$/.test(String([...keys][0]))], [1, true]);
  assert.equal(new Set(heard.map(({ body }) => body)).size, 1);
});

test("two calls have two keys, reads have none, and a key that is given is used", async () => {
  const { heard, client } = await serverThat(done);
  const api = client();
  await api.labels.create({ name: "Q1", modality: "contacts" });
  await api.labels.create({ name: "Q1", modality: "contacts" });
  await api.contacts.search({});
  await api.labels.create({ name: "Q1", modality: "contacts" }, { idempotencyKey: "mine" });
  const [first, second, read, given] = heard.map(({ headers }) => headers["idempotency-key"]);
  assert.ok(first && second && first !== second);
  assert.deepEqual([read, given], [undefined, "mine"]);
});

test("what the server asks for is waited", async () => {
  const { heard, client } = await serverThat(
    answer(429, { message: "Too many." }, { "retry-after": "1" }),
    done,
  );
  const waits: (number | null)[] = [];
  const startedAt = performance.now();
  await client({ onTry: ({ waitsMs }) => waits.push(waitsMs) }).contacts.search({});
  assert.equal(heard.length, 2);
  assert.ok(performance.now() - startedAt >= 990);
  assert.deepEqual(waits, [1000, null]);
});

test("an hour is not waited for: the refusal says how long it would be", async () => {
  const { heard, client } = await serverThat(
    answer(429, { message: "Too many." }, { "retry-after": "3600" }),
  );
  const refused = await failureOf(client().contacts.search({}));
  assert.equal(heard.length, 1);
  assert.deepEqual(
    [refused.status, refused.retryAfterMs, refused.todo],
    [429, 3_600_000, "Try again in 3600 s."],
  );
});

test("patience ends after as many retries as are allowed", async () => {
  const { heard, client } = await serverThat(
    answer(503, { error: "Busy.", fix: "Wait." }, { "x-request-id": "r-1" }),
  );
  const refused = await failureOf(client({ retries: 2 }).contacts.search({}));
  assert.equal(heard.length, 3);
  assert.deepEqual(
    [refused.status, refused.message, refused.todo, refused.requestId, refused.call],
    [503, "Busy.", "Wait.", "r-1", "contacts.search"],
  );
});

for (const status of [400, 401, 403, 404, 409, 422]) {
  test(`a refusal ${status} is not argued with, and says what to do next`, async () => {
    const { heard, client } = await serverThat(answer(status, { error: "No." }));
    const refused = await failureOf(client().contacts.search({}));
    assert.deepEqual([heard.length, refused.status, refused instanceof Refused], [1, status, true]);
    assert.ok(refused.todo.length > 10);
  });
}

test("our own first try, still at work behind a broken line, is waited for", async () => {
  const { heard, client } = await serverThat(
    hangUp,
    answer(409, { error: "…", code: "idempotency_in_progress" }),
    done,
  );
  await client().labels.create({ name: "Q1", modality: "contacts" });
  assert.equal(heard.length, 3);
});

test("without a kept key, a write whose answer was lost is not repeated", async () => {
  const { heard, client } = await serverThat(hangUp);
  const lost = await failureOf(client().sessions.start({ email: "a@example.no", password: "x" }));
  assert.deepEqual([heard.length, lost.code, lost.mayHaveHappened], [1, "unreachable", true]);
  assert.match(lost.todo, /Check whether/);
});

test("a large file is given more time", () => {
  const form = new FormData();
  form.set("options", "{}");
  assert.equal(usualTime({ body: "{}" }), 60_000);
  form.set("file", new File([new Uint8Array(3 * 1_048_576)], "people.csv"));
  assert.equal(Math.round(usualTime({ body: form }) / 1_000), 63);
});

test("a call that waits for what it begins has the time that it may wait beside the usual one", () => {
  const { advance } = addresses.sandbox;
  assert.equal(usualTime({ body: "{}" }, advance), 120_000);
  assert.equal(usualTime({ body: "{}" }, advance, { wait_seconds: 300 }), 360_000);
  assert.equal(usualTime({ body: "{}" }, advance, { wait_seconds: 0 }), 60_000);
  assert.equal(usualTime({ body: "{}" }, addresses.contacts.search, { wait_seconds: 300 }), 60_000);
});

test("an answer that does not come in time ends the call", async () => {
  const { heard, client } = await serverThat(silence);
  const late = await failureOf(client({ timeoutMs: 1_000, retries: 1 }).contacts.search({}));
  assert.deepEqual([heard.length, late instanceof Unreached, late.code], [2, true, "timed_out"]);
});

test("a signal ends a call at once, with its own reason, also while it waits", async () => {
  const control = new AbortController();
  const { heard, client } = await serverThat(() => control.abort(new Error("enough")));
  const call = failureOf(client().contacts.search({}, { signal: control.signal }));
  assert.equal((await call).message, "enough");
  assert.equal(heard.length, 1);

  const busy = await serverThat(answer(503, "", { "retry-after": "30" }));
  const signal = AbortSignal.timeout(1_000);
  const waiting = await failureOf(busy.client().contacts.search({}, { signal }));
  assert.equal(waiting.name, "TimeoutError");
  assert.equal(busy.heard.length, 1);
});

test("a server that is not there is named as such, and nothing can have happened", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const api = createClient({ baseUrl: `http://127.0.0.1:${port}`, apiKey: "the-key", backOffMs: 1 });
  const failed = await failureOf(api.labels.create({ name: "Q1", modality: "contacts" }));
  assert.deepEqual([failed.code, failed.mayHaveHappened], ["unreachable", false]);
  assert.match(failed.message, /could not be reached \(/);
});

test("the key follows no redirect", async () => {
  const elsewhere = await serverThat(done);
  const { heard, client } = await serverThat(answer(307, "", { location: `${elsewhere.baseUrl}/api/v1/x` }));
  const failed = await failureOf(client().contacts.search({}));
  assert.deepEqual([heard.length, elsewhere.heard.length, failed.code], [1, 0, "redirected"]);
});

test("the key is in no error and in no attempt", async () => {
  const attempts: unknown[] = [];
  const { client } = await serverThat(answer(500, { error: "An error occurred." }));
  const failed = await failureOf(
    client({ retries: 0, onTry: (one) => attempts.push(one) }).contacts.search({}),
  );
  const told = JSON.stringify([attempts, failed, failed.message, failed.stack, [...failed.headers]]);
  assert.equal(attempts.length, 1);
  assert.ok(!told.includes("the-key"));
});

test("what would step up the path or is missing is not sent", async () => {
  const { heard, client } = await serverThat(done);
  for (const id of ["", "  ", ".", "..", undefined])
    await assert.rejects(client().contacts.get({ id: id as string }), TypeError);
  assert.equal(heard.length, 0);
});

test("Apollo is called at its own paths, and never with what it would take for something else", async () => {
  const asked: [string, RequestInit][] = [];
  const fetch = async (url: unknown, init: RequestInit = {}) => {
    asked.push([String(url), init]);
    throw new TypeError("fetch failed");
  };
  const apollo = createClient({
    baseUrl: "https://api.apollo.io/api/v1/",
    apiKey: "k",
    backOffMs: 1,
    fetch: fetch,
  });
  const lost = await failureOf(apollo.labels.create({ name: "Q1", modality: "contacts" }));
  assert.deepEqual([asked.length, lost.mayHaveHappened], [1, true], "no second label");
  assert.equal(asked[0]?.[0], "https://api.apollo.io/api/v1/labels");
  const headers = asked[0]?.[1].headers as Record<string, string>;
  assert.deepEqual([headers["x-api-key"], headers["idempotency-key"]], ["k", undefined]);
  await assert.rejects(
    apollo.labels.create({ name: "Q1", modality: "contacts" }, { dryRun: true }),
    /no dry run/,
  );
  assert.equal(asked.length, 1);
  await failureOf(apollo.contacts.get({ id: "1" }));
  assert.equal(asked.length, 5, "reads are asked again");
});

for (const [baseUrl, root] of [
  ["http://h", "http://h/api/v1"],
  ["http://h/", "http://h/api/v1"],
  ["http://h/api/v1", "http://h/api/v1"],
  ["http://h/v1/", "http://h/v1"],
  ["http://h/cadenza", "http://h/cadenza/api/v1"],
]) {
  test(`the server at ${baseUrl} is asked at ${root}`, async () => {
    let asked = "";
    const fetch = async (url: unknown) => {
      asked = String(url);
      return new Response("{}");
    };
    await createClient({ baseUrl: baseUrl as string, fetch: fetch }).auth.health();
    assert.equal(asked, `${root}/auth/health`);
  });
}

test("an invalid address is refused before anything is sent", () => {
  for (const baseUrl of ["", "localhost:3000", "ftp://x", "https://"])
    assert.throws(() => createClient({ baseUrl }), /baseUrl/);
});

test("a question too long for an address is posted where that is known to work", async () => {
  const { heard, client } = await serverThat(done);
  const ids = Array.from({ length: 500 }, (_, index) => index.toString(16).padStart(24, "0"));
  await client().emailerMessages.search({ emailer_campaign_ids: ids });
  assert.deepEqual([heard[0]?.method, heard[0]?.url], ["POST", "/api/v1/emailer_messages/search"]);
});

const busy = (retryAfter?: string) =>
  new Refused(429, {}, new Headers(retryAfter === undefined ? {} : { "retry-after": retryAfter }));
const patience = { retries: 3, backOffMs: 100, longestWaitMs: 1_000 };
const READ = { writes: false, isKept: false };
const KEPT = { writes: true, isKept: true };
const UNKEPT = { writes: true, isKept: false };

const WAITS: [string, Parameters<typeof waitBefore>, number | null][] = [
  ["the first wait", ["lost", 1, READ, patience, 1], 100],
  ["the third is four times as long", ["lost", 3, READ, patience, 1], 400],
  ["chance takes up to half", ["lost", 3, READ, patience, 0], 200],
  ["none after the last retry", ["lost", 4, READ, patience, 1], null],
  ["never longer than the longest", ["lost", 3, READ, { ...patience, backOffMs: 900 }, 1], 1_000],
  ["the server's wish", [busy("1"), 1, READ, patience, 1], 1_000],
  ["no shorter than our own", [busy("0"), 2, READ, patience, 1], 200],
  ["too long a wish", [busy("2"), 1, READ, patience, 1], null],
  ["a wish that is no time", [busy("soon"), 1, READ, patience, 1], 100],
  ["a kept write that was lost", ["lost", 1, KEPT, patience, 1], 100],
  ["a write that was lost and is not kept", ["lost", 1, UNKEPT, patience, 1], null],
  ["a write that was turned away", [busy(), 1, UNKEPT, patience, 1], 100],
  [
    "a write that failed and is not kept",
    [new Refused(500, {}, new Headers()), 1, UNKEPT, patience, 1],
    null,
  ],
];

for (const [name, asked, waits] of WAITS)
  test(`waiting: ${name}`, () => assert.equal(waitBefore(...asked), waits));

test("an access token goes as a bearer, is asked for before each call, and renewed once where it is refused", async () => {
  const expired = answer(401, { error: "The access token has expired.", error_code: "INVALID_ACCESS_TOKEN" });
  const { heard, baseUrl } = await serverThat(done, expired, done, expired);
  const asked: boolean[] = [];
  const client = createClient({
    baseUrl,
    retries: 0,
    accessToken: ({ isRefused }) => {
      asked.push(isRefused);
      return `token ${asked.length}`;
    },
  });
  await client.users.search();
  await client.contacts.create({ first_name: "Ines" });
  assert.deepEqual(asked, [false, false, true]);
  assert.deepEqual(
    heard.map(({ headers }) => [headers.authorization, headers["x-api-key"]]),
    [1, 2, 3].map((number) => [`Bearer token ${number}`, undefined]),
  );
  const refused = await failureOf(client.users.search());
  assert.deepEqual([refused.status, asked.length, heard.length], [401, 5, 5], "once, and then it is said");
  const plain = createClient({ baseUrl, retries: 0, accessToken: "the token" });
  assert.equal((await failureOf(plain.users.search())).status, 401);
  assert.deepEqual([heard.length, heard.at(-1)?.headers.authorization], [6, "Bearer the token"]);
});
