// Mails are read in threads of their own. A mail that takes too much time or memory ends its thread. Only that mail
// is at fault: the others of its batch are read again.
//
// Easy to get wrong: the time counts from one mail to the next (threads.ts says how), so a long batch makes no mail
// late.

import type { InboundFacts, LookUp } from "../../../domain/receiving/inbound-facts.ts";
import type { InboundVerdict } from "../../../domain/receiving/inbound-verdict.ts";
import type { IncomingMail } from "../../../domain/receiving/incoming-mail.ts";
import { BUDGETS } from "../../../kernel/budgets.ts";
import {
  listenToThread,
  NOT_BEGUN,
  openThreads,
  openTurns,
  standsFor,
  type ThreadFault,
} from "../../../runtime/threads.ts";
import { type Crossing, factsAcross, mailAcross, mailBack, verdictBack } from "./crossing.ts";

/** Why a mail could not be read, in the words that are kept. */
export type ReadingFault = ThreadFault | "ended_the_server";
export type Apart<T> =
  | { result: T; fault: null; detail?: undefined }
  | { result: null; fault: ReadingFault; detail?: string };

const THREAD = new URL("./reading-thread.ts", import.meta.url);
const MOST_THREADS = 2;
type Read = { mail: IncomingMail; lookUp: LookUp };
type Task = Crossing["asked"]["task"];

export type Readers = {
  /** Parsed, with what has to be looked up before it can be judged. */
  read(teamId: string, raws: readonly Uint8Array[]): Promise<Apart<Read>[]>;
  judge(
    teamId: string,
    mails: readonly { mail: IncomingMail; facts: InboundFacts }[],
  ): Promise<Apart<InboundVerdict>[]>;
  /** One attachment of an email; its file is null where the email has none at that place. */
  extract(teamId: string, raw: Uint8Array, position: number): Promise<Apart<Crossing["extracted"]>>;
};

type WorkerLimits = { ms: number; heapMegabytes: number };

/** Another thread and other limits are for tests. */
export function openReaders(thread = THREAD, limits: WorkerLimits = BUDGETS.mail): Readers {
  const ask = askingOf(thread, limits);
  const inTurn = openTurns(MOST_THREADS);

  function inBatches<T>(teamId: string, task: Task, all: readonly unknown[]): Promise<Apart<T>[]> {
    if (all.length === 0) return Promise.resolve([]);
    return inTurn(teamId, async () => {
      const answers: Apart<T>[] = [];
      for (let at = 0; at < all.length; at += BUDGETS.mail.together)
        answers.push(...(await allOf<T>(task, all.slice(at, at + BUDGETS.mail.together))));
      return answers;
    });
  }

  /** What stands before one that ended its thread is read once more, and what stands behind it after it. */
  async function allOf<T>(task: Task, all: readonly unknown[]): Promise<Apart<T>[]> {
    if (all.length === 0) return [];
    const told = await ask(task, all);
    if ("answers" in told) return told.answers as Apart<T>[];
    const { at, fault } = told;
    const before = await allOf<T>(task, all.slice(0, at));
    const after = await allOf<T>(task, all.slice(at + 1));
    return [...before, { result: null, fault }, ...after];
  }

  return {
    async read(teamId, raws) {
      const answers = await inBatches<Crossing["read"]>(teamId, "read", raws);
      return answers.map((one) =>
        one.result ? { ...one, result: { ...one.result, mail: mailBack(one.result.mail) } } : one,
      );
    },
    async judge(teamId, mails) {
      const all = mails.map(({ mail, facts }) => ({
        mail: mailAcross(mail),
        facts: factsAcross.there(facts),
      }));
      const answers = await inBatches<Crossing["judged"]>(teamId, "judge", all);
      return answers.map((one) => (one.result ? { ...one, result: verdictBack(one.result) } : one));
    },
    async extract(teamId, raw, position) {
      const asked: Crossing["extract"] = { raw, position };
      const [answer] = await inBatches<Crossing["extracted"]>(teamId, "extract", [asked]);
      return answer ?? { result: null, fault: "our_error" };
    },
  };
}

export const ourReaders = openReaders();

type Told = { answers: Apart<unknown>[] } | { at: number; fault: ReadingFault };
type Answer = { result: unknown } | { thrown: string };

function askingOf(url: URL, { ms, heapMegabytes }: WorkerLimits) {
  const threads = openThreads(url, heapMegabytes);

  return function ask(task: Task, all: readonly unknown[]): Promise<Told> {
    const thread = threads.take();
    const { promise, resolve, reject } = Promise.withResolvers<Told>();
    // A thread that cannot be started is no mail's fault: they are read later.
    const giveUp = (fault: ReadingFault) => {
      const at = Atomics.load(thread.place, 0);
      if (at === NOT_BEGUN) reject(new Error("The thread that reads mails could not be started"));
      else resolve({ at: Math.min(at, all.length - 1), fault });
    };
    const leave = listenToThread<Answer[]>(thread, {
      onMessage: (answers) => resolve({ answers: answers.map(outcomeOf) }),
      onFault: giveUp,
      isLate: standsFor(thread, ms),
    });
    thread.worker.postMessage({ task, all } satisfies Crossing["asked"]);
    return promise
      .then((told) => {
        leave();
        if ("answers" in told) threads.rest(thread);
        else threads.end(thread);
        return told;
      })
      .catch((error: unknown) => {
        leave();
        threads.end(thread);
        throw error;
      });
  };
}

function outcomeOf(answer: Answer): Apart<unknown> {
  if ("result" in answer) return { result: answer.result, fault: null };
  return { result: null, fault: "our_error", detail: answer.thrown };
}
