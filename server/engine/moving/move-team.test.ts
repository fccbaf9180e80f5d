// A team moves in by the server itself: looked at first, copied, stopped, continued and taken back. Source and target are teams of one
// server; the source is called by its address, like every server.

import assert from "node:assert/strict";
import { test } from "node:test";
import { startEngineProcess } from "../../testing/engine-process.ts";
import { LOOPBACK } from "../../testing/loopback.ts";
import { serverThat } from "../../testing/meddling.ts";
import { untilOver } from "../../testing/members.ts";
import { newContacts, newMailbox, newSequence } from "../../testing/sequenced.ts";
import { asOwner } from "../../testing/wire.ts";
import { refused, type Team, useWorld } from "../../testing/world.ts";

const PEOPLE = 330;

let old: Team;
// Only answers callers: the engines of this file are processes of their own.
const world = useWorld({ role: "api", webhookAllow: LOOPBACK }, async (opened) => {
  old = await opened.newTeam("Old");
  const box = await newMailbox(old, { email: "me@sender.example" });
  const ids = await newContacts(old, PEOPLE);
  const { id } = await newSequence(old, { active: false });
  await old.api.joining.addContacts({
    id,
    contact_ids: ids,
    send_email_from_email_account_id: [box.id],
    sequence_unverified_email: true,
  });
  for (const contact_id of ids.slice(0, 40))
    await old.api.tasks.create({ type: "call", contact_id, title: "Call", due_at: "2030-01-01T10:00:00Z" });
});

const source = () => world.url.replace("localhost", "127.0.0.1");

async function newTarget(name: string) {
  const team = await world.newTeam(name);
  await newMailbox(team, { email: "me@sender.example" });
  return team;
}

const engineOf = (env = {}) => startEngineProcess(world, { CADENZA_WEBHOOK_ALLOW: "127.0.0.1", ...env });

async function ended(to: Team, id: string) {
  const { team_move } = await to.api.teamMoves.get({ id });
  await untilOver(to, team_move.entity_progress_job_id);
  return (await to.api.teamMoves.get({ id })).team_move;
}

async function counts(to: Team) {
  const { emailer_campaigns: sequences } = await to.api.sequences.search();
  return {
    contacts: (await to.api.contacts.search()).pagination.total_entries,
    sequences: sequences.map((one) => one.num_contacts),
    tasks: (await to.api.tasks.search()).pagination.total_entries,
  };
}

const ALL = { contacts: PEOPLE, sequences: [PEOPLE], tasks: 40 };

test("a look reports and copies nothing; the move copies all once, forgets the key, and is taken back", async (t) => {
  const to = await newTarget("Whole");
  const engine = engineOf();
  t.after(engine.stop);
  const look = await to.api.teamMoves.start({ source: source(), source_key: old.key, look_only: true });
  const looked = await ended(to, look.team_move.id);
  assert.deepEqual(
    [looked.phase, looked.status, looked.error, looked.has_source_key],
    ["look", "done", null, true],
  );
  const seen = new Map(looked.report?.records.map((one) => [one.kind, one.made]));
  assert.deepEqual([seen.get("contacts"), seen.get("sequences"), seen.get("tasks")], [PEOPLE, 1, 40]);
  assert.deepEqual(await counts(to), { contacts: 0, sequences: [], tasks: 0 });

  // The key is known by now.
  const { team_move } = await to.api.teamMoves.start({ source: source() });
  assert.equal(team_move.id, look.team_move.id);
  const moved = await ended(to, team_move.id);
  assert.deepEqual(
    [moved.phase, moved.status, moved.error, moved.has_source_key],
    ["copy", "done", null, false],
  );
  assert.deepEqual(await counts(to), ALL);
  assert.ok(!JSON.stringify(moved).includes(old.key));
  const { api_keys } = await to.api.apiKeys.list();
  const own = api_keys.filter(({ name }) => name.startsWith("Move from "));
  assert.deepEqual(
    own.map(({ revoked_at }) => revoked_at !== null),
    [true, true],
    "the keys of both runs are revoked",
  );

  const again = await to.api.teamMoves.start({ source: source(), source_key: old.key });
  const second = await ended(to, again.team_move.id);
  assert.deepEqual(
    second.report?.records,
    moved.report?.records,
    "what was copied before is not copied again",
  );
  assert.deepEqual(await counts(to), ALL);

  await to.api.teamMoves.undo({ id: team_move.id });
  const undone = await ended(to, team_move.id);
  assert.deepEqual([undone.phase, undone.status], ["undo", "done"]);
  assert.equal(undone.undone?.find(({ kind }) => kind === "contacts")?.undone, PEOPLE);
  assert.equal((await to.api.contacts.search()).pagination.total_entries, 0);
  const nothing = await refused(to.api.teamMoves.undo({ id: team_move.id }));
  assert.equal(nothing.code, "team_move_nothing_to_undo");
  // Afterwards it begins anew, and is not answered with what is gone.
  const anew = await to.api.teamMoves.start({ source: source(), source_key: old.key });
  await ended(to, anew.team_move.id);
  assert.equal((await to.api.contacts.search()).pagination.total_entries, PEOPLE);
});

test("a key that the source refuses ends it with a sentence, and the right one continues", async (t) => {
  const to = await newTarget("Wrong key");
  const engine = engineOf();
  t.after(engine.stop);
  const { team_move } = await to.api.teamMoves.start({ source: source(), source_key: "cdz_wrong" });
  const failed = await ended(to, team_move.id);
  assert.equal(failed.status, "failed");
  assert.match(failed.error ?? "", /^The source refused the key: .* Enter the key again to continue\.$/);
  await to.api.teamMoves.start({ source: source(), source_key: old.key });
  assert.equal((await ended(to, team_move.id)).status, "done");
  assert.deepEqual(await counts(to), ALL);
});

test("a source that stops half-way, or answers nonsense, is told; the next run goes on", async (t) => {
  const to = await newTarget("Half-way");
  const engine = engineOf();
  t.after(engine.stop);
  let state: "gone" | "nonsense" | "whole" = "gone";
  const from = await serverThat(world.url, (nth, path, answer) => {
    if (state === "gone" && nth > 12) answer.destroy();
    else if (state === "nonsense" && path.includes("/emailer_campaigns/search"))
      answer.writeHead(200, { "content-type": "text/html" }).end("<h1>It works!</h1>");
    else return false;
    return true;
  });
  const { team_move } = await to.api.teamMoves.start({ source: from, source_key: old.key });
  assert.match(
    (await ended(to, team_move.id)).error ?? "",
    /^The source could not be read: .*What was copied stays/,
  );
  state = "nonsense";
  await to.api.teamMoves.start({ source: from });
  assert.match((await ended(to, team_move.id)).error ?? "", /without a list of emailer_campaigns/);
  state = "whole";
  await to.api.teamMoves.start({ source: from });
  assert.equal((await ended(to, team_move.id)).status, "done");
  assert.deepEqual(await counts(to), ALL);
});

test("one runs at a time, and an engine that is killed again and again copies all once", async (t) => {
  const to = await newTarget("Killed");
  let engine: ReturnType<typeof engineOf> | null = null;
  t.after(() => engine?.stop());
  let [asked, most] = [0, 4];
  const from = await serverThat(
    world.url,
    () => false,
    () => ++asked >= most && Boolean(engine?.process.kill("SIGKILL")),
  );
  const { team_move } = await to.api.teamMoves.start({ source: from, source_key: old.key });
  const twice = await refused(to.api.teamMoves.start({ source: source(), source_key: old.key }));
  assert.equal(twice.code, "team_move_running");
  let kills = 0;
  for (; most <= 16; most += 4) {
    asked = 0;
    engine = engineOf();
    kills += Number((await engine.ended) === "SIGKILL");
  }
  assert.equal(kills, 4);
  most = Number.POSITIVE_INFINITY;
  engine = engineOf();
  assert.equal((await ended(to, team_move.id)).status, "done");
  assert.deepEqual(await counts(to), ALL);
  const open = await asOwner(world, (client) =>
    client.query(
      "select from api_keys where team_id = $1 and name like 'Move from %' and revoked_at is null",
      [to.id],
    ),
  );
  assert.equal(open.rowCount, 0, "keys of killed runs are revoked too");
});

test("it is stopped by cancelling its job", async (t) => {
  const to = await newTarget("Stopped");
  const engine = engineOf();
  t.after(engine.stop);
  let isAsked = () => {};
  const asked = new Promise<void>((resolve) => {
    isAsked = resolve;
  });
  const slow = await serverThat(world.url, (_nth, path, answer) => {
    if (!path.includes("/contacts/search")) return false;
    isAsked();
    setTimeout(() => answer.destroy(), 3_000); // it keeps the caller waiting
    return true;
  });
  const { team_move } = await to.api.teamMoves.start({ source: slow, source_key: old.key });
  await asked;
  await to.api.progress.cancel({ id: team_move.entity_progress_job_id });
  assert.equal((await ended(to, team_move.id)).status, "cancelled");
});
