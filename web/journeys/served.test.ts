// What the browser loads before the page appears: small, compressed, and the same for browsers that take no compression.

import assert from "node:assert/strict";
import { get } from "node:http";
import { describe, test } from "node:test";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { useWorld } from "../../server/testing/world.ts";
import { signIn, useBrowser } from "./browser.ts";

const MOST_BYTES = 250_000;

describe("what is served", () => {
  const world = useWorld();
  const browser = useBrowser();

  /** As it goes over the wire: what fetches would unpack it. */
  function sent(path: string, encoding: string) {
    return new Promise<{ encoding: string; vary: string; body: Buffer }>((resolve, reject) => {
      get(`${world.url}${path}`, { headers: { "accept-encoding": encoding } }, (answer) => {
        const pieces: Buffer[] = [];
        answer.on("data", (piece: Buffer) => pieces.push(piece));
        answer.once("end", () => {
          const { "content-encoding": packed = "", vary = "" } = answer.headers;
          resolve({ encoding: packed, vary: String(vary), body: Buffer.concat(pieces) });
        });
      }).once("error", reject);
    });
  }

  test(`the page names at most ${MOST_BYTES / 1000} kB of scripts; what a place needs besides comes with the place`, async (t) => {
    const team = await world.newTeam();
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/");
    await page.getByRole("heading", { name: "Needs attention" }).waitFor();
    const html = await (await fetch(world.url, { headers: { accept: "text/html" } })).text();
    const named = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map(
      ([, path]) => path as string,
    );
    const loaded = await page.evaluate(() =>
      (performance.getEntriesByType("resource") as PerformanceResourceTiming[]).map(
        ({ name, encodedBodySize }) => [new URL(name).pathname, encodedBodySize] as const,
      ),
    );
    const first = loaded.filter(([path]) => named.includes(path)).reduce((sum, [, bytes]) => sum + bytes, 0);
    t.diagnostic(`${first} bytes in ${named.length} scripts`);
    assert.ok(first > 50_000, "the browser told what it loaded");
    assert.ok(first <= MOST_BYTES, String(first));
    await leave();
  });

  test("scripts come in the encoding that the browser takes, and are the same in each", async () => {
    const page = await (await fetch(world.url, { headers: { accept: "text/html" } })).text();
    const path = /src="(\/assets\/[^"]+\.js)"/.exec(page)?.[1] ?? "";
    const [plain, gzip, brotli] = await Promise.all([
      sent(path, "identity"),
      sent(path, "gzip"),
      sent(path, "gzip, deflate, br, zstd"),
    ]);
    assert.deepEqual([plain.encoding, gzip.encoding, brotli.encoding], ["", "gzip", "br"]);
    assert.ok(
      gunzipSync(gzip.body).equals(plain.body) && brotliDecompressSync(brotli.body).equals(plain.body),
    );
    assert.ok(brotli.body.length < plain.body.length / 2);
    for (const { vary } of [plain, gzip, brotli]) assert.match(vary, /accept-encoding/i);
  });
});
