// What a server keeps in memory that only waits: none of what a rare call needs. The bench measures megabytes
// (`npm run bench -- foundation`); here is said of what they must not consist.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { spawnServer } from "./testing/process.ts";
import { urlOf, useWorld } from "./testing/world.ts";

const world = useWorld();
const folder = mkdtempSync(join(tmpdir(), "cadenza-resting-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const LOADED_WHEN_NEEDED = [
  ...["@modelcontextprotocol/sdk", "ajv", "@fastify/fast-json-stringify-compiler", "zod-to-json-schema"], // agents, JSON schemas
  ...["mailparser", "html-to-text", "imapflow", "smtp-server", "sanitize-html", "undici"], // mail, others' servers
  ...["libphonenumber-js", "tldts", "free-email-domains", "city-timezones", "liquidjs"], // numbers, hosts, templates
  "prom-client",
];

test("a server that rests has loaded neither what few calls need nor the examples of the documentation", async () => {
  const list = join(folder, "modules");
  const { config } = world.running.app;
  const server = await spawnServer({
    DATABASE_URL: urlOf(world.ownerConnection),
    CADENZA_DATA_DIR: folder,
    CADENZA_KEY_FILE: config.keyFile,
    CADENZA_DATABASE_CONNECTIONS: "5",
    NODE_OPTIONS: `--import ${new URL("./testing/recording-modules.mjs", import.meta.url).href}`,
    RECORDED_MODULES: list,
  });
  const modules = () => readFileSync(list, "utf8").split("\n");
  const examples = () => modules().filter((url) => url.includes("/contract/examples/"));
  try {
    await server.ready();
    await server.saying("Cadenza is ready");
    const packages = new Set(modules().map((url) => url.split("/node_modules/").at(-1)));
    const loaded = LOADED_WHEN_NEEDED.filter((name) =>
      packages.values().some((path) => path?.startsWith(`${name}/`)),
    );
    assert.deepEqual(loaded, []);
    assert.deepEqual(examples(), []);

    assert.equal((await fetch(`${server.url}/docs`)).status, 200);
    assert.notDeepEqual(
      examples(),
      [],
      "whoever asks for the documentation has it, and here it would be seen",
    );
  } finally {
    server.process.kill("SIGTERM");
    await server.ended;
  }
});
