// Turns suppressions from before there were claims into claims: once, when an installation starts with this version.
// The digest key is not in the database, so no migration can do it.

import type { App } from "../../../app.ts";
import type { Db } from "../../../db/connect.ts";
import type { ClaimKind } from "../../../domain/contacts/address-claims.ts";
import { newId } from "../../../kernel/ids.ts";
import { listTeamIds } from "../../identity/teams/store.ts";
import { digestOf } from "./barring.ts";
import * as store from "./claims-backfill-store.ts";
import { insertClaims } from "./claims-store.ts";

const AT_ONCE = 2_000;

export async function writeFormerClaims(app: App) {
  const { teamIds, isDone } = await app.db.inTransaction(async (db) => ({
    teamIds: await listTeamIds(db),
    isDone: await store.areWritten(db),
  }));
  if (isDone) return;
  for (const teamId of teamIds) {
    await pages(app, teamId, store.formerMarks);
    await pages(app, teamId, store.formerEntries);
  }
  await app.db.inTransaction((db) => store.noteWritten(db, app.now()));
}

type Page = (db: Db, teamId: string, after: string, limit: number) => Promise<store.Former[]>;

async function pages(app: App, teamId: string, read: Page) {
  for (let after = ""; ; ) {
    const last = await app.db.inTeam(teamId, async (db) => {
      const rows = await read(db, teamId, after, AT_ONCE);
      await write(db, teamId, rows, app.now());
      return rows.length < AT_ONCE ? null : (rows.at(-1)?.id ?? null);
    });
    if (last === null) return;
    after = last;
  }
}

function write(db: Db, teamId: string, rows: readonly store.Former[], now: Temporal.Instant) {
  const claims = rows.flatMap(({ id, emails, kinds, isEntry, until }) =>
    emails.flatMap((email) => {
      const digest = digestOf(db, teamId, email);
      if (digest === null) return [];
      return kinds.map((kind: ClaimKind) => ({
        id: newId(),
        digest,
        kind,
        source: "before",
        sourceId: isEntry ? id : "",
        isErased: false,
        contactId: isEntry || kind === "paused" || kind === "bounced" ? null : id,
        until: kind === "paused" ? until : null,
      }));
    }),
  );
  const key = ({ digest, kind, contactId, sourceId }: (typeof claims)[number]) =>
    `${digest} ${kind} ${contactId} ${sourceId}`;
  const distinct = [...new Map(claims.map((one) => [key(one), one])).values()];
  return insertClaims(db, teamId, distinct, { userId: null, now });
}
