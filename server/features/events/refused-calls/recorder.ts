// Keeps account of calls that were refused for want of permission. It has a life of its own: the first of a kind is
// written at once; more of the same kind (whose, which call, why) within a minute are only counted, and make one row
// when the minute is over. So a program that asks a thousand times a minute leaves two rows, and what a crash can lose is
// how often it was more than once.

import type { App } from "../../../app.ts";
import type { RefusedCall, TellRefused } from "../../../kernel/refused-calls.ts";
import { byCaller, record, type SubjectType } from "../events/store.ts";

const COUNTED_FOR_MS = 60_000;
const LOOK_EVERY_MS = 5_000;

type Page = { last: RefusedCall; since: Temporal.Instant; more: number };

export type RefusedCalls = { tell: TellRefused; stop(): Promise<void> };

export function openRefusedCalls(app: Pick<App, "db" | "now" | "log">): RefusedCalls {
  const pages = new Map<string, Page>();

  async function write(call: RefusedCall, told: { times: number; since?: Temporal.Instant }) {
    try {
      await writeDown(app, call, told);
      return true;
    } catch (error) {
      app.log.warn({ err: error, call: call.operation }, "a refused call could not be recorded");
      return false;
    }
  }

  /** No longer counted on; how often there was more is written. */
  async function close(name: string, page: Page) {
    if (pages.get(name) !== page) return; // another call did, and may have begun the next page
    pages.delete(name);
    if (page.more > 0) await write(page.last, { times: page.more, since: page.since });
  }

  async function closeAll(which: (page: Page) => boolean) {
    for (const [name, page] of [...pages]) if (which(page)) await close(name, page);
  }

  const isOver = ({ since }: Page) => app.now().epochMilliseconds - since.epochMilliseconds >= COUNTED_FOR_MS;
  const timer = setInterval(() => void closeAll(isOver), LOOK_EVERY_MS);
  timer.unref();

  return {
    async tell(call) {
      const name = nameOf(call);
      const before = pages.get(name);
      if (before && isOver(before)) await close(name, before);
      const page = pages.get(name);
      if (page) {
        page.more += 1;
        page.last = call;
        return;
      }
      pages.set(name, { last: call, since: app.now(), more: 0 });
      if (!(await write(call, { times: 1 }))) pages.delete(name);
    },
    async stop() {
      clearInterval(timer);
      await closeAll(() => true);
    },
  };
}

function nameOf({ caller: { teamId, userId, credential }, operation, code }: RefusedCall) {
  // A new session of the same user is counted with the earlier one.
  const by = credential.kind === "session" ? "session" : credential.id;
  return [teamId, userId, by, operation, code].join(" ");
}

function writeDown(
  app: Pick<App, "db" | "now">,
  call: RefusedCall,
  { times, since }: { times: number; since?: Temporal.Instant },
) {
  const { caller, origin, operation, code, recordId } = call;
  return app.db.inTeam(caller.teamId, (db) =>
    record(byCaller({ db, now: app.now(), origin, caller }), {
      type: "access.refused",
      subject: subjectOf(call),
      data: {
        operation,
        code,
        times,
        ...(since && { since: since.toString() }),
        ...(recordId && !since && { record_id: recordId }),
      },
    }),
  );
}

/** The credential of the refused caller, whose rights did not suffice. */
function subjectOf({ caller: { credential, userId } }: RefusedCall): { type: SubjectType; id: string } {
  if (credential.kind === "key") return { type: "api_key", id: credential.id };
  if (credential.kind === "token") return { type: "application", id: credential.applicationId };
  return { type: "user", id: userId };
}
