// A sandbox sends nothing to devices: its replies are invented, and its users would be called away from their work by them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { newDevice } from "../../testing/devices.ts";
import { plant } from "../../testing/planted.ts";
import { inSandbox } from "../../testing/sandboxed.ts";
import { asOwner } from "../../testing/wire.ts";
import { refused, useWorld } from "../../testing/world.ts";
import { pushOnce } from "../upkeep/send-pushes.ts";

const world = useWorld({ ...(await inSandbox()), role: "api" });

test("a device cannot be added in a sandbox, and one that is in its database is told nothing", async () => {
  const team = await world.newTeam();
  const { api } = await world.signIn(team.owner.email, team.owner.password);
  assert.equal((await refused(api.pushSubscriptions.create(newDevice()))).code, "push_not_in_sandbox");
  const { app } = world.running;
  const now = app.now().toString();
  const { contact } = await team.api.contacts.create({ first_name: "Ines" });
  const due_at = app.now().subtract({ minutes: 1 }).toString();
  await team.api.tasks.create({
    type: "action_item",
    user_id: team.owner.id,
    contact_id: contact.id,
    due_at,
  });
  const id = await plant(world, team, "push_subscriptions", {
    user_id: team.owner.id,
    ...newDevice(),
    auth: Buffer.from("sealed"),
    tells_since: app.now().subtract({ minutes: 10 }).toString(),
    created_at: now,
  });
  assert.equal((await refused(api.pushSubscriptions.test({ id }))).code, "push_not_in_sandbox");
  const fence = { leave: null, seen: 0, isOpen: true, hasSent: false };
  assert.equal(await pushOnce({ app, fence }), 0);
  const rows = await asOwner(
    world,
    async (client) =>
      (await client.query("select failures, next_try_at from push_subscriptions where id = $1", [id])).rows,
  );
  assert.deepEqual(rows, [{ failures: 0, next_try_at: null }]);
});
