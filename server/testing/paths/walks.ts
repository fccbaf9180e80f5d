// Which files an add and a due step pass through, by what really runs: an add over HTTP, and a mail that a mail server takes.

import { readFileSync } from "node:fs";
import { readSource } from "../../../scripts/read-source.ts";
import { type Trace, traced, tracedFrom } from "./trace.ts";

const ADD = "server/features/enrollments/enrolling/routes.ts";

type PathKind = "steps" | "statements" | "rules" | "presenters";

export type Walk = {
  /** In the order in which each first had something to do. */
  files: string[];
  counts: Record<PathKind | "all", number>;
  /** Files that lie in a folder which was left before. */
  returns: string[];
  /** Imports by which a file comes back into a folder that leads to its own. */
  circles: string[];
  /** What is not counted. */
  doors: string[];
};

/**
 * Not counted, and listed apart: the doors (`db`, `http`, `mail`, `outgoing`, `network-policy`), which a mail or a call passes whatever
 * it is about, and what every file may stand on (`kernel`, `runtime`, and single files such as `clock.ts` and `seams.ts`).
 */
const COUNTED = /^server\/(?:features|domain|engine)\//;

/** `steps` decide what comes next: the engine, routes, commands and what they are made of. */
export function kindOf(file: string): PathKind {
  if (file.startsWith("server/domain/")) return "rules";
  if (/store\.ts$/.test(file)) return "statements";
  return file.endsWith("/present.ts") ? "presenters" : "steps";
}

/** A sequence of two steps, so that the contact moves on to the second when the mail has left. */
export async function walkBoth(): Promise<{ add: Walk; step: Walk }> {
  const { openWorld } = await import("../world.ts");
  const { LOOPBACK } = await import("../loopback.ts");
  const { alwaysOpen, newSendingMailbox, openWitness } = await import("../sending.ts");
  const { CALL_STEP, MAIL_STEP, newContacts, newSequence } = await import("../sequenced.ts");
  const witness = await openWitness();
  const world = await openWorld({ mailAllow: LOOPBACK });
  try {
    const team = await world.newTeam();
    const { id: mailboxId } = await newSendingMailbox(team, witness);
    const { id } = await newSequence(team, {
      emailer_schedule_id: await alwaysOpen(team),
      emailer_steps: [MAIL_STEP, CALL_STEP],
    });
    const contactIds = await newContacts(team, 1);
    const add = await tracedFrom(ADD, () =>
      team.api.joining.addContacts({
        id,
        contact_ids: contactIds,
        send_email_from_email_account_id: [mailboxId],
        sequence_unverified_email: true,
      }),
    );
    const step = await traceStep(world.running.app, () => witness.waitFor(1));
    return { add: walkOf(add), step: walkOf(step) };
  } finally {
    await world.close();
    await witness.close();
  }
}

/** Planning, and one lane of one engine, until the mail was taken and what became of it was recorded. */
async function traceStep(app: import("../../app.ts").App, taken: () => Promise<unknown>) {
  const { planOnce } = await import("../../engine/planning/plan-steps.ts");
  const { startSending } = await import("../../engine/sending/send-mails.ts");
  const { newEngineId, startBeating } = await import("../../engine/running/engine.ts");
  const { openFence } = await import("../../engine/sending/watch-clone-guard.ts");
  const id = newEngineId();
  const fence = await openFence(app, id);
  const stopBeating = await startBeating(app, id);
  const stopping = new AbortController();
  const sending = { ...app, config: { ...app.config, engineLoops: 1 } };
  const trace = await traced(async () => {
    await planOnce({ app });
    const stop = startSending({ app: sending, id, fence, stopping: stopping.signal });
    await taken();
    stopping.abort();
    await stop();
  });
  await stopBeating();
  return trace;
}

function walkOf({ files: all }: Trace): Walk {
  const files = all.filter((file) => COUNTED.test(file));
  const count = (kind: PathKind) => files.filter((file) => kindOf(file) === kind).length;
  return {
    files,
    counts: {
      all: files.length,
      steps: count("steps"),
      statements: count("statements"),
      rules: count("rules"),
      presenters: count("presenters"),
    },
    returns: files.filter((file, n) => {
      const earlier = files.slice(0, Math.max(0, n - 1)).map(folderOf);
      return folderOf(files[n - 1] ?? file) !== folderOf(file) && earlier.includes(folderOf(file));
    }),
    circles: circlesAmong(files),
    doors: all.filter((file) => !COUNTED.test(file)),
  };
}

function circlesAmong(files: readonly string[]) {
  const imports = files.flatMap((path) =>
    readSource(path, readFileSync(path, "utf8"))
      .imports.filter(({ isType, target }) => !isType && files.includes(target))
      .filter(({ target }) => folderOf(target) !== folderOf(path))
      .map(({ target }) => ({ path, from: folderOf(path), target, to: folderOf(target) })),
  );
  const leads = (from: string, goal: string, seen: Set<string>): boolean => {
    if (from === goal) return true;
    if (seen.has(from)) return false;
    seen.add(from);
    return imports.some((one) => one.from === from && leads(one.to, goal, seen));
  };
  return imports
    .filter(({ from, to }) => leads(to, from, new Set()))
    .map(({ path, target }) => `${path} → ${target}`);
}

function folderOf(path: string) {
  return path.slice(0, path.lastIndexOf("/"));
}
