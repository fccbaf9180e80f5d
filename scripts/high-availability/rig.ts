// Everything that stands while the rig runs: three database machines, two of Cadenza, and a mail server that takes their emails.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { createClient } from "@cadenza/sdk";
import { newSendingMailbox } from "../../server/testing/sending.ts";
import { Journal } from "../../server/testing/torture/journal.ts";
import { newScene, type TortureScene } from "../../server/testing/torture/scene.ts";
import { SinkProcess } from "../../server/testing/torture/sink-process.ts";
import { asOwner } from "../../server/testing/wire.ts";
import type { Team } from "../../server/testing/world.ts";
import { AppMachine, KEY, PASSWORD, type Way } from "./app-machine.ts";
import { Cluster, DATABASE } from "./cluster.ts";
import { openNetwork, RIG_ADDRESS } from "./machine.ts";

const MOODS = { before: "20-200", after: "20-200" };
const MAILBOXES = 4;

export type Rig = Awaited<ReturnType<typeof openRig>>;

/** `people`: there is always more to send than so many emails, or what strikes would prove nothing. */
export async function openRig(folder: string, way: Way, people: number) {
  mkdirSync(folder, { recursive: true });
  openNetwork();
  const sink = new SinkProcess(join(folder, "sink.jsonl"));
  await sink.start({ host: RIG_ADDRESS, ...MOODS });
  const cluster = new Cluster(folder);
  await cluster.open(PASSWORD);
  const apps = ["app1", "app2"].map(
    (name, n) =>
      new AppMachine(name, `10.0.0.2${n + 1}`, join(folder, name), way, join(folder, "cadenza.key")),
  );
  for (const app of apps) {
    app.startRole("api"); // one after the other: the first makes the key and the tables
    await app.untilReady();
    app.startRole("engine");
  }
  const [first] = apps as [AppMachine];
  const operator = createClient({ baseUrl: first.url, apiKey: KEY, retries: 8 });
  const made = await operator.teams.create({ name: "Rig", owner_email: "owner@rig.example" });
  const key = made.api_key.key;
  const api = createClient({ baseUrl: first.url, apiKey: key, retries: 8 });
  const team = { id: made.team.id, api, key } as Team;
  const smtp = {
    host: RIG_ADDRESS,
    port: sink.port,
    security: "none",
    username: "u",
    password: "p",
  } as const;
  const mailboxIds: string[] = [];
  for (let n = 0; n < MAILBOXES; n++) mailboxIds.push((await newSendingMailbox(team, sink, { smtp })).id);

  /** Asks the database behind the scenes, whichever server is the primary now. */
  async function ask<Row>(sql: string, params: unknown[] = []) {
    const place = { ownerConnection: (await cluster.primary()).connection(DATABASE) };
    return asOwner(place, async (client) => (await client.query(sql, params)).rows as Row[]);
  }
  const scenes: TortureScene[] = [];
  async function keepBusy() {
    const [left] = await ask<{ n: number }>(
      "select count(*)::int as n from messages where delivery in ('planned', 'claimed')",
    );
    if ((left?.n ?? 0) >= people) return;
    scenes.push(
      await newScene(team, { port: sink.port, mailboxes: 0, beside: mailboxIds, contacts: people }),
    );
  }
  const journal = new Journal(ask);
  return { folder, way, sink, cluster, apps, operator, team, ask, scenes, keepBusy, journal };
}
