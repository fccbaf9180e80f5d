// Holding questions while providers are asked about them. The hold is a lease that beats while the process lives; whoever
// stands still for longer loses it to whoever asks next, and finds that out before anything is asked or charged any more. Only
// while a provider may be answering is somebody waited for who stands still and lives: the answer may be paid for.

import type { App } from "../../app.ts";
import type { Db } from "../../db/connect.ts";
import { newId } from "../../ids.ts";
import { holdLonger } from "../credits/reservations-store.ts";
import * as claims from "./claims-store.ts";

/** For how long credits are held without a beat. */
export const HELD_FOR = { minutes: 10 };

/** Beats in the time that a lease lasts without one. */
const BEATS = 4;

export type Lease = {
  /** By question, as hex: what providers are told this lookup is. */
  requests: ReadonlyMap<string, string>;
  /** Once the transaction that took it is committed. */
  begin(): void;
  /** What whoever held them before had asked, and takes with them: it may have been paid. */
  lost: readonly claims.Lost[];
  /** Before somebody is asked. Answers whether the question is this holder's still. */
  asks(asking: claims.Asking): Promise<boolean>;
  /** These credits are held for as long as the lease beats. */
  holdsCredits(reservationId: string): void;
  /** Those that may be written about: nobody else can take them before this transaction ends. */
  keeps(db: Db): Promise<ReadonlySet<string>>;
  /** Of what was lost, what nobody holds now. */
  regain(db: Db, questions: readonly Buffer[]): Promise<ReadonlySet<string>>;
  letGo(db: Db): Promise<unknown>;
  /** No more beats; what is still held is let go. */
  end(): Promise<void>;
};

/** The questions that nobody else holds, from now on held by this. */
export async function take(app: App, db: Db, teamId: string, questions: readonly Buffer[]): Promise<Lease> {
  const { lookupLeaseMs: leaseMs } = app.config;
  const holder = newId();
  const self = { id: holder, life: await app.db.lifeName() };
  const lost = await claims.noteLost(db, teamId, questions, app.now());
  const held = await claims.claim(db, teamId, self, questions, leaseMs);
  const requests = new Map(held.map(({ question, requestId }) => [question.toString("hex"), requestId]));
  let reservationId: string | null = null;
  const beat = () =>
    app.db.inTeam(teamId, async (own) => {
      await claims.renew(own, teamId, holder, leaseMs);
      if (reservationId !== null)
        await holdLonger(own, teamId, reservationId, app.now().add(HELD_FOR), app.now());
    });
  let beating: NodeJS.Timeout | undefined;
  return {
    requests,
    lost,
    begin() {
      beating = setInterval(() => void beat().catch(() => {}), leaseMs / BEATS); // the next one, then
    },
    asks: ({ longestMs, ...asking }) =>
      app.db.inTeam(teamId, (own) =>
        claims.noteAsking(own, teamId, holder, { ...asking, longestMs: longestMs + leaseMs }),
      ),
    holdsCredits(id) {
      reservationId = id;
    },
    async keeps(own) {
      const mine = await claims.lockHeld(own, teamId, holder);
      return new Set(mine.map((question) => question.toString("hex")));
    },
    async regain(own, wanted) {
      const again = await claims.claim(own, teamId, self, wanted, leaseMs);
      return new Set(again.map(({ question }) => question.toString("hex")));
    },
    letGo: (own) => claims.letGo(own, teamId, holder),
    async end() {
      clearInterval(beating);
      await app.db.inTeam(teamId, (own) => claims.leave(own, teamId, holder));
    },
  };
}
