import assert from "node:assert/strict";
import { test } from "node:test";
import { startBeating } from "../../../engine/running/engine.ts";
import { newId } from "../../../kernel/ids.ts";
import { asOwner } from "../../../testing/wire.ts";
import { refused, useWorld } from "../../../testing/world.ts";

const world = useWorld({ role: "api" });

const checks = async () => (await world.operator.installation.checks()).checks;
const check = async (code: string) => (await checks()).find((one) => one.code === code);

test("the operator is told what is wrong, and that it is well once it is", async (t) => {
  await world.newTeam();
  assert.deepEqual(await check("engines"), {
    code: "engines",
    name: "Engines",
    verdict: "trouble",
    says: "No engine is running, so no email is sent and no inbox is read.",
    todo: "Start a process with the role engine or all.",
  });
  const stop = await startBeating(world.running.app, newId());
  t.after(stop);
  assert.equal((await check("engines"))?.says, "1 engine is running.");

  await asOwner(world, (client) =>
    client.query(
      "insert into background_migrations (number, name, blocks, error) values (998, '0998_stuck', 4, 'no room')",
    ),
  );
  t.after(() =>
    asOwner(world, (client) => client.query("delete from background_migrations where number = 998")),
  );
  assert.deepEqual(
    (await checks()).filter(({ verdict }) => verdict !== "well").map(({ code }) => code),
    ["background_migrations"],
  );
});

test("an admin of one of several teams is not told about the others", async () => {
  const team = await world.newTeam();
  await world.newTeam();
  assert.equal((await refused(team.api.installation.checks())).code, "operator_only");
});
