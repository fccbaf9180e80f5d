// The packages as a user installs them: packed, alone in an empty folder, offline, on the host's own Node.

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { after, before, test } from "node:test";
import { buildPackages } from "./build-packages.ts";
import { ROOT } from "./packages.mjs";

const folder = mkdtempSync(join(tmpdir(), "cadenza-packages-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** The host's own Node, and not the one that comes with the packages. */
const HOST_PATH = (process.env.PATH ?? "")
  .split(delimiter)
  .filter((part) => !part.includes("node_modules"))
  .join(delimiter);
const env = {
  PATH: HOST_PATH,
  HOME: folder,
  npm_config_cache: join(folder, "cache"),
  npm_config_update_notifier: "false",
};
const onHost = (command: string, args: readonly string[], cwd: string) =>
  execFileSync(command, [...args], { cwd, env, encoding: "utf8" });

const tarballs = new Map<string, string>();
before(() => {
  for (const { name, folder: built } of buildPackages((room) => join(folder, room))) {
    const packed = onHost("npm", ["pack", "--silent", "--pack-destination", folder, built], folder).trim();
    tarballs.set(name, join(folder, packed.split("\n").at(-1) ?? ""));
  }
});

function installed(name: string) {
  const place = mkdtempSync(join(folder, "empty-"));
  writeFileSync(join(place, "package.json"), '{"name":"somebody","version":"1.0.0","type":"module"}');
  onHost(
    "npm",
    ["install", "--offline", "--silent", "--no-audit", "--no-fund", tarballs.get(name) ?? ""],
    place,
  );
  return place;
}

test("the SDK installs alone, is small, and runs", () => {
  const place = installed("@cadenza/sdk");
  assert.deepEqual(
    readdirSync(join(place, "node_modules")).filter((name) => !name.startsWith(".")),
    ["@cadenza"],
  );
  assert.deepEqual(readdirSync(join(place, "node_modules", "@cadenza")), ["sdk"]);
  const { size } = statSync(tarballs.get("@cadenza/sdk") ?? "");
  assert.ok(size < 145_000, `${size} bytes`); // most of it types, one for each call, and moving a team
  const program = `import { addContactsToSequence, createClient, Unreached } from "@cadenza/sdk";
    const api = createClient({ baseUrl: "http://127.0.0.1:9", retries: 0 });
    const lost = await api.auth.health().catch((error) => error);
    console.log(lost instanceof Unreached, Object.keys(api).length > 30, addContactsToSequence.configuration.type);`;
  writeFileSync(join(place, "try.js"), program);
  assert.equal(onHost("node", ["try.js"], place), "true true object\n");
});

test("the SDK's types stand by themselves", () => {
  const place = installed("@cadenza/sdk");
  writeFileSync(
    join(place, "try.ts"),
    `import { createClient, type Output } from "@cadenza/sdk";
import type { Account, Contact, Deal, Enrollment, Mailbox, Message, Sequence, Task } from "@cadenza/sdk";
const api = createClient({ baseUrl: "http://localhost" });
for await (const contact of api.contacts.search.each({ q_keywords: "x" })) { const name: string | null = contact.name; console.log(name); }
const answer: Output<"users", "search"> = await api.users.search();
// @ts-expect-error: there is no such parameter
await api.contacts.get({ ident: "x" });
console.log(answer.users.length);
const { contact }: { contact: Contact } = await api.contacts.get({ id: "x" });
const sequences: Sequence[] = (await api.sequences.search({ label_ids: "one id, or a list" })).emailer_campaigns;
const enrollments: Enrollment[] = (await api.enrollments.search()).contact_campaign_statuses;
const { email_accounts }: { email_accounts: Mailbox[] } = await api.emailAccounts.list();
const shown = (account: Account, mail: Message, task: Task, deal: Deal) => [account.name, mail.subject, task.type, deal.name];
console.log(contact.name, sequences[0]?.name, enrollments[0]?.status, email_accounts[0]?.email, shown);`,
  );
  const compilerOptions = {
    strict: true,
    noEmit: true,
    module: "nodenext",
    target: "es2023",
    lib: ["es2023", "dom"],
    types: [],
  };
  writeFileSync(join(place, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["try.ts"] }));
  const tsc = join(ROOT, "node_modules", "typescript", "bin", "tsc");
  const { status, stdout } = spawnSync(process.execPath, [tsc, "-p", place], { encoding: "utf8" });
  assert.equal(status, 0, stdout);
});

test("the command line installs alone, offline, and helps without a server", () => {
  const place = installed("@cadenza/cli");
  const command = join(place, "node_modules", ".bin", "cadenza");
  assert.ok(existsSync(command));
  assert.match(onHost(command, ["--help"], place), /Usage: cadenza <noun> <verb>/);
  assert.match(onHost(command, ["--version"], place), /^\d+\.\d+\.\d+/);
  const { status, stderr } = spawnSync(command, ["contacts", "search"], {
    env: { ...env, CADENZA_URL: "http://127.0.0.1:9" },
    encoding: "utf8",
  });
  assert.equal(status, 5);
  assert.match(stderr, /^cadenza: Server not reachable at http:\/\/127\.0\.0\.1:9(?: \(\w+\))?\.\n/m);
});

test("the agents' tools run as packed, on the host's own Node, and say what they lack", () => {
  const place = mkdtempSync(join(folder, "agents-"));
  onHost("tar", ["-xzf", tarballs.get("@cadenza/mcp") ?? ""], place);
  symlinkSync(join(ROOT, "node_modules"), join(place, "node_modules")); // in place of what npm would fetch
  const run = (more: Record<string, string>) =>
    spawnSync("node", [join(place, "package", "main.js")], { env: { ...env, ...more }, encoding: "utf8" });
  const keyless = run({});
  assert.deepEqual([keyless.status, /Set CADENZA_API_KEY/.test(keyless.stderr)], [1, true], keyless.stderr);
  const alone = run({ CADENZA_URL: "http://127.0.0.1:9", CADENZA_API_KEY: "a key of no server" });
  assert.deepEqual([alone.status, /could not be reached/.test(alone.stderr)], [1, true], alone.stderr);
  assert.ok(!`${alone.stderr}${alone.stdout}`.includes("a key of no server"));
  assert.ok(existsSync(join(place, "package", "skill", "SKILL.md")));
});
