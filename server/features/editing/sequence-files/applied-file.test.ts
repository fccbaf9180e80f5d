// Which file a sequence comes from, what was edited in the app since, and where a file is wrong.

import assert from "node:assert/strict";
import { test } from "node:test";
import { type Team, tokenIn, useWorld, type World } from "../../../testing/world.ts";

let world: World;
let team: Team;
useWorld({}, async (given) => {
  world = given;
  team = await world.newTeam();
});

const file = (key: string, name = `Name of ${key}`) => ({
  path: `sequences/${key}.yaml`,
  text: `key: ${key}\nname: ${name}\nsteps:\n  - type: auto_email\n    variants:\n      - subject: Hello\n        html: <p>Hello</p>\n`,
});

async function applied(key: string) {
  const { plan } = await team.api.sequences.importFiles({ files: [file(key)] });
  return plan[0]?.id ?? "";
}

const password = "a long sentence is a good password";

async function memberOf({ api }: Team) {
  const { invitation_url } = await api.users.invite({ email: "mate@example.no" });
  await world.client().invitations.accept({ token: tokenIn(invitation_url), name: "Mia Mate", password });
  return (await world.signIn("mate@example.no", password)).api;
}

test("a sequence that no file has written has none", async () => {
  const { id } = (await team.api.sequences.create({ name: "By hand" })).emailer_campaign;
  assert.deepEqual(await team.api.sequences.appliedFile({ id }), { applied: null });
});

test("an edit in the app since the last apply is named, and gone with the next apply", async () => {
  const id = await applied("drifting");
  const first = (await team.api.sequences.appliedFile({ id })).applied;
  assert.equal(first?.key, "drifting");
  assert.deepEqual(first?.drift, []);
  await team.api.sequences.change({ id, name: "Edited here" });
  const edited = (await team.api.sequences.appliedFile({ id })).applied;
  assert.equal(edited?.applied_at, first?.applied_at);
  assert.deepEqual(edited?.drift, [
    { where: "", what: "name", before: "Name of drifting", after: "Edited here" },
  ]);
  await team.api.sequences.importFiles({ files: [file("drifting")], overwrite: true });
  const again = (await team.api.sequences.appliedFile({ id })).applied;
  assert.deepEqual(again?.drift, []);
  assert.notEqual(again?.applied_at, first?.applied_at);
});

test("a file that is wrong is refused with its line and its column", async () => {
  const faulty = (text: string) => ({ path: "sequences/faulty.yaml", text });
  const refusals: [string, number, number, RegExp][] = [
    ["key: faulty\nname: F\nsteps:\n  - type: call\n    wiat: 2 days\n", 5, 5, /Did you mean `wait`\?/],
    ["key: faulty\nname: [\n", 3, 1, /is no valid YAML/],
    ["key: faulty\nname: F\nsteps:\n  - type: call\n    wait: soon\n", 5, 5, /must be such as "2 days"/],
    ["key: faulty\nname: &a F\ndescription: *a\nsteps: []\n", 3, 14, /has an alias/],
  ];
  for (const [text, line, column, why] of refusals)
    await assert.rejects(
      team.api.sequences.importFiles({ files: [faulty(text)] }, { dryRun: true }),
      (error) => {
        const { body } = error as { body: Record<string, unknown> };
        assert.deepEqual([body.file, body.line, body.column], ["sequences/faulty.yaml", line, column], text);
        assert.match(String(body.error), why);
        return true;
      },
    );
});

test("a sequence that the user may only view is refused with the name of its file", async () => {
  const id = await applied("guarded");
  await team.api.sequences.update({
    id,
    sharing_permission: { visibility: "everyone", access_type: "can_view" },
  });
  const api = await memberOf(team);
  await assert.rejects(api.sequences.importFiles({ files: [file("guarded", "Taken")] }), (error) => {
    const { body } = error as { body: Record<string, unknown> };
    assert.deepEqual([body.code, body.file], ["sequence_not_permitted", "sequences/guarded.yaml"]);
    return true;
  });
  assert.equal((await api.sequences.appliedFile({ id })).applied?.key, "guarded");
});
