// From what was typed to what the call takes, by the contract's own word for each parameter.

import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { Option } from "commander";
import type { Flag, Command as Listed } from "./commands.ts";
import { Unusable } from "./exits.ts";
import { dashed } from "./words.ts";

/** Flags of our own that stand beside a call's; a parameter of the same name is said with `-value` behind it. */
const OURS = new Set([
  "help",
  "json",
  "url",
  "profile",
  "verbose",
  "timeout",
  "input",
  "all",
  "csv",
  "columns",
  "output",
  "dry-run",
  "version",
]);

const flagName = ({ name }: Flag) => (OURS.has(dashed(name)) ? `${dashed(name)}-value` : dashed(name));

export function optionsFor({ flags }: Listed): Option[] {
  return flags.filter(({ inPath }) => !inPath).flatMap(optionsOf);
}

function optionsOf(flag: Flag): Option[] {
  const name = flagName(flag);
  const says = [flag.says, flag.needed ? "(needed)" : "", flag.isFile ? "(@file)" : ""]
    .filter(Boolean)
    .join(" ");
  if (flag.kind === "flag")
    return [new Option(`--${name}`, says || undefined), new Option(`--no-${name}`).hideHelp()];
  const option = new Option(`--${name} <${placeholder(flag)}>`, says || undefined);
  // Shown, and not sent: the server knows its own defaults.
  if (flag.unless !== undefined)
    option.description = `${option.description} (default: ${JSON.stringify(flag.unless)})`.trim();
  if (flag.choices && flag.kind === "text")
    option.description = `${option.description} (${flag.choices.join(", ")})`.trim();
  if (flag.kind === "list")
    option.argParser<string[]>((value, before) => [...(Array.isArray(before) ? before : []), value]);
  return [option];
}

function placeholder({ name, kind, isFile }: Flag) {
  if (isFile || (kind === "text" && isSecret({ name, kind }))) return "text or @file";
  return {
    text: "text",
    int: "number",
    number: "number",
    list: "a,b",
    any: "value",
    json: "json or @file",
    flag: "",
  }[kind];
}

export function readInput(
  listed: Listed,
  args: readonly string[],
  given: Record<string, unknown>,
): Record<string, unknown> {
  const input: Record<string, unknown> = given.input === undefined ? {} : readObject(String(given.input));
  refuseUnknown(listed, input);
  const inPath = listed.flags.filter((flag) => flag.inPath);
  inPath.forEach((flag, index) => {
    if (args[index] !== undefined) input[flag.name] = args[index];
  });
  for (const flag of listed.flags) {
    const value = given[camel(flagName(flag))];
    if (!flag.inPath && value !== undefined) input[flag.name] = readValue(flag, value);
  }
  const missing = listed.flags.filter((flag) => flag.needed && input[flag.name] === undefined);
  if (missing.length > 0)
    throw new Unusable(
      `Missing parameters: ${missing.map((flag) => (flag.inPath ? `<${flag.name}>` : `--${flagName(flag)}`)).join(", ")}.`,
    );
  return input;
}

/** What a call does not take would be dropped without a word: the mails of a sequence that is piped from `show`, for one. */
function refuseUnknown({ flags, traits }: Listed, input: Record<string, unknown>) {
  const { wrapper } = traits;
  const known = new Set([...flags.map(({ name }) => name), wrapper]);
  const namesIn = (value: unknown) => (value && typeof value === "object" ? Object.keys(value) : []);
  const named = [...namesIn(input), ...(wrapper === undefined ? [] : namesIn(input[wrapper]))];
  const unknown = [...new Set(named)].filter((name) => !known.has(name.replace(/\[\]$/, "")));
  if (unknown.length > 0)
    throw new Unusable(
      `--input has parameters this command does not have: ${unknown.join(", ")}.`,
      unknown.includes("emailer_touches")
        ? "Nothing was sent. To copy a sequence with its emails, use cadenza export and cadenza apply."
        : "Nothing was sent. Remove them, or see --help.",
    );
}

/** As commander names what it has read. */
const camel = (name: string) => name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

function readValue(flag: Flag, value: unknown): unknown {
  if (flag.kind === "flag") return value;
  if (flag.kind === "list") return (value as string[]).flatMap((one) => readList(one));
  const text = String(value);
  if (flag.isFile && text.startsWith("@")) return fileAt(text.slice(1));
  if (text === "null") return null;
  switch (flag.kind) {
    case "int":
    case "number":
      return readNumber(flag, text);
    case "json":
      return readJson(text, `--${flagName(flag)}`);
    case "any":
      return /^[[{"\d-]|^(?:true|false)$/.test(text) ? tryJson(text) : text;
    default:
      if (isSecret(flag) && /^@[^@]/.test(text))
        return readFileSync(text === "@-" ? 0 : text.slice(1), "utf8").trim();
      return text.startsWith("@@") ? text.slice(1) : text;
  }
}

/** Everybody on a machine sees the flags of its programs, so these may stand in a file. */
const isSecret = ({ name }: Flag) => /password|secret|token|(?:^|_)key$/.test(name);

/** A comma that belongs to a name is written as JSON: '["Berlin, Mitte"]'. */
function readList(text: string): unknown[] {
  if (!text.trimStart().startsWith("["))
    return text
      .split(",")
      .map((word) => word.trim())
      .filter(Boolean);
  const list = readJson(text, "a list");
  if (!Array.isArray(list)) throw new Unusable("A JSON list starts with [ and ends with ].");
  return list;
}

function readNumber(flag: Flag, text: string) {
  const number = Number(text);
  if (text.trim() === "" || !Number.isFinite(number) || (flag.kind === "int" && !Number.isInteger(number)))
    throw new Unusable(
      `--${flagName(flag)} must be a${flag.kind === "int" ? " whole" : ""} number. You gave ${text}.`,
    );
  return number;
}

function readObject(text: string) {
  const value = readJson(text, "--input");
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new Unusable("--input must be a JSON object.");
  return { ...(value as Record<string, unknown>) };
}

/** JSON as it is, in @file, or on standard input for @-. */
function readJson(text: string, what: string): unknown {
  const source = text.startsWith("@") ? readFileSync(text === "@-" ? 0 : text.slice(1), "utf8") : text;
  try {
    return JSON.parse(source);
  } catch {
    throw new Unusable(`${what} is not valid JSON.`);
  }
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function fileAt(path: string) {
  return new File([readFileSync(path === "-" ? 0 : path)], path === "-" ? "standard-input" : basename(path));
}
