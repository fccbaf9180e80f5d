// What can be said to the program. Only the commands of the noun that was said are built, so that help comes at once.

import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { newCommand } from "./building.ts";
import { call } from "./calling.ts";
import { commands, type Command as Listed } from "./commands.ts";
import type { Common, Session } from "./connection.ts";
import { EXIT, EXIT_WORDS } from "./exits.ts";
import { optionsFor } from "./flags.ts";
import { FLOWS } from "./flows.ts";
import { aliasOf, dashed, nounFor } from "./words.ts";

/** Answers what to exit with. */
export async function run(argv: readonly string[], session: Session): Promise<number> {
  const state = { exit: EXIT.done as number };
  const program = newCommand("cadenza")
    .description("Cadenza or Apollo.io from the command line.")
    .version(versionOf(), "-V, --version")
    .usage("<noun> <verb> [flags]");
  program.helpCommand(false);
  const finish = (exit: number | undefined) => {
    state.exit = exit ?? EXIT.done;
  };
  const [first = "", second = ""] = argv.filter((word) => !word.startsWith("-"));
  const noun = nounFor(first, Object.keys(commands));
  for (const flow of FLOWS.filter(({ under }) => under === undefined))
    flow.add(program, session, finish, common);
  if (noun) addNoun(program, first, noun, second, session, finish);
  else listNouns(program);
  if (argv.length === 0) {
    program.outputHelp();
    return EXIT.usage;
  }
  await program.parseAsync([...argv], { from: "user" });
  return state.exit;
}

/** The flags that every command has. */
export function common(command: Command) {
  return command
    .option("--url <address>", "Server address; default: CADENZA_URL, the profile, or http://localhost:3000")
    .option("--profile <name>", "Profile saved by cadenza login")
    .option("--timeout <seconds>", "Seconds to wait for an answer; default: 60")
    .option("--verbose", "Print each request to standard error, without secrets")
    .option("--json", "Print JSON");
}

function listNouns(program: Command) {
  const nouns = Object.entries(commands).map(([noun, verbs]) => {
    const alias = aliasOf(noun);
    return [alias ?? dashed(noun), Object.keys(verbs).map(dashed).join(", ")] as const;
  });
  const width = Math.max(...nouns.map(([name]) => name.length));
  const lines = nouns
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, verbs]) => `  ${name.padEnd(width)}  ${short(verbs, 90)}`);
  const exits = EXIT_WORDS.map(([code, means]) => `  ${String(code).padStart(3)}  ${means}`);
  program.addHelpText(
    "after",
    `\nCommands by noun (see cadenza <noun> --help):\n${lines.join("\n")}\n\nCADENZA_URL and CADENZA_API_KEY set the server and the API key.\n\nExit codes:\n${exits.join("\n")}`,
  );
}

const short = (text: string, most: number) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

function addNoun(
  program: Command,
  said: string,
  noun: string,
  verb: string,
  session: Session,
  finish: (exit: number | undefined) => void,
) {
  const verbs = commands[noun] ?? {};
  const group = newCommand(said)
    .description(`${Object.keys(verbs).length} commands`)
    .usage("<verb> [flags]");
  group.helpCommand(false);
  for (const [name, listed] of Object.entries(verbs)) {
    // `sequences add-contacts` is a flow of ours; the bare call of that name stays at its own noun.
    if (FLOWS.some((flow) => flow.under === noun && flow.name === dashed(name))) continue;
    group.addCommand(
      dashed(name) === verb
        ? wholeCommand({ noun, verb: name, listed }, session, finish)
        : newCommand(dashed(name)).description(listed.says),
    );
  }
  for (const flow of FLOWS.filter(({ under }) => under === noun)) flow.add(group, session, finish, common);
  program.addCommand(group);
}

function wholeCommand(
  { noun, verb, listed }: { noun: string; verb: string; listed: Listed },
  session: Session,
  finish: (exit: number | undefined) => void,
) {
  const command = common(
    newCommand(dashed(verb)).description([listed.says, listed.more].filter(Boolean).join(". ")),
  );
  for (const { name } of listed.flags.filter(({ inPath }) => inPath)) command.argument(`<${name}>`);
  for (const option of optionsFor(listed)) command.addOption(option);
  const { traits } = listed;
  command.option("--input <json or @file>", "All parameters at once; other flags take precedence");
  if (traits.writes) command.option("--dry-run", "Show what would happen; change nothing");
  if (traits.writes)
    command.option(
      "--idempotency-key <text>",
      "A repeated call with the same key has one effect only, for 24 hours",
    );
  if (traits.ifMatch)
    command.option("--if-match <etag>", "Change it only if its etag is still this one, as you read it");
  if (traits.startsJob) command.option("--no-wait", "Do not wait for background work");
  if (traits.pages) command.option("--columns <a,b>", "Columns to show");
  if (traits.pages) command.option("--all", "All pages");
  if (traits.alsoCsv) command.option("--csv", "All results as CSV");
  if (traits.alsoCsv || traits.isFile)
    command.option("--output <file>", "Target file; default: standard output");
  return command.action(async (...given: unknown[]) => {
    const options = given.at(-2) as Record<string, unknown> & Common;
    session.choose(options);
    finish(await call(session, { noun, verb, listed }, given.slice(0, -2) as string[], options));
  });
}

function versionOf() {
  for (const place of ["./package.json", "../package.json"]) {
    try {
      return (JSON.parse(readFileSync(new URL(place, import.meta.url), "utf8")) as { version: string })
        .version;
    } catch {}
  }
  return "unknown";
}
