// Lookups and pauses whose job is gone are done all the same: their rows say what is still to do.

import assert from "node:assert/strict";
import { test } from "node:test";
import { answerLater } from "../../features/prospecting/enrichment/answering.ts";
import { savePeople } from "../../features/prospecting/people/commands.ts";
import { pauseNewcomers } from "../../features/receiving/unsubscribing/newcomers.ts";
import { mailed } from "../../testing/mails.ts";
import { asOwner, call } from "../../testing/wire.ts";
import { type Team, useWorld } from "../../testing/world.ts";
import { actFor } from "../running/act-for.ts";
import { revive } from "./revive.ts";

const world = useWorld({ role: "api" }); // no engine takes a job here

const AT_ONCE = { seconds: -1 };
const reviveNow = (team: Team) => revive(world.running.app, team.id, AT_ONCE);

const jobsOf = (queue: string, team: Team) =>
  asOwner(world, async (client) => {
    const sql =
      "select data from pgboss.job where name = $1 and data ->> 'teamId' = $2 and state = 'created'";
    return (await client.query<{ data: Record<string, string> }>(sql, [queue, team.id])).rows;
  });

/** As after a restore, which brings rows back and no jobs. */
const loseJobs = (team: Team) =>
  asOwner(world, (client) => client.query("delete from pgboss.job where data ->> 'teamId' = $1", [team.id]));

test("a lookup that lost its job is answered", async () => {
  const team = await world.newTeam();
  const whose = { teamId: team.id, userId: team.owner.id, cause: "test" };
  const ines = { firstName: "Ines", email: "ines@kraft.example", emailStatus: "verified" };
  await actFor(world.running.app, whose, (act) => savePeople(act, "csv", [ines]));
  const wish = { email: ines.email, reveal_phone_number: true, webhook_url: "https://hook.example/" };
  const { request_id = 0 } = await team.api.people.match(wish);
  const requestId = String(request_id);
  assert.equal(await reviveNow(team), 0, "its job still waits");
  await loseJobs(team);
  assert.equal(await reviveNow(team), 1);
  assert.deepEqual(
    (await jobsOf("enrichment-request", team)).map(({ data }) => data),
    [{ teamId: team.id, requestId }],
  );
  assert.equal(await reviveNow(team), 0, "and is not put there twice");
  await answerLater(world.running.app, { teamId: team.id, requestId }).catch(() => {}); // no server is at the callback
  assert.equal((await team.api.webhookResults.show({ request_id: requestId })).webhook_status, "success");
  await loseJobs(team);
  assert.equal(await reviveNow(team), 0, "what was answered and tried is not asked again");
});

test("a pause that lost its job sees to those who were being made, once", async () => {
  const team = await world.newTeam();
  const { token, messageId } = await mailed(world, team);
  await call(`${world.url}/u/${token}`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: "choice=pause",
  });
  await loseJobs(team);
  assert.equal(await reviveNow(team), 0, "all were there while the reader waited for the page");
  const unseen = "update message_events set detail = detail - 'newcomers_seen' where message_id = $1";
  await asOwner(world, (client) => client.query(unseen, [messageId]));
  assert.equal(await reviveNow(team), 1);
  assert.deepEqual(
    (await jobsOf("pause-newcomers", team)).map(({ data }) => data),
    [{ teamId: team.id, messageId }],
  );
  await pauseNewcomers(world.running.app, { teamId: team.id, messageId }, new AbortController().signal);
  await loseJobs(team);
  assert.equal(await reviveNow(team), 0);
});
