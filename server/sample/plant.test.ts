import assert from "node:assert/strict";
import { test } from "node:test";
import { asOwner } from "../testing/wire.ts";
import { type Team, useWorld } from "../testing/world.ts";
import { plantSample } from "./plant.ts";

let team: Team;
let stranger: Team;
let tookMs = 0;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
  stranger = await opened.newTeam("Stranger");
  const began = performance.now();
  assert.equal(await plantSample(opened.running.app, { teamId: team.id, userId: team.owner.id }), true);
  tookMs = performance.now() - began;
});

const ask = async <Row>(sql: string) =>
  (await asOwner(world, (client) => client.query(sql.replaceAll("$team", `'${team.id}'`)))).rows as Row[];
const count = async (sql: string) =>
  Number((await ask<{ n: string }>(`select count(*) as n from ${sql}`))[0]?.n);

test("the sample has what it promises, and is there in seconds", async (t) => {
  console.log("D:", `planted in ${Math.round(tookMs)} ms`);
  const counted: Record<string, number> = {};
  for (const table of [
    "contacts",
    "accounts",
    "sequences",
    "mailboxes",
    "users",
    "deals",
    "calls",
    "notes",
    "enrollments",
    "messages",
    "tasks",
    "suppressions",
    "events",
  ])
    counted[table] = await count(`${table} where team_id = $team`);
  console.log("D:", JSON.stringify(counted));
  console.log(
    "D:",
    JSON.stringify(
      await ask(
        "select state, inactive_reason, failure_reason, count(*) from enrollments where team_id = $team group by 1,2,3 order by 1,2,3",
      ),
    ),
  );
  console.log(
    "D:",
    JSON.stringify(await ask("select status, count(*) from tasks where team_id = $team group by 1")),
  );
  console.log(
    "D:",
    JSON.stringify(
      await ask(
        "select status, count(*), count(*) filter (where num_opens > 0) o, count(*) filter (where num_clicks > 0) c, count(replied_at) r, count(unsubscribed_at) u, count(has_bounced) b from messages where team_id = $team group by 1",
      ),
    ),
  );
  assert.deepEqual(
    [counted.contacts, counted.accounts, counted.sequences, counted.mailboxes, counted.users],
    [2000, 300, 12, 3, 6],
  );
  assert.ok(tookMs < 15_000, `${tookMs} ms`);
});
