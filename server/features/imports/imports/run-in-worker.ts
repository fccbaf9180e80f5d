// Files are read in threads of their own. A file that takes too much time or memory ends its own thread and is
// refused with a sentence; the server goes on.
//
// Easy to get wrong: a large file may take minutes, and a thread may wait long for the database. So only the time in
// which the thread works counts, and each megabyte adds to what a file may take.

import { deserialize } from "node:v8";
import type { RefusalCode } from "@cadenza/contract";
import { BUDGETS } from "../../../kernel/budgets.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { say } from "../../../kernel/say.ts";
import {
  LOOK_EVERY_MS,
  listenToThread,
  NOT_BEGUN,
  openThreads,
  openTurns,
  type Thread,
  type ThreadFault,
} from "../../../runtime/threads.ts";
import type { ImportRow, KindName, MappedColumn } from "../../prospecting/import-rows/store.ts";
import type { FileFormat, Record as FileRow, FormatHints, ImportFile } from "./reading.ts";
import type { Inspected, UnderstoodRows } from "./understanding.ts";

export type RowsAsked = {
  task: "rows";
  size: number;
  manner: FileFormat;
  /** The names of the columns, where a first reading has learnt them. */
  known: readonly string[];
  about: Pick<ImportRow, "kind" | "delimiter"> & { columns: readonly MappedColumn[] };
  lastRow: number;
  batchSize: number;
  withNames: boolean;
};
export type CodesAsked = {
  task: "codes";
  size: 0;
  kind: KindName;
  columns: readonly MappedColumn[];
  rows: readonly FileRow[];
};
type Asked =
  | { task: "inspect"; size: number; said: FormatHints; kind: KindName; isPart: boolean }
  | CodesAsked
  | RowsAsked;
/** Both sides number the readings of one file, so that a piece for a reading that was given up is not taken for another. */
export type ToThread = Asked | { piece: Uint8Array | null; reading: number } | { more: true };
type Answer =
  | { inspected: Inspected }
  | { codes: (string | null)[] }
  | { reading: Uint8Array; lastRow: number | null }
  | { isOver: true }
  | { refused: { code: RefusalCode; facts: Record<string, string | number> } }
  | { thrown: string };
export type FromThread = { wants: number } | Answer;

/** Rows that were read and understood; `open` makes them anew each time, because writing them changes them. */
type RowBatch = { lastRow: number | null; open(): UnderstoodRows };

type FileReaders = {
  /** Reads all of it once: what is wrong with a file is said before anything of it is done. */
  inspect(
    teamId: string,
    source: ImportFile,
    said: FormatHints,
    kind: KindName,
    isPart?: boolean,
  ): Promise<Inspected>;
  /** Why each of these rows would be skipped; null for those that say something. */
  codes(asked: Omit<CodesAsked, "task" | "size">): Promise<(string | null)[]>;
  rows(
    source: ImportFile,
    asked: Omit<RowsAsked, "task" | "size">,
  ): AsyncGenerator<RowBatch, void, undefined>;
};

type FileLimits = { ms: number; msPerMegabyte: number; heapMegabytes: number };

const THREAD = new URL("./reading-thread.ts", import.meta.url);
const MOST_INSPECTED = 2;
const MEGABYTE = 1_048_576;
/** What is asked brings its rows along. */
const NO_FILE: ImportFile = { size: 0, async *pieces() {} };

/** Another thread and other limits are for tests. */
export function openFileReaders(thread = THREAD, limits: FileLimits = BUDGETS.file): FileReaders {
  const threads = openThreads(thread, limits.heapMegabytes);
  const inTurn = openTurns(MOST_INSPECTED);

  /** The answers to one question, as long as the reader asks for the next. */
  async function* answersTo(source: ImportFile, asked: Asked): AsyncGenerator<Answer, void, undefined> {
    const thread = threads.take();
    const talk = talkTo(thread, source, asked, limits);
    let isOver = false;
    try {
      for (;;) {
        const answer = await talk.next();
        isOver = !("reading" in answer);
        yield answer;
        if (isOver) return;
        talk.say({ more: true });
      }
    } finally {
      talk.leave();
      if (isOver) threads.rest(thread);
      else threads.end(thread);
    }
  }

  /** To a question that has one answer. */
  async function oneAnswerTo(source: ImportFile, asked: Asked) {
    for await (const answer of answersTo(source, asked)) {
      refuse(answer);
      return answer;
    }
    throw new Error("the thread that reads files said nothing of this one");
  }

  return {
    inspect: (teamId, source, said, kind, isPart = false) =>
      inTurn(teamId, async () => {
        const asked = { task: "inspect", size: source.size, said, kind, isPart } as const;
        const answer = await oneAnswerTo(source, asked);
        if ("inspected" in answer) return answer.inspected;
        throw new Error("the thread that reads files answered something else");
      }),
    async codes(asked) {
      const answer = await oneAnswerTo(NO_FILE, { task: "codes", size: 0, ...asked });
      if ("codes" in answer) return answer.codes;
      throw new Error("the thread that reads files answered something else");
    },
    async *rows(source, asked) {
      for await (const answer of answersTo(source, { task: "rows", size: source.size, ...asked })) {
        if ("isOver" in answer) return;
        if ("reading" in answer)
          yield { lastRow: answer.lastRow, open: () => deserialize(answer.reading) as UnderstoodRows };
        else refuse(answer);
      }
    },
  };
}

export const ourFileReaders = openFileReaders();

function refuse(answer: Answer) {
  if ("refused" in answer) throw new Refusal(answer.refused.code, answer.refused.facts);
  if ("thrown" in answer) throw new Error(`a file could not be read: ${answer.thrown}`);
}

/** Hands over pieces of the file as they are wanted, and the thread's answers one by one. */
function talkTo(thread: Thread, source: ImportFile, asked: Asked, limits: FileLimits) {
  const heard: Answer[] = [];
  let waiting = Promise.withResolvers<void>();
  let failed: unknown = null;
  let reading = 0;
  let pieces: AsyncIterator<Buffer> | null = null;
  const say = (said: ToThread) => thread.worker.postMessage(said);
  const wake = () => waiting.resolve();
  const fail = (error: unknown) => {
    failed ??= error;
    wake();
  };

  async function hand(wanted: number) {
    if (wanted !== reading) {
      await pieces?.return?.();
      pieces = source.pieces()[Symbol.asyncIterator]();
      reading = wanted;
    }
    const next = await pieces?.next();
    if (!next || next.done) return say({ piece: null, reading: wanted });
    const piece = new Uint8Array(next.value); // of its own: what it was part of does not go along
    thread.worker.postMessage({ piece, reading: wanted } satisfies ToThread, [piece.buffer]);
  }

  const stopHearing = listenToThread<FromThread>(thread, {
    onMessage(message) {
      if ("wants" in message) return void hand(message.wants).catch(fail);
      heard.push(message);
      wake();
    },
    onFault: (fault) => fail(faultOf(fault, thread, limits)),
    isLate: workingFor(thread, limits.ms + (limits.msPerMegabyte * asked.size) / MEGABYTE),
  });
  say(asked);

  return {
    say,
    async next(): Promise<Answer> {
      for (;;) {
        const answer = heard.shift();
        if (answer) return answer;
        if (failed) throw failed;
        await waiting.promise;
        waiting = Promise.withResolvers<void>();
      }
    },
    leave() {
      stopHearing();
      void pieces?.return?.()?.catch(() => {});
    },
  };
}

function faultOf(fault: ThreadFault, { place }: Thread, { ms, heapMegabytes }: FileLimits) {
  if (Atomics.load(place, 0) === NOT_BEGUN)
    return new Error("The thread that reads files could not be started");
  const why = {
    took_too_long: say(
      "reading it took longer than the time limit of {seconds} seconds plus time for its size",
      {
        seconds: ms / 1_000,
      },
    ),
    out_of_memory: say("reading it needed more than {heapMegabytes} MB of memory", { heapMegabytes }),
    our_error: say("the program that reads files crashed"),
  }[fault];
  return new Refusal("import_reader_ended", { why });
}

/** Whether it has worked in more looks than there are in so much time. Waiting for pieces or for the database is no work. */
function workingFor({ worker, place }: Thread, ms: number) {
  let looks = 0;
  let before = worker.performance.eventLoopUtilization();
  return () => {
    const now = worker.performance.eventLoopUtilization();
    const { utilization } = worker.performance.eventLoopUtilization(now, before);
    before = now;
    if (Atomics.load(place, 0) !== NOT_BEGUN && utilization > 0.5) looks++;
    return looks * LOOK_EVERY_MS >= ms;
  };
}
