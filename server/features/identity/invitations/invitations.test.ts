import assert from "node:assert/strict";
import { test } from "node:test";
import { refused, type Team, tokenIn, useWorld } from "../../../testing/world.ts";

let team: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
});

const password = "a password long enough";
const accept = (token: string) => world.client().invitations.accept({ token, name: "Ines Okafor", password });

async function invite(email: string, wish: { role?: "admin" | "member"; reset?: boolean } = {}) {
  const { user, invitation_url } = await team.api.users.invite({ email, ...wish });
  return { user, token: tokenIn(invitation_url) };
}

test("an invited person is greeted, joins once, and is signed in by it", async () => {
  const { user, token } = await invite("ines@example.no");
  assert.equal(user.state, "invited");
  const { invitation } = await world.client().invitations.check({ token });
  assert.deepEqual(
    [invitation.email, invitation.team_name, invitation.reset],
    ["ines@example.no", "Norrland Kraft", false],
  );

  const joined = await accept(token);
  assert.deepEqual(
    [joined.user.id, joined.user.state, joined.user.name, joined.operator],
    [user.id, "active", "Ines Okafor", false],
  );
  assert.equal((await refused(accept(token))).code, "invitation_not_open");
  assert.equal((await refused(world.client().invitations.check({ token }))).status, 404);
  await world.signIn("ines@example.no", password);
});

test("of ten who use one link at once, one joins", async () => {
  const { token } = await invite("raced@example.no");
  const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => accept(token)));
  assert.equal(outcomes.filter(({ status }) => status === "fulfilled").length, 1);
  for (const outcome of outcomes)
    if (outcome.status === "rejected") assert.equal(outcome.reason.code, "invitation_not_open");
});

test("an invitation sent again ends the link before", async () => {
  const first = await invite("again@example.no");
  const second = await invite("Again@Example.no");
  assert.equal(first.user.id, second.user.id);
  assert.equal((await refused(accept(first.token))).code, "invitation_not_open");
  await accept(second.token);
});

test("ten invitations of one person at once leave one person and one good link", async () => {
  const sent = await Promise.all(Array.from({ length: 10 }, () => invite("many@example.no")));
  assert.equal(new Set(sent.map(({ user }) => user.id)).size, 1);
  const good = await Promise.allSettled(sent.map(({ token }) => world.client().invitations.check({ token })));
  assert.equal(good.filter(({ status }) => status === "fulfilled").length, 1);
});

test("a link ends after a week", async () => {
  const { token } = await invite("slow@example.no");
  world.advance({ hours: 7 * 24 - 1 });
  await world.client().invitations.check({ token });
  world.advance({ hours: 2 });
  assert.equal((await refused(accept(token))).code, "invitation_not_open");
  world.advance({ hours: -(7 * 24 + 1) });
});

test("who is a member already is not invited, but may get a link to choose a new password", async () => {
  const { token } = await invite("member@example.no");
  await accept(token);
  const { cookie: _, api } = await world.signIn("member@example.no", password);
  const again = await refused(invite("member@example.no"));
  assert.deepEqual(
    [again.code, again.message],
    ["user_active_already", "member@example.no is already a member of this team."],
  );

  const reset = await invite("member@example.no", { reset: true });
  assert.equal((await world.client().invitations.check({ token: reset.token })).invitation.reset, true);
  await api.sessions.current();
  await world.client().invitations.accept({ token: reset.token, password: "chosen after it was lost" });
  assert.equal((await refused(api.sessions.current())).status, 401, "sessions of the lost password end");
  await world.signIn("member@example.no", "chosen after it was lost");
});

test("a reset for a user who has not joined, or is unknown, sends nothing and invites no one", async () => {
  await invite("waiting@example.no");
  assert.equal((await refused(invite("waiting@example.no", { reset: true }))).code, "record_not_found");
  assert.equal((await refused(invite("stranger@example.no", { reset: true }))).code, "record_not_found");
  const { users } = await team.api.users.search({ q_keywords: "stranger@" });
  assert.deepEqual(users, []);
});

test("a deactivated person's link is dead, and they are not invited again", async () => {
  const { user, token } = await invite("left@example.no");
  await team.api.users.deactivate({ id: user.id });
  assert.equal((await refused(accept(token))).code, "invitation_not_open");
  assert.equal((await refused(invite("left@example.no"))).code, "user_deactivated");
  await team.api.users.reactivate({ id: user.id });
  assert.equal((await refused(accept(token))).code, "invitation_not_open", "the old link stays dead");
  await accept((await invite("left@example.no")).token);
});

test("a wrong link, an empty one and a foreign token get one answer", async () => {
  const session = (await world.signIn(team.owner.email, team.owner.password)).cookie.split("=")[1] as string;
  for (const token of ["cdz_inv_wrong", team.key, session, "x".repeat(200)]) {
    const refusal = await refused(accept(token));
    assert.deepEqual([refusal.status, refusal.code], [404, "invitation_not_open"]);
  }
});

test("a short password is refused before the link is used up", async () => {
  const { token } = await invite("short@example.no");
  const refusal = await refused(
    world.client().invitations.accept({ token, name: "X", password: "123456789" }),
  );
  assert.equal(refusal.message, "Parameters misconfigured. password must have at least 10 characters");
  await accept(token);
});

test("only the operator makes a link by which one becomes the operator", async () => {
  const { api_key } = await world.operator.apiKeys.create({ name: "first team's master", master: true });
  const admin = world.client({ apiKey: api_key.key });
  const refusal = await refused(admin.users.invite({ email: "owner@cadenza.invalid" }));
  assert.deepEqual([refusal.status, refusal.code], [403, "operator_only"]);
});

test("who invites an address learns nothing of an account that it has in another team", async () => {
  const elsewhere = await world.newTeam("Elsewhere");
  const known = `known-${crypto.randomUUID()}@example.no`;
  const free = `never-${crypto.randomUUID()}@example.no`;
  const { invitation_url } = await elsewhere.api.users.invite({ email: known, first_name: "Secret" });
  const own = "a password of their own team";
  await world
    .client()
    .invitations.accept({ token: tokenIn(invitation_url), name: "Secret Name", password: own });
  await world.signIn(known, own);

  const asker = await world.newTeam("Asker");
  /** All that an admin of the other team can read of an address, without what tells the two addresses apart. */
  const told = async (email: string) => {
    const answers: unknown[] = [];
    const keep = (what: string, answer: unknown) => answers.push([what, answer]);
    const invited = await asker.api.users.invite({ email });
    assert.match(invited.unconfirmed ?? "", /It is not confirmed yet/);
    keep("invited", { ...invited, invitation_url: "" });
    const token = tokenIn(invited.invitation_url);
    keep("checked", (await world.client().invitations.check({ token })).invitation);
    keep("guess", (await refused(world.client().sessions.start({ email, password: "a guess" }))).code);
    keep("users", (await asker.api.users.search({ q_keywords: email })).users);
    // The admin has the link too, and can accept it.
    const claimed = "a password that the admin chose";
    keep("joined", await world.client().invitations.accept({ token, password: claimed }));
    keep("guess again", (await refused(world.client().sessions.start({ email, password: "a guess" }))).code);
    await world.signIn(email, claimed);
    keep("users", (await asker.api.users.search({ q_keywords: email })).users);
    const { audit_log } = await asker.api.auditLog.list({ subject_id: invited.user.id });
    keep(
      "log",
      audit_log.map(({ type, sentence, actor }) => [type, sentence, actor.address === null]),
    );
    return JSON.stringify(answers)
      .replaceAll(email, "the address")
      .replaceAll(/[0-9a-f]{24}/g, "an id")
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+(Z|\+00:00)/g, "a time");
  };
  const [ofKnown, ofFree] = [await told(known), await told(free)];
  assert.equal(ofKnown, ofFree);
  assert.ok(!/Secret|Elsewhere/.test(ofKnown));

  // And the person's own account stays theirs, however many claims there are.
  for (let n = 0; n < 6; n++) {
    const more = await world.newTeam(`Claim ${n}`);
    const link = await more.api.users.invite({ email: known });
    const password = `a password of claim ${n}`;
    await world.client().invitations.accept({ token: tokenIn(link.invitation_url), password });
  }
  const { api } = await world.signIn(known, own);
  assert.equal((await api.sessions.current()).team.id, elsewhere.id);
});
