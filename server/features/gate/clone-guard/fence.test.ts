// What may be a copy sends nothing until an admin or the operator confirms. The torture runs test whole copies.

import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { actFor } from "../../../engine/running/act-for.ts";
import { startEngineProcess } from "../../../testing/engine-process.ts";
import { bothAtOnce } from "../../../testing/held-open.ts";
import { LOOPBACK } from "../../../testing/loopback.ts";
import { openReceiver } from "../../../testing/receiver.ts";
import { until, useWitness } from "../../../testing/sending.ts";
import { newScene } from "../../../testing/torture/scene.ts";
import { asOwner } from "../../../testing/wire.ts";
import { openWorld, refused, type Team, tokenIn, useWorld } from "../../../testing/world.ts";
import { confirmSending, lookAround, stayHere, takeStand, watchForCopies } from "./commands.ts";
import { readHome, rememberSeen, settleIn, testify } from "./home.ts";

const witness = useWitness();
let team: Team;
const world = useWorld({ engineLoops: 1, mailAllow: LOOPBACK, webhookAllow: LOOPBACK }, async (opened) => {
  team = await opened.newTeam();
});
const folder = mkdtempSync(join(tmpdir(), "cadenza-fence-"));
after(() => rmSync(folder, { recursive: true }));

const ENGINE = "0123456789abcdef01234567";

const sql = (text: string) => asOwner(world, async (client) => (await client.query(text)).rows);
const sending = async () => (await world.operator.installation.show()).installation.sending;
const FAILOVER = { mode: "confirm", replicated: null, switches: 0, last_switch_at: null };

test("the first engine of all takes the installation as its own, without a question", async () => {
  const row = await until(async () => {
    const [found] = await sql(
      "select sending_place = sending_place() as is_here, sending_leave from installation",
    );
    return found.is_here !== null && found; // it begins beside the server
  });
  assert.deepEqual([row.is_here, /^[0-9a-f]{24}$/.test(row.sending_leave)], [true, true]);
  assert.deepEqual(await sending(), {
    held: false,
    held_since: null,
    may_confirm: true,
    reasons: [],
    failover: FAILOVER,
  });
});

test("in another database than before nothing is sent, and it is told, until the operator confirms", async () => {
  await sql("update installation set sending_place = 'another one'");
  const { contactIds } = await newScene(team, { port: witness.port, mailboxes: 1, contacts: 3, waits: [0] });
  await until(async () => (await sending()).held_since !== null);
  await sleep(1_500);
  assert.equal(witness.lines().length, 0);
  const told = await sending();
  assert.deepEqual([told.held, told.reasons.map(({ code }) => code)], [true, ["other_database"]]);
  await until(async () => {
    const { explain } = await team.api.explain.contact({ id: contactIds[0] ?? "" });
    return explain.contact_campaign_statuses[0]?.held_by_codes.join() === "instance_fenced";
  });

  assert.deepEqual(
    [told.may_confirm, (await team.api.installation.show()).installation.sending.may_confirm],
    [true, false],
    "the operator, and one of several teams",
  );
  const stranger = await refused(team.api.installation.confirmSending());
  assert.deepEqual([stranger.status, stranger.code], [403, "operator_only"], "one of several teams");
  assert.equal(witness.lines().length, 0);
  const confirmed = await world.operator.installation.confirmSending();
  assert.deepEqual(confirmed.installation.sending, {
    held: false,
    held_since: null,
    may_confirm: true,
    reasons: [],
    failover: FAILOVER,
  });
  await witness.waitFor(3);
  const again = await world.operator.installation.confirmSending();
  assert.equal(again.installation.sending.held, false, "said twice it is the same");
});

test("what may be a copy calls no webhooks, and all of them once it is confirmed", async (t) => {
  const receiver = await openReceiver(t);
  await team.api.webhookSubscriptions.create({ url: receiver.url, types: ["team.changed"] });
  await team.api.teams.update({ name: "Told" });
  await receiver.waitFor(1);
  await sql("update installation set sending_place = 'another one'");
  await team.api.teams.update({ name: "Held" });
  await sleep(1_500);
  assert.equal(receiver.received.length, 1);
  await world.operator.installation.confirmSending();
  await receiver.waitFor(2);
});

test("a copy that sends no mail makes no outside calls either, until an admin confirms again", async () => {
  const alone = await openWorld();
  const { app } = alone.running;
  const isHeld = (watching: ReturnType<typeof watchForCopies>) => app.db.inTransaction(watching);
  const own = (text: string) => asOwner(alone, (client) => client.query(text));
  try {
    assert.equal(await isHeld(watchForCopies(app)), false, "nothing was ever sent from here");
    await own("update installation set sending_place = sending_place()");
    const { dataDir } = app.config;
    settleIn(dataDir);
    assert.equal(await isHeld(watchForCopies(app)), false);
    cpSync(dataDir, join(folder, "put-back"), { recursive: true });
    rmSync(join(dataDir, "sending-home.json"));
    cpSync(join(folder, "put-back", "sending-home.json"), join(dataDir, "sending-home.json"));
    const watching = watchForCopies(app);
    assert.deepEqual([await isHeld(watching), await isHeld(watching)], [true, true]);
    const { rows } = await own("select sending_held_since from installation");
    assert.equal(rows[0].sending_held_since, null, "nobody else is stopped by it");
    await own("update installation set sending_leave = 'confirmed0123456789abcde'");
    assert.equal(await isHeld(watching), false);
  } finally {
    await alone.close();
  }
});

test("a restored backup is confirmed once: the next start knows its folder and its address", async () => {
  const alone = await openWorld();
  const { app } = alone.running;
  const ownDatabase = { ...app, config: { ...app.config, databaseUrl: null } };
  const restored = (facts: string) =>
    asOwner(alone, (client) =>
      client.query(
        `update installation set sending_place = sending_place(), sending_held_since = null, sending_server_started = null, ${facts}`,
      ),
    );
  const held = () =>
    asOwner(alone, async (client) => {
      const { rows } = await client.query("select sending_held_because as because from installation");
      return rows[0].because.join();
    });
  try {
    for (const [here, facts, reason] of [
      [ownDatabase, "sending_home = 'of the dead machine'", "other_folder"],
      [app, "sending_addresses = '{of-the-dead-machine:5432}'", "other_address"],
    ] as const) {
      settleIn(app.config.dataDir);
      await restored(`${facts}, sending_held_because = '{}'`);
      await stayHere(here);
      await takeStand(here, "0123456789abcdef01234567");
      assert.equal(await held(), "", "after a person confirmed");
      await restored(`${facts}, sending_held_because = '{}'`);
      await takeStand(here, "0123456789abcdef01234567");
      assert.equal(await held(), reason, "without that it is held");
    }
  } finally {
    await alone.close();
  }
});

test("an operator's confirmation lasts over a restart at a new address", async () => {
  await sql("update installation set sending_place = 'another one', sending_addresses = '{elsewhere:5432}'");
  await until(async () => (await sending()).held);
  await world.operator.installation.confirmSending();
  const [{ addresses }] = await sql("select sending_addresses as addresses from installation");
  assert.equal(addresses.length, 2, addresses.join());
});

test("an older state under engines that run is noticed within a second", async () => {
  await sql("update installation set sending_count = 0");
  await until(async () => (await sending()).held);
  assert.deepEqual(
    (await sending()).reasons.map(({ code }) => code),
    ["older_state"],
  );
  await world.operator.installation.confirmSending();
  await sleep(1_200);
  assert.equal((await sending()).held, false);
});

test("what is noticed while the operator confirms is confirmed with it", async () => {
  const alone = await openWorld();
  const { app } = alone.running;
  const { id: teamId, owner } = await alone.newTeam();
  try {
    await asOwner(alone, (client) => client.query("update installation set sending_place = 'another one'"));
    await bothAtOnce(
      alone,
      (beforeCommit) =>
        actFor(app, { teamId, userId: owner.id, cause: "test" }, async (act) => {
          await confirmSending({ ...act, caller: { ...act.caller, isOperator: true } });
          await beforeCommit();
        }),
      () => lookAround(app, 0),
    );
    assert.equal((await alone.operator.installation.show()).installation.sending.held, false);
    assert.deepEqual((await lookAround(app, 0)).heldBecause, []);
  } finally {
    await alone.close();
  }
});

test("engines side by side, each with a folder of its own, are no copies", async () => {
  const engines = ["one", "two"].map((name) =>
    startEngineProcess(world, { CADENZA_DATA_DIR: join(folder, name), CADENZA_ENGINE_LOOPS: "1" }),
  );
  try {
    await until(async () => (await sql("select 1 from engines")).length >= 3);
    await sleep(500);
    assert.equal((await sending()).held, false);
  } finally {
    await Promise.all(engines.map((engine) => engine.stop()));
  }
});

test("where there is one team, its admins answer for it, and its members do not", async () => {
  const alone = await openWorld();
  try {
    for (const [role, email] of [
      ["admin", "admin@example.no"],
      ["member", "member@example.no"],
    ] as const) {
      const { invitation_url } = await alone.operator.users.invite({ email, role });
      const password = "a long sentence is a good password";
      await alone
        .client()
        .invitations.accept({ token: tokenIn(invitation_url), name: "Ines Okafor", password });
      const { api } = await alone.signIn(email, password);
      if (role === "admin")
        assert.equal((await api.installation.confirmSending()).installation.sending.held, false);
      else assert.equal((await refused(api.installation.confirmSending())).status, 403);
    }
  } finally {
    await alone.close();
  }
});

test("a folder that was copied, or put back, tells; one that is written to does not", () => {
  const [home, copy] = [join(folder, "home"), join(folder, "copy")];
  const id = settleIn(home);
  rememberSeen(home, 7);
  assert.deepEqual(readHome(home), { id, movedFrom: null, isCopied: false, seen: 7 });
  rememberSeen(home, 8);
  assert.deepEqual(readHome(home), { id, movedFrom: null, isCopied: false, seen: 8 });
  cpSync(home, copy, { recursive: true, preserveTimestamps: true });
  assert.deepEqual(readHome(copy), { id, movedFrom: null, isCopied: true, seen: 8 });
  rmSync(home, { recursive: true });
  cpSync(copy, home, { recursive: true, preserveTimestamps: true });
  assert.equal(readHome(home).isCopied, true);
  assert.notEqual(settleIn(home), id);
  assert.equal(readHome(home).isCopied, false);
  assert.deepEqual(readHome(join(folder, "nowhere")), {
    id: null,
    movedFrom: null,
    isCopied: false,
    seen: 0,
  });
});

test("a folder that was moved on its disk is the same, also if it is moved again", () => {
  const [old, moved, again] = ["old", "moved", "moved-again"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  const id = settleIn(old);
  rememberSeen(old, 7);
  renameSync(old, moved);
  const found = readHome(moved);
  assert.deepEqual(found, { id: found.id, movedFrom: id, isCopied: false, seen: 7 });
  assert.equal(testify(moved), found.id);
  assert.deepEqual(readHome(moved), { id: found.id, movedFrom: null, isCopied: false, seen: 7 });
  renameSync(moved, again);
  assert.equal(readHome(again).movedFrom, found.id);
  mkdirSync(moved);
  assert.equal(
    readHome(again).isCopied,
    true,
    "something is at the old place: which of them was copied is not known",
  );
});

test("a moved folder is at home in the database too, and the next start finds nothing new", async () => {
  const alone = await openWorld();
  const { app } = alone.running;
  const dataDir = join(folder, "of the moved");
  const at = (place: string) => ({ ...app, config: { ...app.config, databaseUrl: null, dataDir: place } });
  const row = async () => {
    const text = "select sending_home as home, sending_held_because as because from installation";
    return (await asOwner(alone, (client) => client.query(text))).rows[0];
  };
  try {
    await takeStand(at(dataDir), ENGINE);
    const { home } = await row();
    renameSync(dataDir, `${dataDir} 2`);
    for (let starts = 0; starts < 2; starts++) {
      await takeStand(at(`${dataDir} 2`), ENGINE);
      const after = await row();
      assert.deepEqual([after.because, after.home === home], [[], false]);
      assert.equal(after.home, readHome(`${dataDir} 2`).id);
    }
  } finally {
    await alone.close();
  }
});

test("another spelling of the host is the same server, as long as it runs or the name leads to it", async () => {
  const alone = await openWorld();
  const { app } = alone.running;
  const by = (host: string) => {
    const { port, user, database } = alone.ownerConnection;
    return {
      ...app,
      config: { ...app.config, databaseUrl: `postgres://${user}@${host}:${port}/${database}` },
    };
  };
  const own = (text: string) => asOwner(alone, (client) => client.query(text));
  const heldBecause = async () =>
    (await own("select sending_held_because as because from installation")).rows[0].because.join();
  try {
    await own("delete from engines");
    await takeStand(by("127.0.0.1"), ENGINE);
    await takeStand(by("renamed.invalid"), ENGINE);
    assert.equal(await heldBecause(), "", "it has been running since");
    await own(
      "update installation set sending_server_started = now() - interval '1 day', sending_addresses = sending_addresses[1:1]",
    );
    await takeStand(by("localhost"), ENGINE);
    assert.equal(await heldBecause(), "", "the name leads there");
    await own("update installation set sending_server_started = now() - interval '1 day'");
    await takeStand(by("elsewhere.invalid"), ENGINE);
    assert.equal(await heldBecause(), "other_address");
  } finally {
    await alone.close();
  }
});
