// Files of sequences are read in threads of their own: YAML and Markdown of strangers can take long. One that takes too much time or
// memory ends its own thread and is refused by name; the server goes on.

import type { RefusalCode } from "@cadenza/contract";
import { BUDGETS } from "../../../kernel/budgets.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import {
  listenToThread,
  NOT_BEGUN,
  openThreads,
  openTurns,
  standsFor,
  type ThreadFault,
} from "../../../runtime/threads.ts";
import { fileFault } from "./file-fault.ts";
import type { FilesRead, GivenFile } from "./files-input.ts";

export type FilesAnswer =
  | { read: FilesRead }
  | {
      refused: {
        code: RefusalCode;
        facts: Record<string, string | number>;
        details: Record<string, unknown>;
      };
    }
  | { thrown: string };

type ThreadLimits = { ms: number; heapMegabytes: number };

const THREAD = new URL("./reading-thread.ts", import.meta.url);
const MOST_THREADS = 2;

/** Another thread and other limits are for tests. */
export function openSequenceFileReaders(thread = THREAD, limits: ThreadLimits = BUDGETS.sequenceFiles) {
  const threads = openThreads(thread, limits.heapMegabytes);
  const inTurn = openTurns(MOST_THREADS);

  async function ask(files: readonly GivenFile[]): Promise<FilesAnswer> {
    const thread = threads.take();
    const { promise, resolve, reject } = Promise.withResolvers<FilesAnswer>();
    const leave = listenToThread<FilesAnswer>(thread, {
      onMessage: resolve,
      onFault: (fault) => reject(faultOf(fault, Atomics.load(thread.place, 0), files, limits)),
      isLate: standsFor(thread, limits.ms),
    });
    thread.worker.postMessage(files);
    try {
      const answer = await promise;
      threads.rest(thread);
      return answer;
    } catch (error) {
      threads.end(thread);
      throw error;
    } finally {
      leave();
    }
  }

  return (teamId: string, files: readonly GivenFile[]): Promise<FilesRead> =>
    inTurn(teamId, async () => {
      const answer = await ask(files);
      if ("read" in answer) return answer.read;
      if ("thrown" in answer) throw new Error(`files of a sequence could not be read: ${answer.thrown}`);
      const { code, facts, details } = answer.refused;
      throw new Refusal(code, facts, details);
    });
}

export const readSequenceFiles = openSequenceFileReaders();

function faultOf(
  fault: ThreadFault,
  at: number,
  files: readonly GivenFile[],
  { ms, heapMegabytes }: ThreadLimits,
) {
  if (at === NOT_BEGUN) return new Error("The thread that reads files of sequences could not be started");
  const why = {
    took_too_long: `takes longer than ${ms / 1_000} seconds to read`,
    out_of_memory: `needs more than ${heapMegabytes} MB of memory to read`,
    our_error: "cannot be read: the program that reads files crashed",
  }[fault];
  return fileFault(files[Math.max(0, at - 1)]?.path ?? "", 1, why);
}
