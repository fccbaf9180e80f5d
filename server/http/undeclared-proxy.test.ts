// An undeclared proxy hides where requests come from; the operator is told once.

import assert from "node:assert/strict";
import { test } from "node:test";
import { call } from "../testing/wire.ts";
import { openWorld } from "../testing/world.ts";

const told = (logged: readonly string[]) => logged.filter((line) => line.includes("CADENZA_TRUSTED_PROXIES"));

test("forwarded requests of an undeclared proxy are told of once; those of a declared one are not", async () => {
  for (const [trustedProxies, times] of [
    [[], 1],
    [["127.0.0.1", "::1"], 0],
  ] as const) {
    const world = await openWorld({ trustedProxies: [...trustedProxies] });
    try {
      await call(`${world.url}/health/live`);
      assert.equal(told(world.logged).length, 0);
      for (let n = 0; n < 3; n++)
        await call(`${world.url}/health/live`, { headers: { "x-forwarded-for": "203.0.113.7" } });
      assert.equal(told(world.logged).length, times);
    } finally {
      await world.close();
    }
  }
});
