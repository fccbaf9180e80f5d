import assert from "node:assert/strict";
import { after, test } from "node:test";
import { endpoints } from "@cadenza/contract";
import { LOOPBACK } from "../../../testing/loopback.ts";
import { openSmtp, type Peer, trustTestCertificates } from "../../../testing/post-office.ts";
import { until } from "../../../testing/sending.ts";
import { openSignInPeer } from "../../../testing/sign-in-peer.ts";
import { asOwner, callEndpoint, rowCounts } from "../../../testing/wire.ts";
import { wishesOf } from "../../../testing/wishes.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";
import { eventSentenceOf } from "../feed/present.ts";

let team: Team;
let post: Peer;
trustTestCertificates();
const peer = await openSignInPeer(() => `${world.running.app.config.publicUrl}/settings/mailboxes/signed-in`);
after(() => peer.close());
const reached = { mailAllow: LOOPBACK, webhookAllow: LOOPBACK, signInAddresses: peer.addresses };
const world = useWorld({ ...reached, catcher: true }, async (opened) => {
  post = await openSmtp({ disabledCommands: ["AUTH", "STARTTLS"] });
  team = await opened.newTeam();
});
after(() => post.close());

test("each change is told: who, by what, from where, in a sentence", async () => {
  const { api_key } = await team.api.apiKeys.create({ name: "told", master: true });
  const [entry] = (await team.api.auditLog.list({ subject_id: api_key.id })).audit_log;
  assert.ok(entry);
  assert.deepEqual(
    [entry.type, entry.subject, entry.actor.user_id, entry.actor.cause],
    ["api_key.created", { type: "api_key", id: api_key.id }, team.owner.id, "api"],
  );
  assert.equal(entry.sentence, "Ole Dahl created the API key told");
  assert.match(entry.actor.address ?? "", /127\.0\.0\.1|::1/);
  assert.match(entry.request_id ?? "", /^[0-9a-f]{32}$/);
  const person = await world.signIn(team.owner.email, team.owner.password);
  await person.api.teams.update({ name: "By hand" });
  const [byHand] = (await team.api.auditLog.list({ limit: 1 })).audit_log;
  assert.deepEqual(
    [byHand?.actor.cause, byHand?.actor.api_key_id, byHand?.type],
    ["web", null, "team.changed"],
  );
});

test("the log is read on from the last entry seen, without a gap or a repeat", async () => {
  for (let n = 0; n < 7; n++) await team.api.teams.update({ name: `Name ${n}` });
  const all = (await team.api.auditLog.list({ limit: 200 })).audit_log.map(({ id }) => id);
  const paged: string[] = [];
  let before: string | null | undefined;
  do {
    const page = await team.api.auditLog.list({ limit: 3, ...(before && { before }) });
    paged.push(...page.audit_log.map(({ id }) => id));
    before = page.next_before;
  } while (before);
  assert.deepEqual(paged, all);
});

test("the log is narrowed by time, by actor and by subject", async () => {
  const soon = Temporal.Now.instant().add({ hours: 1 }).toString();
  assert.deepEqual((await team.api.auditLog.list({ since: soon })).audit_log, []);
  const today = Temporal.Now.instant().toString().slice(0, 10);
  assert.ok((await team.api.auditLog.list({ since: today })).audit_log.length > 0);
  for (const { actor } of (await team.api.auditLog.list({ actor_id: team.owner.id })).audit_log)
    assert.equal(actor.user_id, team.owner.id);
});

test("a refused call is no event", async () => {
  const before = await rowCounts(world);
  await refused(team.api.apiKeys.create({ name: "x", scopes: ["no such"] }));
  await refused(team.api.users.deactivate({ id: team.owner.id }));
  assert.deepEqual(await rowCounts(world), before);
});

test("a wrong password is told to the team", async () => {
  await refused(world.client().sessions.start({ email: team.owner.email, password: "not this one" }));
  const entry = await until(async () => {
    const [last] = (await team.api.auditLog.list({ limit: 1 })).audit_log;
    return last?.type === "session.refused" && last;
  });
  assert.deepEqual(
    [entry.type, entry.sentence],
    ["session.refused", "A sign-in as Ole Dahl failed: wrong password"],
  );
});

/** How a user's own tables look is no news to anybody else, and one drag of a border may save twice. */
const UNTOLD: ReadonlySet<string> = new Set(["tableLayouts.save", "tableLayouts.reset"]);

for (const { name, endpoint } of endpoints.filter(
  ({ name, endpoint: { effect, access, inSandbox } }) =>
    effect === "write" && access !== "open" && !inSandbox && !UNTOLD.has(name),
)) {
  test(`${name} leaves a row in the log`, async () => {
    const wish = wishesOf(world, team, post)[name];
    assert.ok(wish, `testing/wishes/: say how ${name} is called`);
    const { input, by = { key: team.key } } = await wish(); // what it needs is made before anything is counted
    const before = await countEvents();
    const answer = await callEndpoint(world.url, endpoint, input, by);
    assert.equal(answer.status, 200, answer.text);
    assert.ok((await countEvents()) > before);
  });
}

function countEvents() {
  return asOwner(world, async (client) => {
    const { rows } = await client.query<{ count: number }>("select count(*)::int as count from events");
    return rows[0]?.count ?? 0;
  });
}

test("events without a user are credited to Cadenza, and calls without a user to the operator", () => {
  const told = (cause: string) =>
    eventSentenceOf({ type: "team.changed", data: {}, userName: null, apiKeyId: null, cause });
  for (const cause of ["clock", "mail", "job", "workflow", "sweep", "sample", "start"])
    assert.equal(told(cause), "Cadenza changed the team's settings", cause);
  assert.equal(told("api"), "The operator changed the team's settings");
  assert.equal(told("visitor"), "A recipient changed the team's settings");
});
