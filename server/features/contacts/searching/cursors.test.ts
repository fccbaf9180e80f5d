// Tasks, answers and mails are gone through by cursor, to the last of them: no gap, no repeat, in every order there is.

import assert from "node:assert/strict";
import { test } from "node:test";
import { plantIncoming } from "../../../testing/incoming.ts";
import { plantContact } from "../../../testing/planted.ts";
import { newMailbox } from "../../../testing/sequenced.ts";
import { asOwner } from "../../../testing/wire.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";

const MANY = 23;
const AT_ONCE = 5;

let team: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
  const contact_id = await plantContact(opened, team, { email: "ines@kraft.example" });
  await newMailbox(team);
  // Several are due at the same moment, and at one that has microseconds.
  for (let n = 0; n < MANY; n++)
    await team.api.tasks.create({
      type: "call",
      user_id: team.owner.id,
      contact_id,
      title: `Task ${n}`,
      priority: (["high", "medium", "low"] as const)[n % 3] ?? "low",
      due_at: `2026-12-${String(1 + (n % 4)).padStart(2, "0")}T09:00:00Z`,
    });
  for (let n = 0; n < MANY; n++)
    await team.api.emailerMessages.create({ contact_id, subject: `Letter ${n}`, body_html: "<p>Hello</p>" });
  for (let n = 0; n < MANY; n++) await plantIncoming(opened, team);
  await asOwner(opened, async (client) => {
    await client.query(
      "update tasks set due_at = due_at + interval '7 microseconds' where due_at < '2026-12-02'",
    );
    await client.query(
      "update incoming_mails set received_at = '2026-11-01 09:00:00.000007Z' where uid % 2 = 0",
    );
  });
});

type Page = { ids: string[]; cursor: string | null };

/** All of them by pages, and all of them by cursors, are the same. */
async function assertGoesOn(ask: (place: { page?: number; cursor?: string }) => Promise<Page>, what: string) {
  const byPage: string[] = [];
  for (let page = 1; ; page++) {
    const { ids } = await ask({ page });
    if (ids.length === 0) break;
    byPage.push(...ids);
  }
  const byCursor: string[] = [];
  let cursor: string | null = null;
  let asked = 0;
  do {
    const page: Page = await ask(cursor === null ? {} : { cursor });
    byCursor.push(...page.ids);
    cursor = page.cursor;
    assert.ok(++asked < 20, `${what}: cursors never end`);
  } while (cursor !== null);
  assert.deepEqual(byCursor, byPage, what);
  assert.equal(new Set(byCursor).size, byCursor.length, `${what}: somebody comes twice`);
  assert.ok(byCursor.length >= MANY, `${what}: ${byCursor.length} of them`);
}

test("tasks, in every order and both ways", async () => {
  for (const sort_by_field of ["task_due_at", "task_created_at", "task_priority"])
    for (const sort_ascending of [true, false])
      await assertGoesOn(async (place) => {
        const { tasks, pagination } = await team.api.tasks.search({
          ...place,
          per_page: AT_ONCE,
          sort_by_field,
          sort_ascending,
        });
        return { ids: tasks.map(({ id }) => id), cursor: pagination.next_cursor };
      }, `${sort_by_field} ${sort_ascending}`);
});

test("mails, in both orders and both ways", async () => {
  for (const sort_ascending of [true, false])
    await assertGoesOn(async (place) => {
      const { emailer_messages, next_cursor } = await team.api.emailerMessages.search({
        ...place,
        per_page: AT_ONCE,
        sort_by_field: "due_at",
        sort_ascending,
      });
      return { ids: emailer_messages.map(({ id }) => id), cursor: next_cursor };
    }, `due_at ${sort_ascending}`);
});

test("what came in, newest first", async () => {
  await assertGoesOn(async (place) => {
    const { incoming_mails, pagination } = await team.api.incomingMails.list({ ...place, per_page: AT_ONCE });
    return { ids: incoming_mails.map(({ id }) => id), cursor: pagination.next_cursor };
  }, "received_at");
});

test("what comes while one goes through them is not met twice, and what goes leaves no gap", async () => {
  const first = await team.api.tasks.search({ per_page: AT_ONCE, sort_by_field: "task_created_at" });
  const seen = first.tasks.map(({ id }) => id);
  const contact_id = first.tasks[0]?.contact_id ?? "";
  await team.api.tasks.create({ type: "call", user_id: team.owner.id, contact_id, title: "Just now" });
  const { tasks } = await team.api.tasks.search({
    per_page: AT_ONCE,
    sort_by_field: "task_created_at",
    cursor: first.pagination.next_cursor ?? "",
  });
  assert.equal(tasks.length, AT_ONCE);
  assert.deepEqual(
    tasks.filter(({ id }) => seen.includes(id)),
    [],
  );
});

test("a cursor that was not given out, or for another order, is refused", async () => {
  const { pagination } = await team.api.tasks.search({ per_page: AT_ONCE });
  const due = pagination.next_cursor ?? "";
  const forged = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString("base64url");
  const id = "0".repeat(24);
  for (const wish of [
    { cursor: "x" },
    { cursor: due, sort_by_field: "task_priority" },
    { cursor: due, sort_ascending: false },
    { cursor: forged("due", null, "2026-99-01 00:00:00+00", id) },
    { cursor: forged("due", null, "now", id) },
    { cursor: forged("priority", null, "3 never", id), sort_by_field: "task_priority" },
  ])
    assert.equal((await refused(team.api.tasks.search(wish))).code, "invalid_cursor", JSON.stringify(wish));
  assert.equal((await refused(team.api.incomingMails.list({ cursor: due }))).code, "invalid_cursor");
  assert.equal((await refused(team.api.emailerMessages.search({ cursor: due }))).code, "invalid_cursor");
  // Another team's goes on in one's own rows, and shows nobody else's.
  const stranger = await world.newTeam();
  assert.deepEqual((await stranger.api.tasks.search({ per_page: AT_ONCE, cursor: due })).tasks, []);
});
