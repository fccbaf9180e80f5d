// The page of the web app, for browsers and for programs that only ask whether there is something.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import Fastify, { type FastifyInstance, type InjectOptions } from "fastify";
import { Refusal } from "../kernel/refusal.ts";
import { mountWeb } from "./web.ts";

describe("the page of the web app", () => {
  const built = mkdtempSync(join(tmpdir(), "cadenza-web-"));
  let server: FastifyInstance;

  before(async () => {
    mkdirSync(join(built, "assets"));
    writeFileSync(join(built, "index.html"), '<html><script nonce="__NONCE__"></script></html>');
    writeFileSync(join(built, "assets", "logo-1a2b.svg"), "<svg/>");
    mkdirSync(join(built, "icons"));
    writeFileSync(join(built, "icons", "icon-192.png"), "a picture");
    writeFileSync(join(built, "manifest.webmanifest"), "{}");
    writeFileSync(join(built, "service-worker.js"), "addEventListener('fetch', () => {});");
    server = Fastify();
    server.setErrorHandler((error, _request, reply) =>
      reply.code(error instanceof Refusal ? 404 : 500).send(),
    );
    await mountWeb(server, { publicUrl: "http://localhost", sandbox: null }, built);
  });
  after(async () => {
    await server.close();
    rmSync(built, { recursive: true });
  });

  const get = (url: string, accept?: string, method: InjectOptions["method"] = "GET") =>
    server.inject({ method, url, headers: accept === undefined ? {} : { accept } });
  const BROWSER = "text/html,application/xhtml+xml,*/*;q=0.8";

  for (const [url, accept, status] of [
    ["/", BROWSER, 200],
    ["/", "*/*", 200],
    ["/", undefined, 200],
    ["/?from=mail", "*/*", 200],
    ["/", "text/*", 200],
    ["/", "application/json", 404],
    ["/contacts", BROWSER, 200],
    ["/contacts", "*/*", 404],
    ["/api/v1/nothing", BROWSER, 404],
  ] as const)
    test(`GET ${url} with Accept: ${accept ?? "none"} answers ${status}`, async () => {
      assert.equal((await get(url, accept)).statusCode, status);
    });

  test("HEAD answers as GET does, without the page", async () => {
    const [whole, head] = [await get("/", "*/*"), await get("/", "*/*", "HEAD")];
    assert.deepEqual([head.statusCode, head.headers["content-type"]], [200, "text/html; charset=utf-8"]);
    assert.equal(head.headers["content-length"], whole.headers["content-length"]);
    assert.equal((await get("/", "*/*", "DELETE")).statusCode, 404);
  });

  test("the icon that browsers ask for on pages that name none is there", async () => {
    const { statusCode, headers, body } = await get("/favicon.ico", "image/*");
    assert.deepEqual([statusCode, headers["content-type"], body], [200, "image/svg+xml", "<svg/>"]);
  });

  test("what a phone needs to install the app is asked for anew, and has its own type and policy", async () => {
    const worker = (await get("/service-worker.js", "*/*")).headers;
    assert.deepEqual(
      [worker["content-type"], worker["cache-control"], worker["service-worker-allowed"]],
      ["text/javascript; charset=utf-8", "no-cache", "/"],
    );
    // Without a policy of its own it could fetch nothing to keep.
    assert.equal(worker["content-security-policy"], "default-src 'none'; connect-src 'self'");
    const manifest = (await get("/manifest.webmanifest", "*/*")).headers;
    assert.deepEqual(
      [manifest["content-type"], manifest["cache-control"]],
      ["application/manifest+json", "no-cache"],
    );
    const icon = await get("/icons/icon-192.png", "image/*");
    assert.deepEqual(
      [icon.statusCode, icon.headers["content-type"], icon.headers["cache-control"]],
      [200, "image/png", "public, max-age=86400"],
    );
    assert.equal((await get("/icons/icon-64.png", BROWSER)).statusCode, 404);
  });
});
