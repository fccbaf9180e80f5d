// What every proxy that docs/operate/proxy.md shows must do. Each is run as its file in deploy/proxies says; only the name, the ports
// and the certificate are the test's.

import assert from "node:assert/strict";
import { once } from "node:events";
import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, request as requestPlain } from "node:http";
import { type RequestOptions, request } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { createClient } from "@cadenza/sdk";
import { freePort } from "../../../server/testing/doors.ts";
import { PATIENCE_MS } from "../../../server/testing/patience.ts";
import { type Spawned, spawnServer } from "../../../server/testing/process.ts";
import { buildWebIfStale } from "../../build-web.ts";
import { ROOT } from "../../packages.mjs";
import { programCalled, type RunningProgram } from "./program.ts";

export type Site = {
  /** The proxy may write here. */
  folder: string;
  https: number;
  http: number;
  /** Where Cadenza listens. */
  upstream: number;
  certificate: string;
  key: string;
};

type Answer = { status: number; headers: Record<string, string | string[] | undefined>; text: string };

const KEY = "a-key-that-only-this-test-has";
const CERTIFICATES = join(ROOT, "server", "mail", "specimens", "tls");
const ca = readFileSync(join(CERTIFICATES, "localhost.cert.pem"));
const MB = 1024 * 1024; // a row of an import may be as long

export const readProxyFile = (name: string) => readFileSync(join(ROOT, "deploy", "proxies", name), "utf8");

export function testBehind(program: string, run: (site: Site) => Promise<RunningProgram>) {
  const folder = mkdtempSync(join(tmpdir(), `cadenza-${program}-`));
  const open: (() => unknown)[] = [];
  let cadenza: Spawned;
  let site: Site;

  before(async () => {
    programCalled(program);
    await buildWebIfStale();
    chmodSync(folder, 0o777); // the proxy is not root
    const [certificate, key] = ["cert", "key"].map((part) => join(folder, `${part}.pem`));
    cpSync(join(CERTIFICATES, "localhost.cert.pem"), certificate as string);
    cpSync(join(CERTIFICATES, "localhost.key.pem"), key as string);
    for (const file of [certificate, key]) chmodSync(file as string, 0o644);
    const ports = { https: await freePort(), http: await freePort(), upstream: await freePort() };
    site = { folder, certificate: certificate as string, key: key as string, ...ports };
    cadenza = await spawnServer({
      PORT: String(site.upstream),
      CADENZA_PUBLIC_URL: `https://localhost:${site.https}`,
      CADENZA_TRUSTED_PROXIES: "127.0.0.1",
      CADENZA_DATA_DIR: join(folder, "data"),
      CADENZA_BOOTSTRAP_KEY: KEY,
      CADENZA_ROLE: "api",
    });
    open.push(async () => {
      cadenza.process.kill("SIGTERM");
      await cadenza.ended;
    });
    await cadenza.ready();
    const proxy = await run(site);
    open.push(() => proxy.stop());
  });
  after(async () => {
    for (const close of open.splice(0).reverse()) await close();
    rmSync(folder, { recursive: true, force: true });
  });

  const throughProxy = (path: string, options: RequestOptions = {}, body?: Buffer) =>
    ask({ path, port: site.https, ...options }, body);

  test("a page, a call and HEAD answer as they do without the proxy, and plain HTTP is sent to HTTPS", async () => {
    for (const method of ["GET", "HEAD"])
      for (const path of ["/", "/health/ready", "/api/v1/users/search", "/nothing"]) {
        const headers = { accept: "*/*", "x-api-key": KEY, "accept-encoding": "br" };
        const there = await throughProxy(path, { method, headers });
        const direct = await fetch(cadenza.url + path, { method, headers });
        assert.equal(there.status, direct.status, `${method} ${path}`);
        for (const name of ["content-type", "content-encoding", "etag", "cache-control"])
          assert.equal(there.headers[name] ?? null, direct.headers.get(name), `${name} of ${method} ${path}`);
        assert.match(String(there.headers["strict-transport-security"]), /max-age=/);
        await direct.arrayBuffer();
      }
    assert.match((await throughProxy("/", { headers: { accept: "*/*" } })).text, /<div id="root">/);
    const plain = requestPlain({
      port: site.http,
      host: "127.0.0.1",
      path: "/a?b=c",
      headers: { host: "localhost" },
    });
    const [{ statusCode, headers }] = await once(plain.end(), "response");
    assert.ok([301, 308].includes(statusCode), String(statusCode));
    assert.match(headers.location, /^https:\/\/localhost(?::\d+)?\/a\?b=c$/);
  });

  test("the address is the caller's, whatever the caller says it is", async () => {
    const headers = {
      "x-api-key": KEY,
      "content-type": "application/json",
      "x-forwarded-for": "203.0.113.7",
    };
    const rename = (name: string) => Buffer.from(JSON.stringify({ name }));
    const lastAddress = async () => {
      const { audit_log } = await createClient({ baseUrl: cadenza.url, apiKey: KEY }).auditLog.list({
        limit: 1,
      });
      return audit_log[0]?.actor.address;
    };
    const options = { method: "PATCH", headers, localAddress: "127.0.0.2" };
    assert.equal((await throughProxy("/api/v1/teams/current", options, rename("A"))).status, 200);
    assert.equal(await lastAddress(), "127.0.0.2");
    const past = { ...options, port: site.upstream, protocol: "http:" };
    assert.equal((await ask({ path: "/api/v1/teams/current", ...past }, rename("B"))).status, 200);
    assert.equal(await lastAddress(), "127.0.0.2", "a caller that is no declared proxy is not believed");
  });

  test("a person signs in, and the cookie is for HTTPS alone", async () => {
    const operator = createClient({ baseUrl: cadenza.url, apiKey: KEY });
    const { invitation_url } = await operator.teams.create({
      name: "Fjord",
      owner_email: "kim@fjord.example",
    });
    const password = "a long sentence is a good password";
    const origin = `https://localhost:${site.https}`;
    assert.ok(invitation_url.startsWith(origin));
    const token = invitation_url.split("#")[1] ?? "";
    await createClient({ baseUrl: cadenza.url }).invitations.accept({ token, name: "Kim Berg", password });
    const headers = { "content-type": "application/json", origin };
    const body = Buffer.from(JSON.stringify({ email: "kim@fjord.example", password }));
    const answer = await throughProxy("/api/v1/sessions", { method: "POST", headers }, body);
    assert.equal(answer.status, 200, answer.text);
    assert.match(String(answer.headers["set-cookie"]), /; Secure/);
  });

  test("a large file arrives, one from an unknown caller is refused before it is sent, and one that is too large at once", async () => {
    const rows = `email,note\n${Array.from({ length: 24 }, (_, n) => `ann${n}@fjord.example,${"x".repeat(MB - 100)}\n`).join("")}`;
    const form = (text: string) =>
      Buffer.from(
        `--b\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\n${text}\r\n--b--\r\n`,
      );
    const headers = { "content-type": "multipart/form-data; boundary=b" };
    const path = "/api/v1/imports/preview";
    const whole = form(rows);
    const known = {
      method: "POST",
      headers: { ...headers, "x-api-key": KEY, "content-length": whole.length },
    };
    const answer = await throughProxy(path, known, whole);
    assert.equal(answer.status, 200, answer.text);
    assert.equal(JSON.parse(answer.text).preview.size, rows.length);

    const unknown = { ...headers, "x-api-key": "wrong", "content-length": 400 * MB };
    const early = await throughProxy(
      path,
      { method: "POST", headers: unknown, agent: false },
      form("email\n"),
    );
    assert.equal(early.status, 401, early.text);
    const huge = { ...headers, "x-api-key": KEY, "content-length": 600 * MB };
    const tooLarge = await throughProxy(
      path,
      { method: "POST", headers: huge, agent: false },
      form("email\n"),
    );
    assert.ok([413, 422].includes(tooLarge.status), `${tooLarge.status} ${tooLarge.text}`);
  });

  test("an answer is passed on while it is made", async (t) => {
    let sendRest = () => {};
    const slow = createServer((_, response) => {
      response.writeHead(200, { "content-type": "text/csv" }).write("first\n");
      sendRest = () => response.end("rest\n");
    }).listen(0, "127.0.0.1");
    t.after(() => slow.close());
    await once(slow, "listening");
    const upstream = (slow.address() as AddressInfo).port;
    const other = { ...site, upstream, https: await freePort(), http: await freePort() };
    const proxy = await run(other);
    t.after(() => proxy.stop());
    const asking = request({ host: "localhost", family: 4, port: other.https, ca, timeout: PATIENCE_MS });
    asking.on("timeout", () => asking.destroy(new Error("nothing arrives before the end")));
    const [response] = await once(asking.end(), "response");
    const pieces = response[Symbol.asyncIterator]();
    assert.equal(String((await pieces.next()).value), "first\n");
    sendRest();
    assert.equal(String((await pieces.next()).value), "rest\n");
  });
}

/** An answer ends the sending of a body that is not complete. */
async function ask(options: RequestOptions, body?: Buffer): Promise<Answer> {
  const of = { host: "localhost", family: 4, ca, timeout: PATIENCE_MS, ...options };
  const asking = (options.protocol === "http:" ? requestPlain : request)(of);
  asking.on("timeout", () => asking.destroy(new Error("no answer")));
  const length = (options.headers as Record<string, unknown> | undefined)?.["content-length"];
  const isComplete = length === undefined || length === body?.length;
  if (isComplete) asking.end(body);
  else asking.write(body);
  const [response] = await once(asking, "response");
  asking.on("error", () => {}); // it may be cut off once it has been answered
  let text = "";
  for await (const piece of response) text += piece;
  if (!isComplete) asking.destroy();
  return { status: response.statusCode, headers: response.headers, text };
}
