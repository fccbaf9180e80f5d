// How fast a file of contacts comes in, with every row looked for among those that are there.

import { once } from "node:events";
import { createWriteStream, mkdtempSync, openAsBlob, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient, waitForJob } from "@cadenza/sdk";
import type pg from "pg";
import { type Figure, progress, type Suite } from "./harness.ts";
import { plantQuickly } from "./planting.ts";
import { connectAs, residentMegabytes, startServer } from "./processes.ts";

const KEY = "bootstrap-key-of-the-benchmark";
const PORT = 3917;
/** So many are there, and so many rows has the file. */
const MANY = Number(process.env.CADENZA_BENCH_IMPORTS ?? 1_000_000);
/** One row in ten is about an existing contact. */
const KNOWN_EACH = 10;
const MEMORY_MB = 512;
/** As `npm start` does. */
const AS_STARTED = ["--max-semi-space-size=16", "server/main.ts"];

export const imports: Suite = {
  name: "Imports",
  about:
    `A CSV of ${MANY} contacts into a team of ${MANY}, one row in ${KNOWN_EACH} about somebody who is there, whose title is then replaced; ` +
    "every row is looked for by address and by name at the same company, and gets its event and its verdict. Against it: COPY of the same " +
    "rows into a table without indexes, and one statement each to update those who are there by their address and to insert the " +
    "others, with their events and their verdicts, into the same tables with all their indexes. Each goes once, into a team of " +
    "its own. The upload is part of it. Memory is the server's own process, the most that was seen ten times a second.",
  async run() {
    const dataDir = mkdtempSync(join(tmpdir(), "cadenza-bench-"));
    const env = { CADENZA_DATA_DIR: dataDir, CADENZA_BOOTSTRAP_KEY: KEY, CADENZA_LOG_LEVEL: "warn" };
    const server = await startServer(AS_STARTED, PORT, env);
    try {
      return await measure(server, dataDir);
    } finally {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    }
  },
};

type Side = { teamId: string; key: string; userId: string; stageId: string };

async function measure({ url, pid }: { url: string; pid: number }, dataDir: string): Promise<Figure[]> {
  const owner = await connectAs(dataDir, "owner");
  const ours = await newSide(url, owner, "Ours");
  const theirs = await newSide(url, owner, "Theirs");
  await plantQuickly(dataDir, "contacts", async () => {
    for (const side of [ours, theirs]) await plant(owner, side);
  });
  progress(`${MANY} contacts are there, twice`);
  const bare = await timeBare(owner, theirs, await writeFile(owner, theirs, join(dataDir, "theirs.csv")));
  const file = await writeFile(owner, ours, join(dataDir, "ours.csv"));
  await untilFollowed(owner);
  progress(`COPY and merge took ${bare.toFixed(0)} s; the import begins`);
  const { seconds, most } = await timeOurs(url, pid, ours, file.path);
  await owner.end();
  const ratio = bare / seconds;
  return [
    {
      name: `an import of ${MANY} rows against COPY and a merge`,
      measured: `${(ratio * 100).toFixed(0)} % of COPY and merge`,
      target: "40 % or more",
      isMet: ratio >= 0.4,
      detail: `${Math.round(MANY / seconds)} against ${Math.round(MANY / bare)} rows a second, ${MANY} there already`,
    },
    {
      name: "memory of the server while it imports",
      measured: `${Math.round(most)} MB`,
      target: `${MEMORY_MB} MB or less`,
      isMet: most <= MEMORY_MB,
      detail: "resident, at the most",
    },
  ];
}

/** Work that the bare side left to the engine is not measured. */
async function untilFollowed(owner: pg.Client) {
  for (;;) {
    const { rows } = await owner.query("select 1 from score_marks limit 1");
    if (rows.length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function newSide(url: string, owner: pg.Client, name: string): Promise<Side> {
  const operator = createClient({ baseUrl: url, apiKey: KEY, retries: 0 });
  const made = await operator.teams.create({ name, owner_email: `${name}@bench.example` });
  const teamId = made.team.id;
  const [user, stage] = await Promise.all([
    owner.query<{ id: string }>("select id from users where team_id = $1 limit 1", [teamId]),
    owner.query<{ id: string }>(
      "select id from contact_stages where team_id = $1 order by position limit 1",
      [teamId],
    ),
  ]);
  const userId = user.rows[0]?.id ?? "";
  return { teamId, key: made.api_key.key, userId, stageId: stage.rows[0]?.id ?? "" };
}

/** Those who are there. */
function plant(owner: pg.Client, { teamId, userId, stageId }: Side) {
  return owner.query(
    `insert into contacts (team_id, id, first_name, last_name, title, email, email_status, email_true_status, email_from_customer,
            company_domain, owner_id, creator_id, contact_stage_id, source, original_source, created_at, updated_at)
     select $1::ident, new_ident(), 'Known', 'Number ' || n, 'Buyer', 'known' || n || '@company' || n % 50000 || '.example', 'verified',
            'User Managed', true, 'company' || n % 50000 || '.example', $2::ident, $2::ident, $3::ident, 'api', 'api', now(), now()
       from generate_series(1, $4::int) n`,
    [teamId, userId, stageId, MANY],
  );
}

const HEAD = "First Name,Last Name,Email,Title\n";

/** The addresses of those who are there, one in ten; the others are new. */
async function writeFile(owner: pg.Client, { teamId }: Side, path: string) {
  const { rows: known } = await owner.query<{ email: string }>(
    "select email from contacts where team_id = $1 order by id limit $2",
    [teamId, Math.ceil(MANY / KNOWN_EACH)],
  );
  const out = createWriteStream(path);
  out.write(HEAD);
  let piece = "";
  for (let row = 0; row < MANY; row++) {
    const there = row % KNOWN_EACH === 0 ? known[row / KNOWN_EACH]?.email : undefined;
    const email = there ?? `new${row}@newcompany${row % 50_000}.example`;
    piece += `Person,Number ${row},${email},Title ${row % 100}\n`;
    if (piece.length > 1_000_000) {
      if (!out.write(piece)) await once(out, "drain");
      piece = "";
    }
  }
  out.end(piece);
  await once(out, "finish");
  return { path };
}

async function timeOurs(url: string, pid: number, { key }: Side, path: string) {
  const api = createClient({ baseUrl: url, apiKey: key, retries: 0, timeoutMs: 300_000 });
  let most = 0;
  const watching = setInterval(() => {
    most = Math.max(most, residentMegabytes(pid));
  }, 100);
  try {
    const began = performance.now();
    const file = new File([await openAsBlob(path)], "bench.csv");
    const started = await api.imports.create({ file, overwrite: "replace" });
    const job = await waitForJob(api, started.entity_progress_job.id, { timeoutMs: 3 * 3_600_000 });
    const seconds = (performance.now() - began) / 1000;
    const { import: found } = await api.imports.get({ id: started.import.id });
    const updated = Math.ceil(MANY / KNOWN_EACH);
    if (job.status !== "done" || found.created !== MANY - updated || found.updated !== updated)
      throw new Error(`the import ended otherwise: ${JSON.stringify(found)}`);
    return { seconds, most };
  } finally {
    clearInterval(watching);
  }
}

/** As one would write it by hand, for this file. */
async function timeBare(owner: pg.Client, { teamId, userId, stageId }: Side, { path }: { path: string }) {
  await owner.query(
    "create unlogged table bench_stage (first_name text, last_name text, email text, title text)",
  );
  await owner.query("alter table contacts no force row level security");
  const importId = `${teamId.slice(0, 8)}ff00000000000000`;
  const began = performance.now();
  await owner.query("begin");
  await copyFile(owner, path);
  await owner.query(
    `create temp table bench_known on commit drop as
     select distinct on (s.email) c.id, s.title from bench_stage s
       join contacts c on c.team_id = $1::ident and lower(c.email) = s.email order by s.email, c.created_at`,
    [teamId],
  );
  await owner.query(
    `update contacts c set title = k.title, updated_at = now() from bench_known k where c.team_id = $1::ident and c.id = k.id`,
    [teamId],
  );
  const made = await owner.query<{ count: string }>(
    `with made as (
       insert into contacts (team_id, id, first_name, last_name, email, email_status, email_true_status, email_from_customer,
              company_domain, title, owner_id, creator_id, contact_stage_id, source, original_source, created_at, updated_at)
       select $1::ident, new_ident(), s.first_name, s.last_name, s.email, 'unverified', 'User Managed', true, split_part(s.email, '@', 2),
              s.title, $2::ident, $2::ident, $3::ident, 'csv_import', 'csv_import', now(), now()
         from bench_stage s
        where not exists (select from contacts c where c.team_id = $1::ident and lower(c.email) = s.email)
       returning id
     ), told as (
       insert into events (team_id, id, type, occurred_at, user_id, cause, subject_type, subject_id, data)
       select $1::ident, new_ident(), 'contact.created', now(), $2::ident, 'job', 'contact', id, '{}' from made
     )
     select count(*) from made`,
    [teamId, userId, stageId],
  );
  await owner.query(
    `insert into events (team_id, id, type, occurred_at, user_id, cause, subject_type, subject_id, data)
     select $1::ident, new_ident(), 'contact.updated', now(), $2::ident, 'job', 'contact', id, '{"changed": ["title"]}' from bench_known`,
    [teamId, userId],
  );
  await owner.query(`create table bench_rows (like import_rows including all)`);
  await owner.query(
    `insert into bench_rows (team_id, import_id, row, verdict, record_id, touched_at)
     select $1::ident, $2::ident, row_number() over () + 1, 'created', c.id, now()
       from bench_stage s join contacts c on c.team_id = $1::ident and lower(c.email) = s.email`,
    [teamId, importId],
  );
  await owner.query("commit");
  const seconds = (performance.now() - began) / 1000;
  if (Number(made.rows[0]?.count) !== MANY - Math.ceil(MANY / KNOWN_EACH))
    throw new Error("COPY did other work");
  return seconds;
}

/** The driver has no COPY of its own; its protocol does. */
async function copyFile(client: pg.Client, path: string) {
  const sql = "copy bench_stage from stdin with (format csv, header)";
  const blob = await openAsBlob(path);
  await new Promise<void>((resolve, reject) => {
    client.query({
      text: sql,
      submit(connection: { query(text: string): void }) {
        connection.query(sql);
      },
      async handleCopyInResponse(connection: {
        sendCopyFromChunk(chunk: Buffer): void;
        endCopyFrom(): void;
      }) {
        for await (const chunk of blob.stream()) connection.sendCopyFromChunk(Buffer.from(chunk));
        connection.endCopyFrom();
      },
      handleCommandComplete() {},
      handleReadyForQuery: () => resolve(),
      handleError: reject,
    });
  });
}
