// The README's examples run, one after the other, against the real server.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { newContacts, newMailbox, newSequence } from "../server/testing/sequenced.ts";
import { type Team, useWorld } from "../server/testing/world.ts";

let team: Team;
const world = useWorld({ engineLoops: 1 }, async (opened) => {
  team = await opened.newTeam();
});
const HERE = fileURLToPath(new URL(".", import.meta.url));

test("the examples run as they stand", async () => {
  const readme = readFileSync(join(HERE, "README.md"), "utf8");
  const blocks = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = ""]) => code);
  assert.equal(blocks.length, 7);
  const imports = new Set(
    blocks.flatMap((code) =>
      [...code.matchAll(/^import \{ (.+) \} from "@cadenza\/sdk";$/gm)].flatMap(([, names = ""]) =>
        names.split(", "),
      ),
    ),
  );
  const bodies = blocks.map((code) => code.replace(/^import .*$/gm, ""));
  const program = `import { ${[...imports].join(", ")} } from "../index.ts";\n${bodies.join("\n")}`;
  const folder = mkdtempSync(join(HERE, "readme-"));
  try {
    writeFileSync(join(folder, "examples.ts"), program);
    const { id } = await newSequence(team);
    const env = {
      CADENZA_URL: world.url,
      CADENZA_API_KEY: team.key,
      SEQUENCE: id,
      MAILBOX: (await newMailbox(team)).id,
      CONTACTS: (await newContacts(team, 2)).join(", "),
    };
    const said = await runProgram(join(folder, "examples.ts"), env);
    assert.match(said, /^[0-9a-f]{24}$/m);
    assert.match(said, /hello\.txt hello/);
    assert.match(said, /^Plant manager$/m);
    assert.match(said, /^422 contact_unknown /m);
    const { pagination } = await team.api.enrollments.search({ emailer_campaign_ids: [id] });
    assert.equal(pagination.total_entries, 2);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

function runProgram(file: string, env: Record<string, string>) {
  return new Promise<string>((resolve, reject) => {
    const child = spawn(process.execPath, [file], { env: { ...process.env, ...env } });
    let said = "";
    let erred = "";
    child.stdout.setEncoding("utf8").on("data", (text) => {
      said += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text) => {
      erred += text;
    });
    child.once("close", (code) => (code === 0 ? resolve(said) : reject(new Error(erred))));
  });
}
