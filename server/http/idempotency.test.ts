import assert from "node:assert/strict";
import { test } from "node:test";
import { openLog } from "../kernel/log.ts";
import { start } from "../start.ts";
import { call, rowCounts } from "../testing/wire.ts";
import { type Team, useWorld } from "../testing/world.ts";

let team: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
});

const NAME = "made once";
type Sent = {
  key?: string;
  body?: unknown;
  at?: string;
  method?: string;
  path?: string;
  headers?: Record<string, string>;
};

function send(
  idempotencyKey: string,
  {
    key = team.key,
    body = { name: NAME, scopes: ["read_only"] },
    at = world.url,
    method = "POST",
    path = "/api/v1/api_keys",
    headers = {},
  }: Sent = {},
) {
  return call(at + path, {
    method,
    key,
    body: JSON.stringify(body),
    headers: { "content-type": "application/json", "idempotency-key": idempotencyKey, ...headers },
  });
}

async function keysOf({ api }: Team) {
  return (await api.apiKeys.list()).api_keys.filter(({ name }) => name === NAME).length;
}

test("the same key and body get the first answer again, and one effect", async () => {
  const mine = await world.newTeam();
  const first = await send("one", { key: mine.key });
  assert.equal(first.status, 200);
  assert.equal(first.headers.get("idempotent-replayed"), null);
  const counts = await rowCounts(world);
  const reordered = { scopes: ["read_only"], name: ` ${NAME}`, master: "false" };
  for (const body of [undefined, reordered]) {
    const second = await send("one", { key: mine.key, ...(body && { body }) });
    assert.deepEqual(
      [second.status, second.text, second.headers.get("idempotent-replayed")],
      [200, first.text, "true"],
    );
  }
  assert.equal(await keysOf(mine), 1);
  assert.deepEqual(await rowCounts(world), counts);
});

test("the same key for something else is refused: other parameters, other path, other method", async () => {
  await send("two");
  const counts = await rowCounts(world);
  const others: Sent[] = [
    { body: { name: "another", scopes: ["read_only"] } },
    { path: "/api/v1/users/invite", body: { email: "x@example.no" } },
    { path: "/api/v1/teams/current", method: "PATCH", body: { name: "x" } },
  ];
  for (const other of others) {
    const answer = await send("two", other);
    assert.deepEqual([answer.status, answer.body.code], [422, "idempotency_key_reused"]);
  }
  assert.deepEqual(await rowCounts(world), counts);
});

test("a hundred at once with one key, over two processes, have one effect", async () => {
  const mine = await world.newTeam();
  const other = await start({ ...world.running.app.config, port: 0 }, openLog("silent"));
  try {
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, n) =>
        send("hundred", { key: mine.key, at: n % 2 ? other.url : world.url }),
      ),
    );
    assert.deepEqual(
      [...new Set(answers.map(({ status }) => status))].filter((status) => status !== 200 && status !== 409),
      [],
    );
    assert.equal(
      answers.filter(({ status, headers }) => status === 200 && !headers.has("idempotent-replayed")).length,
      1,
    );
    assert.equal(new Set(answers.filter(({ status }) => status === 200).map(({ text }) => text)).size, 1);
    for (const { status, body } of answers)
      if (status === 409) assert.equal(body.code, "idempotency_in_progress");
    assert.equal(await keysOf(mine), 1);
    assert.equal(
      (await send("hundred", { key: mine.key, at: other.url })).headers.get("idempotent-replayed"),
      "true",
    );
  } finally {
    await other.stop();
  }
});

test("another team's, and another caller's, same key is their own", async () => {
  const [ann, bob] = [await world.newTeam(), await world.newTeam()];
  const second = await ann.api.apiKeys.create({ name: "second", master: true });
  const answers = [
    await send("shared", { key: ann.key }),
    await send("shared", { key: bob.key }),
    await send("shared", { key: second.api_key.key }),
  ];
  assert.deepEqual(
    answers.map(({ status, headers }) => [status, headers.get("idempotent-replayed")]),
    [
      [200, null],
      [200, null],
      [200, null],
    ],
  );
  assert.equal(new Set(answers.map(({ text }) => text)).size, 3);
  assert.deepEqual([await keysOf(ann), await keysOf(bob)], [2, 1]);
});

test("a refusal is remembered too, even when its reason has gone", async () => {
  const { user } = await team.api.users.invite({ email: "gone@example.no" });
  await team.api.users.deactivate({ id: user.id });
  const invite = () => send("refused", { path: "/api/v1/users/invite", body: { email: "gone@example.no" } });
  const first = await invite();
  assert.deepEqual([first.status, first.body.code], [422, "user_deactivated"]);
  await team.api.users.reactivate({ id: user.id });
  const second = await invite();
  assert.deepEqual(
    [second.status, second.text, second.headers.get("idempotent-replayed")],
    [422, first.text, "true"],
  );
});

test("a refused act that had begun to write leaves only the remembered answer", async () => {
  const counts = await rowCounts(world);
  const answer = await send("half", {
    path: "/api/v1/users/invite",
    body: { email: "half@example.no", reset: true },
  });
  assert.equal(answer.status, 404);
  assert.deepEqual(await rowCounts(world), {
    ...counts,
    idempotent_answers: (counts.idempotent_answers ?? 0) + 1,
  });
});

test("after a day the key is free again", async () => {
  const mine = await world.newTeam();
  const first = await send("day", { key: mine.key });
  world.advance({ hours: 23, minutes: 59 });
  assert.equal((await send("day", { key: mine.key })).text, first.text);
  world.advance({ minutes: 2 });
  const late = await send("day", { key: mine.key, body: { name: NAME, master: true } });
  assert.deepEqual([late.status, late.headers.get("idempotent-replayed")], [200, null]);
  assert.equal((await send("day", { key: mine.key, body: { name: NAME, master: true } })).text, late.text);
  world.advance({ hours: -24, minutes: -1 });
});

test("a key that is no key is refused before anything is done", async () => {
  const counts = await rowCounts(world);
  for (const key of ["", "x".repeat(256), "tab\there", "é"]) {
    const answer = await send(key);
    assert.deepEqual(
      [answer.status, answer.body.code],
      [422, "idempotency_key_malformed"],
      JSON.stringify(key),
    );
  }
  assert.deepEqual(await rowCounts(world), counts);
});

test("a read takes no notice of the key", async () => {
  const read = () =>
    call(`${world.url}/api/v1/users/search`, { key: team.key, headers: { "idempotency-key": "read" } });
  assert.equal((await read()).status, 200);
  assert.equal((await read()).headers.get("idempotent-replayed"), null);
});

test("a dry run remembers nothing and is not answered from memory", async () => {
  const mine = await world.newTeam();
  const dry = await send("dry", { key: mine.key, headers: { "dry-run": "true" } });
  assert.equal(dry.body.dry_run, true);
  const real = await send("dry", { key: mine.key });
  assert.deepEqual(
    [real.status, real.headers.get("idempotent-replayed"), real.body.dry_run],
    [200, null, undefined],
  );
});

test("the sweep forgets what is older than a day and nothing younger", async () => {
  const mine = await world.newTeam();
  await send("old", { key: mine.key });
  const { sweep } = await import("../engine/upkeep/sweep.ts");
  const before = (await rowCounts(world)).idempotent_answers ?? 0;
  await sweep(world.running.app);
  assert.equal((await rowCounts(world)).idempotent_answers, before);
  world.advance({ hours: 49 });
  await sweep(world.running.app);
  assert.equal((await rowCounts(world)).idempotent_answers, 0);
  world.advance({ hours: -49 });
});
