// Each type of the feed that may set a workflow off, told of one contact: none of them is passed over.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { maySetOff } from "../../../domain/automation/workflow.ts";
import type { EventType } from "../../../domain/insight/event-words.ts";
import { byEngine } from "../../../engine/running/engine.ts";
import { newContact } from "../../../testing/sequenced.ts";
import { lookedAt, onWorkflow, untilHolds } from "../../../testing/workflowing.ts";
import { useWorld } from "../../../testing/world.ts";
import { record } from "../../events/events/store.ts";

const world = useWorld();

const words = readFileSync(new URL("../../../domain/insight/event-words.ts", import.meta.url), "utf8");
const types = [...words.matchAll(/^ {2}\| "([a-z_]+\.[a-z_]+)"/gm)].map(([, type]) => type as EventType);

test("every type of event that may, sets a workflow off, and only the one that listens for it", async () => {
  const suitable = types.filter(maySetOff);
  assert.ok(suitable.length > 100 && suitable.length < types.length, String(suitable.length));
  const team = await world.newTeam();
  const contactId = await newContact(team);
  await lookedAt(world, team);
  const typeOf = new Map<string, string>();
  for (const event of suitable) {
    const trigger = { type: "event", event } as const;
    const { id } = await onWorkflow(team, { trigger, actions: [{ type: "notify", text: event }] });
    typeOf.set(id, event);
  }
  const { app } = world.running;
  const subject = { type: "contact", id: contactId } as const;
  await app.db.inTeam(team.id, (db) =>
    record(byEngine(app, db, team.id), ...suitable.map((type) => ({ type, subject, data: {} }))),
  );
  const done = async () => {
    const off = new Map<string, number | undefined>();
    for await (const { id, last_run } of team.api.workflows.list.each({ per_page: 100 }))
      off.set(typeOf.get(id) ?? "", last_run?.counts.done);
    return off;
  };
  const counts = await untilHolds(done, (all) => [...all.values()].every((count) => count === 1));
  assert.deepEqual([...counts.keys()].sort(), [...suitable].sort());
});
