import assert from "node:assert/strict";
import { test } from "node:test";
import type { Input } from "@cadenza/sdk";
import { refused, type Team, tokenIn, useWorld } from "../../../testing/world.ts";

let team: Team;
let member: Team["api"];
let stranger: Team;
useWorld({}, async (opened) => {
  team = await opened.newTeam();
  stranger = await opened.newTeam("Stranger");
  const { invitation_url } = await team.api.users.invite({ email: "ines@example.no" });
  const password = "a long sentence is a good password";
  await opened.client().invitations.accept({ token: tokenIn(invitation_url), name: "Ines Okafor", password });
  member = (await opened.signIn("ines@example.no", password)).api;
});

const save = (name: string, rest: Partial<Input<"views", "create">> = {}) =>
  team.api.views.create({ subject: "contacts", name, ...rest }).then(({ view }) => view);

test("a view keeps filter, columns and order as they were sent", async () => {
  const wish = {
    filter: { q: "plant", stage: ["a"], added: { min: "2026-01-01" } },
    columns: ["name", "stage"],
    sort: "-contact_name",
  };
  const made = await save("Plants", wish);
  const [listed] = (await team.api.views.list({ subject: "contacts" })).views;
  assert.deepEqual(listed, made);
  assert.deepEqual({ filter: made.filter, columns: made.columns, sort: made.sort }, wish);
  const { view } = await team.api.views.update({
    id: made.id,
    name: "All plants",
    columns: null,
    sort: null,
  });
  assert.deepEqual(
    [view.name, view.columns, view.sort, view.filter],
    ["All plants", null, null, wish.filter],
  );
  await team.api.views.delete({ id: made.id });
  assert.deepEqual((await team.api.views.list({})).views, []);
});

test("a view keeps which columns are pinned and how wide they are", async () => {
  const made = await save("Wide", {
    columns: ["name", "company"],
    pinned: ["company"],
    widths: { company: 320 },
  });
  assert.deepEqual([made.pinned, made.widths], [["company"], { company: 320 }]);
  const { view } = await team.api.views.update({ id: made.id, pinned: [], widths: { name: 200 } });
  assert.deepEqual([view.columns, view.pinned, view.widths], [["name", "company"], [], { name: 200 }]);
  assert.deepEqual((await team.api.views.list({ subject: "contacts" })).views, [view]);
  for (const wish of [
    { columns: ["name", "name"] },
    { pinned: ["company", "company"] },
    { widths: { company: 1_000_000 } },
    { widths: { company: -1 } },
  ])
    assert.equal((await refused(team.api.views.update({ id: made.id, ...wish }))).status, 422);
  await team.api.views.delete({ id: made.id });
  const plain = await save("Plain");
  assert.deepEqual([plain.columns, plain.pinned, plain.widths], [null, [], {}]);
  await team.api.views.delete({ id: plain.id });
});

test("what is mine is there for me alone, what is shared for the team", async () => {
  const mine = await save("Mine");
  const shared = await save("Shared", { shared: true });
  const theirs = (await member.views.create({ subject: "accounts", name: "Mine" })).view;
  const names = async (api: Team["api"]) => (await api.views.list({})).views.map(({ id }) => id).sort();
  assert.deepEqual(await names(member), [shared.id, theirs.id].sort());
  assert.deepEqual(await names(team.api), [mine.id, shared.id].sort());
  assert.equal((await refused(member.views.update({ id: mine.id, name: "x" }))).code, "record_not_found");
  assert.equal((await refused(member.views.delete({ id: shared.id }))).code, "view_of_another");
  assert.equal((await refused(team.api.views.delete({ id: theirs.id }))).code, "record_not_found");
  const given = (await member.views.update({ id: theirs.id, shared: true })).view;
  assert.equal(
    (await team.api.views.update({ id: given.id, name: "By an admin" })).view.user_id,
    theirs.user_id,
  );
});

test("a name means one view of a list, for each person", async () => {
  await save("Taken");
  const refusal = await refused(save("taken"));
  assert.deepEqual([refusal.status, refusal.code], [422, "view_name_taken"]);
  const other = await save("Other");
  assert.equal(
    (await refused(team.api.views.update({ id: other.id, name: "TAKEN" }))).code,
    "view_name_taken",
  );
  await team.api.views.create({ subject: "accounts", name: "Taken" });
});

test("a filter without end is refused, and a stranger's view is not there", async () => {
  const long = await refused(save("Long", { filter: { q: "x".repeat(30_000) } }));
  assert.equal(long.status, 422);
  const { id } = await save("Ours", { shared: true });
  for (const attempt of [
    () => stranger.api.views.update({ id, name: "x" }),
    () => stranger.api.views.delete({ id }),
  ])
    assert.equal((await refused(attempt())).status, 404);
  assert.deepEqual((await stranger.api.views.list({})).views, []);
});
