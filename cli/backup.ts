// `cadenza backup` and `cadenza restore`: a whole installation as a file, and back. The file's end holds the sum of all
// before it, so one that was torn is known as such: when it is made, and again before it is put back.

import { createHash } from "node:crypto";
import { createReadStream, createWriteStream, existsSync, renameSync, rmSync, statSync } from "node:fs";
import process from "node:process";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { newCommand } from "./building.ts";
import type { Common, Session } from "./connection.ts";
import { EXIT, Unusable } from "./exits.ts";
import type { Flow } from "./flows.ts";
import { openBar } from "./progress-bar.ts";
import { jsonOf } from "./table.ts";

const END = Buffer.from("\nCADENZA-BACKUP-END\n");
const TAIL_BYTES = 32 + END.length;

export const backup: Flow = {
  name: "backup",
  add(program, session, _finish, common) {
    program.addCommand(
      common(newCommand("backup"))
        .description(
          "Back up the whole installation to a file. Needs the operator's key. Keep cadenza.key as well, in another place.",
        )
        .argument("[file]", "Target file; - is standard output; default: cadenza-<day>.backup")
        .action(async (file: string | undefined, options: Common) => {
          session.choose(options);
          await save(session, file, options.json === true);
        }),
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
        .action(async (file: string, options: Common) => {
          session.choose(options);
          await putBack(session, file, options.json === true);
        }),
    );
  },
};

async function save(session: Session, wanted: string | undefined, asJson: boolean) {
  const response = await answered(session, "/api/v1/installation/backup", { headers: { accept: "*/*" } });
  const given = /filename="([\w.-]+)"/.exec(response.headers.get("content-disposition") ?? "")?.[1];
  const file = wanted ?? given ?? "cadenza.backup";
  const seal = openSeal();
  const from = Readable.fromWeb(response.body as ReadableStream);
  const what = "The backup ended early. Nothing was saved.";
  if (file === "-") {
    await whole(pipeline(from, seal.stream, process.stdout, { end: false }), what);
    if (!seal.isWhole()) throw torn(what);
    return;
  }
  if (existsSync(file)) throw new Unusable(`${file} exists already.`);
  const part = `${file}.part`;
  try {
    await whole(pipeline(from, seal.stream, createWriteStream(part, { mode: 0o600, flush: true })), what);
    if (!seal.isWhole()) throw torn(what);
    renameSync(part, file);
  } finally {
    rmSync(part, { force: true });
  }
  const { size } = statSync(file);
  if (asJson) session.say(jsonOf({ backup: { file, bytes: size } }));
  else
    session.say(
      `Saved as ${file}, ${megabytes(size)}. It does not contain cadenza.key. Without that file, mailbox passwords cannot be read.`,
    );
}

async function putBack(session: Session, file: string, asJson: boolean) {
  const { size } = statSync(file);
  const bar = openBar();
  const seal = openSeal();
  for await (const _ of createReadStream(file).pipe(seal.stream));
  if (!seal.isWhole())
    throw torn(`${file} is not a complete backup: it is cut off or changed. Nothing was sent.`);
  let sent = 0;
  const counting = new Transform({
    transform(piece: Buffer, _encoding, done) {
      sent += piece.length;
      bar.show(Math.round(sent / 1e6), Math.round(size / 1e6), "MB");
      done(null, piece);
    },
  });
  try {
    const body = Readable.toWeb(createReadStream(file).pipe(counting));
    const init = {
      method: "POST",
      body,
      duplex: "half" as const,
      headers: { "content-type": "application/vnd.cadenza.backup" },
    };
    const response = await answered(session, "/api/v1/installation/restore", init);
    const answer = (await response.json()) as { restored: { migrated?: string[] } };
    bar.end();
    if (asJson) session.say(jsonOf(answer));
    else
      session.say(
        `Restored${migratedWords(answer.restored.migrated)}. Sign in as before; use the API keys of the backup.\nSending is paused: this database may be a copy. If no other installation sends from it, run: cadenza installation confirm-sending`,
      );
  } finally {
    bar.end();
  }
}

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
  const stream = new Transform({
    transform(piece: Buffer, _encoding, done) {
      const all = Buffer.concat([tail, piece]);
      const certain = Math.max(0, all.length - TAIL_BYTES);
      sum.update(all.subarray(0, certain));
      tail = all.subarray(certain);
      done(null, piece);
    },
  });
  const isWhole = () =>
    tail.length === TAIL_BYTES && tail.subarray(32).equals(END) && sum.digest().equals(tail.subarray(0, 32));
  return { stream, isWhole };
}

const torn = (sentence: string) => new Unusable(sentence, null, EXIT.refused);

/** A line that breaks is told as what it means here. */
async function whole(saving: Promise<void>, sentence: string) {
  try {
    await saving;
  } catch (error) {
    const { code, path } = error as { code?: string; path?: string };
    throw code && path ? error : torn(sentence);
  }
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
