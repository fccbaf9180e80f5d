// Compares the schema that this checkout makes with the one of a commit, object by object: node scripts/compare-schemas.ts <commit>
//
// Tables, columns and their order, constraints, indexes, functions, triggers, policies, views, grants, and the rows that an empty
// database begins with. Prints what differs and ends with 1 if anything does.

import { execFileSync } from "node:child_process";
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { ROOT } from "./packages.mjs";
import { describeRows, describeSchema, type SchemaObject } from "./schema/describe.ts";
import { type Owner, openTestDatabase } from "./test-database.ts";

/** What each installation begins with for itself. */
const OWN_ROWS = /^(?:written_by|history_began) /;

const [commit] = process.argv.slice(2);
if (!commit) {
  console.error("Name a commit: node scripts/compare-schemas.ts <commit>");
  process.exit(2);
}
const earlier = mkdtempSync(join(tmpdir(), "cadenza-schema-"));
const database = await openTestDatabase();
try {
  const archive = execFileSync("git", ["archive", commit, "server/db"], { cwd: ROOT, maxBuffer: 1 << 28 });
  execFileSync("tar", ["-x", "-C", earlier], { input: archive });
  const differences = compare(
    await describe(database.owner, "schema_earlier", earlier),
    await describe(database.owner, "schema_now", ROOT),
  );
  for (const line of differences) console.log(line);
  console.log(`${differences.length} differences`);
  process.exitCode = differences.length ? 1 : 0;
} finally {
  rmSync(earlier, { recursive: true, force: true });
  await database.stop();
}
process.exit();

async function describe(owner: Owner, name: string, checkout: string) {
  await withClient(owner, (client) => client.query(`create database ${name}`));
  return withClient({ ...owner, database: name }, async (client) => {
    const folder = join(checkout, "server/db");
    await client.query(readFileSync(join(folder, "roles.sql"), "utf8"));
    const baseline = existsSync(join(folder, "baseline"))
      ? globSync("baseline/*.sql", { cwd: folder }).sort()
      : [];
    const later = globSync("migrations/*.sql", { cwd: folder }).sort();
    const texts = [
      baseline.map((file) => read(folder, file)).join("\n"),
      ...later.map((file) => read(folder, file)),
    ];
    for (const text of texts) await client.query(text);
    return [...(await describeSchema(client)), ...(await describeRows(client))];
  });
}

function read(folder: string, file: string) {
  return readFileSync(join(folder, file), "utf8");
}

async function withClient<T>(owner: Owner, work: (client: pg.Client) => Promise<T>) {
  const client = new pg.Client(owner);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function compare(before: SchemaObject[], now: SchemaObject[]) {
  const [old, present] = [byName(before), byName(now)];
  const lines: string[] = [];
  for (const [name, definition] of old) {
    const other = present.get(name);
    if (other === undefined) lines.push(`gone     ${name}`);
    else if (other !== definition)
      lines.push(`differs  ${name}\n  before: ${definition}\n  now:    ${other}`);
  }
  for (const name of present.keys()) if (!old.has(name)) lines.push(`new      ${name}`);
  return lines;
}

/** Comments and line breaks inside a function are no difference. */
function byName(objects: readonly SchemaObject[]) {
  return new Map(
    objects
      .filter(({ kind, name }) => kind !== "row" || !OWN_ROWS.test(name))
      .map(({ kind, name, definition }) => [
        `${kind} ${name}`,
        (definition ?? "").replace(/--.*$/gm, "").replace(/\s+/g, " "),
      ]),
  );
}
