import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, test } from "node:test";
import { SIGN_IN_ADDRESSES } from "../../../domain/contacts/mail-sign-in.ts";
import { LOOPBACK } from "../../../testing/loopback.ts";
import { newMailbox } from "../../../testing/sequenced.ts";
import { type Team, useWorld } from "../../../testing/world.ts";
import { openMailbox } from "./open-mailbox.ts";

const answer = { status: 200, body: {} as unknown, asked: 0 };
const tokenServer = createServer(async (request, response) => {
  answer.asked += 1;
  for await (const _ of request);
  response.writeHead(answer.status, { "content-type": "application/json" }).end(JSON.stringify(answer.body));
});
await new Promise<void>((resolve) => tokenServer.listen(0, "127.0.0.1", resolve));
after(() => tokenServer.close());
const url = `http://127.0.0.1:${(tokenServer.address() as AddressInfo).port}/token`;
const signInAddresses = {
  google: { ...SIGN_IN_ADDRESSES.google, tokenUrl: url },
  microsoft: { ...SIGN_IN_ADDRESSES.microsoft, tokenUrl: url },
};

let team: Team;
const world = useWorld({ mailAllow: LOOPBACK, webhookAllow: LOOPBACK, signInAddresses }, async (opened) => {
  team = await opened.newTeam();
});

let made = 0;
async function googleMailbox(expiresAt: Temporal.Instant) {
  const oauth = {
    access_token: "ya29.old",
    refresh_token: "1//first",
    expires_at: expiresAt.toString(),
    client_id: "app",
    client_secret: "planted",
  };
  const wish = { type: "gmail" as const, email: `google${++made}@norrland.example`, smtp: undefined, oauth };
  return (await newMailbox(team, wish)).id;
}

const open = (id: string) => openMailbox(world.running.app, team.id, id);
const inMinutes = (minutes: number) => world.running.app.now().add({ minutes });
const tokenOf = (opened: Awaited<ReturnType<typeof open>>) => {
  const imap = opened.kind === "open" ? opened.servers.imap : null;
  return imap && "login" in imap && imap.login?.kind === "oauth" ? imap.login.accessToken : opened.kind;
};

test("a token that is good for a while is used as it is", async () => {
  const id = await googleMailbox(inMinutes(30));
  const asked = answer.asked;
  assert.equal(tokenOf(await open(id)), "ya29.old");
  assert.equal(answer.asked, asked);
});

test("one that runs out soon is made new, by one question for all who ask at once, and kept", async () => {
  const id = await googleMailbox(inMinutes(3));
  Object.assign(answer, {
    status: 200,
    body: { access_token: "ya29.new", refresh_token: "1//second", expires_in: 3600 },
  });
  const asked = answer.asked;
  const all = await Promise.all([open(id), open(id), open(id)]);
  assert.deepEqual(all.map(tokenOf), ["ya29.new", "ya29.new", "ya29.new"]);
  assert.equal(tokenOf(await open(id)), "ya29.new");
  assert.equal(answer.asked, asked + 1);
});

test("a token server that is away does no harm while the token lasts, and is told apart afterwards", async () => {
  const id = await googleMailbox(inMinutes(3));
  Object.assign(answer, { status: 503, body: {} });
  assert.equal(tokenOf(await open(id)), "ya29.old");
  world.advance({ minutes: 4 });
  assert.equal(tokenOf(await open(id)), "unreachable");
});

test("a mailbox whose sign-in fails is switched off with a reason and an event, and back on after a new sign-in", async () => {
  const id = await googleMailbox(inMinutes(3));
  Object.assign(answer, { status: 400, body: { error: "invalid_grant" } });
  assert.equal(tokenOf(await open(id)), "closed");
  assert.equal(tokenOf(await open(id)), "closed", "and not asked again");
  const { email_accounts } = await team.api.emailAccounts.list();
  const email_account = email_accounts.find((one) => one.id === id);
  assert.deepEqual([email_account?.active, email_account?.inactive_reason], [false, "sign in again"]);
  const { audit_log } = await team.api.auditLog.list({ subject_id: id, limit: 1 });
  assert.equal(audit_log[0]?.type, "email_account.disconnected");
  assert.match(audit_log[0]?.sentence ?? "", /rejected the sign-in/);

  const oauth = { access_token: "ya29.again", client_id: "app", expires_at: inMinutes(60).toString() };
  const back = await team.api.emailAccounts.update({ id, oauth, test: false });
  assert.deepEqual([back.email_account.active, back.email_account.inactive_reason], [true, null]);
  assert.equal(tokenOf(await open(id)), "ya29.again");
});

test("a mailbox that is not there, or of another team, is closed", async () => {
  const other = await world.newTeam("Elsewhere");
  const id = await googleMailbox(inMinutes(30));
  assert.deepEqual(await openMailbox(world.running.app, other.id, id), { kind: "closed" });
});
