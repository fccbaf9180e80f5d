// Other people's servers that answer a byte now and then, for ever, as our callers meet them: each call ends within
// its own time-out, says so, and delays no other call.

import assert from "node:assert/strict";
import { createServer as createHttp } from "node:http";
import { createServer, type Socket } from "node:net";
import { after, test } from "node:test";
import { LOOPBACK } from "../testing/loopback.ts";
import { connectModel } from "../testing/model-peer.ts";
import { json, openProvider } from "../testing/provider-peer.ts";
import { until } from "../testing/sending.ts";
import { newContact } from "../testing/sequenced.ts";
import { candidatesOf, newWorkflow, ran } from "../testing/workflowing.ts";
import { useWorld } from "../testing/world.ts";

const world = useWorld({ webhookAllow: LOOPBACK });
const TIMEOUT_MS = 500;
const HEADS = {
  headers: "HTTP/1.1 200 OK\r\n",
  body: "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 9000\r\n\r\n",
};

/** Says the head, and then one byte after the other, as long as the client listens. */
async function dripping(head: string) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let timer: NodeJS.Timeout | undefined;
    socket.on("error", () => {});
    socket.on("close", () => {
      clearInterval(timer);
      sockets.delete(socket);
    });
    socket.once("data", () => {
      socket.write(head);
      timer = setInterval(() => socket.write("x"), 50);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as { port: number }).port}`,
    open: () => sockets.size,
  };
}

for (const [where, head] of Object.entries(HEADS)) {
  test(`providers whose ${where} come byte by byte are left, whatever their kind, and the next one is asked`, async () => {
    const team = await world.newTeam();
    const peer = await dripping(head);
    const common = { provider_key: "k", timeout_ms: TIMEOUT_MS, retries: 2, price: 1 };
    const mapping = {
      key: { in: "bearer" as const },
      person: { method: "POST" as const, url: `${peer.url}/people`, body: {}, result: { email: "email" } },
    };
    const slow = [
      await team.api.enrichmentProviders.create({ ...common, name: "A", kind: "apollo", base_url: peer.url }),
      await team.api.enrichmentProviders.create({ ...common, name: "B", kind: "http", mapping }),
    ];
    for (const { provider } of slow) {
      const tried = await team.api.enrichmentProviders.test({ id: provider.id, email: "per@fjord.no" });
      assert.deepEqual([tried.outcome, tried.error], ["failed", "timed_out"]);
    }
    const person = { id: "1", first_name: "Per", last_name: "Lund", email: "per@fjord.no" };
    const quick = await openProvider(json({ person }));
    after(() => quick.close());
    const patient = { ...common, timeout_ms: 30_000, name: "C", kind: "apollo" as const }; // a busy machine is no slow provider
    await team.api.enrichmentProviders.create({ ...patient, base_url: quick.url });
    const found = await team.api.people.match({ email: "per@fjord.no" });
    assert.equal(found.person?.name, "Per Lund");
    await until(async () => peer.open() === 0);
  });

  test(`a language model whose ${where} come byte by byte is left`, async () => {
    const team = await world.newTeam();
    const peer = await dripping(head);
    await connectModel(team, peer, { timeout_ms: 1_000, drafts_openers: true });
    const tried = await team.api.languageModel.test({});
    assert.deepEqual([tried.outcome, tried.error], ["failed", "timed_out"]);
    assert.ok(tried.says);
    await until(async () => peer.open() === 0);
  });
}

test("a receiver of webhooks that answers byte by byte is given up in time, and the others have theirs meanwhile", async () => {
  const team = await world.newTeam();
  const peer = await dripping(HEADS.headers);
  const heard: number[] = [];
  const quick = createHttp((_request, response) => {
    heard.push(performance.now());
    response.end();
  });
  await new Promise<void>((resolve) => quick.listen(0, "127.0.0.1", resolve));
  after(() => quick.close());
  const url = `http://127.0.0.1:${(quick.address() as { port: number }).port}/`;
  const subscribe = async (to: string) =>
    (await team.api.webhookSubscriptions.create({ url: to, types: ["contact.created"] })).webhook_subscription
      .id;
  const slow = await subscribe(`${peer.url}/`);
  await subscribe(url);
  await team.api.contacts.create({ first_name: "Ines" });
  await until(async () => peer.open() === 1 && heard.length === 1);
  await team.api.contacts.create({ first_name: "Ole" });
  await until(async () => heard.length === 2);
  const failed = await until(async () => {
    const { deliveries } = await team.api.webhookSubscriptions.deliveries({ id: slow });
    return deliveries.flatMap(({ log }) => log).find(({ error }) => error !== null);
  });
  assert.equal(failed.error, "timed_out");
});

for (const [where, head] of Object.entries(HEADS))
  test(`a workflow that calls a server whose ${where} come byte by byte ends that call in time, and others are carried meanwhile`, async () => {
    const team = await world.newTeam();
    const peer = await dripping(head);
    const quick = await new Promise<string>((resolve) => {
      const server = createHttp((_request, response) => response.end());
      after(() => server.close());
      server.listen(0, "127.0.0.1", () => {
        resolve(`http://127.0.0.1:${(server.address() as { port: number }).port}/`);
      });
    });
    const [one, two] = [await newContact(team), await newContact(team)];
    const calling = async (url: string) =>
      (
        await newWorkflow(team, {
          trigger: { type: "schedule", cron: "0 3 * * *" },
          actions: [{ type: "call_webhook", url }],
        })
      ).workflow.id;
    const [slow, fast] = [await calling(`${peer.url}/`), await calling(quick)];
    const { workflow_run } = await team.api.workflows.run({ id: slow, entity_ids: [one] });
    await until(async () => peer.open() === 1);
    assert.equal((await ran(team, fast, [two])).run.counts.done, 1);
    assert.equal(peer.open(), 1, "the slow one is not through yet");
    await until(async () => peer.open() === 0);
    const line = async () => (await candidatesOf(team, workflow_run.id))[0];
    // A status that has arrived is what counts; for one that never came it is asked again, later.
    if (where === "body") {
      await until(async () => (await line())?.results[0]?.outcome === "done");
      return;
    }
    // Once: a clock that runs on while the call is taken up ends the time for which it is taken.
    await until(async () => (await line())?.held_up?.code === "tried_again");
    world.advance({ minutes: 10 });
    await until(async () => peer.open() === 1);
    assert.equal((await line())?.verdict, "waiting");
  });
