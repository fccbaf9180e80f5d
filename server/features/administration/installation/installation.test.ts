import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { openLog } from "../../../kernel/log.ts";
import { start } from "../../../start.ts";
import { PATIENCE_MS } from "../../../testing/patience.ts";
import { asOwner, call, rowCounts } from "../../../testing/wire.ts";
import { openWorld, refused, tokenIn, type World } from "../../../testing/world.ts";

const OWNER = {
  name: "Ole Dahl",
  email: "ole@example.no",
  password: "a long sentence is a good password",
  team_name: "Norrland Kraft",
};

/** Set-up happens once, so each of these tests has an installation of its own. */
async function onFresh(act: (world: World, token: string) => Promise<void>) {
  const world = await openWorld();
  try {
    await act(world, tokenIn(world.running.setupUrl ?? ""));
  } finally {
    await world.close();
  }
}

test("the first visitor with the link becomes the owner, once; after that there is no set-up", () =>
  onFresh(async (world, token) => {
    const api = world.client();
    assert.deepEqual(await api.setup.check({ token }), { setup: { open: true } });
    const opened = await api.setup.complete({ token, ...OWNER, time_zone: "Europe/Oslo" });
    assert.deepEqual(
      [opened.operator, opened.user.role, opened.user.email, opened.team.name, opened.team.time_zone],
      [true, "admin", OWNER.email, OWNER.team_name, "Europe/Oslo"],
    );

    const late = [
      () => api.setup.complete({ token, ...OWNER }),
      () => api.setup.check({ token }),
      () => api.setup.complete({ token: "cdz_setup_guessed", ...OWNER }),
    ];
    for (const visit of late) {
      const refusal = await refused(visit());
      assert.deepEqual([refusal.status, refusal.message], [404, "Not Found"]);
    }
    const owner = await world.signIn(OWNER.email, OWNER.password);
    const { emailer_schedules: hours } = await owner.api.schedules.list();
    assert.deepEqual(
      hours.map((one) => one.time_zone),
      ["Europe/Oslo"],
      "the schedule that was there goes by the zone that was named",
    );
    await owner.api.teams.create({ name: "Second", owner_email: "second@example.no" });

    const again = await start({ ...world.running.app.config, port: 0 }, openLog("silent"));
    assert.equal(again.setupUrl, null, "a later start offers no set-up");
    await again.stop();
  }));

test("a wrong token, before and after set-up, gets one answer and writes nothing", () =>
  onFresh(async (world, token) => {
    const post = (wish: Record<string, string>) =>
      call(`${world.url}/api/v1/setup`, {
        method: "POST",
        body: JSON.stringify({ ...OWNER, ...wish }),
        headers: { "content-type": "application/json" },
      });
    const before = await rowCounts(world);
    const wrong = await post({ token: "cdz_setup_wrong" });
    assert.deepEqual(await rowCounts(world), before);
    assert.equal(
      (await post({ token, password: "short" })).status,
      422,
      "and a bad wish does not use the link up",
    );
    assert.equal((await post({ token })).status, 200);
    const late = await post({ token });
    assert.deepEqual([late.status, late.text], [404, wrong.text]);
  }));

test("of ten visitors with the link at once, one becomes the owner", () =>
  onFresh(async (world, token) => {
    const visits = await asOwner(world, async (client) => {
      // All ten are held up at the installation's row, so that none is through before the others come.
      await client.query("begin");
      await client.query("select 1 from installation for update");
      const coming = Promise.allSettled(
        Array.from({ length: 10 }, (_, n) =>
          world.client().setup.complete({ token, ...OWNER, email: `visitor${n}@example.no` }),
        ),
      );
      const waiting =
        "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
      for (let looks = 0; looks < 200; looks++) {
        if (((await client.query(waiting)).rowCount ?? 0) >= 8) break;
        await pause(25);
      }
      await client.query("commit");
      return coming;
    });
    assert.equal(visits.filter(({ status }) => status === "fulfilled").length, 1);
    for (const visit of visits)
      if (visit.status === "rejected")
        assert.deepEqual([visit.reason.status, visit.reason.message], [404, "Not Found"]);
    const { rows } = await asOwner(world, (client) =>
      client.query("select 1 from users where is_operator and password_hash is not null"),
    );
    assert.equal(rows.length, 1);
  }));

test("what the bootstrap key has made so far belongs to the first owner", () =>
  onFresh(async (world, token) => {
    const before = await world.operator.teams.current();
    await world.operator.users.invite({ email: "ines@example.no" });
    const key = await world.operator.apiKeys.create({ name: "made early", master: true });
    const opened = await world.client().setup.complete({ token, ...OWNER });
    assert.equal(opened.team.id, before.team.id);
    assert.equal(
      (await world.operator.users.apiProfile()).email,
      OWNER.email,
      "the key now acts as the owner",
    );
    const early = world.client({ apiKey: key.api_key.key });
    assert.deepEqual((await early.users.search()).users.map(({ email }) => email).sort(), [
      "ines@example.no",
      OWNER.email,
    ]);
  }));

test("an owner whose address was invited before is told so, and may use another", () =>
  onFresh(async (world, token) => {
    await world.operator.users.invite({ email: OWNER.email });
    assert.equal(
      (await refused(world.client().setup.complete({ token, ...OWNER }))).code,
      "user_active_already",
    );
    await world.client().setup.complete({ token, ...OWNER, email: "ole.dahl@example.no" });
  }));

test("without a bootstrap key there is no team before the owner comes, and no key at all after", async () => {
  const world = await openWorld({ bootstrapKey: null });
  try {
    assert.equal((await refused(world.operator.teams.current())).status, 401);
    const opened = await world
      .client()
      .setup.complete({ token: tokenIn(world.running.setupUrl ?? ""), ...OWNER });
    assert.equal(opened.team.name, OWNER.team_name);
    const owner = await world.signIn(OWNER.email, OWNER.password);
    assert.deepEqual((await owner.api.apiKeys.list()).api_keys, []);
  } finally {
    await world.close();
  }
});

test("an engine that starts later does not end the link its API has shown", () =>
  onFresh(async (world, token) => {
    const engine = await start({ ...world.running.app.config, port: 0, role: "engine" }, openLog("silent"));
    assert.deepEqual([engine.setupUrl, engine.url], [null, ""]);
    await engine.stop();
    await world.client().setup.complete({ token, ...OWNER });
  }));

test("a bootstrap key that comes with a later start is no key", () =>
  onFresh(async (world) => {
    const later = await start(
      { ...world.running.app.config, port: 0, bootstrapKey: "another-bootstrap-key-0002" },
      openLog("silent"),
    );
    assert.equal(
      (await call(`${later.url}/api/v1/teams/current`, { key: "another-bootstrap-key-0002" })).status,
      401,
    );
    await later.stop();
  }));

/** It is one transaction: with the first contact, all of it is there. */
async function untilPlanted(world: World) {
  for (const end = performance.now() + PATIENCE_MS; performance.now() < end; ) {
    const { rows } = await asOwner(world, (client) =>
      client.query<{ contacts: number }>("select count(*)::int as contacts from contacts"),
    );
    if (rows[0]?.contacts) return rows[0].contacts;
    await pause(100);
  }
  return 0;
}

async function untilNoPlantingWaits(world: World) {
  const waiting = "select 1 from pgboss.job where name = 'plant-sample' and state <> 'completed'";
  for (const end = performance.now() + PATIENCE_MS; performance.now() < end; ) {
    if ((await asOwner(world, (client) => client.query(waiting))).rows.length === 0) return;
    await pause(50);
  }
  throw new Error("the job is not done");
}

test("a set-up that asks for a sample team is answered at once, and the engine plants it", () =>
  onFresh(async (world, token) => {
    await world.client().setup.complete({ token, ...OWNER, sample_team: true });
    assert.equal((await world.operator.today.counts()).counts.sample_coming, true);
    assert.equal(await untilPlanted(world), 2000);
    assert.equal((await world.operator.today.counts()).counts.sample_coming, false);
    const { contacts } = await world.operator.contacts.search({ q_keywords: "Plant Manager" });
    assert.ok(contacts.length > 0);
  }));

test("CADENZA_SAMPLE_TEAM plants it into the bootstrap key's team at the first start, and only then", async () => {
  const world = await openWorld({ sampleTeam: true });
  try {
    assert.equal((await world.operator.today.counts()).counts.sample_coming, true);
    assert.equal(await untilPlanted(world), 2000);
    const before = await rowCounts(world);
    const token = tokenIn(world.running.setupUrl ?? "");
    const opened = await world.client().setup.complete({ token, ...OWNER, sample_team: true });
    assert.equal(opened.team.id, (await world.operator.teams.current()).team.id);
    await untilNoPlantingWaits(world);
    assert.equal((await rowCounts(world)).contacts, before.contacts);
    assert.equal(
      (await world.operator.today.counts()).counts.sample_coming,
      false,
      "none comes to contacts there are",
    );
  } finally {
    await world.close();
  }
});

test("CADENZA_SAMPLE_TEAM without a bootstrap key waits for the first owner", async () => {
  const world = await openWorld({ sampleTeam: true, bootstrapKey: null });
  try {
    await world.client().setup.complete({ token: tokenIn(world.running.setupUrl ?? ""), ...OWNER });
    assert.equal(await untilPlanted(world), 2000);
  } finally {
    await world.close();
  }
});

test("a set-up that does not ask for a sample has none", () =>
  onFresh(async (world, token) => {
    await world.client().setup.complete({ token, ...OWNER, sample_team: false });
    const { rows } = await asOwner(world, (client) =>
      client.query("select 1 from pgboss.job where name = 'plant-sample'"),
    );
    assert.deepEqual(rows, []);
  }));
