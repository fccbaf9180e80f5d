import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Lookup } from "../network-policy/reach.ts";
import { allow as allowed } from "../testing/loopback.ts";
import {
  certificate,
  LOGIN,
  openImap,
  openSilent,
  openSmtp,
  type Peer,
  trustTestCertificates,
} from "../testing/post-office.ts";
import { openMail, type Servers } from "./door.ts";
import type { SmtpServer } from "./sender.ts";

const peers: Peer[] = [];
const password = { kind: "password", ...LOGIN } as const;
const wrong = { ...password, password: "planted-wrong-password" };
const closedDatabase = [{ host: "/nowhere", port: 9 }];

before(trustTestCertificates);
after(() => Promise.all(peers.map((peer) => peer.close())));

async function opened(peer: Promise<Peer>) {
  const open = await peer;
  peers.push(open);
  return open;
}

function mail({
  allow = ["127.0.0.0/8"],
  plaintext = false,
  timeoutMs = 30_000, // a server that answers has time to, and only silence is short
  lookup = undefined as Lookup | undefined,
} = {}) {
  return openMail({ mailAllow: allowed(...allow), allowPlaintextMail: plaintext }, closedDatabase, {
    timeoutMs,
    ...(lookup && { lookup }),
  });
}

type Login = SmtpServer["login"];
type Security = SmtpServer["security"];

function smtp(port: number, security: Security, login: Login = password, host = "localhost"): Servers {
  return { smtp: { host, port, security, login }, imap: null };
}

function imap(port: number, security: Security = "tls", login: Login = password): Servers {
  return { smtp: null, imap: { host: "localhost", port, security, login } };
}

test("a server is let in by TLS, by STARTTLS, in the clear, by password, by token, or by nothing", async () => {
  const secure = await opened(openSmtp({ secure: true }));
  const upgrading = await opened(openSmtp());
  const open = await opened(openSmtp({ authOptional: true, disabledCommands: ["AUTH", "STARTTLS"] }));
  const clear = await opened(openSmtp({ allowInsecureAuth: true, disabledCommands: ["STARTTLS"] }));
  const token = { kind: "oauth", username: LOGIN.username, accessToken: LOGIN.password } as const;
  for (const [what, servers] of Object.entries({
    tls: smtp(secure.port, "tls"),
    "an address for a name": smtp(secure.port, "tls", password, "127.0.0.1"),
    starttls: smtp(upgrading.port, "starttls"),
    clear: smtp(clear.port, "none"),
    token: smtp(upgrading.port, "starttls", token),
    nothing: smtp(open.port, "none", null),
  }))
    assert.equal(await mail().test(servers), null, what);
  assert.ok(upgrading.seen.includes("XOAUTH2 ines"));
});

test("what goes wrong with SMTP is told by where it went wrong, in the server's words and never in ours", async () => {
  const secure = await opened(openSmtp({ secure: true }));
  const upgrading = await opened(openSmtp());
  const elsewhere = await opened(openSmtp({ secure: true, ...certificate("elsewhere") }));
  const stripped = await opened(openSmtp({ disabledCommands: ["STARTTLS"], allowInsecureAuth: true }));
  const noLogin = await opened(openSmtp({ secure: true, disabledCommands: ["AUTH"] }));
  const silent = await opened(openSilent());
  const cases: [what: string, servers: Servers, code: string, phase: string, said: RegExp | null][] = [
    ["wrong password", smtp(secure.port, "tls", wrong), "smtp_auth_failed", "login", /no such login/],
    [
      "wrong token",
      smtp(upgrading.port, "starttls", {
        kind: "oauth",
        username: "ines",
        accessToken: "planted-wrong-password",
      }),
      "smtp_auth_failed",
      "login",
      /no such login/,
    ],
    ["no login offered", smtp(noLogin.port, "tls"), "smtp_auth_failed", "login", null],
    [
      "certificate of another name",
      smtp(elsewhere.port, "tls"),
      "smtp_tls_failed",
      "tls",
      /altnames|mail\.elsewhere/i,
    ],
    ["STARTTLS stripped", smtp(stripped.port, "starttls"), "smtp_tls_failed", "tls", /STARTTLS|not|5\d\d/i],
    ["TLS spoken to one that upgrades", smtp(upgrading.port, "tls"), "smtp_tls_failed", "tls", /./],
    ["nobody there", smtp(1, "tls"), "smtp_unreachable", "connect", null],
    ["silent", smtp(silent.port, "starttls"), "smtp_unreachable", "connect", null],
  ];
  for (const [what, servers, code, phase, said] of cases) {
    const outcome = await mail(what === "silent" ? { timeoutMs: 700 } : {}).test(servers);
    assert.ok(outcome && "phase" in outcome, what);
    assert.deepEqual([outcome.code, outcome.phase], [code, phase], `${what}: ${JSON.stringify(outcome)}`);
    if (said) assert.match(outcome.serverSaid ?? "", said, what);
    assert.doesNotMatch(JSON.stringify(outcome), /planted|correct-horse/, what);
  }
  assert.deepEqual(stripped.seen, [], "no password travelled in the clear");
});

test("an untrusted certificate is refused", async () => {
  const { setDefaultCACertificates, getCACertificates } = await import("node:tls");
  const secure = await opened(openSmtp({ secure: true }));
  setDefaultCACertificates(getCACertificates("bundled"));
  try {
    const outcome = await mail().test(smtp(secure.port, "tls"));
    assert.equal(outcome?.code, "smtp_tls_failed");
  } finally {
    trustTestCertificates();
  }
});

test("IMAP is tried as well, and says what it said", async () => {
  const check = (user: string, secret: string) =>
    user === LOGIN.username && secret === LOGIN.password
      ? "OK in"
      : `NO [AUTHENTICATIONFAILED] not you ${secret}`;
  const secure = await opened(openImap(check));
  const clear = await opened(openImap(check, { secure: false }));
  const bye = await opened(openImap(check, { greeting: "* BYE too busy", secure: false }));
  const away = await opened(openImap(() => "NO [UNAVAILABLE] come back later"));
  const silent = await opened(openSilent());
  assert.equal(await mail().test(imap(secure.port)), null);
  assert.equal(await mail().test(imap(clear.port, "none")), null);
  const token = { kind: "oauth", username: LOGIN.username, accessToken: LOGIN.password } as const;
  assert.equal(await mail().test(imap(secure.port, "tls", token)), null);
  const cases: [what: string, servers: Servers, code: string, said: RegExp | null][] = [
    ["wrong password", imap(secure.port, "tls", wrong), "imap_auth_failed", /not you/],
    ["come back later", imap(away.port), "imap_unreachable", /come back later/],
    ["bye", imap(bye.port, "none"), "imap_unreachable", null],
    ["no STARTTLS", imap(clear.port, "starttls"), "imap_tls_failed", null],
    ["TLS to plain", imap(clear.port), "imap_tls_failed", null],
    ["silent", imap(silent.port, "none"), "imap_unreachable", null],
    ["nobody there", imap(1), "imap_unreachable", null],
  ];
  for (const [what, servers, code, said] of cases) {
    const outcome = await mail(what === "silent" ? { timeoutMs: 700 } : {}).test(servers);
    assert.equal(outcome?.code, code, `${what}: ${JSON.stringify(outcome)}`);
    if (said) assert.match("serverSaid" in outcome ? (outcome.serverSaid ?? "") : "", said, what);
    assert.doesNotMatch(JSON.stringify(outcome), /planted|correct-horse/, what);
  }
});

test("a host whose address is not allowed is refused the same way whatever stands there", async () => {
  const open = await opened(openSmtp({ secure: true }));
  for (const host of [
    "localhost",
    "127.0.0.1",
    "127.1",
    "0x7f.1",
    "2130706433",
    "::1",
    "10.0.0.1",
    "169.254.169.254",
    "0.0.0.0",
  ])
    for (const port of [open.port, 1])
      assert.deepEqual(
        await mail({ allow: [] }).test(smtp(port, "tls", password, host)),
        { code: "mail_host_refused" },
        host,
      );
  assert.deepEqual(open.seen, []);
});

test("a name with one address inside is refused, and what is not asked twice cannot change its mind", async () => {
  const open = await opened(openSmtp({ secure: true }));
  const both: Lookup = async () => ["203.0.114.9", "10.0.0.1"];
  assert.equal(
    (await mail({ lookup: both }).test(smtp(587, "tls", password, "two.example")))?.code,
    "mail_host_refused",
  );
  let asked = 0;
  const rebinding: Lookup = async (host) => {
    if (host === "turning.example") asked++;
    return asked > 1 ? ["10.0.0.1"] : ["127.0.0.1"];
  };
  await mail({ lookup: rebinding }).test(smtp(open.port, "tls", password, "turning.example"));
  assert.equal(asked, 1);
});

test("our own database is never a mail server, listed or not", async () => {
  const own = openMail({ mailAllow: allowed("127.0.0.0/8", "localhost:5432"), allowPlaintextMail: true }, [
    { host: "/var/run/x", port: 5432 },
  ]);
  assert.equal((await own.test(smtp(5432, "none", null)))?.code, "mail_host_refused");
  const named = openMail(
    { mailAllow: allowed("10.0.0.0/8"), allowPlaintextMail: true },
    [
      { host: "one.example", port: 6000 },
      { host: "db.example", port: 6000 },
    ],
    { lookup: async (host) => (host === "one.example" ? ["10.0.0.4"] : ["10.0.0.5"]) },
  );
  assert.equal((await named.test(smtp(6000, "tls", null, "mail.example")))?.code, "mail_host_refused");
});

test("without TLS only this machine is spoken to, unless the operator says otherwise", async () => {
  const lookup: Lookup = async () => ["10.0.0.9"];
  const servers = smtp(1, "none", null, "inside.example");
  assert.equal(await mail({ allow: ["10.0.0.0/8"], lookup }).judgeHosts(servers), "plaintext_mail_refused");
  assert.equal(await mail({ allow: ["10.0.0.0/8"], plaintext: true, lookup }).judgeHosts(servers), null);
});
