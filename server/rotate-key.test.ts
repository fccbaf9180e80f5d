// The key is changed under a running server, by a command that is killed again and again: nothing that was sealed is lost,
// and at the end the old key can go.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import pg from "pg";
import { SEALED_OF_NOBODY, SEALED_TABLES } from "./features/administration/key-rotation/places.ts";
import { newId } from "./kernel/ids.ts";
import { openSecrets } from "./kernel/secrets.ts";
import { runOperatorProgram } from "./testing/operator-program.ts";
import { type Team, useWorld } from "./testing/world.ts";

const MAILBOXES = 10_000;
/** Bytes that are no secrets: hashes, digests, and what people sent. */
const OPEN_BYTES = [
  "api_keys.key_hash",
  "attachments.content",
  "catcher_messages.raw",
  "import_pieces.content",
  "installation.key_fingerprint",
  "installation.setup_token_hash",
  "mails_sent_elsewhere.mail_key",
  "workflows.hook_token_hash",
];

const world = useWorld();

const keyFile = () => world.running.app.config.keyFile;
const keysIn = (file: string) => readFileSync(file, "utf8").match(/^[0-9a-f]{8}(?=:)/gm) ?? [];

/** The command as an operator starts it. Answers its exit code or the signal that ended it, and what it said. */
async function rotate(args: readonly string[] = [], crash = "") {
  const { user, password, host, database } = world.ownerConnection;
  return runOperatorProgram("rotate-key.ts", args, {
    CADENZA_DATA_DIR: world.running.app.config.dataDir,
    DATABASE_URL: `postgres://${user}:${password}@/${database}?host=${encodeURIComponent(host)}&port=${world.ownerConnection.port}`,
    ...(crash && { CADENZA_TEST_SEAMS: "1", CADENZA_CRASH: crash }),
  });
}

async function asOwner<T>(work: (client: pg.Client) => Promise<T>) {
  const client = new pg.Client(world.ownerConnection);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const passwordOf = (n: number) => `the pässword of mailbox ${n}`;
const placeOf = (team: Team, rowId: string, column = "smtp_password") => ({
  teamId: team.id,
  table: "mailboxes",
  rowId,
  column,
});

/** Mailboxes as they lie in the table, each with a password and every other with two. */
async function plant(team: Team) {
  const { secrets } = world.running.app;
  const rows = Array.from({ length: MAILBOXES }, (_, n) => {
    const id = newId();
    const sealed = (column: string) => secrets.seal(placeOf(team, id, column), passwordOf(n)).toString("hex");
    return { id, n, smtp: sealed("smtp_password"), imap: n % 2 ? sealed("imap_password") : null };
  });
  await asOwner((client) =>
    client.query(
      `insert into mailboxes (team_id, id, user_id, email, type, smtp_password, imap_password, created_at, updated_at)
       select $1, r.id, $2, 'box' || r.n || '@sealed.example', 'smtp', decode(r.smtp, 'hex'), decode(r.imap, 'hex'), now(), now()
         from jsonb_to_recordset($3::jsonb) as r (id text, n int, smtp text, imap text)`,
      [team.id, team.owner.id, JSON.stringify(rows)],
    ),
  );
  return rows;
}

test("every column of bytes is known: a secret, which is sealed anew, or none", async () => {
  const found = await asOwner(async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `select table_name || '.' || column_name as name from information_schema.columns
        where table_schema = 'public' and data_type = 'bytea'`,
    );
    return rows.map(({ name }) => name);
  });
  const sealed = SEALED_TABLES.flatMap(({ table, columns }) => columns.map((column) => `${table}.${column}`));
  const known = new Set([...sealed, ...SEALED_OF_NOBODY, ...OPEN_BYTES]);
  const isNamedHash = (name: string) => /hash$|\.question$/.test(name);
  assert.deepEqual(
    found.filter((name) => !known.has(name) && !isNamedHash(name)),
    [],
  );
  for (const name of [...known]) assert.ok(found.includes(name), `${name} is there`);
});

test(`the key is changed with ${MAILBOXES} mailboxes by a command that is killed at every turn, under a server that goes on`, {
  timeout: 30 * 60_000,
}, async (t) => {
  const team = await world.newTeam();
  const rows = await plant(team);
  const [before = ""] = keysIn(keyFile());
  const email = "gone@hidden.example";
  const gone = (await team.api.contacts.create({ email, email_unsubscribed: true })).contact.id;
  await team.api.contacts.delete({ id: gone });
  assert.deepEqual((await team.api.suppressions.list()).suppressions, []);
  const asked = { name: "Kept", email: "kept@answers.example" };
  const first = await team.api.users.invite(asked, { idempotencyKey: "before" });

  const traffic = keepSealing(team);
  let kills = 0;
  const added = await rotate([], "key-added=kill");
  assert.equal(added.how, "SIGKILL", added.said);
  for (let seed = 1; ; seed++) {
    const run = await rotate([], `batch-resealed=kill:0.1:${seed}`);
    if (run.how === "SIGKILL") {
      kills += 1;
      continue;
    }
    assert.equal(run.how, 0, run.said);
    assert.match(run.said, /An earlier key change was interrupted and is now complete/);
    break;
  }
  const sealedMeanwhile = await traffic.stop();
  t.diagnostic(`${kills + 1} kills, ${sealedMeanwhile} secrets sealed meanwhile`);
  assert.ok(kills > 0 && sealedMeanwhile > 0);

  const [now = "", ...older] = keysIn(keyFile());
  assert.notEqual(now, before);
  assert.deepEqual(older, [before], "however often it was killed, one new key was made");
  const forgotten = await rotate(["--forget"]);
  assert.equal(forgotten.how, 0, forgotten.said);
  assert.deepEqual(keysIn(keyFile()), [now]);

  const onlyNew = openSecrets(keyFile(), false);
  const found = await asOwner(async (client) => {
    const { rows: stored } = await client.query<{ id: string; smtp: Buffer; imap: Buffer | null }>(
      "select id, smtp_password as smtp, imap_password as imap from mailboxes where team_id = $1",
      [team.id],
    );
    return new Map(stored.map((row) => [row.id, row]));
  });
  for (const { id, n, imap } of rows) {
    const stored = found.get(id);
    assert.ok(stored);
    assert.equal(onlyNew.open(placeOf(team, id), stored.smtp), passwordOf(n));
    assert.equal(stored.imap !== null, imap !== null);
    if (stored.imap)
      assert.equal(onlyNew.open(placeOf(team, id, "imap_password"), stored.imap), passwordOf(n));
  }

  await team.api.contacts.create({ email });
  const { suppressions } = await team.api.suppressions.list();
  assert.deepEqual(
    suppressions.map(({ value }) => value),
    [email],
    "whom nobody can name any more is known again",
  );
  const again = await team.api.users.invite(asked, { idempotencyKey: "before" });
  assert.deepEqual(again, first, "what was answered before the change is answered again after it");
  await assert.rejects(
    team.api.users.invite({ email: "other@answers.example" }, { idempotencyKey: "before" }),
  );
});

/**
 * The server seals all the while: an answer with a link that is shown once is kept, in case the caller repeats the
 * call.
 */
function keepSealing(team: Team) {
  let isWanted = true;
  const run = (async () => {
    let count = 0;
    for (; isWanted; count++) {
      const asked = { email: `while${count}@traffic.example` };
      const made = await team.api.users.invite(asked, { idempotencyKey: `while ${count}` });
      const again = await team.api.users.invite(asked, { idempotencyKey: `while ${count}` });
      assert.equal(again.invitation_url, made.invitation_url);
    }
    return count;
  })();
  return {
    async stop() {
      isWanted = false;
      return run;
    },
  };
}

test("a secret that nothing opens is named and left as found, and no key goes while an older one is needed", async () => {
  const team = await world.newTeam();
  const id = newId();
  const foreign = Buffer.concat([Buffer.from([1]), Buffer.from("0badc0de", "hex"), Buffer.alloc(40, 7)]);
  await asOwner((client) =>
    client.query(
      `insert into mailboxes (team_id, id, user_id, email, type, smtp_password, created_at, updated_at)
       values ($1, $2, $3, 'lost@sealed.example', 'smtp', $4, now(), now())`,
      [team.id, id, team.owner.id, foreign],
    ),
  );
  const turned = await rotate();
  assert.equal(turned.how, 1);
  assert.match(
    turned.said,
    new RegExp(`mailboxes\\.smtp_password of ${id}: The key 0badc0de is missing in the key file`),
  );
  const refused = await rotate(["--forget"]);
  assert.equal(refused.how, 1);
  assert.match(refused.said, /No key was removed: 1 secret still encrypted with an older one/);
  assert.equal(keysIn(keyFile()).length, 2);

  await asOwner((client) =>
    client.query("update mailboxes set smtp_password = null where team_id = $1 and id = $2", [team.id, id]),
  );
  const gone = await rotate(["--forget"]);
  assert.match(gone.said, /1 older key was removed/);
  assert.match((await rotate(["--forget"])).said, /There are no older keys to remove/);
  assert.equal((await rotate(["--forgot"])).how, 2);
});
