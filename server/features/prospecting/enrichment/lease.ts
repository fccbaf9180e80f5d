// Holds questions while providers are asked about them. The hold is a lease that is renewed while the process lives. A
// process that is suspended for longer loses it to the next one, and finds that out before it asks or charges anything.
// Others wait for a suspended process that lives only while its provider may answer, because the answer may be paid
// for.

import type { App } from "../../../app.ts";
import type { Db } from "../../../db/connect.ts";
import { newId } from "../../../kernel/ids.ts";
import { holdLonger } from "../../identity/credits/reservations-store.ts";
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
  /** What the former holder had asked, which the claim takes over: it may have been paid. */
  lost: readonly claims.Lost[];
  /** Called before a provider is asked. Answers whether this holder still has the question. */
  asks(asking: claims.ClaimRequest): Promise<boolean>;
  /** These credits are held for as long as the lease beats. */
  holdsCredits(reservationId: string): void;
  /** Those that may be written about: nobody else can take them before this transaction ends. */
  keeps(db: Db): Promise<ReadonlySet<string>>;
  /** Of the lost questions, those that no process holds now. */
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
  const held = await claims.claimQuestions(db, teamId, self, questions, leaseMs);
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
      const again = await claims.claimQuestions(own, teamId, self, wanted, leaseMs);
      return new Set(again.map(({ question }) => question.toString("hex")));
    },
    letGo: (own) => claims.dropClaims(own, teamId, holder),
    async end() {
      clearInterval(beating);
      await app.db.inTeam(teamId, (own) => claims.dropUnaskedClaims(own, teamId, holder));
    },
  };
}
