import assert from "node:assert/strict";
import { test } from "node:test";
import { refused, type Team, tokenIn, useWorld } from "../../../testing/world.ts";

let team: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
});

let invited = 0;
const invite = async (at: Team) =>
  (await at.api.users.invite({ email: `subteam${++invited}@example.no` })).user.id;

const subteamsOf = async (at: Team, userId: string) =>
  (await at.api.users.search()).users.find(({ id }) => id === userId)?.subteam_ids;

test("a group is made with people, who show it; changed and ended", async () => {
  const mine = await world.newTeam("Groups");
  const [one, two] = [await invite(mine), await invite(mine)];
  const { subteam } = await mine.api.subteams.create({ name: " Nordics ", user_ids: [two, one, one] });
  assert.deepEqual([subteam.name, subteam.user_ids], ["Nordics", [one, two].sort()]);
  assert.deepEqual([await subteamsOf(mine, one), await subteamsOf(mine, mine.owner.id)], [[subteam.id], []]);

  const changed = await mine.api.subteams.update({ id: subteam.id, user_ids: [two, mine.owner.id] });
  assert.deepEqual(
    [changed.subteam.name, new Set(changed.subteam.user_ids)],
    ["Nordics", new Set([two, mine.owner.id])],
  );
  assert.deepEqual(await subteamsOf(mine, one), []);
  const renamed = await mine.api.subteams.update({ id: subteam.id, name: "North" });
  assert.deepEqual([renamed.subteam.name, renamed.subteam.user_ids.length], ["North", 2]);
  assert.deepEqual((await mine.api.subteams.list()).subteams, [renamed.subteam]);

  await mine.api.subteams.delete({ id: subteam.id });
  assert.deepEqual([(await mine.api.subteams.list()).subteams, await subteamsOf(mine, two)], [[], []]);
  assert.equal((await refused(mine.api.subteams.delete({ id: subteam.id }))).code, "record_not_found");
});

test("a name is one of a kind, also when twenty want it at once", async () => {
  const mine = await world.newTeam("Group names");
  const calls = await Promise.allSettled(
    Array.from({ length: 20 }, (_, n) => mine.api.subteams.create({ name: n % 2 ? "RUSH" : "rush" })),
  );
  assert.equal(calls.filter(({ status }) => status === "fulfilled").length, 1);
  const reasons = calls.flatMap((one) => (one.status === "rejected" ? [one.reason.code] : []));
  assert.deepEqual(new Set(reasons), new Set(["subteam_exists"]));
  const { subteam } = await mine.api.subteams.create({ name: "Other" });
  assert.equal(
    (await refused(mine.api.subteams.update({ id: subteam.id, name: "Rush" }))).code,
    "subteam_exists",
  );
});

test("only the team's own users can be in a group, and a refused change adds none of them", async () => {
  const stranger = await world.newTeam("Group strangers");
  const { subteam } = await team.api.subteams.create({ name: "Ours" });
  for (const id of [stranger.owner.id, "64f0aa00000000000000beef"]) {
    for (const attempt of [
      () => team.api.subteams.create({ name: "Mixed", user_ids: [team.owner.id, id] }),
      () => team.api.subteams.update({ id: subteam.id, name: "Renamed", user_ids: [team.owner.id, id] }),
    ]) {
      const refusal = await refused(attempt());
      assert.deepEqual([refusal.status, refusal.message], [422, `There is no user ${id} in this team.`]);
    }
  }
  assert.deepEqual((await team.api.subteams.list()).subteams, [subteam]);
  assert.deepEqual((await stranger.api.subteams.list()).subteams, []);
  for (const attempt of [
    () => stranger.api.subteams.update({ id: subteam.id, name: "Theirs" }),
    () => stranger.api.subteams.delete({ id: subteam.id }),
  ])
    assert.equal((await refused(attempt())).code, "record_not_found");
});

test("members see the groups and make none", async () => {
  const { invitation_url } = await team.api.users.invite({ email: "group.member@example.no" });
  const password = "a password long enough";
  await world.client().invitations.accept({ token: tokenIn(invitation_url), name: "Mia", password });
  const { api } = await world.signIn("group.member@example.no", password);
  assert.equal((await refused(api.subteams.create({ name: "Mine" }))).code, "admin_only");
  assert.ok((await api.subteams.list()).subteams.length > 0);
});
