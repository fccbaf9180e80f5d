// `cadenza imports run people.csv`: a file is brought in, and of every row that came to anything else than was meant it is
// said why.

import { openAsBlob, readFileSync } from "node:fs";
import { stat, writeFile } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { type Client, type Input, type Output, waitForJob } from "@cadenza/sdk";
import { Option } from "commander";
import { fileAddingFlags } from "./adding-flags.ts";
import { newCommand } from "./building.ts";
import { layout } from "./calling.ts";
import type { Common, Session } from "./connection.ts";
import { EXIT, Unusable } from "./exits.ts";
import { optionsFor, readInput } from "./flags.ts";
import type { Flow } from "./flows.ts";
import { findMailboxes, findSequence } from "./lookup.ts";
import { openBar } from "./progress-bar.ts";
import { type ImportPromise, promiseOfFile, tellPromise } from "./promising.ts";
import { jsonOf, tableOf } from "./table.ts";
import { dashed } from "./words.ts";

type Wish = Common & {
  kind: "contacts" | "accounts" | "opportunities" | "people" | "organizations";
  source?: string;
  map?: Record<string, string | null>;
  list?: string[];
  overwrite?: "never" | "fill" | "replace";
  companies: boolean;
  sequence?: string;
  mailbox?: string[];
  rotate?: boolean;
  unverified?: boolean;
  result?: string;
  dryRun?: boolean;
  wait: boolean;
};

type Row = Output<"imports", "rows">["rows"][number];
type Found = Output<"imports", "get">["import"];

const SHOWN = 50;
const MOST_BYTES = 512 * 1024 * 1024;

export const importFile: Flow = {
  under: "imports",
  name: "run",
  add(group, session, finish, common) {
    const command = common(
      newCommand("run")
        .argument("<file>", "CSV, or JSON with one object per line")
        .description("Import a file. Shows the result of each row.")
        .addOption(
          new Option(
            "--kind <kind>",
            "What a row becomes: opportunities are deals; people and organizations go to the people database",
          )
            .choices(["contacts", "accounts", "opportunities", "people", "organizations"])
            .default("contacts"),
        )
        .option("--source <word>", "Data source of people and organizations")
        .option(
          "--map <column=field>",
          "Field for a column; without a field, the column is ignored. May be repeated",
          mapped,
        )
        .option("--list <name>", "Add all records to this list; may be repeated", listed)
        .option(
          "--overwrite <never|fill|replace>",
          "What the file may change in existing records; default: fill",
        )
        .option("--no-companies", "Do not create missing companies")
        .option("--sequence <id or name>", "Add the contacts to this sequence")
        .option("--mailbox <id or address>", "Mailbox that sends; separate several with commas", several)
        .option("--rotate", "Rotate mailboxes; without --mailbox, all active ones")
        .option(
          "--unverified",
          "Also add contacts to the sequence whose email address the file marks as unverified",
        )
        .option("--result <file>", "Save the result of each row to this CSV file")
        .option("--dry-run", "Show what would happen; change nothing")
        .option("--no-wait", "Do not wait for background work"),
    );
    const adding = fileAddingFlags();
    if (adding) for (const option of optionsFor(adding)) command.addOption(option);
    command.action(async (file: string, given: Wish & Record<string, unknown>) => {
      session.choose(given);
      const terms = adding ? readInput(adding, [], given) : {};
      finish(await run(session, file, given, terms));
    });
    group.addCommand(command);
  },
};

const listed = (name: string, before: string[] = []) => [...before, name];
const several = (text: string, before: string[] = []) => [
  ...before,
  ...text.split(",").map((one) => one.trim()),
];

function mapped(text: string, before: Record<string, string | null> = {}) {
  const at = text.lastIndexOf("=");
  if (at < 1) throw new Unusable(`--map ${text} has no column. Write Column=field.`);
  return { ...before, [text.slice(0, at)]: text.slice(at + 1).trim() || null };
}

/** How contacts join, as the call names it. */
type AddingTerms = Record<string, unknown>;

async function run(session: Session, path: string, wish: Wish, terms: AddingTerms) {
  refuseIdle(wish, terms);
  const api = await session.api();
  const asked = await inputFrom(api, wish, terms);
  const promise = wish.dryRun ? await promiseOfFile(session, path, asked, { keeps: false }) : null;
  const found = await bringIn(session, path, asked, wish, promise);
  return found ? exitFor(found) : EXIT.done;
}

export type ImportInput = Omit<Input<"imports", "create">, "file" | "text">;

type How = Common & Pick<Wish, "result" | "dryRun" | "wait"> & { idempotencyKey?: string };

/** Returns the finished import; null when the caller does not wait for it. `-` is standard input. */
export async function bringIn(
  session: Session,
  path: string,
  asked: ImportInput,
  wish: How,
  promise: ImportPromise | null = null,
): Promise<Found | null> {
  await refuseNowhere(wish);
  const file = path === "-" ? new Blob([readFileSync(0)]) : await opened(path);
  if (!file) throw new Unusable(`${path} cannot be read.`);
  // No server takes more; sending gigabytes to hear so would take a while.
  if (file.size > MOST_BYTES)
    throw new Unusable(`${path} is larger than 512 MB.`, "Split it into several files.");
  const api = await session.api();
  const named = new File([file], path === "-" ? "standard-input.csv" : basename(path));
  const { idempotencyKey } = wish;
  const started = await api.imports.create(
    { file: named, ...asked },
    { dryRun: wish.dryRun === true, ...(idempotencyKey && { idempotencyKey }) },
  );
  for (const warning of started.import.warnings) session.complain(warning);
  if (wish.dryRun) {
    tell(session, wish, started.import, started.rows ?? [], promise);
    for (const { sentence } of started.first_email_surges ?? []) session.complain(sentence);
    return started.import;
  }
  const { id } = started.import;
  if (!wish.wait) {
    session.say(wish.json ? jsonOf(started) : `Running in the background. See: cadenza imports get ${id}`);
    return null;
  }
  const bar = openBar();
  try {
    await waitForJob(api, started.entity_progress_job.id, {
      timeoutMs: 6 * 3_600_000,
      onProgress: ({ done, total }) => bar.show(done, total, "rows"),
    });
  } finally {
    bar.end();
  }
  const { import: found } = await api.imports.get({ id });
  const { rows } = await api.imports.rows({ id, per_page: SHOWN });
  if (wish.result) await writeFile(wish.result, await (await api.imports.rows.csv({ id })).bytes());
  tell(session, wish, found, rows);
  return found;
}

/** A folder opens as well as a file, and fails only as it is read. */
async function opened(path: string) {
  const found = await stat(path).catch(() => null);
  return found?.isDirectory() ? null : openAsBlob(path).catch(() => null);
}

/** What became of each row would be lost: said before anything is sent. */
async function refuseNowhere({ result, dryRun, wait }: How) {
  if (result === undefined) return;
  if (dryRun || !wait)
    throw new Unusable(
      `--result cannot be used with ${dryRun ? "--dry-run" : "--no-wait"}.`,
      dryRun ? "--json prints the rows that were tried." : "Save it later: cadenza imports rows <id> --csv",
    );
  const folder = await stat(dirname(result)).catch(() => null);
  if (!folder?.isDirectory()) throw new Unusable(`${result} cannot be saved: the folder does not exist.`);
}

/** These flags only make sense with a sequence. */
function refuseIdle({ sequence, mailbox, rotate, unverified }: Wish, terms: AddingTerms) {
  const [term] = Object.keys(terms);
  const named = mailbox ? "--mailbox" : rotate ? "--rotate" : unverified ? "--unverified" : null;
  const idle = named ?? (term === undefined ? null : `--${dashed(term)}`);
  if (sequence === undefined && idle) throw new Unusable(`${idle} needs --sequence.`);
}

async function inputFrom(api: Client, wish: Wish, terms: AddingTerms): Promise<ImportInput> {
  const sequence = wish.sequence === undefined ? null : await findSequence(api, wish.sequence);
  const mailboxes = sequence ? await findMailboxes(api, wish.mailbox ?? [], wish.rotate === true) : [];
  return {
    kind: wish.kind,
    create_accounts: wish.companies,
    ...(wish.source && { source: wish.source }),
    ...(wish.map && { mapping: wish.map }),
    ...(wish.list && { label_names: wish.list }),
    ...(wish.overwrite && { overwrite: wish.overwrite }),
    ...(sequence && {
      add_to_sequence: {
        id: sequence.id,
        send_email_from_email_account_id: mailboxes.map(({ id }) => id),
        ...(wish.unverified && { sequence_unverified_email: true }),
        ...terms,
      },
    }),
  };
}

function tell(
  session: Session,
  wish: How,
  found: Found,
  rows: readonly Row[],
  promise: ImportPromise | null = null,
) {
  if (wish.json) return session.say(jsonOf({ import: found, rows, ...(promise && { promise }) }));
  const lines = rows.slice(0, SHOWN).map((row) => ({
    row: row.row,
    verdict: row.verdict,
    name: row.name,
    why: [row.sentence, row.enrollment_sentence].filter(Boolean).join(" ") || null,
    sequence: row.enrollment?.replace("_", " ") ?? null,
  }));
  const columns = ["row", "verdict", "name", "why", ...(found.sequence_id ? ["sequence"] : [])];
  session.say(tableOf(lines, { columns, width: layout(wish).width }));
  if (found.total > SHOWN) session.say(`… and ${found.total - SHOWN} more rows; --result saves all of them.`);
  const { created, updated, unchanged, skipped, enrolled, not_enrolled } = found;
  const joined = found.sequence_id ? `; ${enrolled} added to the sequence, ${not_enrolled} not added` : "";
  const would = wish.dryRun ? "Dry run: " : "";
  session.say(
    `${would}${created} created, ${updated} updated, ${unchanged} unchanged, ${skipped} skipped${joined}.`,
  );
  for (const { count, sentence, code } of found.reasons) session.say(`  ${count}: ${sentence ?? code}`);
  if (wish.dryRun && promise) tellPromise(session, promise);
  if (found.error) session.complain(found.error);
  return undefined;
}

function exitFor({ status, created, updated, unchanged }: Found) {
  if (status === "failed" || status === "cancelled") return EXIT.notAll;
  return created + updated + unchanged === 0 ? EXIT.notAll : EXIT.done;
}
