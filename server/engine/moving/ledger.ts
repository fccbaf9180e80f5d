// What a move has copied, kept in our own database: written before the next record is copied, so a run that is killed is continued.

import { type Batch, type Copied, KEPT_MS, KINDS, type Kind, type Ledger } from "@cadenza/sdk/moving";
import type { App } from "../../app.ts";
import * as store from "../../features/administration/team-moves/records-store.ts";
import type { TeamMove } from "../../features/administration/team-moves/store.ts";

type Place = { app: App; teamId: string; move: Pick<TeamMove, "id" | "copyId"> };

export async function openLedger({ app, teamId, move }: Place): Promise<Ledger> {
  const { db } = app;
  const [copied, sent] = await db.inTeam(teamId, (open) =>
    Promise.all([store.listCopied(open, teamId, move.id), store.readSent(open, teamId, move.id)]),
  );
  const known = emptyLedger(`move-${move.copyId}`, copied as Copied[]);
  return {
    ...known,
    async put(some) {
      if (some.length === 0) return;
      await db.inTeam(teamId, (open) => store.insertCopied(open, teamId, move.id, some));
      await known.put(some);
    },
    async send(kind, ids, rows) {
      const key = await known.send(kind, ids, rows);
      const batch = { kind, ids, rows, key, sentAt: app.now().epochMilliseconds };
      await db.inTeam(teamId, (open) => store.writeSent(open, teamId, move.id, batch));
      return key;
    },
    unanswered(kind) {
      if (sent?.kind !== kind || app.now().epochMilliseconds - sent.sentAt > KEPT_MS) return null;
      return sent.ids.some((id) => known.get(kind, id) !== undefined) ? null : (sent as Batch);
    },
  };
}

/** In memory alone: for a look at the source. */
export function emptyLedger(prefix: string, copied: readonly Copied[] = []): Ledger {
  const known = new Map<Kind, Map<string, Copied>>(KINDS.map((kind) => [kind, new Map()]));
  const remember = (one: Copied) => void known.get(one.kind)?.set(one.from, one);
  for (const one of copied) remember(one);
  return {
    get: (kind, from) => known.get(kind)?.get(from)?.to,
    all: (kind) => [...(known.get(kind)?.values() ?? [])],
    keyFor: (kind, from) => `${prefix}-${kind}-${from}`,
    async put(some) {
      for (const one of some) remember(one);
    },
    send: async (kind, ids) => `${prefix}-${kind}-${ids[0]}-${ids.length}`,
    unanswered: () => null,
  };
}
