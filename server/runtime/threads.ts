// Threads of their own for what strangers wrote: mails and files. One that takes too long or too much memory is ended, and
// the server goes on.
//
// Easy to get wrong: the time is counted in looks of a timer, not on a clock: a machine that slept for an hour, or gives this
// process no turn, makes nothing late.

import { Worker } from "node:worker_threads";

export type ThreadFault = "took_too_long" | "out_of_memory" | "our_error";
/** `place` is shared with the thread: what it is at, seen from outside also when it answers nothing. */
export type Thread = { worker: Worker; place: Int32Array; idle: NodeJS.Timeout | null };

/** The thread is still being started, which is not the fault of what it will read. */
export const NOT_BEGUN = -1;
export const LOOK_EVERY_MS = 250;
/** Starting one costs as much as a hundred mails; resting, it would hold its memory for nothing. */
const IDLE_MS = 30_000;

/** Threads that rest are used again, and end when nothing has come for a while. */
export function openThreads(url: URL, heapMegabytes: number) {
  const resting: Thread[] = [];

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

  function forget(thread: Thread) {
    const at = resting.indexOf(thread);
    if (at >= 0) resting.splice(at, 1);
  }

  return {
    take(): Thread {
      const thread = resting.pop() ?? begun();
      if (thread.idle) clearTimeout(thread.idle);
      thread.worker.ref();
      Atomics.store(thread.place, 0, NOT_BEGUN);
      return thread;
    },
    rest(thread: Thread) {
      thread.worker.unref();
      resting.push(thread);
      thread.idle = setTimeout(() => {
        forget(thread);
        void thread.worker.terminate();
      }, IDLE_MS).unref();
    },
    end(thread: Thread) {
      void thread.worker.terminate();
    },
  };
}

type ThreadListener<Message> = {
  onMessage(message: Message): void;
  onFault(fault: ThreadFault): void;
  /** Asked every so often: whether it has taken too long by now. */
  isLate(): boolean;
};

/** Hears a thread until what this answers is called. */
export function listenToThread<Message>(
  { worker }: Thread,
  { onMessage, onFault, isLate }: ThreadListener<Message>,
): () => void {
  const onError = ({ code }: { code?: string }) =>
    onFault(code === "ERR_WORKER_OUT_OF_MEMORY" ? "out_of_memory" : "our_error");
  const onExit = () => onFault("our_error");
  worker.on("message", onMessage).once("error", onError).once("exit", onExit);
  const looking = setInterval(() => isLate() && onFault("took_too_long"), LOOK_EVERY_MS);
  return () => {
    clearInterval(looking);
    worker.off("message", onMessage).off("error", onError).off("exit", onExit);
  };
}

/** Whether the thread has not gone on to its next piece for so long. */
export function standsFor({ place }: Thread, ms: number) {
  let looks = 0;
  let seen = NOT_BEGUN;
  return () => {
    const at = Atomics.load(place, 0);
    looks = at === seen && at !== NOT_BEGUN ? looks + 1 : 0;
    seen = at;
    return looks >= ms / LOOK_EVERY_MS;
  };
}

type Turn = { teamId: string; begin(): void };

/** One piece of work of a team at a time, and so many in all: hostile mails or files of one team keep one thread at most. */
export function openTurns(most: number) {
  const waiting: Turn[] = [];
  const beingServed = new Set<string>();

  function beginNext() {
    for (const one of [...waiting]) {
      if (beingServed.size >= most) return;
      if (beingServed.has(one.teamId)) continue;
      waiting.splice(waiting.indexOf(one), 1);
      beingServed.add(one.teamId);
      one.begin();
    }
  }

  return async function inTurn<T>(teamId: string, work: () => Promise<T>): Promise<T> {
    const { promise: turn, resolve: begin } = Promise.withResolvers<void>();
    waiting.push({ teamId, begin });
    beginNext();
    await turn;
    try {
      return await work();
    } finally {
      beingServed.delete(teamId);
      beginNext();
    }
  };
}
