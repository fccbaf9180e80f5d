import assert from "node:assert/strict";
import { test } from "node:test";
import { BOOTSTRAP_KEY, useWorld } from "../server/testing/world.ts";
import { diskText, sizeText } from "./storage.ts";
import { cadenza } from "./testing.ts";

const world = useWorld({ role: "api" });
const env = () => ({ CADENZA_URL: world.url, CADENZA_API_KEY: BOOTSTRAP_KEY });

test("the terminal shows what takes the space, and each table when asked", async () => {
  const { code, out } = await cadenza(["storage"], { env: env() });
  assert.equal(code, 0);
  assert.match(out, /^KIND +SIZE +OF IT INDEXES +SHARE +ROWS +BYTES A ROW +DEAD ROWS/);
  assert.match(out, /^contacts +\d/m);
  assert.match(out, /^Database: \d+ MB\.$/m);
  assert.match(out, /^Growth: known once/m);
  const byTable = await cadenza(["storage", "--tables"], { env: env() });
  assert.match(byTable.out, /^contact_emails +contacts +\d/m);
  const asJson = await cadenza(["storage", "--json"], { env: env() });
  assert.ok(asJson.json<{ storage: { database_bytes: number } }>().storage.database_bytes > 1_000_000);
});

test("sizes are written as people write them", () => {
  const sizes = [0, 999, 1000, 9_949, 12_000, 1_500_000, 310_000_000, 2_000_000_000_000, 5e16];
  assert.deepEqual(sizes.map(sizeText), [
    ...["0 bytes", "999 bytes", "1.0 kB", "9.9 kB", "12 kB"],
    ...["1.5 MB", "310 MB", "2.0 TB", "50000 TB"],
  ]);
});

test("a disk says how much is free, and when it would be full", () => {
  const disk = { total_bytes: 40e9, free_bytes: 2e9, full_on: null };
  assert.equal(diskText(disk), "Disk: 2.0 GB of 40 GB are free.");
  assert.equal(
    diskText({ ...disk, full_on: "2026-12-24" }),
    "Disk: 2.0 GB of 40 GB are free. At this pace it is full on 2026-12-24.",
  );
});
