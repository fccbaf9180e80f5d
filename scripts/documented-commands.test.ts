// Each command that a page of the help shows exists: calls are calls of the contract with parameters that it knows, `cadenza` has
// the command and its flags, npm the script. What is set before a command or exported is a setting.

import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { z } from "zod";
import { FLOWS } from "../cli/flows.ts";
import { cadenza } from "../cli/testing.ts";
import { type Endpoint, endpoints } from "../contract/index.ts";
import { settings } from "../server/kernel/settings.ts";
import { ROOT } from "./packages.mjs";

const PAGES = ["README.md", "cli/README.md", ...globSync("docs/**/*.md", { cwd: ROOT })];
const read = (path: string) => readFileSync(join(ROOT, path), "utf8");
const COMMANDS = PAGES.flatMap((page) =>
  blocksOf(read(page))
    .flatMap(commandsOf)
    .map((words) => ({ page, ...programOf(words) })),
);
const starting = (program: string) => COMMANDS.filter(({ words }) => words[0] === program);
/** What the program of a release does by itself, without a running server. */
const OF_RELEASE = new Map(
  [...read("scripts/release/usage.txt").matchAll(/cadenza ([a-z][a-z-]+)( .*)$/gm)].map(([, name, rest]) => [
    name,
    rest ?? "",
  ]),
);

describe("what the help shows", () => {
  test("every curl is a call of the contract, with parameters that it knows", () => {
    const calls = starting("curl").flatMap(({ page, words }) => {
      const call = callOf(words.slice(1));
      return call ? [{ page, ...call }] : [];
    });
    assert.ok(calls.length >= 10, String(calls.length));
    const faults = calls.flatMap(({ page, method, path, names }) => {
      const called = endpoints.find(({ endpoint }) => answers(endpoint, method, path));
      if (!called) return [`${page}: there is no ${method} ${path}`];
      const { properties = {} } = z.toJSONSchema(called.endpoint.input, {
        io: "input",
        unrepresentable: "any",
      });
      return names.filter((name) => !(name in properties)).map((name) => `${page}: ${path} knows no ${name}`);
    });
    assert.deepEqual(faults, []);
  });

  test("every command of cadenza is one that it has, with flags that it has", async () => {
    const commands = starting("cadenza").map(({ page, words }) => ({ page, words: words.slice(1) }));
    assert.ok(commands.length >= 15, String(commands.length));
    const helps = new Map<string, string>();
    const faults: string[] = [];
    for (const { page, words } of commands) {
      const ofRelease = /^--/.test(words[1] ?? "--") ? OF_RELEASE.get(words[0]) : undefined;
      if (ofRelease !== undefined) {
        for (const flag of words.filter((word) => word.startsWith("--")))
          if (!ofRelease.includes("[flags]") && !isIn(ofRelease, flag))
            faults.push(`${page}: cadenza ${words[0]} ${flag}`);
        continue;
      }
      const named = words.slice(0, isOneWord(words) ? 1 : 2);
      const key = named.join(" ");
      if (!helps.has(key)) helps.set(key, await helpOf(named));
      const flags = words.filter((word) => word.startsWith("--"));
      for (const flag of ["", ...flags])
        if (!isIn(helps.get(key) ?? "", flag)) faults.push(`${page}: cadenza ${key} ${flag}`);
    }
    assert.deepEqual(faults, []);
  });

  test("every variable that is set for Cadenza is a setting or one of the command line", () => {
    const set = COMMANDS.flatMap(({ page, variables }) => variables.map((name) => ({ page, name })));
    assert.ok(set.length >= 10, String(set.length));
    const ofCommandLine = ["CADENZA_URL", "CADENZA_API_KEY", "CADENZA_FROM_KEY", "CADENZA_AGAINST_KEY"];
    assert.deepEqual(
      set.filter(
        ({ name }) => name.startsWith("CADENZA_") && !(name in settings) && !ofCommandLine.includes(name),
      ),
      [],
    );
  });

  test("every npm script is one that there is", () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    const named = starting("npm").flatMap(({ words: [, verb = "", name = ""] }) =>
      verb === "run" ? [name] : ["start", "test"].includes(verb) ? [verb] : [],
    );
    assert.ok(named.length >= 3);
    assert.deepEqual(
      named.filter((name) => !(name in scripts)),
      [],
    );
  });
});

/** Without `sudo`, without what is set before it, and without the folder that the program is in. */
function programOf(words: readonly string[]) {
  const isSet = (word: string) => /^[A-Z][A-Z_]*=/.test(word);
  const variables = words.filter((word, at) =>
    words[0] === "export" ? at > 0 && isSet(word) : words.slice(0, at + 1).every(isSet),
  );
  const rest = words.slice(words[0] === "sudo" ? 1 : words[0] === "export" ? 0 : variables.length);
  const program = rest[0]?.replace(/^.*\/(?=cadenza$)/, "") ?? "";
  return {
    words: [program, ...rest.slice(1)],
    variables: variables.map((word) => word.slice(0, word.indexOf("="))),
  };
}

function answers({ method, also = [], path }: Endpoint, asked: string, address: string) {
  const pattern = new RegExp(`^${path.replaceAll(/\{[a-z_]+\}/g, "[^/]+")}$`);
  return [method, ...also].some((one) => one === asked) && pattern.test(address);
}

/** Null: it asks something beside the contract, such as the health of the server or OAuth. */
function callOf(words: readonly string[]) {
  const url = words.map((word) => /\/api\/v1(\/[^?]*)(?:\?(.*))?$/.exec(word)).find(Boolean);
  if (!url || url[1]?.startsWith("/oauth/")) return null;
  const after = (flag: string) => words.flatMap((word, index) => (words[index - 1] === flag ? [word] : []));
  const data = after("-d");
  const names = [
    ...new URLSearchParams(url[2]).keys(),
    ...data.filter((text) => text.startsWith("{")).flatMap((text) => Object.keys(JSON.parse(text) as object)),
  ];
  const [method = data.length > 0 || after("-F").length > 0 ? "POST" : "GET"] = after("-X");
  return { method, path: url[1] as string, names };
}

/** Of a flag that may be false, the help shows the form without `no`. */
function isIn(help: string, flag: string) {
  const without = flag.replace(/^--no-/, "--");
  return [`${flag}\\b`, ...(without === flag ? [] : [`${without}\\b(?! <)`])].some((form) =>
    new RegExp(form).test(help),
  );
}

const ONE_WORD = FLOWS.filter(({ under }) => !under).map(({ name }) => name);
/** A command that does something by itself, and has another one beneath. */
const WITH_ONE_BENEATH = ["backup verify"];
const isOneWord = ([word = "", next = ""]: readonly string[]) =>
  ONE_WORD.includes(word) && !WITH_ONE_BENEATH.includes(`${word} ${next}`);

/** Empty: there is no such command. */
async function helpOf(words: readonly string[]) {
  const { code, out } = await cadenza([...words, "--help"]);
  return code === 0 ? out : "";
}

function blocksOf(text: string) {
  return [...text.matchAll(/^ *```sh\n([\s\S]*?)^ *```/gm)].map(([, block = ""]) => block);
}

/** As a shell reads it: quotes hold spaces and lines together, what follows a # is a comment. */
function commandsOf(block: string): string[][] {
  const TOKEN = /\\\n|(\n)|(?<=^|\s)#[^\n]*|((?:'[^']*'|"(?:[^"\\]|\\.)*"|\\[^\n]|[^\s'"\\])+)|[^\S\n]+/g;
  const commands: string[][] = [[]];
  for (const [, line, word] of block.matchAll(TOKEN)) {
    if (line) commands.push([]);
    else if (word) commands.at(-1)?.push(word.replaceAll(/'([^']*)'|"((?:[^"\\]|\\.)*)"/g, "$1$2"));
  }
  return commands.filter((words) => words.length > 0);
}
