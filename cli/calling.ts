// Any call of the contract as a command: ask, and show what was answered.

import { createWriteStream } from "node:fs";
import process from "node:process";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Download } from "@cadenza/sdk";
import type { Command as Listed, Traits } from "./commands.ts";
import type { Session } from "./connection.ts";
import { EXIT, Unusable } from "./exits.ts";
import { readInput } from "./flags.ts";
import { jsonOf, linesOf, type Row, tableOf } from "./table.ts";

type Method = ((input: unknown, options?: unknown) => Promise<unknown>) & {
  each?(input: unknown): AsyncIterable<unknown>;
  csv?(input: unknown): Promise<Download>;
};

export async function call(
  session: Session,
  { noun, verb, listed }: { noun: string; verb: string; listed: Listed },
  args: readonly string[],
  given: Record<string, unknown>,
) {
  const { traits } = listed;
  const input = readInput(listed, args, given);
  const api = (await session.api()) as unknown as Record<string, Record<string, Method>>;
  const method = api[noun]?.[verb] as Method;
  if (given.csv && method.csv) return saved(method.csv(input), given.output);
  const options = {
    ...(given.dryRun === true && { dryRun: true }),
    ...(given.ifMatch !== undefined && { ifMatch: String(given.ifMatch).replaceAll('"', "") }),
    ...(given.idempotencyKey !== undefined && { idempotencyKey: String(given.idempotencyKey) }),
  };
  if (traits.isFile) return saved(method(input) as Promise<Download>, given.output);
  if (given.all && method.each) {
    await showAll(session, method.each(input), given);
    return EXIT.done;
  }
  const answer = await method(input, options);
  show(session, answer, traits, given);
  if (!traits.startsJob || given.dryRun === true) return EXIT.done;
  const { followJob } = await import("./following.ts");
  return followJob(session, answer, given.wait !== false);
}

async function saved(file: Promise<Download>, output: unknown) {
  await save(await file, output);
  return EXIT.done;
}

/** To a file, or on as it comes. */
async function save(file: Download, output: unknown) {
  const from = Readable.fromWeb(file.stream());
  if (output === undefined && process.stdout.isTTY && !file.contentType.startsWith("text/"))
    throw new Unusable(
      "The answer is a file and cannot be shown in a terminal.",
      "Use --output <file>, or > file.",
    );
  if (output === undefined) for await (const part of from) process.stdout.write(part as Buffer);
  else await pipeline(from, createWriteStream(String(output), { flags: "wx" }));
}

async function showAll(session: Session, items: AsyncIterable<unknown>, given: Record<string, unknown>) {
  if (!given.json) {
    const rows: Row[] = [];
    for await (const item of items) rows.push(item as Row);
    return session.say(tableOf(rows, layout(given)));
  }
  let isFirst = true;
  for await (const item of items) {
    session.say(`${isFirst ? "[" : ","}${jsonOf(item)}`);
    isFirst = false;
  }
  session.say(isFirst ? "[]" : "]");
}

export function layout(given: Record<string, unknown>) {
  const columns =
    given.columns === undefined
      ? undefined
      : String(given.columns)
          .split(",")
          .map((name) => name.trim());
  return { ...(columns && { columns }), width: process.stdout.columns ?? 120 };
}

export function show(session: Session, answer: unknown, { pages }: Traits, given: Record<string, unknown>) {
  if (given.json) return session.say(jsonOf(answer));
  if (given.dryRun) session.complain("Dry run: nothing was changed.");
  const list = pages ? (pages.items === "" ? answer : (answer as Row)[pages.items]) : onlyList(answer);
  if (!Array.isArray(list)) return session.say(linesOf(mainOf(answer)));
  session.say(tableOf(list as Row[], layout(given)));
  const { pagination } = answer as {
    pagination?: { page?: unknown; total_pages?: number; total_entries?: number };
  };
  if (pagination && Number(pagination.total_pages) > 1)
    session.complain(
      `Page ${pagination.page ?? 1} of ${pagination.total_pages}, ${pagination.total_entries} in total. --all shows all of them.`,
    );
}

/** `{"allowances": [{…}, {…}]}` is a list. */
function onlyList(answer: unknown) {
  const all = Object.entries(answer ?? {}).filter(([key]) => key !== "dry_run");
  const [, list] = all.length === 1 ? (all[0] as [string, unknown]) : [null, null];
  const isThing = (one: unknown) => typeof one === "object" && one !== null && !Array.isArray(one);
  return Array.isArray(list) && list.length > 0 && list.every(isThing) ? list : null;
}

/** `{"contact": {…}, "labels": []}` is about the contact. */
function mainOf(answer: unknown): Row {
  if (typeof answer !== "object" || answer === null) return { answer };
  const things = Object.values(answer).filter(
    (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  );
  const others = Object.entries(answer).filter(
    ([key, value]) => typeof value !== "object" && value !== null && key !== "dry_run",
  );
  return things.length === 1 && others.length === 0 ? (things[0] as Row) : (answer as Row);
}
