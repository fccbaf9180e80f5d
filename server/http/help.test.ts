// The help as files: pages without their ending, a policy that names the two scripts of the generator, nothing outside its folder.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import Fastify, { type FastifyInstance } from "fastify";
import { mountHelp } from "./help.ts";
import { mountWeb } from "./web.ts";

const DIGEST = "'sha256-CUFLjg0/PrsMf8xbok429Fq66aDGe3lUN/QY4rcXnT8='";
const FILES: Record<string, string> = {
  "index.html": "<h1>Help</h1>",
  "guides/why.html": "<h1>Why</h1>",
  "assets/app.1a2b3c4d.js": "let a = 1;",
  "assets/app.1a2b3c4d.js.br": "packed",
  "scripts.json": JSON.stringify([DIGEST]),
};

describe("the help", () => {
  const parent = mkdtempSync(join(tmpdir(), "cadenza-help-"));
  let server: FastifyInstance;

  before(async () => {
    for (const [name, text] of Object.entries(FILES)) {
      mkdirSync(join(parent, "site", name, ".."), { recursive: true });
      writeFileSync(join(parent, "site", name), text);
    }
    writeFileSync(join(parent, "secret.html"), "not of the help");
    server = Fastify({ routerOptions: { ignoreTrailingSlash: true } });
    await mountHelp(server, join(parent, "site"));
    await mountWeb(server, { publicUrl: "http://localhost", sandbox: null }, join(parent, "no-web"));
  });
  after(async () => {
    await server.close();
    rmSync(parent, { recursive: true });
  });

  const get = (url: string, headers: Record<string, string> = {}) => server.inject({ url, headers });

  test("a page has its own address, and a policy without unsafe words or other hosts", async () => {
    for (const [url, text] of [
      ["/help/", "Help"],
      ["/help/guides/why", "Why"],
    ] as const) {
      const { statusCode, headers, body } = await get(url);
      assert.deepEqual([statusCode, body], [200, `<h1>${text}</h1>`], url);
      const policy = String(headers["content-security-policy"]);
      assert.match(policy, /^default-src 'none'; script-src 'self' 'sha256-/);
      assert.ok(policy.includes(DIGEST));
      assert.doesNotMatch(policy, /unsafe-|https?:|\*/);
      assert.match(policy, /frame-ancestors 'none'/);
      assert.equal(headers["cache-control"], "no-cache");
      assert.equal(headers["x-content-type-options"], "nosniff");
    }
  });

  test("the address without a slash leads to the one with it, which the links of the pages need", async () => {
    const { statusCode, headers } = await get("/help");
    assert.deepEqual([statusCode, headers.location], [302, "/help/"]);
  });

  test("a file with a hash in its name is kept for ever, and comes packed for those who take that", async () => {
    const plain = await get("/help/assets/app.1a2b3c4d.js");
    assert.equal(plain.body, "let a = 1;");
    assert.match(String(plain.headers["cache-control"]), /immutable/);
    const packed = await get("/help/assets/app.1a2b3c4d.js", { "accept-encoding": "br" });
    assert.deepEqual([packed.body, packed.headers["content-encoding"]], ["packed", "br"]);
  });

  test("nothing outside its folder is served", async () => {
    for (const url of [
      "/help/../secret.html",
      "/help/%2e%2e/secret.html",
      "/help/..%2fsecret.html",
      "/help/none",
    ]) {
      const { statusCode, body } = await get(url);
      assert.ok(statusCode >= 400, url);
      assert.doesNotMatch(body, /not of the help/, url);
    }
  });

  test("a server whose help was not built starts all the same", async () => {
    const bare = Fastify();
    await mountHelp(bare, join(parent, "nowhere"));
    assert.equal((await bare.inject("/help/")).statusCode, 404);
    await bare.close();
  });
});
