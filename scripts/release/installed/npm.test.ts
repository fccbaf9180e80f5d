// The packages for npm as their users install them: each from its packed file, with its dependencies from the registry, in an empty
// folder, on the host's own Node; then tried against a server that was started from the package `cadenza`.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { homedir, tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { after, before, test } from "node:test";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { buildSiteIfStale } from "../../build-site.ts";
import { buildWebIfStale } from "../../build-web.ts";
import { ROOT } from "../../packages.mjs";
import { ensurePackagesApart } from "../../packages-apart.mjs";
import { versionHere } from "../commit.ts";
import { packForNpm } from "../npm-packages.ts";
import { KEY, type Started, startServer } from "../run-release.ts";

const folder = mkdtempSync(join(tmpdir(), "cadenza-npm-"));

/** The host's own Node and npm, and not those that come with the packages of the repository. */
const PATH = (process.env.PATH ?? "")
  .split(delimiter)
  .filter((part) => !part.includes("node_modules"))
  .join(delimiter);
const env = { PATH, HOME: homedir(), npm_config_update_notifier: "false" };
const onHost = (program: string, args: readonly string[], cwd: string, more = {}) =>
  execFileSync(program, args, { cwd, env: { ...env, ...more }, encoding: "utf8" });

let packed: string[] = [];
let server: Started;
before(async () => {
  await buildWebIfStale();
  await buildSiteIfStale();
  packed = packForNpm(folder, versionHere());
  const place = installed("cadenza");
  const program = join(place, "node_modules", ".bin", "cadenza");
  server = await startServer([program], [program], { cwd: place, env });
});
after(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

function fileOf(name: string) {
  const start = `${name.replace("@", "").replace("/", "-")}-`;
  return packed.find((file) => new RegExp(`/${start}\\d[^/]*\\.tgz$`).test(file)) ?? assert.fail(name);
}

/** As npm installs it, but no script of any package runs: none is needed. */
function installed(name: string) {
  const place = mkdtempSync(join(folder, "empty-"));
  writeFileSync(join(place, "package.json"), '{"name":"example","version":"1.0.0","type":"module"}');
  const quietly = ["--silent", "--no-audit", "--no-fund", "--prefer-offline", "--ignore-scripts"];
  onHost("npm", ["install", ...quietly, fileOf(name)], place);
  return place;
}

const unpacked = (name: string) => {
  const place = mkdtempSync(join(folder, "unpacked-"));
  onHost("tar", ["-xzf", fileOf(name)], place);
  return join(place, "package");
};

test("each package has its version, licence and page, and the files that its manifest names", () => {
  const names = [
    ...["cadenza", "@cadenza/sdk", "@cadenza/cli", "@cadenza/mcp", "@cadenza/sandbox"],
    "n8n-nodes-cadenza",
  ];
  assert.equal(packed.length, names.length);
  for (const name of names) {
    const place = unpacked(name);
    const manifest = JSON.parse(readFileSync(join(place, "package.json"), "utf8"));
    assert.deepEqual([manifest.name, manifest.version], [name, versionHere().number]);
    assert.equal(manifest.scripts, undefined, name);
    const named = [manifest.main, manifest.types, ...Object.values(manifest.bin ?? {})].filter(Boolean);
    for (const file of [...named, "README.md", "LICENSE"])
      assert.ok(existsSync(join(place, file)), `${name} ${file}`);
  }
});

test("the package cadenza starts everything: the screen, the help, calls and an import", async () => {
  for (const path of ["/", "/help/", "/docs"]) {
    const answer = await fetch(`${server.url}${path}`, { headers: { accept: "text/html" } });
    assert.equal(answer.status, 200, path);
  }
  const file = join(folder, "people.csv");
  writeFileSync(file, "Name,Email\nInes Berg,ines@norrland.example\n");
  assert.match(server.call("imports", "run", file), /1 created, 0 updated/);
  assert.match(server.call("--version"), /^cadenza \d+\.\d+\.\d+ \(/);
});

test("the SDK installs alone, and calls the server", () => {
  const place = installed("@cadenza/sdk");
  const program = `import { createClient } from "@cadenza/sdk";
    const api = createClient({ baseUrl: ${JSON.stringify(server.url)}, apiKey: ${JSON.stringify(KEY)} });
    console.log((await api.users.search()).users.length);`;
  writeFileSync(join(place, "try.js"), program);
  assert.equal(onHost("node", ["try.js"], place), "1\n");
});

test("the command line calls the server", () => {
  const place = installed("@cadenza/cli");
  const program = join(place, "node_modules", ".bin", "cadenza");
  const ours = { CADENZA_URL: server.url, CADENZA_API_KEY: KEY };
  assert.match(onHost(program, ["users", "search", "--json"], place, ours), /"users"/);
});

test("the agents' tools install with what they need, and list themselves", async () => {
  const place = installed("@cadenza/mcp");
  const transport = new StdioClientTransport({
    command: join(place, "node_modules", ".bin", "cadenza-mcp"),
    env: { ...env, CADENZA_URL: server.url, CADENZA_API_KEY: KEY },
    stderr: "ignore",
  });
  const client = new Client({ name: "a test", version: "1.0.0" });
  await client.connect(transport);
  const { tools } = await client.listTools();
  await client.close();
  assert.ok(tools.length > 10, String(tools.length));
});

test("n8n's own loader reads the packed node", async () => {
  const place = unpacked("n8n-nodes-cadenza");
  const ofN8n = await ensurePackagesApart("n8n/testing");
  symlinkSync(ofN8n, join(place, "node_modules")); // n8n installs it beside its own packages
  const require = createRequire(join(ofN8n, "here.js"));
  process.env.N8N_USER_FOLDER = folder;
  require("reflect-metadata");
  const loader = new (require("n8n-core").PackageDirectoryLoader)(place);
  await loader.loadAll();
  assert.deepEqual(Object.keys(loader.nodeTypes).sort(), ["cadenza", "cadenzaTrigger"]);
  assert.deepEqual(Object.keys(loader.credentialTypes), ["cadenzaApi"]);
});

test("no script of a package downloads while cadenza is installed", () => {
  const makesLinks = /^node scripts\/hydrate-symlinks\.js$/; // of the embedded PostgreSQL; Cadenza makes those itself too
  const { packages } = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")) as {
    packages: Record<string, { hasInstallScript?: boolean; dev?: boolean }>;
  };
  const withScript = Object.keys(packages).filter(
    (path) => packages[path]?.hasInstallScript && !packages[path]?.dev && existsSync(join(ROOT, path)),
  );
  assert.ok(withScript.length > 0);
  const carrying = unpacked("cadenza");
  for (const path of withScript) {
    const carried = join(carrying, path, "package.json");
    const manifest = existsSync(carried) ? carried : join(ROOT, path, "package.json");
    const { scripts = {} } = JSON.parse(readFileSync(manifest, "utf8"));
    for (const name of ["preinstall", "install", "postinstall"])
      if (scripts[name]) assert.match(scripts[name], makesLinks, `${path}: ${name}`);
  }
});

test("the started package ends when it is told to, and leaves nothing running", async () => {
  const { code, said } = await server.stop();
  assert.equal(code, 0, said);
  const left = readdirSync("/proc")
    .filter((pid) => /^\d+$/.test(pid))
    .filter((pid) => commandOf(pid).includes(folder));
  assert.deepEqual(left.map(commandOf), []);
});

function commandOf(pid: string) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return ""; // it has ended meanwhile
  }
}
