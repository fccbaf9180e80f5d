// `cadenza backup` and `cadenza restore`: a whole installation as a file, and back. The file's end holds the sum of all
// before it, so one that was torn is known as such: when it is made, and again before it is put back. `backup verify` has the server
// restore it into a database that is deleted afterwards.

import { createHash } from "node:crypto";
import { createWriteStream, existsSync, renameSync, rmSync, statSync } from "node:fs";
import process from "node:process";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Command } from "commander";
import { damaged, encryptionFor, plainBytes } from "./backup-encryption.ts";
import { newCommand } from "./building.ts";
import type { Common, Session } from "./connection.ts";
import { EXIT, Unusable } from "./exits.ts";
import type { Flow } from "./flows.ts";
import { openBar } from "./progress-bar.ts";
import { jsonOf } from "./table.ts";

const END = Buffer.from("\nCADENZA-BACKUP-END\n");
const TAIL_BYTES = 32 + END.length;

const IDENTITY = "File of the private keys of age that decrypt it. They stay on this machine";

type Reading = Common & { identity?: string };

export const backup: Flow = {
  name: "backup",
  add(program, session, _finish, common) {
    program.addCommand(
      common(newCommand("backup"))
        .description(
          "Back up the whole installation to a file. Needs the operator's key. Keep cadenza.key as well, in another place.",
        )
        .argument(
          "[file]",
          "Target file; - is standard output; default: cadenza-<day>.backup, with .age if encrypted",
        )
        .option("--recipient <a,b>", "Encrypt it for these public keys of age (age1…)")
        .action(async (file: string | undefined, options: Common & { recipient?: string }) => {
          session.choose(options);
          await save(session, file, options);
        })
        .addCommand(
          common(newCommand("verify"))
            .description(
              "Restore a backup into a temporary database of the server, check it there, and delete that database. Nothing else is changed.",
            )
            .argument("<file>")
            .option("--identity <file>", IDENTITY)
            .action(async (file: string, _own: Reading, command: Command) => {
              const options = command.optsWithGlobals<Reading>(); // what both commands know goes to the outer one
              session.choose(options);
              await verify(session, file, options);
            }),
        ),
    );
  },
};

export const restore: Flow = {
  name: "restore",
  add(program, session, _finish, common) {
    program.addCommand(
      common(newCommand("restore"))
        .description(
          "Restore a backup of this or an earlier version into a new, empty installation with the same cadenza.key. It sends nothing until you confirm that no other installation does.",
        )
        .argument("<file>")
        .option("--identity <file>", IDENTITY)
        .action(async (file: string, options: Reading) => {
          session.choose(options);
          await putBack(session, file, options);
        }),
    );
  },
};

async function save(
  session: Session,
  wanted: string | undefined,
  { recipient, json }: Common & { recipient?: string },
) {
  const encrypt = recipient === undefined ? null : await encryptionFor(recipient.split(","));
  const response = await answered(session, "/api/v1/installation/backup", { headers: { accept: "*/*" } });
  const given = /filename="([\w.-]+)"/.exec(response.headers.get("content-disposition") ?? "")?.[1];
  const file = wanted ?? `${given ?? "cadenza.backup"}${encrypt ? ".age" : ""}`;
  const seal = openSeal();
  const plain = seal.passing(Readable.fromWeb(response.body as ReadableStream));
  const from = Readable.from(encrypt ? encrypt(plain) : plain);
  const what = "The backup ended early. Nothing was saved.";
  if (file === "-") {
    await whole(pipeline(from, process.stdout, { end: false }), what);
    if (!seal.isWhole()) throw torn(what);
    return;
  }
  if (existsSync(file)) throw new Unusable(`${file} exists already.`);
  const part = `${file}.part`;
  try {
    await whole(pipeline(from, createWriteStream(part, { mode: 0o600, flush: true })), what);
    if (!seal.isWhole()) throw torn(what);
    renameSync(part, file);
  } finally {
    rmSync(part, { force: true });
  }
  const { size } = statSync(file);
  if (json) session.say(jsonOf({ backup: { file, bytes: size } }));
  else
    session.say(
      `Saved as ${file}, ${megabytes(size)}${encrypt ? ", encrypted" : ""}. It does not contain cadenza.key. Without that file, mailbox passwords cannot be read.`,
    );
}

async function putBack(session: Session, file: string, { identity, json }: Reading) {
  const answer = await sent<{ restored: { migrated?: string[] } }>(session, "restore", file, identity);
  if (json) session.say(jsonOf(answer));
  else
    session.say(
      `Restored${migratedWords(answer.restored.migrated)}. Sign in as before. API keys are those of the backup, so the key of this command no longer works.\n` +
        "Sending is paused: this database may be a copy. If no other installation sends from it, sign in as an admin and choose Review in the bar at the top, or run with a master key: cadenza installation confirm-sending",
    );
}

type Verified = {
  made_at: string;
  version: string | null;
  migrated: string[];
  tables: number;
  rows: number;
  teams: number;
  contacts: number;
  emails: number;
  seconds: number;
};

async function verify(session: Session, file: string, { identity, json }: Reading) {
  const answer = await sent<{ backup: Verified }>(session, "backup/verify", file, identity);
  if (json) return session.say(jsonOf(answer));
  const { made_at, version, migrated, tables, rows, teams, contacts, emails, seconds } = answer.backup;
  session.say(
    `${file} can be restored. It was restored into a temporary database${migratedWords(migrated)}, which is deleted again.\n` +
      `Made at ${made_at} by ${version ? `Cadenza ${version}` : "an early version"}: ${counted(teams, "team")}, ${counted(contacts, "contact")}, ${counted(emails, "email")}.\n` +
      `${rows} rows in ${tables} tables, as many as in the file. It took ${seconds} s.`,
  );
}

/** Read once to see that it is whole, and then again to send it. */
async function sent<Answer>(session: Session, what: string, file: string, identity: string | undefined) {
  const read = await plainBytes(file, identity);
  const seal = openSeal();
  let size = 0;
  for await (const piece of seal.passing(read())) size += piece.length;
  if (!seal.isWhole()) throw damaged(file);
  const bar = openBar();
  async function* pieces() {
    let done = 0;
    for await (const piece of read()) {
      done += piece.length;
      bar.show(Math.round(done / 1e6), Math.round(size / 1e6), "MB");
      yield piece;
    }
  }
  try {
    const init = {
      method: "POST",
      body: Readable.toWeb(Readable.from(pieces())),
      duplex: "half" as const,
      headers: { "content-type": "application/vnd.cadenza.backup" },
    };
    const response = await answered(session, `/api/v1/installation/${what}`, init);
    return (await response.json()) as Answer;
  } finally {
    bar.end();
  }
}

const counted = (n: number, noun: string) => `${n} ${n === 1 ? noun : `${noun}s`}`;

/** An older server does not say it. */
function migratedWords(migrated: readonly string[] = []) {
  if (migrated.length === 0) return "";
  return ` and migrated from an earlier version (${migrated.length === 1 ? "1 step" : `${migrated.length} steps`})`;
}

async function answered(session: Session, path: string, init: RequestInit) {
  const response = await session.ask(path, init);
  if (response.ok) return response;
  const text = await response.text();
  let body: unknown = text;
  try {
    body = JSON.parse(text);
  } catch {}
  const { Refused } = await import("@cadenza/sdk");
  const refused = new Refused(response.status, body, response.headers);
  if (refused.code === "operator_only")
    throw new Unusable(
      refused.message,
      "Use the key from CADENZA_BOOTSTRAP_KEY of the server.",
      EXIT.notAllowed,
    );
  throw refused;
}

/** Passes everything on, and knows at the end whether it was whole. */
function openSeal() {
  const sum = createHash("sha256");
  let tail: Buffer = Buffer.alloc(0);
  async function* passing(pieces: AsyncIterable<Uint8Array>) {
    for await (const piece of pieces) {
      const all = Buffer.concat([tail, piece]);
      const certain = Math.max(0, all.length - TAIL_BYTES);
      sum.update(all.subarray(0, certain));
      tail = all.subarray(certain);
      yield piece;
    }
  }
  const isWhole = () =>
    tail.length === TAIL_BYTES && tail.subarray(32).equals(END) && sum.digest().equals(tail.subarray(0, 32));
  return { passing, isWhole };
}

const torn = (sentence: string) => new Unusable(sentence, null, EXIT.refused);

/** A line that breaks is told as what it means here. */
async function whole(saving: Promise<void>, sentence: string) {
  try {
    await saving;
  } catch (error) {
    const { code, path } = error as { code?: string; path?: string };
    if (code === "ENOSPC" || code === "EDQUOT") throw torn("The disk is full. Nothing was saved.");
    throw code && path ? error : torn(sentence);
  }
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
