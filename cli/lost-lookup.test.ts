// A lookup that was lost, asked for in a terminal, is not reported as "not found".

import assert from "node:assert/strict";
import { test } from "node:test";
import { LOOPBACK } from "../server/testing/loopback.ts";
import { loseLookup } from "../server/testing/lost-lookup.ts";
import { type Team, useWorld } from "../server/testing/world.ts";
import { cadenza } from "./testing.ts";

let team: Team;
const world = useWorld({ webhookAllow: LOOPBACK }, async (opened) => {
  team = await opened.newTeam();
});

test("a lookup that was lost says so, in words and as JSON, and is not taken for a miss", async () => {
  const clue = { name: "Per Lund", domain: "fjord.no" };
  await loseLookup(world, team, clue);
  const setting = { env: { CADENZA_URL: world.url, CADENZA_API_KEY: team.key } };
  const match = (...more: string[]) =>
    cadenza(["people", "match", "--name", clue.name, "--domain", clue.domain, ...more], setting);
  const lost = await match();
  assert.match(lost.out, /lookup_lost/);
  assert.match(lost.out, /may have been spent/);
  const told = (await match("--json")).json<{ person: unknown; lookup_lost: { code: string } }>();
  assert.deepEqual([told.person, told.lookup_lost.code], [null, "lookup_lost"]);
});
