import assert from "node:assert/strict";
import { test } from "node:test";
import { canonicalAddress, domainsOf, suppressionFor } from "../../../domain/contacts/suppression.ts";
import { unchecked } from "../../../testing/unchecked.ts";
import { call } from "../../../testing/wire.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";
import { suppressionsAbout } from "./store.ts";

let team: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
});

test("a value is barred once, in one spelling, and lifted again", async () => {
  const { suppression } = await team.api.suppressions.create({
    kind: "email",
    value: " Ines@BÜCHER.example ",
    reason: "asked to",
  });
  assert.deepEqual(
    [suppression.value, suppression.reason, suppression.source, suppression.created_by_user_id],
    ["ines@xn--bcher-kva.example", "asked to", "person", team.owner.id],
  );
  const again = await team.api.suppressions.create({ value: "INES@bücher.example", reason: "other" });
  assert.deepEqual(again.suppression, suppression);
  await team.api.suppressions.remove({ id: suppression.id });
  assert.equal((await refused(team.api.suppressions.remove({ id: suppression.id }))).status, 404);
  const { audit_log } = await team.api.auditLog.list({ subject_id: suppression.id });
  assert.deepEqual(
    audit_log.map(({ type }) => type),
    ["suppression.deleted", "suppression.created"],
  );
});

test("what is no address, domain or pattern is refused", async () => {
  for (const wish of [
    { kind: "email", value: "ines" },
    { kind: "domain", value: "com" },
    { kind: "pattern", value: "*" },
  ] as const) {
    const refusal = await refused(team.api.suppressions.create(wish));
    assert.deepEqual([refusal.status, refusal.code], [422, "suppression_invalid"]);
  }
  assert.equal(
    (await refused(team.api.suppressions.create(unchecked({ kind: "hash", value: "x" })))).status,
    422,
  );
});

test("the list is read a page at a time, by kind and by part of the value, newest first", async () => {
  const mine = await world.newTeam("Listing");
  for (const value of ["a.example", "b.example", "c.example"]) {
    await mine.api.suppressions.create({ kind: "domain", value });
    world.advance({ milliseconds: 5 });
  }
  await mine.api.suppressions.create({ kind: "pattern", value: "info@*" });
  const page = await mine.api.suppressions.list({ kind: "domain", per_page: 2 });
  assert.deepEqual(
    page.suppressions.map(({ value }) => value),
    ["c.example", "b.example"],
  );
  assert.deepEqual(page.pagination, { page: 1, per_page: 2, total_entries: 3, total_pages: 2 });
  assert.deepEqual(
    (await mine.api.suppressions.list({ q_keywords: "INFO@" })).suppressions.map(({ kind }) => kind),
    ["pattern"],
  );
  assert.deepEqual((await mine.api.suppressions.list({ q_keywords: "%" })).suppressions, []);
  assert.equal((await mine.api.suppressions.list({ page: 9 })).pagination.total_entries, 4);
});

test("a list is imported: bare lines, CSV with names, repeats told apart, bad lines told", async () => {
  const mine = await world.newTeam("Importing");
  const bare = await mine.api.suppressions.import({
    text: "a@x.example\r\n\n@y.example\n*@z.example,too many\nnonsense\nA@X.example",
  });
  assert.deepEqual(bare, {
    total: 5,
    created: 3,
    existing: 1,
    invalid: 1,
    errors: [{ row: 5, value: "nonsense", error: "is not an email address, a domain or a pattern" }],
  });
  const csv = await mine.api.suppressions.import({
    text: '\uFEFFreason;email\n"left; in anger";"b@x.example"\n;c@x.example\n',
    reason: "list of June",
  });
  assert.deepEqual([csv.total, csv.created], [2, 2]);
  const kinds = await mine.api.suppressions.import({ text: "kind,value\ndomain,q.example\n" });
  assert.equal(kinds.created, 1);
  const forced = await mine.api.suppressions.import({ text: "d@x.example\nx.example", kind: "domain" });
  assert.deepEqual([forced.created, forced.errors[0]?.error], [1, "is not a valid domain"]);
  const all = (await mine.api.suppressions.list({ per_page: 100 })).suppressions;
  const reasons = Object.fromEntries(all.map(({ value, reason }) => [value, reason]));
  assert.deepEqual(
    [reasons["*@z.example"], reasons["b@x.example"], reasons["c@x.example"], reasons["a@x.example"]],
    ["too many", "left; in anger", "list of June", null],
  );
  assert.ok(all.every(({ source }) => source === "import"));
});

test("ten thousand lines are listed at once, and a dry run leaves nothing", async () => {
  const mine = await world.newTeam("Many");
  const text = Array.from({ length: 10_000 }, (_, n) => `p${n}@x.example`).join("\n");
  const tried = await mine.api.suppressions.import({ text }, { dryRun: true });
  assert.equal(tried.created, 10_000);
  assert.equal((await mine.api.suppressions.list()).pagination.total_entries, 0);
  assert.equal((await mine.api.suppressions.import({ text })).created, 10_000);
  assert.deepEqual(await mine.api.suppressions.import({ text: "" }), {
    total: 0,
    created: 0,
    existing: 0,
    invalid: 0,
    errors: [],
  });
});

test("others are served while a long list is read", async () => {
  const mine = await world.newTeam("Long");
  const text = Array.from({ length: 40_000 }, (_, n) => `p${n}@firm${n % 900}.example`).join("\n");
  const start = process.threadCpuUsage();
  const since = (before: NodeJS.CpuUsage) => {
    const { user, system } = process.threadCpuUsage(before);
    return user + system;
  };
  let [isOver, longest, last] = [false, 0, start];
  const look = () => {
    longest = Math.max(longest, since(last));
    last = process.threadCpuUsage();
    if (!isOver) setImmediate(look);
  };
  look();
  const { created } = await mine.api.suppressions.import({ text }).finally(() => {
    isOver = true;
  });
  assert.equal(created, 40_000);
  const whole = since(start);
  assert.ok(longest * 10 < whole, `${longest} µs of ${whole} µs in one go`);
});

test("a list comes as a file too, and what is barred goes out as one that comes in again", async () => {
  const mine = await world.newTeam("Files");
  const url = `${world.url}/api/v1/suppressions/import`;
  const list = 'value,kind,reason\na@x.example,email,asked\nb.example,domain,\n-old*,pattern,"=1+1"\n';
  const raw = await call(url, {
    method: "POST",
    key: mine.key,
    headers: { "content-type": "text/csv; charset=utf-8" },
    body: list,
  });
  assert.deepEqual([raw.status, raw.body.created], [200, 3]);
  const form = new FormData();
  form.set("reason", "from a form");
  form.set("file", new Blob(["c@x.example\nd@x.example\nnot one\n"], { type: "text/plain" }), "list.txt");
  const sent = await call(url, { method: "POST", key: mine.key, body: form });
  assert.deepEqual([sent.status, sent.body.created, sent.body.invalid], [200, 2, 1], sent.text);

  const file = await call(`${world.url}/api/v1/suppressions?per_page=1`, {
    key: mine.key,
    headers: { accept: "text/csv" },
  });
  assert.equal(file.headers.get("content-disposition"), 'attachment; filename="suppressions.csv"');
  const [head, ...lines] = file.text.trimEnd().split("\r\n");
  assert.equal(head, "kind,value,reason,source,created_at");
  assert.deepEqual(lines.map((line) => line.split(",").slice(0, 4).join(",")).toSorted(), [
    "domain,b.example,,import",
    "email,a@x.example,asked,import",
    "email,c@x.example,from a form,import",
    "email,d@x.example,from a form,import",
    "pattern,'-old*,'=1+1,import",
  ]);
  const other = await world.newTeam("Elsewhere");
  const moved = await other.api.suppressions.import({ text: file.text });
  assert.deepEqual([moved.total, moved.created, moved.invalid], [5, 5, 0]);
  assert.equal((await other.api.suppressions.list({ q_keywords: "-old*" })).suppressions.length, 1);
});

test("a file that cannot be read suppresses no address", async () => {
  const mine = await world.newTeam("Broken");
  const bodies: [body: string | Uint8Array, type: string][] = [
    [new Uint8Array([0xff, 0xfe, 0x61]), "text/csv"],
    ["--x\r\nnonsense", "multipart/form-data; boundary=x"],
    ["no boundary", "multipart/form-data"],
  ];
  for (const [body, type] of bodies) {
    const answer = await call(`${world.url}/api/v1/suppressions/import`, {
      method: "POST",
      key: mine.key,
      headers: { "content-type": type },
      body: body as string,
    });
    assert.deepEqual([answer.status, answer.body.code], [400, "malformed_body"], answer.text);
  }
  assert.equal((await mine.api.suppressions.list()).pagination.total_entries, 0);
});

test("whom a team bars is asked for many addresses at once", async () => {
  const mine = await world.newTeam("Asking");
  await mine.api.suppressions.import({ text: "a@x.example\ny.example\nnoreply*" });
  const addresses = ["A@x.example", "b@sub.y.example", "noreply@z.example", "free@z.example"];
  const canonical = addresses.map((address) => canonicalAddress(address) ?? "");
  const found = await world.running.app.db.inTeam(mine.id, (db) =>
    suppressionsAbout(db, mine.id, canonical, canonical.flatMap(domainsOf)),
  );
  assert.deepEqual(
    addresses.map((address) => suppressionFor(address, found)?.kind ?? null),
    ["email", "domain", "pattern", null],
  );
});

test("a stranger's list is not there", async () => {
  const stranger = await world.newTeam("Strangers");
  const { suppression } = await team.api.suppressions.create({ value: "secret@x.example" });
  assert.equal((await refused(stranger.api.suppressions.remove({ id: suppression.id }))).status, 404);
  assert.deepEqual((await stranger.api.suppressions.list()).suppressions, []);
});
