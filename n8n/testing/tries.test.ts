// How the node behaves where something is in the way: a dry run, a refusal, a lost answer, a second try.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { type TestContext, test } from "node:test";
import { newContact } from "../../server/testing/sequenced.ts";
import { locator, mapped, useNode } from "./node-of-team.ts";

const { world, at, tried, run, one } = useNode();
const NOBODY = "64f0aa0000000000000000ff";

test("the credential's test says whether the key is good, and what is wrong", async () => {
  const good = await at.n8n.testCredential({ baseUrl: `${world.url}/`, apiKey: at.team.key });
  assert.deepEqual(good, { status: "OK", message: "" });
  const bad = await at.n8n.testCredential({ baseUrl: world.url, apiKey: "no key of anybody" });
  assert.equal(bad.status, "Error");
  assert.match(bad.message, /does not accept this key/);
  const lost = await at.n8n.testCredential({ baseUrl: "http://127.0.0.1:9", apiKey: at.team.key });
  assert.deepEqual([lost.status, /refused the connection/.test(lost.message)], ["Error", true]);
});

test("a dry run answers as the real one would, and changes nothing", async () => {
  const wish = mapped({ first_name: "Nobody", email: "nobody@dry.example" });
  const dry = await one("contact", "create", { ...wish, options: { dryRun: true } });
  assert.deepEqual([dry.dry_run, dry.first_name], [true, "Nobody"]);
  assert.equal((await run("contact", "getAll", { filters: { q_keywords: "nobody@dry.example" } })).length, 0);
});

test("a change names the etag that was read, and is refused once the record has changed", async () => {
  const id = await newContact(at.team);
  const { etag } = await one("contact", "get", { contactId: locator(id) });
  const change = (title: string) => ({
    contactId: locator(id),
    ...mapped({ title }),
    options: { ifMatch: `"${etag}"` },
  });
  assert.equal((await one("contact", "update", change("Buyer"))).title, "Buyer");
  const late = await tried("contact", "update", change("Seller"));
  assert.match(late.error?.description ?? "", /changed_since_read/);
  assert.equal((await one("contact", "get", { contactId: locator(id) })).title, "Buyer");
});

test("a refusal comes in the server's words, with what to do next and which item it was", async () => {
  const unknown = await tried("contact", "get", { contactId: locator(NOBODY) });
  assert.match(unknown.error?.message ?? "", /does not exist/);
  assert.match(unknown.error?.description ?? "", /contact_unknown/);
  assert.equal(unknown.error?.httpCode, "422");
  const bad = await tried("contact", "updateStage", {
    contact_ids: `x1,${NOBODY},y2`,
    contact_stage_id: "z3",
  });
  assert.equal(
    bad.error?.message,
    'contact_ids: "x1" is not a valid ID; contact_ids: "y2" is not a valid ID; contact_stage_id: "z3" is not a valid ID',
  );
  at.n8n.credential = { baseUrl: world.url, apiKey: "nobody's" };
  const stranger = await at.n8n.run({ resource: "contact", operation: "getAll" });
  assert.match(stranger.error?.description ?? "", /API key/);
  at.n8n.credential = { baseUrl: "http://127.0.0.1:9", apiKey: "x" };
  const lost = await at.n8n.run({ resource: "contact", operation: "getAll" });
  assert.match(lost.error?.message ?? "", /^http:\/\/127\.0\.0\.1:9 could not be reached/);
});

test("where it is to go on, the item that failed says so and the others are done", async () => {
  const id = await newContact(at.team);
  const items = [{ id: "no id" }, { id }];
  const parameters = { contactId: { __rl: true, mode: "id", value: "={{ $json.id }}" } };
  const { items: out, error } = await tried("contact", "get", parameters, items, {
    onError: "continueRegularOutput",
  });
  assert.equal(error, undefined);
  assert.deepEqual(
    out.map(({ pairedItem }) => pairedItem),
    [{ item: 0 }, { item: 1 }],
  );
  assert.match(String(out[0]?.json.error), /"no id" is not a valid ID/);
  assert.equal(out[1]?.json.id, id);
});

/** Between n8n and the server: the answer to the first write is lost, after it was carried out. */
async function losingAnAnswer(t: TestContext) {
  let lost = 0;
  const proxy = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const headers = Object.fromEntries(
      ["x-api-key", "content-type", "idempotency-key"].map((name) => [
        name,
        String(request.headers[name] ?? ""),
      ]),
    );
    const body = request.method === "GET" ? null : Buffer.concat(chunks);
    const answer = await fetch(world.url + request.url, { method: request.method ?? "GET", headers, body });
    const text = await answer.text();
    if (lost++ === 0) return void response.destroy();
    response.writeHead(answer.status, { "content-type": "application/json" }).end(text);
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    proxy.closeAllConnections();
    proxy.close();
  });
  return { url: `http://127.0.0.1:${(proxy.address() as { port: number }).port}`, calls: () => lost };
}

test("what n8n tries again has no second effect", async (t) => {
  const between = await losingAnAnswer(t);
  at.n8n.credential = { baseUrl: between.url, apiKey: at.team.key };
  const parameters = mapped({ first_name: "Once", email: "once@retry.example" });
  const node = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
  const { items, error } = await at.n8n.run({ resource: "contact", operation: "create", parameters, node });
  assert.equal(error, undefined);
  assert.deepEqual([between.calls(), items.length], [2, 1]);
  const { contacts } = await at.team.api.contacts.search({ q_keywords: "once@retry.example" });
  assert.deepEqual(
    contacts.map(({ id }) => id),
    [items[0]?.json.id],
  );
});

test("two items that say the same are two, and a further execution is a further one", async () => {
  const parameters = mapped({ first_name: "Twin", email: "twin@retry.example" });
  await run("contact", "create", parameters, [{}, {}]);
  await run("contact", "create", parameters);
  const { pagination } = await at.team.api.contacts.search({ q_keywords: "twin@retry.example" });
  assert.equal(pagination.total_entries, 3);
  const options = { idempotencyKey: "the same for the whole day" };
  await run("contact", "create", {
    ...mapped({ first_name: "Single", email: "single@retry.example" }),
    options,
  });
  await run("contact", "create", {
    ...mapped({ first_name: "Single", email: "single@retry.example" }),
    options,
  });
  const single = await at.team.api.contacts.search({ q_keywords: "single@retry.example" });
  assert.equal(single.pagination.total_entries, 1);
});
