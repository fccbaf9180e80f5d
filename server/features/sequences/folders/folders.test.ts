import assert from "node:assert/strict";
import { test } from "node:test";
import { refused, type Team, useWorld } from "../../../testing/world.ts";

let team: Team;
let stranger: Team;
useWorld({}, async (opened) => {
  team = await opened.newTeam();
  stranger = await opened.newTeam("Stranger");
});

const newFolder = async (name: string, parent_id?: string, kind: "sequences" | "templates" = "sequences") =>
  (await team.api.folders.create({ name, kind, parent_id })).folder;

test("folders lie in folders; what lay in a deleted one moves up", async () => {
  const outer = await newFolder("Outer");
  const inner = await newFolder("Inner", outer.id);
  const leaf = await newFolder("Leaf", inner.id);
  const { emailer_campaign } = await team.api.sequences.create({ name: "Filed", folder_id: inner.id });
  await team.api.folders.remove({ id: inner.id });
  const left = (await team.api.folders.list({ kind: "sequences" })).folders;
  assert.deepEqual(
    left.map(({ id, parent_id }) => [id, parent_id]),
    [
      [leaf.id, outer.id],
      [outer.id, null],
    ],
  );
  const { emailer_campaign: filed } = await team.api.sequences.show({ id: emailer_campaign.id });
  assert.equal(filed.folder_id, outer.id);
});

test("a folder is never moved into itself, also when two move at once", async () => {
  const [a, b] = [await newFolder("A"), await newFolder("B")];
  assert.equal(
    (await refused(team.api.folders.update({ id: a.id, parent_id: a.id }))).code,
    "folder_in_itself",
  );
  const results = await Promise.allSettled([
    team.api.folders.update({ id: a.id, parent_id: b.id }),
    team.api.folders.update({ id: b.id, parent_id: a.id }),
  ]);
  assert.deepEqual(results.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
  assert.equal(
    (await team.api.folders.update({ id: a.id, name: "Renamed", parent_id: null })).folder.name,
    "Renamed",
  );
});

test("kinds do not mix, and a stranger's folder is not there", async () => {
  const templates = await newFolder("Mails", undefined, "templates");
  for (const attempt of [
    () => team.api.sequences.create({ name: "x", folder_id: templates.id }),
    () => newFolder("x", templates.id),
    () => stranger.api.templates.create({ name: "x", folder_id: templates.id }),
    () => stranger.api.folders.create({ name: "x", kind: "templates", parent_id: templates.id }),
  ])
    assert.equal((await refused(attempt())).code, "folder_not_found");
  for (const attempt of [
    () => stranger.api.folders.update({ id: templates.id, name: "x" }),
    () => stranger.api.folders.remove({ id: templates.id }),
  ])
    assert.equal((await refused(attempt())).status, 404);
});
