// Companies as a file: whatever a search finds, formula-safe.

import assert from "node:assert/strict";
import { test } from "node:test";
import { useWorld } from "../../../testing/world.ts";

const world = useWorld();

test("what a search finds is a file, with names in place of ids and no formula in it", async () => {
  const { api } = await world.newTeam();
  await api.accounts.create({
    name: "=cmd()",
    domain: "evil.example",
    label_names: ["Key"],
    industry: "Energy",
  });
  await api.accounts.create({ name: "Borealis", domain: "borealis.example" });
  const { accounts } = await api.accounts.search({});
  const stage = (await api.accountStages.list({})).account_stages.find(
    ({ id }) => id === accounts[0]?.account_stage_id,
  );
  const linesOf = async (search: Parameters<typeof api.accounts.search>[0]) =>
    (await (await api.accounts.search.csv(search)).text())
      .trim()
      .split("\r\n")
      .map((line) => line.split(","));
  const all = await linesOf({});
  assert.deepEqual([all.length, all[0]?.[1], all[1]?.[1], all[2]?.[1]], [3, "Name", "'=cmd()", "Borealis"]);
  assert.deepEqual([all[1]?.[9], all[1]?.[11]], [stage?.name, "Key"]);
  assert.equal((await linesOf({ q_keywords: "boreal" })).length, 2);
});
