// The page about proxies shows the files of deploy/proxies, and the files fit what Cadenza is. nginx and Caddy are run in beside/;
// Traefik is in no Debian, so its files are read.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parse } from "yaml";
import { readConfig } from "../../server/config.ts";
import { MOST_BYTES } from "../../server/http/uploads.ts";
import { ROOT } from "../packages.mjs";

const FOLDER = join(ROOT, "deploy", "proxies");
const read = (name: string) => readFileSync(join(FOLDER, name), "utf8");
const HERE = `127.0.0.1:${readConfig({}, []).port}`;

test("each file stands on the page as it is", () => {
  const page = readFileSync(join(ROOT, "docs", "operate", "proxy.md"), "utf8");
  const blocks = [...page.matchAll(/^```(?:text|yaml)\n([\s\S]*?)^```$/gm)].map(([, block = ""]) => block);
  for (const name of readdirSync(FOLDER)) assert.ok(blocks.includes(read(name)), name);
});

test("each leads to the port that Cadenza has, and lets the largest import through", () => {
  for (const name of ["nginx.conf", "Caddyfile"]) {
    assert.ok(read(name).includes(HERE), name);
    const [, megabytes] = /(?:client_max_body_size|max_size) (\d+)(?:m|MiB)/.exec(read(name)) ?? [];
    assert.ok(Number(megabytes) * 1024 ** 2 > MOST_BYTES, name);
  }
});

test("Traefik's two files agree with each other and with Cadenza", () => {
  const { entryPoints, certificatesResolvers, providers } = parse(read("traefik.yaml"));
  const { http } = parse(read("traefik-cadenza.yaml"));
  assert.equal(providers.file.filename, "/etc/traefik/cadenza.yaml");
  const { rule, entryPoints: at, service, tls } = http.routers.cadenza;
  assert.equal(rule, "Host(`cadenza.example.com`)");
  assert.deepEqual(at, ["websecure"]);
  assert.ok(tls.certResolver in certificatesResolvers);
  assert.deepEqual(http.services[service].loadBalancer.servers, [{ url: `http://${HERE}` }]);
  const { web, websecure } = entryPoints;
  assert.equal(web.http.redirections.entryPoint.to, "websecure");
  assert.equal(websecure.transport.respondingTimeouts.readTimeout, "1h");
  // Neither a list of trusted addresses nor `insecure`: what a caller says of its address is replaced.
  for (const one of [web, websecure]) assert.equal(one.forwardedHeaders, undefined);
});
