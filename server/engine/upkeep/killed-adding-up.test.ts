// Days added up by engines that are killed before they have written the sums: every mail is counted once, by the next
// engine.

import assert from "node:assert/strict";
import { test } from "node:test";
import { startEngineProcess } from "../../testing/engine-process.ts";
import { plantMessage } from "../../testing/planted.ts";
import { until } from "../../testing/sending.ts";
import { newSequence } from "../../testing/sequenced.ts";
import { asOwner } from "../../testing/wire.ts";
import { type Team, useWorld } from "../../testing/world.ts";

// Only answers callers: the engines of this file are processes of their own.
const world = useWorld({ role: "api" });

const DAYS = 5;
const EACH_DAY = 6;

async function rowOf(sql: string, team: Team) {
  return (await asOwner(world, (client) => client.query(sql, [team.id]))).rows[0];
}

const summed = (team: Team) =>
  rowOf(
    `select (select coalesce(sum(sent), 0)::int from message_days where team_id = $1) as sent,
            (select coalesce(sum(opened), 0)::int from message_days where team_id = $1) as opened,
            (select count(*)::int from message_day_changes where team_id = $1) as waiting`,
    team,
  );

async function reported(team: Team) {
  const { response } = await team.api.reports.sync({
    metrics: [{ value: "num_emails_sent" }, { value: "num_emails_opened" }],
  });
  return [response.table_response.num_emails_sent, response.table_response.num_emails_opened];
}

async function killOnce(stopLater: (stop: () => Promise<void>) => void) {
  const killed = startEngineProcess(world, {
    CADENZA_TEST_SEAMS: "1",
    CADENZA_CRASH: "days-before-commit=kill:1:1",
  });
  stopLater(killed.stop);
  assert.equal(await killed.ended, "SIGKILL");
}

test("days that were half added up, and changes half taken in, count once", async (t) => {
  const team = await world.newTeam();
  const sequence = await newSequence(team);
  for (let n = 0; n < DAYS * EACH_DAY; n++)
    await plantMessage(world, team, sequence.id, {
      completed_at: new Date(Date.now() - (2 + (n % DAYS)) * 86_400_000).toISOString(),
    });
  const all = DAYS * EACH_DAY;
  await killOnce(t.after.bind(t));
  assert.equal((await summed(team)).sent, 0, "nothing of it was written");
  assert.deepEqual(await reported(team), [all, 0]);

  const next = startEngineProcess(world);
  t.after(next.stop);
  await until(async () => (await summed(team)).sent === all);
  assert.equal((await summed(team)).waiting, 0, "what was in the rows is no change");
  assert.deepEqual(await reported(team), [all, 0]);
  await next.stop();

  await asOwner(world, (client) =>
    client.query("update messages set num_opens = 1, open_tracking = true where team_id = $1", [team.id]),
  );
  assert.deepEqual(await reported(team), [all, all], "at once");
  await killOnce(t.after.bind(t));
  assert.deepEqual(await summed(team), { sent: all, opened: 0, waiting: 2 * all });
  assert.deepEqual(await reported(team), [all, all]);
  const last = startEngineProcess(world);
  t.after(last.stop);
  await until(async () => (await summed(team)).opened === all);
  assert.deepEqual(await summed(team), { sent: all, opened: all, waiting: 0 });
  assert.deepEqual(await reported(team), [all, all]);
});

test("a report of days that are over reads no mail", async (t) => {
  const team = await world.newTeam();
  const sequence = await newSequence(team);
  const at = new Date(Date.now() - 3 * 86_400_000).toISOString();
  await plantMessage(world, team, sequence.id, { completed_at: at });
  const engine = startEngineProcess(world);
  t.after(engine.stop);
  await until(async () => (await summed(team)).sent === 1);
  await asOwner(world, async (client) => {
    await client.query("set session_replication_role = replica"); // behind the back of the triggers
    await client.query("delete from messages where team_id = $1", [team.id]);
  });
  assert.deepEqual(await reported(team), [1, 0]);
});
