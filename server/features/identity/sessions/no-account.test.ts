// Whether an address has an account, and in how many teams, must not show in what a sign-in costs. Work is counted and not timed: hashes, statements
// and transactions until the refusal, and what the throttle keeps.

import assert from "node:assert/strict";
import { createHook } from "node:async_hooks";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import type { App } from "../../../app.ts";
import { hashPassword } from "../../../kernel/passwords.ts";
import { until } from "../../../testing/sending.ts";
import { listening } from "../../../testing/statements.ts";
import { asOwner } from "../../../testing/wire.ts";
import { type Team, tokenIn, useWorld } from "../../../testing/world.ts";
import { signIn } from "./commands.ts";
import { deviceAfter } from "./devices.ts";

let team: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
});

/** The same database, and what is asked of it. */
function counted(app: App) {
  const asked: string[] = [];
  const db = {
    ...app.db,
    inTeam: ((teamId, work, how) => {
      asked.push("begin");
      return app.db.inTeam(teamId, (open) => work(listening(open, asked)), how);
    }) satisfies App["db"]["inTeam"],
    inTransaction: ((work) => {
      asked.push("begin");
      return app.db.inTransaction((open) => work(listening(open, asked)));
    }) satisfies App["db"]["inTransaction"],
  };
  return { app: { ...app, db } as App, asked };
}

type Try = { email: string; password?: string; address: string; device?: string | null };

async function tried({ email, password = "certainly not this one", address, device = null }: Try) {
  let hashes = 0;
  const hook = createHook({
    init: (_, type) => {
      if (/ARGON2/i.test(type)) hashes++;
    },
  }).enable();
  const { app, asked } = counted(world.running.app);
  const visitor = { origin: { requestId: null, address, cause: "test" }, userAgent: null, device };
  const said = await signIn(app, visitor, email, password).catch((error: unknown) => error);
  hook.disable();
  const before = [...asked];
  const failures = await asOwner(world, async (client) => {
    const { rows } = await client.query<{ failures: number }>(
      "select failures from sign_in_failures order by last_failed_at desc, failures desc limit 3",
    );
    await client.query("update sign_in_failures set last_failed_at = last_failed_at - interval '1 second'");
    return rows[0]?.failures ?? 0;
  });
  const { code, user, team: of } = said as { code?: string; user?: { id: string }; team?: { id: string } };
  return { seen: { hashes, asked: before, failures, code }, user, team: of };
}

const CLAIM = "the password that the other team knows";

/** An account that another team has made for the address: its password is known there. */
async function claim(email: string, other: Team, password = CLAIM) {
  const { invitation_url } = await other.api.users.invite({ email });
  await world.client().invitations.accept({ token: tokenIn(invitation_url), password });
}

const forgetAll = () => asOwner(world, (client) => client.query("delete from sign_in_failures"));

test("a wrong sign-in asks, hashes and counts the same whether the address has no account, one or four, also after ten", async () => {
  for (const name of ["North", "South", "West"]) await claim("several@example.no", await world.newTeam(name));
  await claim("several@example.no", team, "a password of their own");
  await forgetAll();
  for (let n = 1; n <= 12; n++) {
    const [known, unknown, several] = [
      (await tried({ email: team.owner.email, address: "203.0.113.1" })).seen,
      (await tried({ email: "nobody@nowhere.example", address: "203.0.113.2" })).seen,
      (await tried({ email: "several@example.no", address: "203.0.113.3" })).seen,
    ];
    assert.deepEqual(known, unknown);
    assert.deepEqual(known, several);
    assert.deepEqual([known.hashes, known.failures, known.code], [1, n, "wrong_sign_in"]);
    assert.ok(known.asked.length > 3);
  }
  await until(async () => {
    const { audit_log } = await team.api.auditLog.list({ types: ["session.refused"], limit: 100 });
    return audit_log.length === 24;
  });
});

test("neither signing in with an account of another team nor its browser tells whether the address has other accounts", async () => {
  const other = await world.newTeam("Prying");
  await claim("alone@example.no", other);
  await claim("both@example.no", team, "a password of their own");
  await claim("both@example.no", other);
  await forgetAll();
  const emails = ["alone@example.no", "both@example.no"];
  const alike = async (more: Partial<Try>) => {
    const [alone, both] = [
      await tried({ email: emails[0] ?? "", address: "203.0.113.4", ...more }),
      await tried({ email: emails[1] ?? "", address: "203.0.113.5", ...more }),
    ];
    assert.deepEqual(alone.seen, both.seen);
    return { seen: alone.seen, people: [alone, both] };
  };
  for (let n = 1; n <= 12; n++) assert.equal((await alike({})).seen.failures, n);
  const { seen, people } = await alike({ password: CLAIM });
  assert.deepEqual([seen.hashes, seen.failures, seen.code], [1, 12, undefined]);
  assert.deepEqual((await alike({})).seen.failures, 13, "what was forgiven is the right password's own try");

  const devices = people.map(({ team: of, user }) =>
    deviceAfter(world.running.app.secrets, null, `account ${of?.id} ${user?.id}`, world.running.app.now()),
  );
  await forgetAll();
  const [device = null, another = null] = devices;
  const alone = await tried({ email: emails[0] ?? "", address: "203.0.113.7", device });
  const both = await tried({ email: emails[1] ?? "", address: "203.0.113.8", device: another });
  assert.deepEqual(alone.seen, both.seen, "nor a wrong password in a browser that is known to that account");
  assert.deepEqual([alone.seen.hashes, alone.seen.code], [1, "wrong_sign_in"]);
  const known = await tried({
    email: "both@example.no",
    password: CLAIM,
    address: "203.0.113.9",
    device: another,
  });
  assert.equal(known.seen.hashes, 1);
  assert.equal(known.team?.id, other.id);
});

test("a password from when each account had a salt of its own is hashed anew once its owner has signed in", async () => {
  const email = "since-long@example.no";
  await claim(email, team, "a password of their own");
  await claim(email, await world.newTeam("Later"));
  const older = await hashPassword("a password of their own", randomBytes(16));
  await asOwner(world, (client) =>
    client.query("update users set password_hash = $1 where team_id = $2 and email = $3", [
      ...[older, team.id, email],
    ]),
  );
  const kept = () =>
    asOwner(world, async (client) => {
      const sql = "select password_hash from users where team_id = $1 and email = $2";
      const { rows } = await client.query<{ password_hash: string }>(sql, [team.id, email]);
      return rows[0]?.password_hash;
    });
  const hashes = async () => (await tried({ email, address: "203.0.113.6" })).seen.hashes;
  assert.equal(await hashes(), 2);
  assert.equal(
    (await tried({ email, password: "a password of their own", address: "203.0.113.6" })).team?.id,
    team.id,
  );
  await until(async () => (await kept()) !== older);
  assert.equal(await hashes(), 1);
  assert.equal(
    (await tried({ email, password: "a password of their own", address: "203.0.113.6" })).team?.id,
    team.id,
  );
});
