import assert from "node:assert/strict";
import { test } from "node:test";
import { feedSettles } from "../../../testing/feed.ts";
import { until } from "../../../testing/sending.ts";
import { asOwner, call } from "../../../testing/wire.ts";
import { openWorld, refused, type Team, tokenIn, useWorld, type World } from "../../../testing/world.ts";
import { networkOf } from "./throttle.ts";

let team: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
});

const json = { "content-type": "application/json" };

function signIn(at: World, email: string, password: string, headers: Record<string, string> = {}) {
  return call(`${at.url}/api/v1/sessions`, {
    method: "POST",
    body: JSON.stringify({ email, password }),
    headers: { ...json, ...headers },
  });
}

const cookieIn = (answer: { headers: Headers }) => answer.headers.getSetCookie()[0] ?? "";

async function newPerson(name: string, role: "admin" | "member" = "member") {
  const email = `${name}@example.no`;
  const password = `the password of ${name}`;
  const { user, invitation_url } = await team.api.users.invite({ email, role });
  await world.client().invitations.accept({ token: tokenIn(invitation_url), name, password });
  return { id: user.id, email, password };
}

test("signing in answers who one is and sets a cookie no script can read", async () => {
  const answer = await signIn(world, team.owner.email.toUpperCase(), team.owner.password);
  assert.equal(answer.status, 200);
  assert.equal((answer.body.user as { id: string }).id, team.owner.id);
  const [pair = "", ...attributes] = cookieIn(answer).split("; ");
  assert.match(pair, /^cadenza_session=cdz_ses_[\w-]{43}$/);
  assert.deepEqual(attributes.filter((attribute) => !attribute.startsWith("Expires=")).sort(), [
    "HttpOnly",
    "Path=/",
    "SameSite=Lax",
  ]);
  assert.ok(!answer.text.includes("cdz_ses_"), "the token stands in the cookie only");
});

test("behind TLS the cookie is Secure and bound to the host", async () => {
  const secure = await openWorld({ publicUrl: "https://cadenza.example.no" });
  try {
    const { owner } = await secure.newTeam();
    const answer = await signIn(secure, owner.email, owner.password);
    const cookie = cookieIn(answer);
    assert.match(
      cookie,
      /^__Host-cadenza_session=cdz_ses_[\w-]{43}; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax; Secure$/,
    );
    assert.equal(answer.headers.get("strict-transport-security"), "max-age=31536000");

    const token = cookie.split(";")[0]?.split("=")[1];
    const asks = (headers: Record<string, string>, method = "GET", path = "/sessions/current") =>
      call(`${secure.url}/api/v1${path}`, { method, headers }).then(({ status }) => status);
    assert.equal(await asks({ cookie: `__Host-cadenza_session=${token}` }), 200);
    assert.equal(
      await asks({ cookie: `cadenza_session=${token}` }),
      422,
      "without the prefix a subdomain could have set it",
    );
    const ended = { cookie: `__Host-cadenza_session=${token}`, origin: "http://cadenza.example.no" };
    assert.equal(await asks(ended, "DELETE"), 403);
    assert.equal(await asks({ ...ended, origin: "https://cadenza.example.no" }, "DELETE"), 200);
  } finally {
    await secure.close();
  }
});

test("every sign-in has a new id, and one signed out is over, the others are not", async () => {
  const first = await world.signIn(team.owner.email, team.owner.password);
  const second = await world.signIn(team.owner.email, team.owner.password);
  assert.notEqual(first.cookie, second.cookie);
  const planted = await signIn(world, team.owner.email, team.owner.password, {
    cookie: first.cookie,
    origin: world.url,
  });
  assert.notEqual(
    cookieIn(planted).split(";")[0],
    first.cookie,
    "a session planted before is not taken over",
  );

  const out = await call(`${world.url}/api/v1/sessions/current`, {
    method: "DELETE",
    headers: { cookie: first.cookie, origin: world.url },
  });
  assert.deepEqual(out.body, { signed_out: true });
  assert.equal(cookieIn(out), "cadenza_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
  const stale = await refused(first.api.sessions.current());
  assert.deepEqual([stale.status, stale.code], [401, "not_signed_in"]);
  await second.api.sessions.current();
});

test("a session ends by itself after two weeks", async () => {
  const { api } = await world.signIn(team.owner.email, team.owner.password);
  world.advance({ hours: 14 * 24 - 1 });
  await api.sessions.current();
  world.advance({ hours: 2 });
  assert.equal((await refused(api.sessions.current())).status, 401);
  world.advance({ hours: -(14 * 24 + 1) });
});

test("a new password ends all other sessions and the old password", async () => {
  const person = await newPerson("astrid");
  const elsewhere = await world.signIn(person.email, person.password);
  const here = await world.signIn(person.email, person.password);
  const wrong = await refused(
    here.api.users.update({ id: person.id, password: "a quite new sentence", current_password: "not this" }),
  );
  assert.equal(wrong.code, "wrong_password");
  await elsewhere.api.sessions.current();

  await here.api.users.update({
    id: person.id,
    password: "a quite new sentence",
    current_password: person.password,
  });
  await here.api.sessions.current();
  assert.equal((await refused(elsewhere.api.sessions.current())).status, 401);
  assert.equal((await signIn(world, person.email, person.password)).status, 401);
  assert.equal((await signIn(world, person.email, "a quite new sentence")).status, 200);
});

test("nobody else changes a person's password: not an admin and not a key", async () => {
  const person = await newPerson("birger");
  const admin = await world.signIn(team.owner.email, team.owner.password);
  for (const api of [team.api, admin.api]) {
    const refusal = await refused(
      api.users.update({ id: person.id, password: "taken over by force", current_password: person.password }),
    );
    assert.deepEqual([refusal.status, refusal.code], [403, "admin_only"]);
  }
  assert.equal((await signIn(world, person.email, person.password)).status, 200);
});

test("a write by cookie from another page is refused, whatever its type, and does nothing", async () => {
  const { cookie } = await world.signIn(team.owner.email, team.owner.password);
  const bodies: [string, string][] = [
    ["application/json", '{"name":"Taken over"}'],
    ["text/plain", '{"name":"Taken over"}'],
    ["application/x-www-form-urlencoded", "name=Taken+over"],
    ["multipart/form-data; boundary=x", "--x--"],
  ];
  const origins = [
    { origin: "https://evil.test" },
    { origin: "null" },
    { origin: `${world.url}.evil.test` },
    { origin: "" },
    {},
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
  ];
  for (const [type, body] of bodies) {
    for (const origin of origins) {
      const answer = await call(`${world.url}/api/v1/teams/current`, {
        method: "PATCH",
        body,
        headers: { cookie, "content-type": type, ...(origin as Record<string, string>) },
      });
      assert.equal(answer.status, 403, `${type} ${JSON.stringify(origin)}`);
      assert.equal(answer.body.code, "foreign_origin");
    }
  }
  assert.equal((await team.api.teams.current()).team.name, "Norrland Kraft");
  const own = await call(`${world.url}/api/v1/teams/current`, {
    method: "PATCH",
    body: '{"time_zone":"Europe/Oslo"}',
    headers: { cookie, ...json, origin: world.url },
  });
  assert.equal(own.status, 200);
});

test("another page cannot sign a visitor in, nor join or set up in their name", async () => {
  for (const path of ["/sessions", "/invitations/accept", "/setup"]) {
    const answer = await call(`${world.url}/api/v1${path}`, {
      method: "POST",
      body: JSON.stringify({ email: team.owner.email, password: team.owner.password }),
      headers: { ...json, origin: "https://evil.test" },
    });
    assert.equal(answer.status, 403, path);
    assert.equal(cookieIn(answer), "");
  }
});

test("an unknown address and a wrong password are told the same, in about the same time", async () => {
  const timed = async (email: string) => {
    const before = performance.now();
    const answer = await signIn(world, email, "certainly not this one");
    return { ms: performance.now() - before, said: [answer.status, answer.text, cookieIn(answer)] };
  };
  const person = await newPerson("cecilie");
  const invited = await team.api.users.invite({ email: "not-joined@example.no" });
  await timed(person.email);
  const known: Awaited<ReturnType<typeof timed>>[] = [];
  const unknown: typeof known = [];
  for (let tries = 0; tries < 6; tries++) {
    known.push(await timed(person.email));
    unknown.push(await timed("nobody@example.no"));
  }
  const waiting = await timed(invited.user.email);
  for (const { said } of [...known, ...unknown, waiting])
    assert.deepEqual(said, [401, '{"error":"Email or password is wrong.","code":"wrong_sign_in"}', ""]);
  const quickest = (tries: { ms: number }[]) => Math.min(...tries.map(({ ms }) => ms));
  assert.ok(
    quickest(unknown) > quickest(known) / 3,
    `unknown ${quickest(unknown)} ms, known ${quickest(known)} ms`,
  );
});

test("guessing is slow after ten failures, also all at once, and the right password still gets in", async () => {
  const person = await newPerson("dagny");
  const burst = performance.now();
  const answers = await Promise.all(Array.from({ length: 12 }, () => signIn(world, person.email, "a guess")));
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([401]));
  assert.ok(performance.now() - burst >= 750, "the eleventh and twelfth waited");

  const late = performance.now();
  const right = await signIn(world, person.email, person.password);
  assert.equal(right.status, 200);
  const lateTook = performance.now() - late;
  assert.ok(lateTook >= 900, "and so did the right one");
  const [own, strange] = [deviceIn(right), ""];
  const timed = async (cookie: string) => {
    const before = performance.now();
    assert.equal((await signIn(world, person.email, person.password, { cookie })).status, 200);
    return performance.now() - before;
  };
  const [first, second] = [await timed(own), await timed(own)];
  assert.ok(Math.min(first, second) < lateTook, "the browser that is known now does not wait");
  assert.ok((await timed(strange)) >= 900, "others do: a success forgives only itself");
});

test("an unknown address is slowed just the same", async () => {
  for (let tries = 0; tries < 10; tries++) await signIn(world, "ghost@example.no", "a guess");
  const before = performance.now();
  await signIn(world, "ghost@example.no", "a guess");
  assert.ok(performance.now() - before >= 250);
});

test("a hundred guesses at once are turned away, not all queued", async () => {
  const person = await newPerson("embla");
  const wait = new AbortController();
  const guesses = Array.from({ length: 60 }, () =>
    call(`${world.url}/api/v1/sessions`, {
      method: "POST",
      body: JSON.stringify({ email: person.email, password: "a guess" }),
      headers: json,
      signal: wait.signal,
    }).catch(() => null),
  );
  const turnedAway = await new Promise<{ status: number; headers: Headers } | null>((resolve) => {
    for (const guess of guesses) void guess.then((answer) => answer?.status === 429 && resolve(answer));
    void Promise.all(guesses).then(() => resolve(null));
  });
  wait.abort();
  assert.ok(turnedAway, "none was turned away");
  assert.match(turnedAway.headers.get("retry-after") ?? "", /^\d+$/);
});

const deviceIn = (answer: { headers: Headers }) =>
  answer.headers
    .getSetCookie()
    .find((cookie) => /^(?:__Host-)?cadenza_device=/.test(cookie))
    ?.split(";")[0] ?? "";

/** So many wrong passwords at once that the account's line stays full; answers what ends them. */
async function flood(email: string) {
  await signIn(world, email, "a guess");
  await asOwner(world, (client) => client.query("update sign_in_failures set failures = 20"));
  const wait = new AbortController();
  await new Promise<void>((isFull) => {
    for (let guess = 0; guess < 60; guess++)
      void call(`${world.url}/api/v1/sessions`, {
        method: "POST",
        body: JSON.stringify({ email, password: "a guess" }),
        headers: json,
        signal: wait.signal,
      })
        .then(({ status }) => status === 429 && isFull())
        .catch(() => null);
  });
  return () => wait.abort();
}

test("behind an undeclared proxy 60 wrong passwords keep the owner's own browser out for no moment", async () => {
  const forwarded = { "x-forwarded-for": "203.0.113.9" };
  const person = await newPerson("hedda");
  const before = await signIn(world, person.email, person.password, forwarded);
  const device = deviceIn(before);
  assert.match(device, /^cadenza_device=[\w-]{22}\.\w+:[\w-]{43}$/);
  const stop = await flood(person.email);
  try {
    const stranger = () => signIn(world, person.email, person.password, forwarded);
    assert.equal((await stranger()).status, 429);
    const own = await signIn(world, person.email, person.password, { ...forwarded, cookie: device });
    assert.equal(own.status, 200);
    assert.equal((await stranger()).status, 429, "the line is still full");
  } finally {
    stop();
  }
  const { counts } = await team.api.today.counts();
  assert.match(counts.undeclared_proxy ?? "", /^(?:::ffff:)?127\.0\.0\.1$|^::1$/);
});

test("unknown clients who fill the queue for hashing do not delay a known browser", async () => {
  const person = await newPerson("inga");
  const device = deviceIn(await signIn(world, person.email, person.password));
  const strangers = Array.from({ length: 80 }, (_, n) => signIn(world, `x${n}@example.no`, "a guess"));
  const isRefused = strangers.map(async (one) => assert.equal((await one).status, 429));
  await Promise.any(isRefused);
  const own = await signIn(world, person.email, person.password, { cookie: device });
  assert.equal(own.status, 200);
  await Promise.all(strangers);
});

test("a device is known to its own account only, must be ours, and is forgotten after ten wrong passwords", async () => {
  const [person, other] = [await newPerson("jorunn"), await newPerson("kari")];
  const device = deviceIn(await signIn(world, person.email, person.password));
  const others = deviceIn(await signIn(world, other.email, other.password));
  const both = deviceIn(await signIn(world, other.email, other.password, { cookie: device }));
  assert.equal(both.split(".").length, 3, "it is known to both");
  const failures = async (cookie: string) => {
    await asOwner(world, (client) => client.query("delete from sign_in_failures"));
    assert.equal((await signIn(world, person.email, "a guess", { cookie })).status, 401);
    const sql = "select account_hash from sign_in_failures order by account_hash";
    const { rows } = await asOwner(world, (client) => client.query<{ account_hash: Buffer }>(sql));
    return rows.map(({ account_hash }) => account_hash.toString("hex"));
  };
  const ofAddress = await failures("");
  const ofDevice = await failures(device);
  assert.deepEqual([ofAddress.length, ofDevice.length], [1, 2]);
  assert.ok(ofDevice.includes(ofAddress[0] ?? ""), "a wrong password waits as from any browser");
  assert.deepEqual(await failures(both), ofDevice);
  const forged = `${others.split(":")[0]}:${device.split(":")[1]}`;
  for (const cookie of [others, forged, device.replace("=", "=x")])
    assert.deepEqual(await failures(cookie), ofAddress, cookie);

  await failures(device);
  for (let tries = 1; tries < 10; tries++) await signIn(world, person.email, "a guess", { cookie: device });
  assert.equal((await signIn(world, person.email, "a guess", { cookie: device })).status, 401);
  const before = performance.now();
  assert.equal((await signIn(world, person.email, person.password, { cookie: device })).status, 200);
  assert.ok(performance.now() - before >= 450, "then also the right one waits");
});

test("one address in two teams signs into the one whose password it is", async () => {
  const other = await world.newTeam("Sydkraft");
  const { invitation_url } = await other.api.users.invite({ email: team.owner.email });
  await world
    .client()
    .invitations.accept({ token: tokenIn(invitation_url), password: "a second sentence for me" });
  const first = await world.signIn(team.owner.email, team.owner.password);
  const second = await world.signIn(team.owner.email, "a second sentence for me");
  assert.equal((await first.api.sessions.current()).team.id, team.id);
  assert.equal((await second.api.sessions.current()).team.id, other.id);
});

test("another team that has an account for the address neither takes the throttle off nor is told where attempts come from", async () => {
  const person = await newPerson("frode");
  const other = await world.newTeam("Vestkraft");
  const { invitation_url } = await other.api.users.invite({ email: person.email });
  const theirs = "a password that the other team knows";
  await world.client().invitations.accept({ token: tokenIn(invitation_url), password: theirs });
  await forgetAll();
  for (let tries = 1; tries <= 8; tries++) {
    assert.equal((await signIn(world, person.email, "a guess")).status, 401);
    assert.equal((await signIn(world, person.email, theirs)).status, 200);
  }
  assert.deepEqual(await counted(), [8], "all guesses count, and only they");
  assert.equal((await signIn(world, person.email, person.password)).status, 200);
  assert.deepEqual(await counted(), [8], "and the right password forgives only itself");

  const refusals = async (of: Team) => {
    await feedSettles(world);
    return of.api.auditLog.list({ types: ["session.refused"], limit: 1 });
  };
  const [[seen], [own]] = [(await refusals(other)).audit_log, (await refusals(team)).audit_log];
  assert.deepEqual([seen?.actor.address, own?.actor.address], [null, null]);
  const alone = await newPerson("grete");
  await signIn(world, alone.email, "a guess");
  const ofAlone = await until(async () => {
    const [last] = (await refusals(team)).audit_log;
    return last?.subject.id === alone.id && last;
  });
  assert.deepEqual(
    [ofAlone?.subject.id, ofAlone?.actor.address],
    [alone.id, null],
    "an admin does not see by it whether an address has other accounts",
  );

  function forgetAll() {
    return asOwner(world, (client) => client.query("delete from sign_in_failures"));
  }
  async function counted() {
    const sql = "select failures from sign_in_failures where failures > 0 order by 1";
    const { rows } = await asOwner(world, (client) => client.query<{ failures: number }>(sql));
    return rows.map(({ failures }) => failures);
  }
});

for (const [address, network] of Object.entries({
  "203.0.113.7": "203.0.113.7",
  "::ffff:203.0.113.7": "203.0.113.7",
  "2001:db8:0:12:aaaa::1": "2001:db8:0:12::/64",
  "2001:0db8::12:0:0:0:9": "2001:db8:0:12::/64",
  "fe80::1%eth0": "fe80:0:0:0::/64",
}))
  test(`attempts from ${address} wait in the line of ${network}`, () =>
    assert.equal(networkOf(address), network));

test("a key has no session to show or to end", async () => {
  assert.equal((await refused(team.api.sessions.current())).code, "not_signed_in");
  assert.equal((await refused(team.api.sessions.end())).code, "not_signed_in");
});

test("signing out as a dry run ends no session", async () => {
  const { cookie, api } = await world.signIn(team.owner.email, team.owner.password);
  const answer = await call(`${world.url}/api/v1/sessions/current`, {
    method: "DELETE",
    headers: { cookie, origin: world.url, "dry-run": "true" },
  });
  assert.deepEqual(answer.body, { signed_out: true, dry_run: true });
  assert.equal(cookieIn(answer), "", "the browser keeps its cookie");
  await api.sessions.current();
});
