// One row of a batch fails in the database: it is put aside, the others of its team are done, and it is done itself once what
// was wrong with it is gone.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { newId } from "../kernel/ids.ts";
import { byHand } from "../testing/by-hand.ts";
import { claimFrom } from "../testing/claim-from.ts";
import { LOOPBACK } from "../testing/loopback.ts";
import { newSequence, plantMembers } from "../testing/members.ts";
import { CALL_NOW, newPeople, openTasks } from "../testing/stepping.ts";
import { asOwner } from "../testing/wire.ts";
import { useWorld } from "../testing/world.ts";
import { planOnce } from "./planning/plan-steps.ts";
import { resumePaused } from "./planning/resume-paused.ts";
import { batchOf } from "./running/each-team.ts";
import { batchedBy } from "./sending/batches.ts";

const world = useWorld({ role: "api", mailAllow: LOOPBACK });
const { scene } = byHand(world);

function sql(text: string, params: unknown[] = []) {
  return asOwner(world, async (client) => (await client.query(text, params)).rows);
}

let made = 0;

/** What is written of this row fails. Answers what takes that away. */
async function poison(table: string, when: string) {
  const name = `poison_${++made}`;
  await sql(`create function ${name}() returns trigger language plpgsql as $$ begin raise exception 'poisoned'; end $$;
    create trigger ${name} before insert or update on ${table} for each row when (${when}) execute function ${name}();`);
  return () => sql(`drop trigger ${name} on ${table}`);
}

test("of people whose step is planned, the one who fails is put aside", async () => {
  const team = await world.newTeam();
  const { contacts } = await newPeople(team, [CALL_NOW], { count: 9 });
  const [bad = ""] = contacts.slice(4);
  const heal = await poison("tasks", `new.contact_id = '${bad}'`);
  await planOnce(world.running);
  assert.equal((await openTasks(team, contacts)).total, 8);
  const aside = await sql("select loop, error, subject_id from set_aside where team_id = $1", [team.id]);
  const [enrollment] = await sql("select id from enrollments where contact_id = $1", [bad]);
  assert.deepEqual(aside, [{ loop: "plan-steps", error: "poisoned", subject_id: enrollment?.id }]);
  await heal();
  world.advance({ seconds: 6 });
  await planOnce(world.running);
  assert.equal((await openTasks(team, contacts)).total, 9);
});

test("of people whose pause is over, the one who fails is put aside", async () => {
  const team = await world.newTeam();
  const { id, steps } = await newSequence(team);
  const at = { paused_at: new Date(), resume_at: new Date(), current_step_id: steps[0] };
  const rows = await plantMembers(world, team, id, 5, { state: "paused", ...at });
  await poison("enrollments", `new.id = '${rows[2]?.id}' and new.state = 'active'`);
  world.advance({ seconds: 1 });
  await resumePaused({ app: world.running.app });
  const states = await sql(
    "select state, count(*)::int as n from enrollments where team_id = $1 group by 1 order by 1",
    [team.id],
  );
  assert.deepEqual(states, [
    { state: "active", n: 4 },
    { state: "paused", n: 1 },
  ]);
});

test("of mails that are claimed, the one that fails is put aside, and its mailbox goes on", async () => {
  const { team, mailboxIds } = await scene({ contacts: 5 });
  const [bad] = await sql("select id from messages where team_id = $1 order by id limit 1", [team.id]);
  await poison("messages", `new.id = '${bad?.id}' and new.delivery = 'claimed'`);
  const { app } = world.running;
  const wish = { mailboxId: mailboxIds[0] ?? "", engineId: newId(), publicUrl: world.url };
  const claim = () => batchOf(app, team.id, (by, manner) => claimFrom(by, wish, manner), "once");
  assert.equal((await claim()).claimed.length, 4);
  assert.equal((await claim()).claimed.length, 0);
  const aside = await sql("select loop, subject_id from set_aside where team_id = $1", [team.id]);
  assert.deepEqual(aside, [{ loop: "send-mails", subject_id: bad?.id }]);
});

test("of wishes that share a transaction, one that fails by itself fails alone", async () => {
  const batches: number[][] = [];
  const ask = batchedBy<number, number>(
    () => "all",
    async (_key, asks) => {
      batches.push([...asks]);
      if (asks.includes(2)) throw new Error("poisoned");
      return asks.map((n) => n * 10);
    },
    { isOfOne: () => true },
  );
  const answers = await Promise.allSettled([1, 2, 3].map(ask));
  await sleep(0);
  assert.deepEqual(
    answers.map((one) => (one.status === "fulfilled" ? one.value : "failed")),
    [10, "failed", 30],
  );
  assert.deepEqual(batches, [[1, 2, 3], [1], [2], [3]]);
});
