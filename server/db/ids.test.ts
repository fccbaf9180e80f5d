// What the database takes for an id.

import assert from "node:assert/strict";
import { test } from "node:test";
import { asOwner } from "../testing/wire.ts";
import { useWorld } from "../testing/world.ts";

const world = useWorld({ role: "api" });

const ID = "64f0aa0000000000000000ff";

test("24 small hexadecimal digits are an id, and nothing else is", async () => {
  const isId = (text: string | null) =>
    asOwner(world, async (client) => {
      try {
        await client.query("select $1::text::ident", [text]);
        return true;
      } catch (error) {
        assert.equal((error as { code?: string }).code, "23514", String(text));
        return false;
      }
    });
  for (const text of [ID, "0".repeat(24), "f".repeat(24), null])
    assert.equal(await isId(text), true, String(text));
  for (const text of [
    ...[
      "",
      ID.slice(1),
      `${ID}0`,
      ID.toUpperCase(),
      `${ID.slice(1)}g`,
      ` ${ID.slice(1)}`,
      `${ID.slice(1)}\n`,
    ],
    ...[
      `${ID}\n`,
      `${ID.slice(2)}\u00e9`,
      `${ID.slice(1)}\u0661`,
      `\n${ID}`,
      `${ID.slice(0, 12)}-${ID.slice(13)}`,
    ],
  ])
    assert.equal(await isId(text), false, JSON.stringify(text));
});
