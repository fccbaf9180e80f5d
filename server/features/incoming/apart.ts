// Mails are read in threads of their own. A mail that takes too long or too much memory ends its thread: it is the fault of
// that mail alone, the others of its batch are read again, and nobody else notices.
//
// Easy to get wrong: the time is counted in looks of a timer, not on a clock: a machine that slept for an hour, or gives this
// process no turn, makes no mail late. And one team is read at a time, so that its hostile mails keep one thread at most.

import { Worker } from "node:worker_threads";
import { BUDGETS } from "../../budgets.ts";
import type { InboundFacts, LookUp } from "../../domain/inbound-facts.ts";
import type { Verdict } from "../../domain/inbound-verdict.ts";
import type { IncomingMail } from "../../domain/incoming-mail.ts";
import { type Crossing, factsAcross, mailAcross, mailBack, verdictBack } from "./crossing.ts";

/** Why a mail could not be read, in the words that are kept. */
export type ReadingFault = "took_too_long" | "out_of_memory" | "our_error" | "ended_the_server";
export type Apart<T> =
  | { result: T; fault: null; detail?: undefined }
  | { result: null; fault: ReadingFault; detail?: string };

const THREAD = new URL("./reading-thread.ts", import.meta.url);
const MOST_THREADS = 2;
/** The thread is still being started, which is no mail's fault. */
const NOT_BEGUN = -1;
const LOOK_EVERY_MS = 250;
/** Starting one costs as much as a hundred mails; resting, it would hold its memory for nothing. */
const IDLE_MS = 30_000;

type Read = { mail: IncomingMail; lookUp: LookUp };
type Task = Crossing["asked"]["task"];
type Turn = { teamId: string; begin(): void };

export type Readers = {
  /** Parsed, with what has to be looked up before it can be judged. */
  read(teamId: string, raws: readonly Uint8Array[]): Promise<Apart<Read>[]>;
  judge(
    teamId: string,
    mails: readonly { mail: IncomingMail; facts: InboundFacts }[],
  ): Promise<Apart<Verdict>[]>;
};

export type Limits = { ms: number; heapMegabytes: number };

/** Another thread and other limits are for tests. */
export function openReaders(thread = THREAD, limits: Limits = BUDGETS.mail): Readers {
  const ask = openThreads(thread, limits);
  const waiting: Turn[] = [];
  const beingServed = new Set<string>();

  function beginNext() {
    for (const one of [...waiting]) {
      if (beingServed.size >= MOST_THREADS) return;
      if (beingServed.has(one.teamId)) continue;
      waiting.splice(waiting.indexOf(one), 1);
      beingServed.add(one.teamId);
      one.begin();
    }
  }

  async function inTurn<T>(teamId: string, task: Task, all: readonly unknown[]): Promise<Apart<T>[]> {
    if (all.length === 0) return [];
    const { promise: turn, resolve: begin } = Promise.withResolvers<void>();
    waiting.push({ teamId, begin });
    beginNext();
    await turn;
    try {
      const answers: Apart<T>[] = [];
      for (let at = 0; at < all.length; at += BUDGETS.mail.together)
        answers.push(...(await allOf<T>(task, all.slice(at, at + BUDGETS.mail.together))));
      return answers;
    } finally {
      beingServed.delete(teamId);
      beginNext();
    }
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
      const answers = await inTurn<Crossing["read"]>(teamId, "read", raws);
      return answers.map((one) =>
        one.result ? { ...one, result: { ...one.result, mail: mailBack(one.result.mail) } } : one,
      );
    },
    async judge(teamId, mails) {
      const all = mails.map(({ mail, facts }) => ({
        mail: mailAcross(mail),
        facts: factsAcross.there(facts),
      }));
      const answers = await inTurn<Crossing["judged"]>(teamId, "judge", all);
      return answers.map((one) => (one.result ? { ...one, result: verdictBack(one.result) } : one));
    },
  };
}

export const ourReaders = openReaders();

type Thread = { worker: Worker; place: Int32Array; idle: NodeJS.Timeout | null };
type Told = { answers: Apart<unknown>[] } | { at: number; fault: ReadingFault };
type Answer = { result: unknown } | { thrown: string };

/** Threads that rest are used again, and end when nothing has come for a while. */
function openThreads(url: URL, { ms, heapMegabytes }: Limits) {
  const resting: Thread[] = [];

  return function ask(task: Task, all: readonly unknown[]): Promise<Told> {
    const thread = resting.pop() ?? begun();
    const { worker, place } = thread;
    if (thread.idle) clearTimeout(thread.idle);
    worker.ref();
    const { promise, resolve, reject } = Promise.withResolvers<Told>();
    // A thread that cannot be started is no mail's fault: they are read later.
    const giveUp = (fault: ReadingFault) => {
      const at = Atomics.load(place, 0);
      if (at === NOT_BEGUN) reject(new Error("The thread that reads mails could not be started"));
      else resolve({ at: Math.min(at, all.length - 1), fault });
    };
    const onMessage = (answers: Answer[]) => resolve({ answers: answers.map(outcomeOf) });
    const onError = ({ code }: { code?: string }) =>
      giveUp(code === "ERR_WORKER_OUT_OF_MEMORY" ? "out_of_memory" : "our_error");
    const onExit = () => giveUp("our_error");
    worker.once("message", onMessage).once("error", onError).once("exit", onExit);
    const looking = whenItStands(place, ms / LOOK_EVERY_MS, () => giveUp("took_too_long"));
    Atomics.store(place, 0, NOT_BEGUN);
    worker.postMessage({ task, all } satisfies Crossing["asked"]);
    return promise
      .then((told) => {
        if ("answers" in told) rest(thread);
        return told;
      })
      .finally(() => {
        clearInterval(looking);
        worker.off("message", onMessage).off("error", onError).off("exit", onExit);
        if (!resting.includes(thread)) void worker.terminate();
      });
  };

  function begun(): Thread {
    const place = new SharedArrayBuffer(4);
    const worker = new Worker(url, {
      workerData: { place },
      resourceLimits: { maxOldGenerationSizeMb: heapMegabytes },
    });
    const thread: Thread = { worker, place: new Int32Array(place), idle: null };
    worker.on("error", () => {}); // heard here too, so that one that fails while it rests ends nothing else
    worker.on("exit", () => forget(thread));
    return thread;
  }

  function rest(thread: Thread) {
    thread.worker.unref();
    resting.push(thread);
    thread.idle = setTimeout(() => {
      forget(thread);
      void thread.worker.terminate();
    }, IDLE_MS).unref();
  }

  function forget(thread: Thread) {
    const at = resting.indexOf(thread);
    if (at >= 0) resting.splice(at, 1);
  }
}

/** Looks every so often whether it went on to the next mail. */
function whenItStands(place: Int32Array, mostLooks: number, tell: () => void) {
  let looks = 0;
  let seen = -1;
  return setInterval(() => {
    const at = Atomics.load(place, 0);
    looks = at === seen && at !== NOT_BEGUN ? looks + 1 : 0;
    seen = at;
    if (looks >= mostLooks) tell();
  }, LOOK_EVERY_MS);
}

function outcomeOf(answer: Answer): Apart<unknown> {
  if ("result" in answer) return { result: answer.result, fault: null };
  return { result: null, fault: "our_error", detail: answer.thrown };
}
