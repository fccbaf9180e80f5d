// A client that polls the list of mailboxes is told that nothing has changed.

import assert from "node:assert/strict";
import { test } from "node:test";
import { newMailbox } from "../../../testing/sequenced.ts";
import { useWorld } from "../../../testing/world.ts";

const world = useWorld({ role: "api" });

test("the list of mailboxes keeps its ETag while nothing changes, though its figures are of a window that moves", async () => {
  const team = await world.newTeam();
  await newMailbox(team);
  const now = world.running.app.now();
  const next = now.round({ smallestUnit: "hour", roundingMode: "ceil" }).add({ minutes: 20 });
  world.advance({ milliseconds: next.epochMilliseconds - now.epochMilliseconds });
  const ask = (known: string) =>
    fetch(`${world.url}/api/v1/email_accounts`, {
      headers: { "x-api-key": team.key, "if-none-match": known },
    });
  const first = await ask("");
  assert.equal(first.status, 200);
  world.advance({ minutes: 5 });
  assert.equal((await ask(first.headers.get("etag") ?? "")).status, 304);
});
