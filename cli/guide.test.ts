// The guide and the template of a repository, run as they are written.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { newContact, newSequence } from "../server/testing/sequenced.ts";
import { useWorld, type World } from "../server/testing/world.ts";
import { cadenza, home } from "./testing.ts";

let world: World;
useWorld({}, async (given) => {
  world = given;
});

const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

test("the commands of the guide work one after the other", async () => {
  const team = await world.newTeam();
  await newSequence(team, { name: "Nordic plants" });
  await newContact(team, { email: "ines@norrland.example", label_names: ["Q1 leads"] });
  const guide = readFileSync(at("docs/guides/sequences-as-code.md"), "utf8");
  const lines = [...guide.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block = ""]) =>
    block.trim().split("\n"),
  );
  assert.ok(lines.length >= 9);
  for (const line of lines) {
    const words = line.replace(/#.*/, "").match(/"[^"]*"|\S+/g) ?? [];
    const [program, ...args] = words.map((word) => word.replaceAll('"', ""));
    assert.equal(program, "cadenza");
    const { code, err } = await cadenza(args, { env: { CADENZA_URL: world.url, CADENZA_API_KEY: team.key } });
    assert.ok(code === 0 || (args[0] === "plan" && code === 8), `${line}: ${code} ${err}`);
  }
});

test("the template of a repository is sound, writes a plan and applies", async () => {
  const team = await world.newTeam();
  const folder = join(home, "repository");
  cpSync(at("examples/sequences-repository"), folder, { recursive: true });
  const bin = join(home, "bin");
  mkdirSync(bin);
  writeFileSync(join(bin, "cadenza"), `#!/bin/sh\nexec '${process.execPath}' '${at("cli/main.ts")}' "$@"\n`);
  chmodSync(join(bin, "cadenza"), 0o755);
  const env = {
    PATH: `${bin}:${process.env.PATH}`,
    HOME: home,
    CADENZA_URL: world.url,
    CADENZA_API_KEY: team.key,
  };
  const { api_key } = await team.api.apiKeys.create({
    name: "Pull requests",
    scopes: ["api/v1/emailer_campaigns/plan"],
  });
  const planKey = { ...env, CADENZA_API_KEY: api_key.key ?? "" };
  const plan = () => run(planKey, "sh", "plan.sh");
  const run = (env: NodeJS.ProcessEnv, program: string, ...args: string[]) =>
    new Promise<{ code: number; out: string }>((resolve) => {
      execFile(program, args, { cwd: folder, env }, (error, out, err) =>
        resolve({ code: Number(error?.code ?? 0), out: out + err }),
      );
    });
  const planned = await plan();
  assert.equal(planned.code, 0, planned.out);
  assert.match(planned.out, /^0 errors, 0 warnings\.$/m);
  const written = readFileSync(join(folder, "plan.txt"), "utf8");
  assert.match(written, /^\+ sequence nordic-plants .*: will be created$/m);
  assert.match(written, /^\+ schedule nordic-mornings .*: will be created$/m);
  assert.notEqual((await run(planKey, "cadenza", "apply", ".")).code, 0, "that key applies nothing");
  const applied = await run(env, "cadenza", "apply", ".");
  assert.match(applied.out, /^2 created, 0 updated, 0 left alone, 0 unchanged\.$/m);
  assert.match((await plan()).out, /^0 to create, 0 to update, 0 left alone, 2 unchanged\.$/m);
  writeFileSync(
    join(folder, "sequences/nordic-plants/question.md"),
    "---\nsubject: x\n---\n{{no_such_variable}}\n",
  );
  assert.notEqual((await plan()).code, 0);
  const workflow = readFileSync(join(folder, ".github/workflows/sequences.yml"), "utf8");
  assert.match(
    workflow,
    /run: \.\/plan\.sh\n {8}env:\n {10}CADENZA_API_KEY: \$\{\{ secrets\.CADENZA_PLAN_KEY \}\}/,
  );
  assert.equal(
    workflow.match(/secrets\.CADENZA_API_KEY/g)?.length,
    1,
    "pull requests do not see the key that applies",
  );
});
