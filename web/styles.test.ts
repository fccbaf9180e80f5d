// A Mantine part whose styles are not imported is drawn, and cannot be seen: a bar without height, pages without buttons.

import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";

const WEB = import.meta.dirname;
const STYLES = join(createRequire(import.meta.url).resolve("@mantine/core/styles.css"), "../styles");

function sources() {
  return readdirSync(WEB, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(tsx|ts|css)$/.test(name) && !/^(dist|journeys)/.test(name))
    .map((name) => readFileSync(join(WEB, name), "utf8"));
}

test("every part of Mantine's that is used has its styles", () => {
  const all = sources();
  const used = new Set(
    all.flatMap((source) =>
      [...source.matchAll(/import \{([^}]*)\} from "@mantine\/core"/g)].flatMap(([, names = ""]) =>
        names.split(",").map((name) => name.trim()),
      ),
    ),
  );
  const imported = new Set(
    all.flatMap((source) =>
      [...source.matchAll(/@mantine\/core\/styles\/(\w+)\.css/g)].map(([, name]) => name),
    ),
  );
  assert.ok(used.has("Progress") && imported.has("Progress"), "both are read off the sources");
  const bare = [...used].filter((name) => existsSync(join(STYLES, `${name}.css`)) && !imported.has(name));
  assert.deepEqual(bare, []);
});
