import assert from "node:assert/strict";
import { test } from "node:test";
import { readConfig, warningsAbout } from "./config.ts";
import { configurationPage, settings } from "./kernel/settings.ts";
import { BadConfiguration } from "./setting-values.ts";

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

const S3_URL = "https://s3.example.com:9000/backups";
const S3_KEY = { CADENZA_BACKUP_S3_KEY_ID: "K", CADENZA_BACKUP_S3_SECRET: "hidden" };

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
  { CADENZA_BACKUP_HOUR: "24" },
  { CADENZA_BACKUP_KEEP: "7d 4x" },
  { CADENZA_BACKUP_RECIPIENT: "AGE-SECRET-KEY-1QQ" },
  { CADENZA_BACKUP_RECIPIENT: "," },
  {
    CADENZA_BACKUP_S3_URL: "https://s3.example.com/backups",
    CADENZA_BACKUP_S3_KEY_ID: "K",
    CADENZA_BACKUP_S3_SECRET: "S",
  },
  ...[
    "s3.example.com/backups",
    "https://s3.example.com",
    "https://K:S@s3.example.com/backups",
    "ftp://s3.example.com/backups",
    "https://s3.example.com/back%20ups",
    "https://s3.example.com/backups?key=S",
  ].map((url) => ({ CADENZA_BACKUP_S3_URL: url, ...S3_KEY })),
  { CADENZA_BACKUP_S3_KEY_ID: "", CADENZA_BACKUP_S3_SECRET: "S", CADENZA_BACKUP_S3_URL: S3_URL },
  { CADENZA_BACKUP_S3_KEY_ID: "K/1", CADENZA_BACKUP_S3_SECRET: "S", CADENZA_BACKUP_S3_URL: S3_URL },
  { CADENZA_BACKUP_S3_REGION: "eu central", CADENZA_BACKUP_S3_URL: S3_URL, ...S3_KEY },

  { CADENZA_WAL_KEEP_DAYS: "0" },
  { CADENZA_DATABASE_WAIT_SECONDS: "-1" },
  { DATABASE_URL: "localhost/cadenza" },
  { DATABASE_URL: "mysql://localhost/cadenza" },
  { DATABASE_URL: "postgres://cadenza:se#cret@localhost/cadenza" },
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

test("backups are off without a folder, and have their usual hour and rule with one", () => {
  assert.equal(readConfig({ CADENZA_BACKUP_HOUR: "5" }, []).backup, null);
  assert.deepEqual(readConfig({ CADENZA_BACKUP_DIR: "/backups" }, []).backup, {
    folder: "/backups",
    hour: 3,
    keep: { days: 7, weeks: 4, months: 6 },
    recipients: [],
    bucket: null,
  });
});

test("backups are copied into a bucket, and its address is told without the key", () => {
  const env = { CADENZA_BACKUP_DIR: "/backups", CADENZA_BACKUP_S3_URL: `${S3_URL}/a/b/`, ...S3_KEY };
  assert.deepEqual(readConfig(env, []).backup?.bucket, {
    origin: "https://s3.example.com:9000",
    host: "s3.example.com",
    port: 9000,
    bucket: "backups",
    prefix: "a/b/",
    address: `${S3_URL}/a/b`,
    region: "us-east-1",
    keyId: "K",
    secret: "hidden",
  });
  const refused = { ...env, CADENZA_BACKUP_S3_URL: "https://K:hidden@s3.example.com/backups" };
  assert.throws(
    () => readConfig(refused, []),
    ({ message }: Error) => !message.includes("hidden"),
  );
});

test("copies that are readable on their way or in the bucket are warned of", () => {
  const env = { CADENZA_BACKUP_DIR: "/backups", CADENZA_BACKUP_RECIPIENT: "age1q" };
  const warned = (url: string, more = {}) =>
    warningsAbout({ ...env, CADENZA_BACKUP_S3_URL: url, ...more }).map((text) => text.split(" ", 1)[0]);
  assert.deepEqual(warned("https://s3.example.com/b"), []);
  assert.deepEqual(warned("http://10.0.0.7/b"), ["CADENZA_BACKUP_S3_URL"]);
  assert.deepEqual(warned("http://127.0.0.1:9000/b"), []);
  assert.deepEqual(warned(S3_URL, { CADENZA_BACKUP_RECIPIENT: "" }), ["CADENZA_BACKUP_RECIPIENT"]);
});

test("the WAL is archived into a folder, and kept for a week", () => {
  assert.equal(readConfig({}, []).walArchive, null);
  assert.deepEqual(readConfig({ CADENZA_WAL_DIR: "/wal" }, []).walArchive, {
    folder: "/wal",
    keepDays: 7,
    hour: 3,
  });
});

test("the page names every setting", () => {
  const page = configurationPage();
  for (const name of Object.keys(settings)) assert.ok(page.includes(`| \`${name}\` |`), name);
});

test("a setting that was renamed counts under its old name, and a warning says so", () => {
  const [old, name] = ["CADENZA_PROSPECTS", "CADENZA_AUTOREPLY_SECONDS"];
  assert.deepEqual(readConfig({ [old]: "1-2" }, []).prospects, { leastMs: 1_000, mostMs: 2_000 });
  assert.deepEqual(readConfig({ [old]: "1-2", [name]: "4-5" }, []).prospects, {
    leastMs: 4_000,
    mostMs: 5_000,
  });
  assert.deepEqual(warningsAbout({ [old]: "1-2" }), [
    `${old} is now called ${name}. The old name still works. Rename it in your configuration.`,
  ]);
  assert.deepEqual(warningsAbout({ [old]: "1-2", [name]: "4-5" }), [
    `${old} is ignored, because its new name ${name} is set.`,
  ]);
  assert.deepEqual(warningsAbout({ [name]: "4-5" }), []);
});

test("a database is named by a URL of any usual form, and a wrong one is not repeated: it may have a password", () => {
  for (const url of [
    "postgres://cadenza:secret@db.example.no:5432/cadenza?sslmode=require",
    "postgresql://localhost/cadenza",
    "postgres:///cadenza?host=/run/postgresql",
    "postgres://cadenza:secret@/cadenza?host=%2Frun%2Fpostgresql",
  ])
    assert.equal(readConfig({ DATABASE_URL: url }, []).databaseUrl, url);
  assert.throws(
    () => readConfig({ DATABASE_URL: "postgres://cadenza:se#cret@localhost/cadenza" }, []),
    (error: Error) => !error.message.includes("cret"),
  );
});

for (const [wrong, right] of [
  ["CADENZA_PUBLC_URL", "CADENZA_PUBLIC_URL"],
  ["CADENZA_DATADIR", "CADENZA_DATA_DIR"],
  ["CADENZA_TRUSTED_PROXY", "CADENZA_TRUSTED_PROXIES"],
  ["CADENZA_RATE_LIMIT", "CADENZA_RATE_LIMITS"],
  ["CADENZA_PORT", "PORT"],
  ["CADENZA_HOST", "HOST"],
  ["CADENZA_DATABASE_URL", "DATABASE_URL"],
] as const)
  test(`${wrong} is refused, and ${right} is suggested`, () => {
    assert.throws(() => readConfig({ [wrong]: "1" }, []), {
      name: "Error",
      message: `${wrong} is not a setting. Did you mean ${right}?`,
    });
  });

test("a variable that resembles no setting is ignored with a warning, and those of our other programs without one", () => {
  const env = {
    CADENZA_IMAGE_TAG: "1",
    CADENZA_URL: "http://localhost:3000",
    CADENZA_API_KEY: "k",
    HOME: "/",
  };
  readConfig(env, []);
  assert.deepEqual(warningsAbout(env), ["CADENZA_IMAGE_TAG is not a setting of Cadenza and is ignored."]);
});

test("no setting resembles another one so much that its own name would be refused", () => {
  const env = Object.fromEntries(Object.keys(settings).map((name) => [name, ""]));
  assert.deepEqual(warningsAbout(env), []);
});
