// A simulated company: a few days of it are checked without a complaint, and what is planted into it is found.

import assert from "node:assert/strict";
import { test } from "node:test";
import { asOwner } from "../owner.ts";
import { rounds } from "../rounds.ts";
import type { Company } from "./company.ts";
import { type Act, drawPlan } from "./plan.ts";
import { live } from "./run.ts";

test("the plan of a seed is always the same, and leaving an act out changes no other", () => {
  const [one, again] = [drawPlan(7, 30), drawPlan(7, 30)];
  assert.deepEqual(one, again);
  assert.notDeepEqual(one.acts, drawPlan(8, 30).acts);
  assert.ok(one.acts.length > 20);
});

test("companies live for days, are killed on the way, and nothing is wrong", async () => {
  for (let seed = 1; seed <= rounds(1, 5); seed++) {
    const plan = drawPlan(20_261_128 + seed, rounds(6, 60));
    const kill: Act = { day: 2, minute: 700, name: "kill the server on its way", seed };
    const lived = await live({ ...plan, acts: [...plan.acts, kill].sort(byTime) });
    assert.deepEqual(lived.wrong, [], `npm run simulate -- --seed=${plan.seed} --days=${plan.days}`);
    assert.ok(lived.mails > 0 && lived.kills > 0, `${lived.mails} emails, ${lived.kills} kills`);
  }
});

const byTime = (a: Act, b: Act) => a.day - b.day || a.minute - b.minute;

/** A step that is received twice, and an add that nobody was told of. */
const PLANTED = [
  `insert into catcher_messages (team_id, id, mailbox_id, uid, folder, at, from_address, to_address, subject, message_id,
                                 headers, body_text, raw, flags, nth)
   select team_id, repeat('f', 24), mailbox_id, 9000000, folder, at, from_address, to_address, subject, message_id,
          headers, body_text, raw, flags, nth from catcher_messages where folder = 'Sent' and body_text like '%T:P%' limit 1`,
  `delete from verdicts where enrollment_id = (
     select id from enrollments where generation = 1 and state <> 'removed' limit 1)`,
];

test("what is planted is found", async () => {
  const plan = drawPlan(20_261_129, 6);
  const plant = (company: Company) =>
    asOwner({ ownerConnection: company.owner }, async (client) => {
      for (const sql of PLANTED) assert.equal((await client.query(sql)).rowCount, 1, sql);
      for (const limit of company.known.limits) limit.daily = 0; // as if that had been the limit all along
    });
  const wrong = (await live(plan, plant)).wrong.join("\n");
  for (const found of [/S01 one enrollment/, /I02/, /there without a verdict/, /S04 more in 24 hours/])
    assert.match(wrong, found);
});
