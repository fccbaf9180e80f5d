// Backs up and restores the whole installation as a file. Only for the operator, and outside the contract, because
// what goes over the wire is neither JSON nor small. A backup is sent as it is read; one to restore is stored first
// and checked whole.
//
// Easy to get wrong here: an answer that fails half-way must not look whole, so the connection is cut off. The
// format's own end marks a whole file for its reader.

import { createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { App } from "../app.ts";
import { backupWriter, bytesOf, openBackup } from "../db/backup-format.ts";
import type { ConnectionOptions } from "../db/connect.ts";
import { readSnapshot, type SnapshotSource, writeSnapshot } from "../db/snapshot.ts";
import { CannotRestore } from "../db/snapshot-refusals.ts";
import { tryRestore } from "../db/trial-restore.ts";
import { Refusal } from "../kernel/refusal.ts";
import type { TellRefused } from "../kernel/refused-calls.ts";
import { VERSION } from "../kernel/version.ts";
import { tellIfForbidden } from "./audit-refusals.ts";
import { beginCall, type CallContext, logRequest } from "./call.ts";
import { sendPiece } from "./chunked-answer.ts";
import { credentialOf } from "./credentials.ts";
import { sendError } from "./errors.ts";
import { emptyBag } from "./params.ts";
import { safeHeaders } from "./safe-headers.ts";
import type { Inside } from "./server.ts";

export type Backups = {
  owner: ConnectionOptions;
  identify: Inside["identify"];
  tellRefused: TellRefused;
  /** What the rest of the server has to load anew after a restore. */
  afterRestore(): Promise<void>;
};

export async function mountBackups(server: FastifyInstance, app: App, backups: Backups) {
  await server.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", (_request, payload, done) => done(null, payload)); // as it comes
    for (const prefix of ["/api/v1", "/v1"]) {
      scope.get(`${prefix}/installation/backup`, asOperator(app, backups, giveBackup));
      const large = { bodyLimit: Number.MAX_SAFE_INTEGER };
      scope.post(`${prefix}/installation/restore`, large, asOperator(app, backups, takeBackup));
      scope.post(`${prefix}/installation/backup/verify`, large, asOperator(app, backups, tryBackup));
    }
    done();
  });
}

type Handle = (
  app: App,
  backups: Backups,
  request: FastifyRequest,
  reply: FastifyReply,
  call: CallContext,
) => Promise<void>;

function asOperator(app: App, backups: Backups, handle: Handle) {
  const isSecure = app.config.publicUrl.startsWith("https:");
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const call = beginCall("installation/backup");
    try {
      const credential = credentialOf(request, emptyBag(), emptyBag(), isSecure);
      if (credential?.kind !== "key") throw new Refusal("api_key_required");
      const caller = await backups.identify(credential);
      if (!caller) throw new Refusal("invalid_api_key");
      call.caller = caller;
      if (!caller.isOperator) throw new Refusal("operator_only");
      await handle(app, backups, request, reply, call);
    } catch (error) {
      await tellIfForbidden(backups.tellRefused, request, call, error);
      const refusal =
        error instanceof CannotRestore ? new Refusal("backup_refused", { why: error.message }) : error;
      if (reply.raw.headersSent) {
        app.log.error({ request: request.id, err: error }, "a backup failed before its end");
        reply.raw.destroy();
      } else sendError(app.log, request, reply, refusal, call);
    }
    return reply;
  };
}

const giveBackup: Handle = async (app, { owner }, request, reply, call) => {
  const madeAt = app.now().toString();
  reply.hijack();
  reply.raw.writeHead(200, {
    ...safeHeaders(app.config),
    "x-request-id": request.id,
    "cache-control": "no-store",
    "content-type": "application/vnd.cadenza.backup",
    "content-disposition": `attachment; filename="cadenza-${madeAt.slice(0, 10)}.backup"`,
  });
  if (request.method === "HEAD") return void reply.raw.end();
  const writer = backupWriter((piece) => sendPiece(reply.raw, piece));
  await writeSnapshot(owner, { at: madeAt, version: VERSION }, writer);
  await writer.finish();
  reply.raw.end();
  app.log.info({ request: request.id }, "a backup was made");
  logRequest(app.log, call, request, 200);
};

const takeBackup: Handle = async (app, { owner, afterRestore }, request, reply, call) => {
  await withReceived(app, request, async (source) => {
    const migrated = await readSnapshot(owner, source, app.secrets.knows);
    await afterRestore();
    app.log.warn(
      { request: request.id, madeAt: source.contents.madeAt, migrated },
      "a backup was restored; no email is sent until an operator confirms it",
    );
    reply.code(200).send({
      restored: { made_at: source.contents.madeAt, tables: source.contents.tables.length, migrated },
      sending: { held: true },
    });
    logRequest(app.log, call, request, 200);
  });
};

/** One at a time: they share the temporary database. */
const tryBackup: Handle = async (app, { owner }, request, reply, call) => {
  await withReceived(app, request, async (source) => {
    const letGo = await app.db.holdAlone("trial restore");
    if (!letGo) throw new CannotRestore("Another backup is being verified. Try again once that is done.");
    try {
      const began = performance.now();
      const { migrated, rows } = await tryRestore(owner, source, app.secrets.knows);
      const seconds = Math.round(performance.now() - began) / 1000;
      const { madeAt, version } = source.contents;
      app.log.info({ request: request.id, madeAt, seconds }, "a backup was verified by a trial restore");
      reply.code(200).send({
        backup: {
          made_at: madeAt,
          version: version ?? null,
          migrated,
          tables: rows.size,
          rows: rows.values().reduce((sum, count) => sum + count, 0),
          teams: rows.get("teams") ?? 0,
          contacts: rows.get("contacts") ?? 0,
          emails: rows.get("messages") ?? 0,
          seconds,
        },
      });
      logRequest(app.log, call, request, 200);
    } finally {
      await letGo();
    }
  });
};

async function withReceived(
  app: App,
  request: FastifyRequest,
  work: (source: SnapshotSource) => Promise<void>,
) {
  const folder = mkdtempSync(join(app.config.dataDir, "restoring-"));
  const release = allowTime(request);
  try {
    const file = join(folder, "backup");
    await pipeline((request.body ?? request.raw) as Readable, createWriteStream(file, { mode: 0o600 }));
    await work(await openBackup(bytesOf(file)));
  } finally {
    release();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A large file may take longer than the two minutes that any other request gets. The limit is the whole server's. */
function allowTime({ server }: FastifyRequest) {
  const limit = server.server.requestTimeout;
  server.server.requestTimeout = 0;
  return () => {
    server.server.requestTimeout = limit;
  };
}
