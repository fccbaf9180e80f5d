import assert from "node:assert/strict";
import { test } from "node:test";
import { memorySettings } from "./spawn.ts";

const cases: [megabytes: number, buffers: string, cache: string][] = [
  [512, "128MB", "512MB"],
  [2_048, "256MB", "1024MB"],
  [8_192, "1024MB", "4096MB"],
  [262_144, "1024MB", "65536MB"],
];
for (const [megabytes, buffers, cache] of cases)
  test(`of ${megabytes} MB the server takes ${buffers} for pages and counts on ${cache}`, () => {
    assert.deepEqual(memorySettings(megabytes), { shared_buffers: buffers, effective_cache_size: cache });
  });
