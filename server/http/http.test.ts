import assert from "node:assert/strict";
import { test } from "node:test";
import { useWorld } from "../testing/world.ts";

const world = useWorld();

test("a key is taken from the header, the bearer, the query and the body, under both prefixes", async () => {
  const { key } = await world.newTeam();
  const ways: [string, RequestInit][] = [
    ["", { headers: { "X-API-KEY": key } }],
    ["", { headers: { authorization: `Bearer ${key}` } }],
    [`?api_key=${key}`, {}],
    [
      "",
      {
        method: "POST",
        body: JSON.stringify({ api_key: key }),
        headers: { "content-type": "application/json" },
      },
    ],
  ];
  for (const prefix of ["/api/v1", "/v1"]) {
    for (const [query, init] of ways) {
      const response = await fetch(`${world.url}${prefix}/users/search${query}`, init);
      assert.equal(response.status, 200, `${prefix} ${query} ${JSON.stringify(init)}`);
    }
  }
});
