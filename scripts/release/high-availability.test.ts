// The page about high availability shows the files of deploy/high-availability, which `npm run ha` starts.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parse } from "yaml";
import { readConfig } from "../../server/config.ts";
import { environmentIn, fileFor, readFile, SERVERS } from "../high-availability/files.ts";
import { ROOT } from "../packages.mjs";

test("each file stands on the page as it is", () => {
  const page = readFileSync(join(ROOT, "docs", "operate", "high-availability.md"), "utf8");
  const blocks = [...page.matchAll(/^```(?:text|yaml|sh)\n([\s\S]*?)^```$/gm)].map(([, block = ""]) => block);
  const files = readdirSync(join(ROOT, "deploy", "high-availability"));
  assert.ok(files.length >= 4);
  for (const name of files) assert.ok(blocks.includes(readFile(name as "patroni.yml")), name);
  assert.ok(page.includes(`\nDATABASE_URL=${SERVERS}\n`), "without HAProxy");
});

test("on each machine the name and the address are its own, and the list of all machines stays", () => {
  const place = { name: "db3", address: "10.0.0.13" };
  const patroni = parse(fileFor("patroni.yml", place, {}));
  assert.equal(patroni.name, "db3");
  assert.equal(patroni.restapi.connect_address, "10.0.0.13:8008");
  assert.equal(patroni.postgresql.connect_address, "10.0.0.13:5432");
  assert.equal(patroni.etcd.hosts.split(",")[0], "10.0.0.11:2379");
  const etcd = environmentIn(fileFor("etcd.env", place, {}));
  assert.equal(etcd.ETCD_ADVERTISE_CLIENT_URLS, "http://10.0.0.13:2379");
  assert.ok(etcd.ETCD_INITIAL_CLUSTER?.startsWith("db1=http://10.0.0.11:2380"));
});

test("a standby that takes over has confirmed every commit, and Cadenza trusts it", () => {
  const { dcs } = parse(readFile("patroni.yml")).bootstrap;
  assert.deepEqual([dcs.synchronous_mode, dcs.synchronous_mode_strict], [true, true]);
  assert.ok(!readFile("patroni.yml").includes("\netcd3:"));
  assert.ok(dcs.loop_wait + 2 * dcs.retry_timeout < dcs.ttl);
  const config = readConfig(environmentIn(readFile("cadenza.env")), []);
  assert.equal(config.failover, "synchronous");
  assert.equal(
    new URL(config.databaseUrl ?? "").port,
    /127\.0\.0\.1:(\d+)/.exec(readFile("haproxy.cfg"))?.[1],
  );
});
