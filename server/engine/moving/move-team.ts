// One run of a move: a look at the source, copying, or undoing. It reads the other server and calls our own API with a key of its
// own, so whatever holds for calls holds for it. Between two records it can be stopped or killed; the next run goes on there.
//
// Easy to get wrong: an answer of the source that no other try changes ends the run with a sentence for the admin, while trouble of
// our own comes again by the job.

import { type Client, createClient, Refused, Unreached } from "@cadenza/sdk";
import { type Copying, moveTeam, openReport, type Report, SourceUnusable, undo } from "@cadenza/sdk/moving";
import type { Act, App } from "../../app.ts";
import {
  closeRun,
  finishMove,
  openRun,
  openSourceKey,
} from "../../features/administration/team-moves/commands.ts";
import { countCopied } from "../../features/administration/team-moves/records-store.ts";
import {
  findMoveOfJob,
  type MoveReport,
  type MoveUndone,
  noteMovePlace,
  type TeamMove,
} from "../../features/administration/team-moves/store.ts";
import { failProgress } from "../../features/events/progress/commands.ts";
import { noteDone, noteUnderWay } from "../../features/events/progress/store.ts";
import { emptyLedger, openLedger } from "./ledger.ts";
import { sourceFetch } from "./source.ts";

type Job = { teamId: string; progressId: string };
/** Tries again where that may help; answers null where the work has been given up, which is then written down. */
type Surely = <T>(attempt: () => Promise<T>) => Promise<T | null>;
type Acting = <T>(work: (act: Act) => Promise<T>) => Promise<T | null>;
type Run = {
  app: App;
  teamId: string;
  move: TeamMove;
  signal: AbortSignal;
  ownKey: string;
  /** Whom the last call went to: where it failed, they have failed. */
  last: { asked: "source" | "own" };
};

const NOTES_EVERY_MS = 1_000;
// The same as in http/in-process.ts, which the engine may not import. The caller in `App` reads only the path.
const IN_PROCESS = "http://in.process";
const PATIENCE_MS = 120_000;

export async function runMove(
  app: App,
  { teamId, progressId }: Job,
  signal: AbortSignal,
  { surely, acting }: { surely: Surely; acting: Acting },
): Promise<"over" | "stopped"> {
  const move = await app.db.inTeam(teamId, (db) => findMoveOfJob(db, teamId, progressId));
  if (!move || move.finishedAt) return "over";
  const ownKey = await acting((act) => openRun(act, move));
  if (ownKey === null) return "over";
  const watch = watchRun({ app, teamId, move, signal });
  const run: Run = { app, teamId, move, ownKey, signal: watch.signal, last: { asked: "own" } };
  try {
    const result = await surely(() => carryOut(run, watch.show));
    if (result === "stopped") return signal.aborted ? "stopped" : "over";
    if (result !== null)
      await acting(async (act) => {
        if ("fault" in result) await failProgress(act, progressId, result.fault);
        else await finishMove(act, move, result);
      });
    return "over";
  } finally {
    watch.end();
    await acting((act) => closeRun(act, move));
  }
}

type Result = "stopped" | { report: MoveReport } | { undone: MoveUndone } | { fault: string };

async function carryOut(run: Run, show: Copying["show"]): Promise<Result> {
  const { app, teamId, move } = run;
  try {
    if (move.phase === "undo") return { undone: await undoAll(run, show) };
    const report = await copyAll(run, show);
    const isCopy = move.phase === "copy";
    const copied = isCopy ? await app.db.inTeam(teamId, (db) => countCopied(db, teamId, move.id)) : null;
    return { report: reportOf(report, copied) };
  } catch (error) {
    if (run.signal.aborted) return "stopped";
    const fault = faultOf(error, run.last.asked);
    if (fault === null) throw error;
    return { fault };
  }
}

/** What the source said that ends the run. null: the trouble is ours, and another try may help. */
function faultOf(error: unknown, asked: Run["last"]["asked"]): string | null {
  if (error instanceof SourceUnusable) return `${error.message} ${error.todo}`;
  if (asked === "own" || !(error instanceof Refused || error instanceof Unreached)) return null;
  if (error instanceof Refused && [401, 403].includes(error.status))
    return `The source refused the key: ${error.message} Enter the key again to continue.`;
  return `The source could not be read: ${error.message} What was copied stays. Start again to continue.`;
}

async function copyAll(run: Run, show: Copying["show"]): Promise<Report> {
  const { app, teamId, move } = run;
  const target = await ownApi(run);
  const { id: ownId } = await target.users.apiProfile();
  const isDry = move.phase === "look";
  const copying: Copying = {
    source: sourceApi(run),
    target,
    ledger: isDry ? emptyLedger(`look-${move.id}`) : await openLedger({ app, teamId, move }),
    report: openReport(),
    isDry,
    ownId,
    places: new Map(),
    show,
  };
  await moveTeam(copying, { withNotes: move.withNotes });
  return copying.report;
}

async function undoAll(run: Run, show: Copying["show"]): Promise<MoveUndone> {
  const { app, teamId, move } = run;
  const undone = await undo(await ownApi(run), await openLedger({ app, teamId, move }), show);
  return undone.map(({ kind, undone: count, left }) => ({
    kind,
    undone: count,
    left: left.length,
    why: left[0]?.why ?? null,
  }));
}

async function ownApi(run: Run): Promise<Client> {
  const fetch = toldOf(run, "own", await run.app.ownApi());
  return createClient({ baseUrl: IN_PROCESS, apiKey: run.ownKey, timeoutMs: 0, fetch });
}

function sourceApi(run: Run): Client {
  const { app, teamId, move } = run;
  const key = openSourceKey(app, teamId, move);
  return createClient({
    baseUrl: move.source,
    ...(key && { apiKey: key }),
    timeoutMs: PATIENCE_MS,
    headers: { "user-agent": "cadenza" },
    fetch: toldOf(run, "source", sourceFetch(app.outgoing, PATIENCE_MS)),
  });
}

/** Stops between two calls. */
function toldOf({ signal, last }: Run, asked: Run["last"]["asked"], call: typeof fetch): typeof fetch {
  return (async (...wish: Parameters<typeof fetch>) => {
    if (signal.aborted) throw new Error("the move was stopped");
    last.asked = asked;
    return call(...wish);
  }) as typeof fetch;
}

function reportOf(
  report: Report,
  copied: { kind: string; made: number; existing: number }[] | null,
): MoveReport {
  const { records, left_out, values_left_out, notes } = report.result();
  const known = new Map(copied?.map((one) => [one.kind, one]));
  const counted = records.map(({ kind, made, existing, left_out: left }) => ({
    kind,
    made: known.get(kind)?.made ?? made,
    existing: known.get(kind)?.existing ?? existing,
    left_out: left,
  }));
  return { records: counted, left_out, values_left_out, notes };
}

/** How far it is, written down now and then; and whether an admin has stopped it. */
function watchRun({ app, teamId, move, signal }: Omit<Run, "ownKey" | "last">) {
  const stopping = new AbortController();
  let at: { kind: string; done: number; total: number } | null = null;
  let noted: number | undefined;
  let isBusy = false;
  const note = async () => {
    if (isBusy) return;
    isBusy = true;
    try {
      const now = app.now();
      const found = await app.db.inTeam(teamId, async (db) => {
        if (at) await noteMovePlace(db, teamId, move.id, at, now);
        // Where nothing more was copied, a try that fails counts: else it would be tried for ever.
        if (at?.done !== noted) await noteDone(db, teamId, move.progressId, { done: 0, counts: {} }, now);
        else await noteUnderWay(db, teamId, move.progressId, 0, now);
        return findMoveOfJob(db, teamId, move.progressId);
      });
      noted = at?.done;
      if (!found || found.finishedAt) stopping.abort();
    } catch (error) {
      app.log.warn({ err: error, move: move.id }, "how far a move is could not be written down");
    } finally {
      isBusy = false;
    }
  };
  const timer = setInterval(() => void note(), NOTES_EVERY_MS);
  return {
    signal: AbortSignal.any([signal, stopping.signal]),
    show(done: number, total: number, what: string) {
      at = { kind: what, done, total };
    },
    end: () => clearInterval(timer),
  };
}
