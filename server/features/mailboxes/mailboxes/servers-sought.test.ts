// Connecting a mailbox with an address and a password alone.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { LOOPBACK } from "../../../testing/loopback.ts";
import { openNameServer } from "../../../testing/name-server.ts";
import { LOGIN, openImap, openSmtp, trustTestCertificates } from "../../../testing/post-office.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";

trustTestCertificates();
const dns = await openNameServer();
const smtp = await openSmtp({ secure: true });
const logins: string[] = [];
const imap = await openImap((user, secret) => {
  logins.push(user);
  return user === LOGIN.username && secret === LOGIN.password ? "OK in" : "NO [AUTHENTICATIONFAILED] not you";
});
after(() => Promise.all([dns, smtp, imap].map((peer) => peer.close())));

let team: Team;
const world = useWorld({ dnsServers: [dns.address], mailAllow: LOOPBACK }, async (opened) => {
  team = await opened.newTeam();
});

let made = 0;

/** At a domain whose DNS names the test's servers. */
function address() {
  const domain = `norrland${++made}.test`;
  dns.services.set(`_submissions._tcp.${domain}`, [{ host: "localhost", port: smtp.port }]);
  dns.services.set(`_imaps._tcp.${domain}`, [{ host: "localhost", port: imap.port }]);
  return `${LOGIN.username}@${domain}`;
}

before(() => {
  dns.mail.set("nothing.test", [""]);
});

test("an address and a password are enough", async () => {
  const email = address();
  const { email_account } = await team.api.emailAccounts.create({ email, password: LOGIN.password });
  assert.deepEqual(email_account.smtp, {
    host: "localhost",
    port: smtp.port,
    security: "tls",
    username: LOGIN.username,
  });
  assert.equal(email_account.imap?.port, imap.port);
  assert.ok(email_account.last_tested_at, "it was tested");
  assert.deepEqual(
    logins.slice(-2),
    [email, LOGIN.username],
    "the address first, then what stands before its @",
  );
  const { email_account: again } = await team.api.emailAccounts.test({ id: email_account.id });
  assert.equal(again.last_test_error, null, "the password was kept");
});

test("a mailbox that is only to send is not read", async () => {
  const email = address();
  const wish = { email, password: LOGIN.password, imap: null };
  const { email_account } = await team.api.emailAccounts.create(wish);
  assert.deepEqual([email_account.smtp?.port, email_account.imap], [smtp.port, null]);
});

test("a wrong password is refused in the server's words, and nothing is stored", async () => {
  const email = address();
  const refusal = await refused(team.api.emailAccounts.create({ email, password: "wrong" }));
  assert.equal(refusal.code, "smtp_auth_failed");
  const { email_accounts } = await team.api.emailAccounts.list();
  assert.ok(email_accounts.every((one) => one.email !== email));
});

test("servers that nobody tells are asked for, and a provider that lets nobody in is named", async () => {
  const unknown = await refused(
    team.api.emailAccounts.create({ email: "ines@nothing.test", password: "p", test: false }),
  );
  assert.deepEqual(
    [unknown.code, unknown.message],
    ["mail_servers_not_found", "No mail servers were found for nothing.test."],
  );
  const closed = await refused(
    team.api.emailAccounts.create({ email: "ines@proton.me", password: "p", test: false }),
  );
  assert.equal(closed.code, "mail_provider_closed");
});

test("a password is of both servers that are told without one", async () => {
  const told = { host: "localhost", security: "tls" as const, username: LOGIN.username };
  const { email_account } = await team.api.emailAccounts.create({
    email: "told@norrland.test",
    password: LOGIN.password,
    smtp: { ...told, port: smtp.port },
    imap: { ...told, port: imap.port },
  });
  assert.ok(email_account.last_tested_at);
  const { email_account: gmail } = await team.api.emailAccounts.create({
    email: "told@gmail.com",
    type: "gmail",
    password: "an app password",
    test: false,
  });
  assert.deepEqual([gmail.smtp?.host, gmail.imap?.host], ["smtp.gmail.com", "imap.gmail.com"]);
});

test("what is found is shown with each place that was looked at", async () => {
  const email = address();
  const found = await team.api.emailAccounts.discover({ email });
  assert.deepEqual(
    [found.found_by, found.provider, found.sign_in, found.notes],
    ["service_records", null, null, []],
  );
  assert.deepEqual(found.smtp, { host: "localhost", port: smtp.port, security: "tls", username: email });
  assert.ok(found.looked.some(({ by, told }) => by === "autoconfig" && told === "no_answer"));
  const google = await team.api.emailAccounts.discover({ email: "ines@gmail.com" });
  assert.deepEqual([google.provider, google.sign_in, google.notes], ["Google", "google", ["app_password"]]);
  const none = await team.api.emailAccounts.discover({ email: "ines@nothing.test" });
  assert.deepEqual([none.found_by, none.smtp, none.imap], [null, null, null]);
});

test("a team asks so often in a minute and not more", async () => {
  const busy = await world.newTeam("Busy");
  const asks = Array.from({ length: 31 }, () => busy.api.emailAccounts.discover({ email: "a@gmail.com" }));
  const answers = await Promise.allSettled(asks);
  assert.equal(answers.filter(({ status }) => status === "rejected").length, 1);
  await team.api.emailAccounts.discover({ email: "a@gmail.com" }); // others go on
});
