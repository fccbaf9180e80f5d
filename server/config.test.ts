import assert from "node:assert/strict";
import { test } from "node:test";
import { BadConfiguration, readConfig } from "./config.ts";
import { configurationPage, settings } from "./settings.ts";

test("without any setting everything has its default", () => {
  const config = readConfig({}, []);
  assert.deepEqual(
    [
      config.port,
      config.role,
      config.publicUrl,
      config.databaseUrl,
      config.rateLimits,
      config.metrics,
      config.seams,
      config.trustedProxies,
    ],
    [3000, "all", "http://localhost:3000", null, null, null, null, []],
  );
  assert.ok(config.keyFile.startsWith(config.dataDir) && config.keyFile.startsWith("/"));
});

test("settings are read, spaces and all", () => {
  const config = readConfig(
    {
      PORT: " 8080 ",
      CADENZA_PUBLIC_URL: "https://x.example.no/",
      CADENZA_RATE_LIMITS: "200/400/2000",
      CADENZA_TRUSTED_PROXIES: "10.0.0.0/8, ::1",
      CADENZA_METRICS_PORT: "9100",
      CADENZA_ROLE: "api",
    },
    ["--role=engine"],
  );
  assert.deepEqual([config.port, config.publicUrl, config.role], [8080, "https://x.example.no", "engine"]);
  assert.deepEqual(config.rateLimits, { minute: 200, hour: 400, day: 2000 });
  assert.deepEqual(
    [config.trustedProxies, config.metrics],
    [["10.0.0.0/8", "::1"], { port: 9100, host: "127.0.0.1" }],
  );
});

const bad: Record<string, string>[] = [
  { PORT: "80 80" },
  { PORT: "-1" },
  { PORT: "65536" },
  { PORT: "1e3x" },
  { CADENZA_PUBLIC_URL: "ftp://x" },
  { CADENZA_PUBLIC_URL: "javascript:alert(1)" },
  { CADENZA_PUBLIC_URL: "x.example.no" },
  { CADENZA_RATE_LIMITS: "0/1/1" },
  { CADENZA_RATE_LIMITS: "1/2" },
  { CADENZA_RATE_LIMITS: "1/2/3/4" },
  { CADENZA_DATABASE_CONNECTIONS: "1" },
  { CADENZA_LOG_LEVEL: "loud" },
  { CADENZA_ROLE: "boss" },
  { CADENZA_BOOTSTRAP_KEY: "x".repeat(23) },
  { CADENZA_METRICS_PORT: "nine" },
];

for (const env of bad) {
  test(`${JSON.stringify(env)} is refused by name`, () => {
    assert.throws(
      () => readConfig(env, []),
      (error) =>
        error instanceof BadConfiguration &&
        (error.message.includes(Object.keys(env)[0] ?? "") || error.message.includes("--role")),
    );
  });
}

test("the page names every setting", () => {
  const page = configurationPage();
  for (const name of Object.keys(settings)) assert.ok(page.includes(`| \`${name}\` |`), name);
});
