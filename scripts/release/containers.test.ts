// The Dockerfile agrees with what it packages: the release's layout, the settings, the port and the health routes. It is read and not
// built: an image needs a registry. Its health check is run.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join, matchesGlob } from "node:path";
import { test } from "node:test";
import { readConfig } from "../../server/config.ts";
import { settings } from "../../server/kernel/settings.ts";
import { ROOT } from "../packages.mjs";
import { ourFiles } from "./contents.ts";
import { LAUNCHER, NODE, releaseName } from "./lay-out.ts";
import { imageEnvironment, imageInstructions, instructions, probeRoutes, theOnly } from "./read-deploy.ts";

const read = (path: string) => readFileSync(join(ROOT, path), "utf8");
const VERSION: string = JSON.parse(read("package.json")).version;
const IMAGE = readConfig(imageEnvironment(), []);

test("the image is made of the release's archives, and nothing else gets into its build", () => {
  const sources = instructions()
    .filter(({ verb, rest }) => ["ADD", "COPY"].includes(verb) && !rest.startsWith("--from"))
    .map(({ rest }) => rest.split(" ")[0]?.replaceAll("${VERSION}", VERSION) ?? "");
  const archives = ["linux-x64", "linux-arm64"].map((one) => `release/${releaseName(VERSION, one)}.tar.xz`);
  assert.deepEqual(sources, [...archives, "deploy/health.mjs"]);
  const [all, ...letIn] = read(".dockerignore")
    .split("\n")
    .filter((line) => line && !line.startsWith("#"));
  assert.equal(all, "*");
  const patterns = letIn.map((line) => line.replace(/^!/, ""));
  for (const source of sources)
    assert.ok(
      patterns.some((one) => matchesGlob(source, one)),
      source,
    );
  for (const pattern of patterns)
    assert.ok(
      sources.some((one) => matchesGlob(one, pattern)),
      pattern,
    );
});

test("what the image starts and checks is where the release has it", () => {
  const has = new Set([LAUNCHER, NODE, "health.mjs", ...ourFiles().map(({ to }) => to)]);
  const named = imageInstructions().flatMap(({ verb, rest }) =>
    ["ENTRYPOINT", "HEALTHCHECK"].includes(verb) ? [...rest.matchAll(/"\/opt\/cadenza\/([^"]+)"/g)] : [],
  );
  assert.deepEqual(named.map(([, path = ""]) => path).sort(), [NODE, LAUNCHER, "health.mjs"].sort());
  for (const [, path = ""] of named) assert.ok(has.has(path), path);
  assert.match(read("scripts/release/launcher.sh"), /^\s+start\) /m);
  assert.equal(theOnly("CMD"), '["start"]');
});

test("the image is not root, keeps data in its volume, and waits as long as a start may", () => {
  assert.match(theOnly("USER"), /^[1-9]\d+:[1-9]\d+$/);
  assert.equal(theOnly("VOLUME"), IMAGE.dataDir);
  assert.equal(theOnly("EXPOSE"), String(IMAGE.port));
  const [, seconds] = /--start-period=(\d+)s/.exec(theOnly("HEALTHCHECK")) ?? [];
  assert.ok(Number(seconds) * 1000 >= IMAGE.databaseWaitMs);
  for (const name of Object.keys(imageEnvironment()))
    assert.ok(name in settings || read("scripts/release/launcher.sh").includes(`\${${name}:-`), name);
});

test("the health check asks the port of the role, and fails where nothing is ready", async (t) => {
  let status = 200;
  const paths = new Set<string | undefined>();
  const server = createServer((request, response) => {
    paths.add(request.url);
    response.writeHead(status).end();
  }).listen(0, "127.0.0.1");
  t.after(() => server.close());
  await once(server, "listening");
  const port = String((server.address() as AddressInfo).port);
  const check = async (env: Record<string, string>) => {
    const child = execFile(process.execPath, [join(ROOT, "deploy", "health.mjs")], { env });
    return (await once(child, "exit"))[0];
  };
  assert.equal(await check({ PORT: port }), 0);
  assert.equal(await check({ PORT: "1", CADENZA_ROLE: "engine", CADENZA_METRICS_PORT: port }), 0);
  assert.equal(await check({ PORT: port, CADENZA_ROLE: "engine" }), 1);
  status = 503;
  assert.equal(await check({ PORT: port }), 1);
  assert.deepEqual([...paths], ["/health/ready"]);
  assert.ok(probeRoutes().includes("/health/ready"));
});
