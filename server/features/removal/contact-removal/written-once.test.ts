// What a contact leaves behind is written once, however many reasons there are to change it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { newSequence, plantMembers } from "../../../testing/members.ts";
import { plant, plantMessage } from "../../../testing/planted.ts";
import { asOwner } from "../../../testing/wire.ts";
import { type Team, useWorld } from "../../../testing/world.ts";

let team: Team;
const world = useWorld({ role: "api" }, async (opened) => {
  team = await opened.newTeam();
  await asOwner(world, async (client) => {
    await client.query("create table writes (place text not null)");
    await client.query("grant insert on writes to cadenza_app");
    await client.query(
      `create function note_write() returns trigger language plpgsql as
       $$ begin insert into writes values (tg_table_name || ' ' || lower(tg_op)); return null; end $$`,
    );
    for (const table of ["messages", "tasks"])
      await client.query(
        `create trigger written after update or delete on ${table} for each row execute function note_write()`,
      );
  });
});

const rowsOf = <Row>(sql: string, params: unknown[]) =>
  asOwner(world, async (client) => (await client.query(sql, params)).rows as Row[]);

test("deleting a contact writes each of its emails once, and ends its drafts and tasks", async () => {
  const { id, steps } = await newSequence(team);
  const [member] = await plantMembers(world, team, id, 1, { current_step_id: steps[0] });
  const of = { contact_id: member?.contact_id, enrollment_id: member?.id };
  const went = { to_email: "ines@example.se", subject: "Plants", token: "t".repeat(32) };
  const at = new Date().toISOString();
  const sent = await plantMessage(world, team, id, { ...of, ...went, step_id: steps[0], completed_at: at });
  const draft = await plantMessage(world, team, id, { ...of, step_id: steps[1], status: "drafted" });
  const byHand = await plantMessage(world, team, id, { ...of, enrollment_id: null, status: "drafted" });
  const task = await plant(world, team, "tasks", {
    contact_id: member?.contact_id,
    enrollment_id: member?.id,
    user_id: team.owner.id,
    sequence_id: id,
    step_id: steps[1],
    created_from: "sequence",
    type: "call",
    status: "scheduled",
    due_at: at,
    created_at: at,
    updated_at: at,
  });
  await rowsOf("delete from writes", []);
  await team.api.contacts.delete({ id: member?.contact_id ?? "" });

  const mails = await rowsOf<Record<string, unknown>>(
    `select id, delivery, contact_id, enrollment_id, to_email, subject, reader_digest is not null as is_known
       from messages where id = any($1::text[])`,
    [[sent, draft, byHand]],
  );
  const gone = { contact_id: null, enrollment_id: null, to_email: null, subject: null };
  assert.deepEqual(
    [sent, draft, byHand].map((one) => mails.find((mail) => mail.id === one)),
    [
      { id: sent, delivery: "sent", ...gone, is_known: true },
      { id: draft, delivery: "cancelled", ...gone, is_known: false },
      { id: byHand, delivery: "draft", ...gone, is_known: false },
    ],
  );
  const writes = await rowsOf<{ place: string; count: number }>(
    "select place, count(*)::int as count from writes group by place order by place",
    [],
  );
  assert.deepEqual(writes, [
    { place: "messages update", count: 3 },
    { place: "tasks delete", count: 1 },
    { place: "tasks update", count: 1 }, // withdrawn, which is an event
  ]);
  const told = await rowsOf<{ type: string }>(
    "select type from events where subject_id = any($1::text[]) order by position desc limit 2",
    [[task, member?.id]],
  );
  assert.deepEqual(told.map(({ type }) => type).sort(), ["enrollment.removed", "task.skipped"]);
});

test("the history of an enrollment goes with it", async () => {
  const { id } = await newSequence(team);
  const members = await plantMembers(world, team, id, 3);
  const ids = members.map((member) => member.id);
  await team.api.enrollments.pause({ id, all: true });
  const kept = () =>
    rowsOf<{ states: number; history: number }>(
      `select (select count(*)::int from enrollment_states where enrollment_id = any($1::text[])) as states,
              (select count(*)::int from row_history where subject_id = any($1::text[])) as history`,
      [ids],
    );
  assert.deepEqual(await kept(), [{ states: 3, history: 3 }]);
  await team.api.contacts.bulkDelete({ contact_ids: members.map((member) => member.contact_id) });
  assert.deepEqual(await kept(), [{ states: 0, history: 0 }]);
});
