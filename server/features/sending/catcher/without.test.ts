// Where no mailbox needs the catcher it does not run: no port is open, and its calls are not found.

import assert from "node:assert/strict";
import { test } from "node:test";
import { refused, useWorld } from "../../../testing/world.ts";

const world = useWorld();

test("its calls are not found, and no mailbox can be made for it", async () => {
  const { api } = await world.newTeam();
  const calls = [
    () => api.catcher.list(),
    () => api.catcher.reply({ id: "64f0aa0000000000000000d1" }),
    () => api.catcher.empty(),
    () => api.emailAccounts.create({ email: "a@norrland.example", type: "catcher" }),
  ];
  for (const call of calls) {
    const { code, status } = await refused(call());
    assert.deepEqual([code, status], ["catcher_not_running", 404]);
  }
  assert.equal(world.running.app.catcher.isOpen(), false);
});
