// The node in n8n, with the key of a team on a real server: what the tests of its operations begin with.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import { type Team, useWorld } from "../../server/testing/world.ts";
import { type N8n, openN8n } from "./n8n.ts";
import type { Json } from "./shapes.ts";

/** One for all tests of a file. */
export function useNode() {
  const at = {} as { n8n: N8n; team: Team };
  before(async () => {
    at.n8n = await openN8n();
  });
  after(() => at.n8n?.close());
  const world = useWorld({ engineLoops: 1 }, async (opened) => {
    at.team = await opened.newTeam();
  });

  function tried(
    resource: string,
    operation: string,
    parameters: Json = {},
    items: Json[] = [{}],
    node: Json = {},
  ) {
    at.n8n.credential = { baseUrl: `${world.url}/`, apiKey: at.team.key };
    return at.n8n.run({ resource, operation, parameters, items, node });
  }

  /** Runs it with a good key; fails the test where the node failed. */
  async function run(resource: string, operation: string, parameters: Json = {}, items: Json[] = [{}]) {
    const { items: out, error } = await tried(resource, operation, parameters, items);
    assert.equal(error, undefined, `${resource} ${operation}: ${error?.message} ${error?.description}`);
    return out;
  }

  async function one(resource: string, operation: string, parameters: Json = {}) {
    const [item] = await run(resource, operation, parameters);
    assert.ok(item, `${resource} ${operation}`);
    return item.json as Json & { id: string; name: string };
  }

  return { world, at, tried, run, one };
}

export const locator = (value: string) => ({ __rl: true, mode: "id", value });

export const mapped = (value: Json) => ({
  fields: { mappingMode: "defineBelow", value, matchingColumns: [], schema: [] },
});
