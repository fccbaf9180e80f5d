import assert from "node:assert/strict";
import { after, test } from "node:test";
import { LOOPBACK } from "../../../testing/loopback.ts";
import {
  certificate,
  LOGIN,
  openImap,
  openSmtp,
  type Peer,
  trustTestCertificates,
} from "../../../testing/post-office.ts";
import type { MailboxWish } from "../../../testing/sequenced.ts";
import { asOwner } from "../../../testing/wire.ts";
import { refused, type Team, tokenIn, useWorld } from "../../../testing/world.ts";

let team: Team;
let smtpPeer: Peer;
let imapPeer: Peer;
const world = useWorld({ mailAllow: LOOPBACK }, async (opened) => {
  trustTestCertificates();
  team = await opened.newTeam();
  smtpPeer = await openSmtp({ secure: true });
  imapPeer = await openImap((user, secret) =>
    user === LOGIN.username && secret === LOGIN.password ? "OK in" : "NO [AUTHENTICATIONFAILED] not you",
  );
});
after(() => Promise.all([smtpPeer.close(), imapPeer.close()]));

const PLANTED = "planted-password-8d1f";

function servers(password: string = LOGIN.password) {
  const login = { username: LOGIN.username, password };
  return {
    smtp: { host: "localhost", port: smtpPeer.port, security: "tls" as const, ...login },
    imap: { host: "localhost", port: imapPeer.port, security: "tls" as const, ...login },
  };
}

/** Saved without a try, at a host that is never called. */
function quiet(email: string, extra: MailboxWish = {}) {
  return { email, test: false, smtp: { host: "smtp.example.com", port: 465, password: PLANTED }, ...extra };
}

async function newMember(at: Team, name: string) {
  const email = `${name}@people.example.no`;
  const { user, invitation_url } = await at.api.users.invite({ email });
  const password = "a password long enough";
  await world.client().invitations.accept({ token: tokenIn(invitation_url), name, password });
  return { id: user.id, api: (await world.signIn(email, password)).api };
}

async function everyByte() {
  return asOwner(world, async (client) => {
    const tables = await client.query<{ name: string }>(
      "select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')",
    );
    const texts: string[] = [];
    for (const { name } of tables.rows) {
      const { rows } = await client.query<{ row: string }>(`select t::text as row from ${name} t`);
      texts.push(...rows.map(({ row }) => row));
    }
    return texts.join("\n");
  });
}

test("a mailbox is tried, connected, listed as Apollo lists it, and says when it was tried", async () => {
  const mine = await world.newTeam("Connecting");
  const { email_account } = await mine.api.emailAccounts.create({
    email: "Ines@norrland.example.se",
    display_name: "Ines Okafor",
    aliases: ["sales@norrland.example.se", "SALES@norrland.example.se", "ines@norrland.example.se"],
    signature_html: "<p>Ines</p>",
    ...servers(),
  });
  assert.deepEqual(
    [
      email_account.email,
      email_account.active,
      email_account.default,
      email_account.user_id,
      email_account.type,
    ],
    ["Ines@norrland.example.se", true, true, mine.owner.id, "smtp"],
  );
  assert.deepEqual(email_account.aliases, ["SALES@norrland.example.se"]);
  assert.deepEqual(
    [
      email_account.email_daily_threshold,
      email_account.max_outbound_emails_per_hour,
      email_account.seconds_delay_between_emails,
    ],
    [50, 6, 600],
  );
  assert.deepEqual(email_account.smtp, {
    host: "localhost",
    port: smtpPeer.port,
    security: "tls",
    username: "ines",
  });
  assert.ok(email_account.last_tested_at);
  const { email_accounts } = await mine.api.emailAccounts.list();
  assert.deepEqual(
    email_accounts.map((one) => ({ ...one, deliverability_score: {} })),
    [email_account],
  );
  assert.partialDeepStrictEqual(email_accounts[0]?.deliverability_score, {
    email_account_id: email_account.id,
    sum_sent_count: 0,
    avg_open_rate: 0,
    deliverability_score: null,
  });
  assert.ok(imapPeer.seen.includes("LOGIN"));
});

test("a try that fails saves nothing and says in which phase and in the server's words", async () => {
  const mine = await world.newTeam("Failing");
  const right = servers();
  const cases: [code: string, phase: string, wish: object][] = [
    ["smtp_auth_failed", "login", servers(PLANTED)],
    ["imap_auth_failed", "login", { ...right, imap: { ...right.imap, password: PLANTED } }],
    ["smtp_unreachable", "connect", { ...right, smtp: { ...right.smtp, port: 1 } }],
    ["imap_unreachable", "connect", { ...right, imap: { ...right.imap, port: 1 } }],
  ];
  for (const [code, phase, wish] of cases) {
    const refusal = await refused(mine.api.emailAccounts.create({ email: "a@norrland.example.se", ...wish }));
    const { details } = refusal.body as { details: { phase: string; server_said: string | null } };
    assert.deepEqual(
      [refusal.status, refusal.code, details.phase],
      [422, code, phase],
      JSON.stringify(refusal.body),
    );
    assert.deepEqual(Object.keys(details), ["phase", "server_said"]);
    assert.ok(!JSON.stringify(refusal.body).includes(PLANTED));
  }
  assert.deepEqual((await mine.api.emailAccounts.list({ include_disconnected: true })).email_accounts, []);
});

test("another name's certificate is refused over the wire as well", async () => {
  const elsewhere = await openSmtp({ secure: true, ...certificate("elsewhere") });
  try {
    const smtp = { ...servers().smtp, port: elsewhere.port };
    const refusal = await refused(team.api.emailAccounts.create({ email: "tls@norrland.example.se", smtp }));
    assert.equal(refusal.code, "smtp_tls_failed");
  } finally {
    await elsewhere.close();
  }
});

test("no limit is null, a limit not named is the usual one, and both can be changed", async () => {
  const none = {
    email_daily_threshold: null,
    max_outbound_emails_per_hour: null,
    seconds_delay_between_emails: null,
  };
  const { email_account: free } = await team.api.emailAccounts.create(
    quiet("free@norrland.example.se", none),
  );
  assert.deepEqual(
    [free.email_daily_threshold, free.max_outbound_emails_per_hour, free.seconds_delay_between_emails],
    [null, null, null],
  );
  const { email_account: some } = await team.api.emailAccounts.update({
    id: free.id,
    email_daily_threshold: 0,
  });
  assert.deepEqual([some.email_daily_threshold, some.max_outbound_emails_per_hour], [0, null]);
  const refusal = await refused(team.api.emailAccounts.update({ id: free.id, email_daily_threshold: -1 }));
  assert.equal(refusal.status, 422);
});

test("only what changes is changed, and null clears", async () => {
  const { email_account } = await team.api.emailAccounts.create(
    quiet("patch@norrland.example.se", {
      display_name: "Patch",
      signature_html: "<p>x</p>",
      aliases: ["p@x.example.se"],
    }),
  );
  const { email_account: next } = await team.api.emailAccounts.update({
    id: email_account.id,
    display_name: null,
    visibility: "everyone",
  });
  assert.deepEqual(
    [next.display_name, next.signature_html, next.aliases, next.visibility, next.smtp],
    [null, "<p>x</p>", ["p@x.example.se"], "everyone", email_account.smtp],
  );
  const { email_account: bare } = await team.api.emailAccounts.update({
    id: email_account.id,
    aliases: [],
    signature_html: null,
  });
  assert.deepEqual([bare.aliases, bare.signature_html], [[], null]);
});

test("a changed connection is tried again, and a stored password goes to no other server", async () => {
  const mine = await world.newTeam("Moving");
  const { email_account } = await mine.api.emailAccounts.create({
    email: "m@norrland.example.se",
    ...servers(),
  });
  const { id } = email_account;
  smtpPeer.seen.length = 0;
  await mine.api.emailAccounts.update({ id, display_name: "Untried" });
  assert.deepEqual(smtpPeer.seen, []);
  await mine.api.emailAccounts.update({ id, smtp: { username: LOGIN.username } });
  assert.equal(smtpPeer.seen.length, 1, "with the password as it is stored");
  assert.equal(
    (await refused(mine.api.emailAccounts.update({ id, smtp: { password: PLANTED } }))).code,
    "smtp_auth_failed",
  );

  const thief = await openSmtp({ secure: true });
  try {
    for (const smtp of [{ port: thief.port }, { host: "127.0.0.1" }, { security: "none" as const }])
      for (const isTried of [true, false]) {
        const refusal = await refused(mine.api.emailAccounts.update({ id, smtp, test: isTried }));
        assert.equal(refusal.code, "mailbox_password_needed");
      }
    assert.deepEqual(thief.seen, []);
    await mine.api.emailAccounts.update({ id, smtp: { port: thief.port, password: LOGIN.password } });
    assert.equal(thief.seen.length, 1);
  } finally {
    await thief.close();
  }
});

test("reading can be ended and taken up again", async () => {
  const mine = await world.newTeam("Reading");
  const { email_account } = await mine.api.emailAccounts.create({
    email: "r@norrland.example.se",
    ...servers(),
  });
  const { id } = email_account;
  assert.equal((await mine.api.emailAccounts.update({ id, imap: null })).email_account.imap, null);
  const again = await mine.api.emailAccounts.update({ id, imap: servers().imap });
  assert.equal(again.email_account.imap?.port, imapPeer.port);
  assert.equal(
    (await refused(mine.api.emailAccounts.update({ id, imap: null, smtp: { host: "" } }))).status,
    422,
  );
});

test("a mailbox is tried as it is stored", async () => {
  const { email_account } = await team.api.emailAccounts.create({
    email: "t@norrland.example.se",
    ...servers(),
    test: false,
  });
  assert.equal(email_account.last_tested_at, null);
  assert.ok((await team.api.emailAccounts.test({ id: email_account.id })).email_account.last_tested_at);
  const { email_account: wrong } = await team.api.emailAccounts.create({
    email: "w@norrland.example.se",
    ...servers(PLANTED),
    test: false,
  });
  assert.equal((await refused(team.api.emailAccounts.test({ id: wrong.id }))).code, "smtp_auth_failed");
});

test("by token, providers need no servers named; a plain mailbox does", async () => {
  const oauth = {
    access_token: `${PLANTED}-token`,
    refresh_token: PLANTED,
    client_id: "app",
    client_secret: PLANTED,
    expires_at: "2026-12-01T00:00:00Z",
  };
  const { email_account } = await team.api.emailAccounts.create({
    email: "g@norrland.example.se",
    type: "gmail",
    oauth,
    test: false,
  });
  assert.deepEqual(email_account.smtp, {
    host: "smtp.gmail.com",
    port: 465,
    security: "tls",
    username: null,
  });
  assert.deepEqual(email_account.imap?.host, "imap.gmail.com");
  assert.deepEqual(email_account.oauth, { client_id: "app", expires_at: "2026-12-01T00:00:00.000Z" });
  assert.equal(email_account.provider_display_name, "Gmail");
  const moved = refused(
    team.api.emailAccounts.update({ id: email_account.id, smtp: { host: "evil.example.com" }, test: false }),
  );
  assert.equal((await moved).code, "mailbox_password_needed");
  const refusal = await refused(
    team.api.emailAccounts.create({ email: "n@norrland.example.se", test: false }),
  );
  assert.deepEqual([refusal.status, refusal.message], [422, "Required parameter 'smtp' missing"]);
});

test("each user has one default: the first, then whichever is named, then the oldest that is left", async () => {
  const mine = await world.newTeam("Defaults");
  const ids: string[] = [];
  for (const name of ["a", "b", "c"])
    ids.push((await mine.api.emailAccounts.create(quiet(`${name}@d.example.se`))).email_account.id);
  const defaults = async () =>
    (await mine.api.emailAccounts.list()).email_accounts
      .filter((m) => m.default)
      .map((m) => ids.indexOf(m.id));
  assert.deepEqual(await defaults(), [0]);
  await mine.api.emailAccounts.update({ id: ids[2] ?? "", default: true });
  assert.deepEqual(await defaults(), [2]);
  await mine.api.emailAccounts.disconnect({ id: ids[2] ?? "" });
  assert.deepEqual(await defaults(), [0]);
  await Promise.all(ids.slice(0, 2).map((id) => mine.api.emailAccounts.update({ id, default: true })));
  assert.equal((await defaults()).length, 1);
});

test("an address is connected once, and a mailbox that comes back is the one it was", async () => {
  const mine = await world.newTeam("Returning");
  const { email_account } = await mine.api.emailAccounts.create(
    quiet("back@d.example.se", { aliases: ["x@d.example.se"] }),
  );
  const twice = await refused(mine.api.emailAccounts.create(quiet("BACK@d.example.se")));
  assert.deepEqual([twice.status, twice.code], [422, "mailbox_exists"]);

  const { email_account: gone } = await mine.api.emailAccounts.disconnect({ id: email_account.id });
  assert.deepEqual([gone.active, gone.default, gone.inactive_reason], [false, false, "disconnected"]);
  assert.ok(gone.revoked_at);
  const kept = await asOwner(world, (client) =>
    client.query("select smtp_password from mailboxes where id = $1", [email_account.id]),
  );
  assert.equal(kept.rows[0].smtp_password, null, "what is disconnected is forgotten");
  assert.deepEqual((await mine.api.emailAccounts.list()).email_accounts, []);
  assert.equal((await mine.api.emailAccounts.list({ include_disconnected: true })).email_accounts.length, 1);
  assert.equal(
    (await refused(mine.api.emailAccounts.update({ id: email_account.id, display_name: "x" }))).status,
    404,
  );

  const { email_account: back } = await mine.api.emailAccounts.create(quiet("back@d.example.se"));
  assert.deepEqual([back.id, back.active, back.revoked_at, back.aliases], [email_account.id, true, null, []]);
  const both = await Promise.allSettled(
    [1, 2].map(() => mine.api.emailAccounts.create(quiet("race@d.example.se"))),
  );
  assert.deepEqual(both.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
});

test("everyone of the team sees a mailbox; its owner and admins change it", async () => {
  const member = await newMember(team, "Frida");
  const { email_account: theirs } = await team.api.emailAccounts.create(quiet("owner@norrland.example.se"));
  const { email_account: own } = await member.api.emailAccounts.create(quiet("frida@norrland.example.se"));
  assert.equal(own.user_id, member.id);
  assert.ok((await member.api.emailAccounts.list()).email_accounts.some(({ id }) => id === theirs.id));
  for (const call of [
    () => member.api.emailAccounts.update({ id: theirs.id, display_name: "mine" }),
    () => member.api.emailAccounts.disconnect({ id: theirs.id }),
    () => member.api.emailAccounts.test({ id: theirs.id }),
    () => member.api.emailAccounts.create(quiet("other@norrland.example.se", { user_id: team.owner.id })),
    () => member.api.emailAccounts.update({ id: own.id, user_id: team.owner.id }),
  ]) {
    const refusal = await refused(call());
    assert.deepEqual([refusal.status, refusal.code], [403, "mailbox_of_another"]);
  }
  const given = await team.api.emailAccounts.update({ id: theirs.id, user_id: member.id });
  assert.equal(given.email_account.user_id, member.id);
  await member.api.emailAccounts.update({ id: theirs.id, display_name: "mine now" });
});

test("hosts inside the network are refused alike, tried or not, unless the operator lists them", async () => {
  for (const host of ["10.0.0.1", "169.254.169.254", "192.168.1.1", "::ffff:10.0.0.1", "0.0.0.0"])
    for (const isTried of [true, false]) {
      const smtp = { host, port: 465, password: PLANTED };
      const refusal = await refused(
        team.api.emailAccounts.create({ email: "ssrf@x.example.se", smtp, test: isTried }),
      );
      assert.deepEqual(
        [refusal.status, refusal.code, "details" in (refusal.body as object)],
        [422, "mail_host_refused", false],
        host,
      );
    }
  for (const host of ["a b", "http://x", "x/y", "x@y", "-x", "x\r\ny"])
    assert.equal(
      (
        await refused(
          team.api.emailAccounts.create({ email: "h@x.example.se", smtp: { host, port: 1 }, test: false }),
        )
      ).code,
      "parameter_invalid",
      host,
    );
});

test("trying connections is limited, so that no one scans ports with it", async () => {
  const mine = await world.newTeam("Scanners");
  const codes: (string | null)[] = [];
  for (let n = 0; n < 31; n++)
    codes.push(
      (
        await refused(
          mine.api.emailAccounts.create({ email: "s@x.example.se", smtp: { host: "127.0.0.1", port: 1 } }),
        )
      ).code,
    );
  assert.deepEqual(new Set(codes.slice(0, 30)), new Set(["smtp_unreachable"]));
  const refusal = await refused(
    mine.api.emailAccounts.create({ email: "s@x.example.se", smtp: { host: "127.0.0.1", port: 1 } }),
  );
  assert.deepEqual(
    [codes[30], refusal.status, Number(refusal.headers.get("retry-after")) > 0],
    ["too_many_connection_tests", 429, true],
  );
});

test("a stranger's mailbox is not there", async () => {
  const stranger = await world.newTeam("Strangers");
  const { email_account } = await team.api.emailAccounts.create(quiet("mine@norrland.example.se"));
  const { id } = email_account;
  for (const call of [
    () => stranger.api.emailAccounts.update({ id, display_name: "x" }),
    () => stranger.api.emailAccounts.disconnect({ id }),
    () => stranger.api.emailAccounts.test({ id }),
    () => stranger.api.emailAccounts.create(quiet("z@x.example.se", { user_id: team.owner.id })),
  ])
    assert.deepEqual([(await refused(call())).status], [404]);
  assert.deepEqual((await stranger.api.emailAccounts.list()).email_accounts, []);
});

test("campaigns that send from it are counted", async () => {
  const mine = await world.newTeam("Counting");
  const { email_account } = await mine.api.emailAccounts.create(quiet("count@d.example.se"));
  await world.running.app.db.inTeam(mine.id, async (db) => {
    const now = Temporal.Now.instant();
    for (const n of [1, 2]) {
      const ids = [
        mine.id,
        `64f0aa00000000000000010${n}`,
        mine.owner.id,
        `64f0aa00000000000000020${n}`,
        email_account.id,
        now,
      ] as const;
      await db.run(
        "insert into sequences (team_id, id, name, owner_id, is_active, created_at, updated_at) values ($1, $2, 's', $3, $4, $5, $5)",
        [ids[0], ids[1], ids[2], n === 1, now],
      );
      await db.run(
        "insert into contacts (team_id, id, source, original_source, created_at, updated_at) values ($1, $2, 'api', 'api', $3, $3)",
        [ids[0], ids[3], now],
      );
      await db.run(
        "insert into enrollments (team_id, id, sequence_id, contact_id, state, mailbox_id, added_at, updated_at) values ($1, $2, $3, $4, 'active', $5, $6, $6)",
        [ids[0], `64f0aa00000000000000030${n}`, ids[1], ids[3], ids[4], now],
      );
    }
  });
  assert.equal((await mine.api.emailAccounts.list()).email_accounts[0]?.active_campaigns_count, 1);
});

test("no password or token is readable anywhere: not in the database, the log, or any answer", async () => {
  const { email_accounts } = await team.api.emailAccounts.list({ include_disconnected: true });
  const { audit_log } = await team.api.auditLog.list({ limit: 200 });
  assert.ok(audit_log.some(({ sentence }) => /connected the mailbox/.test(sentence)));
  const everything = [
    JSON.stringify(email_accounts),
    JSON.stringify(audit_log),
    world.logged.join("\n"),
    await everyByte(),
  ].join("\n");
  assert.ok(everything.includes("smtp.example.com"), "the search looks where it should");
  for (const secret of [PLANTED, LOGIN.password])
    for (const spelling of [
      secret,
      Buffer.from(secret).toString("base64"),
      Buffer.from(secret).toString("base64url"),
      Buffer.from(secret).toString("hex"),
    ])
      assert.ok(!everything.includes(spelling), spelling);
});

test("opens and clicks are counted where a mailbox says so, and a signature is cleaned when it is saved", async () => {
  const mine = await world.newTeam("Counting");
  const { email_account } = await mine.api.emailAccounts.create({
    email: "count@example.no",
    smtp: { host: "smtp.example.org", port: 587, password: "x" },
    test: false,
    signature_html: '<p onclick="x()">Ole<script>alert(1)</script></p>',
  });
  assert.deepEqual([email_account.open_tracking, email_account.click_tracking], [false, false]);
  assert.equal(email_account.signature_html, "<p>Ole</p>");
  const { id } = email_account;
  const opens = await mine.api.emailAccounts.update({ id, open_tracking: true });
  assert.deepEqual([opens.email_account.open_tracking, opens.email_account.click_tracking], [true, false]);
  const both = await mine.api.emailAccounts.update({ id, click_tracking: true, signature_html: "<b>x</b>" });
  assert.deepEqual([both.email_account.open_tracking, both.email_account.click_tracking], [true, true]);
  assert.equal(both.email_account.signature_html, "<b>x</b>");
});
