// The trigger: subscribed when its workflow is switched on, told by a real server, deaf to everybody else.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import { after, before, type TestContext, test } from "node:test";
import { LOOPBACK } from "../../server/testing/loopback.ts";
import { until } from "../../server/testing/sending.ts";
import { newContact } from "../../server/testing/sequenced.ts";
import { refused, type Team, useWorld } from "../../server/testing/world.ts";
import { type N8n, openN8n } from "./n8n.ts";
import type { NodeItem } from "./shapes.ts";

let n8n: N8n;
let team: Team;
before(async () => {
  n8n = await openN8n();
});
after(() => n8n?.close());
const world = useWorld({ webhookAllow: LOOPBACK, engineLoops: 1 }, async (opened) => {
  team = await opened.newTeam();
});

type Came = { headers: IncomingHttpHeaders; text: string; status: number; started: NodeItem[] };

/** n8n's own way with a webhook: bytes kept, the node asked, an answer when the workflow starts. */
async function openInstance(t: TestContext, events: string[]) {
  n8n.credential = { baseUrl: world.url, apiKey: team.key };
  const came: Came[] = [];
  let trigger: ReturnType<N8n["trigger"]> | undefined;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const rawBody = Buffer.concat(chunks);
    let status = 200;
    const reply = {
      status(code: number) {
        status = code;
        return reply;
      },
      json: (body: unknown) => void response.writeHead(status).end(JSON.stringify(body)),
    };
    const body: unknown = JSON.parse(rawBody.toString() || "{}");
    const asked = { headers: request.headers, rawBody, body, params: {}, query: {} };
    const result = await trigger?.receive(asked, reply);
    came.push({
      headers: request.headers,
      text: rawBody.toString(),
      status,
      started: result?.workflowData?.[0] ?? [],
    });
    if (!response.writableEnded) response.writeHead(200).end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  trigger = n8n.trigger({ events }, `${url}/webhook`);
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const post = (headers: Record<string, string>, text: string) =>
    fetch(`${url}${trigger.path}`, { method: "POST", headers, body: text }).then(({ status }) => status);
  return { trigger, came, post, url };
}

const subscriptions = async () => (await team.api.webhookSubscriptions.list()).webhook_subscriptions;

test("switched on it subscribes to what was chosen, switched off it unsubscribes", async (t) => {
  const { trigger, url } = await openInstance(t, ["contact.created", "deal.*"]);
  assert.equal(await trigger.checkExists(), false);
  assert.equal(await trigger.create(), true);
  const [made] = await subscriptions();
  assert.deepEqual(
    [made?.types, made?.active, made?.url],
    [["contact.created", "deal.*"], true, url + trigger.path],
  );
  assert.match(made?.description ?? "", /^n8n: A workflow$/);
  assert.equal(await trigger.checkExists(), true);
  assert.equal(await trigger.delete(), true);
  assert.deepEqual([await subscriptions(), trigger.kept], [[], {}]);
  assert.equal(await trigger.checkExists(), false);
});

test("a subscription that was changed or deleted elsewhere is restored when the trigger is switched on again", async (t) => {
  const { trigger } = await openInstance(t, ["contact.created"]);
  await trigger.create();
  const id = String(trigger.kept.id);
  await team.api.webhookSubscriptions.update({ id, active: false, types: ["job.done"] });
  assert.equal(await trigger.checkExists(), true);
  const { webhook_subscription } = await team.api.webhookSubscriptions.get({ id });
  assert.deepEqual([webhook_subscription.active, webhook_subscription.types], [true, ["contact.created"]]);
  await team.api.webhookSubscriptions.destroy({ id });
  assert.equal(await trigger.checkExists(), false);
  assert.equal(await trigger.delete(), true, "gone already is gone");
});

test("an event of the server starts the workflow, once", async (t) => {
  const { trigger, came, post } = await openInstance(t, ["contact.created"]);
  await trigger.create();
  const contact = await newContact(team);
  await until(async () => came.length === 1);
  const [{ started, headers, text, status }] = came as [Came];
  assert.deepEqual(
    started.map(({ json }) => [json.type, json.subject]),
    [["contact.created", { type: "contact", id: contact }]],
  );
  assert.equal(status, 200);
  const after = await n8n.run({
    resource: "contact",
    operation: "get",
    parameters: { contactId: { __rl: true, mode: "id", value: "={{ $json.subject.id }}" } },
    items: started.map(({ json }) => json),
  });
  assert.equal(after.items[0]?.json.id, contact, "the next node gets whom it is about");
  const again = Object.fromEntries(
    Object.entries(headers).filter(([name]) => name.startsWith("webhook-") || name === "content-type"),
  ) as Record<string, string>;
  assert.equal(await post(again, text), 200, "a second delivery is taken");
  assert.deepEqual(came[1]?.started, [], "and starts nothing");
  await team.api.webhookSubscriptions.test({ id: String(trigger.kept.id) });
  await until(async () => came.length === 3);
  assert.equal(came[2]?.started[0]?.json.type, "webhook.tested");
  await trigger.delete();
});

function signed(secret: string, id: string, text: string, atMs = Date.now()) {
  const timestamp = String(Math.floor(atMs / 1000));
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${text}`).digest("base64");
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": `v1,bm8= v1,${signature}` };
}

test("forged, altered, unsigned and stale ones are refused and start nothing", async (t) => {
  const { trigger, came, post } = await openInstance(t, ["contact.created"]);
  await trigger.create();
  const secret = String(trigger.kept.secret);
  const text = '{"id":"1","type":"contact.created"}';
  assert.equal(await post(signed(`whsec_${Buffer.alloc(32).toString("base64")}`, "a", text), text), 401);
  assert.equal(await post(signed(secret, "b", text), text.replace("1", "2")), 401);
  assert.equal(await post({ ...signed(secret, "c", text), "webhook-id": "d" }, text), 401);
  assert.equal(await post({}, text), 401);
  assert.equal(await post(signed(secret, "e", text, Date.now() - 600_000), text), 401);
  assert.equal(await post(signed(secret, "f", text, Date.now() + 600_000), text), 401);
  assert.ok(came.every(({ started }) => started.length === 0));
  assert.equal(await post(signed(secret, "g", text), text), 200);
  assert.equal(came.at(-1)?.started[0]?.json.type, "contact.created");
  await trigger.delete();
  assert.equal(await post(signed(secret, "h", text), text), 401, "switched off it takes nothing");
});

test("where it may not subscribe it says why, and what to do", async (t) => {
  const { trigger } = await openInstance(t, ["contact.created"]);
  const reader = await team.api.apiKeys.create({ name: "Reads", scopes: ["api/v1/contacts/search"] });
  n8n.credential = { baseUrl: world.url, apiKey: reader.api_key.key };
  const error = (await trigger.create().catch((thrown: unknown) => thrown)) as {
    message: string;
    description: string;
  };
  assert.ok(error.message && error.description, String(error));
  assert.deepEqual(trigger.kept, {});
  assert.equal(
    (await refused(world.client({ apiKey: reader.api_key.key }).webhookSubscriptions.list())).status,
    403,
  );
});
