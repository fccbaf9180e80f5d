// One request, one transaction, opened here: with the team set, retried where the database asks for
// it, rolled back where the caller only wanted to see, remembered where they sent an idempotency key.

import type { Act, App, Caller, Origin } from "../app.ts";
import { isWorthAnotherTry, MOST_TRIES } from "../db/away.ts";
import type { Db } from "../db/connect.ts";
import { RolledBack } from "../db/connect.ts";
import { Refusal } from "../kernel/refusal.ts";
import { crashPoint } from "../seams.ts";
import type { Csv } from "./csv.ts";
import { answerFor } from "./errors.ts";
import type { StoredFile } from "./files.ts";
import { type IdempotentRequest, keepAnswer, takeKey } from "./idempotency.ts";
import type { Route, RouteContext, SessionCookie } from "./route.ts";
import { taggerOf } from "./tagger.ts";

type ApiRequest = {
  caller: Caller;
  origin: Origin;
  input: Record<string, unknown>;
  /** Looked at before anything is changed; null: it is changed in any case. */
  refuseIfChanged: ((act: Act & { input: Record<string, unknown> }) => Promise<void>) | null;
  idempotent: IdempotentRequest | null;
  isDryRun: boolean;
  cookie: SessionCookie;
};

type ApiAnswer = {
  status: number;
  body: string;
  isReplay: boolean;
  /** What it was refused with, where that is remembered as its answer. */
  refusal: Refusal | null;
};

/** A dry run signs no user in or out. */
const NO_COOKIE: SessionCookie = { start: () => {}, know: () => {}, end: () => {} };

export async function perform(app: App, route: Route, request: ApiRequest): Promise<ApiAnswer> {
  const { caller, input, origin, isDryRun } = request;
  const before = route.before && (await route.before({ app, input, caller, origin, isDryRun }));
  for (let tries = 1; ; tries++) {
    try {
      return await once(app, route, request, before);
    } catch (error) {
      if (tries === MOST_TRIES || !isWorthAnotherTry(error)) throw error;
    }
  }
}

/** What writes the file that is asked for, once it is known that they may have it. */
export function openCsv(app: App, route: Route, request: Pick<ApiRequest, "caller" | "origin" | "input">) {
  const act = { ...request, app, now: app.now(), isDryRun: false, afterCommit: () => {} };
  const open = route.handleCsv as (scene: Act) => Promise<Csv>;
  return app.db.inTeam(
    request.caller.teamId,
    (db) => open({ ...act, db }),
    undefined,
    askedBy(route, request),
  );
}

/** The file that is asked for. */
export async function openFile(
  app: App,
  route: Route,
  request: Pick<ApiRequest, "caller" | "origin" | "input">,
) {
  const before = route.before && (await route.before({ ...request, app, isDryRun: false }));
  const act = { ...request, app, before, now: app.now(), isDryRun: false, afterCommit: () => {} };
  const open = route.handleFile as (scene: Act) => Promise<StoredFile>;
  return app.db.inTeam(
    request.caller.teamId,
    (db) => open({ ...act, db }),
    undefined,
    askedBy(route, request),
  );
}

function askedBy({ endpoint }: Route, { origin }: Pick<ApiRequest, "origin">) {
  return { call: endpoint.scope, request: origin.requestId };
}

async function once(app: App, route: Route, request: ApiRequest, before: unknown): Promise<ApiAnswer> {
  const { caller, idempotent, isDryRun } = request;
  const effects: (() => void)[] = [];
  const now = app.now();
  const act = (db: Db): RouteContext<unknown, unknown> => ({
    app,
    db,
    now,
    caller,
    isDryRun,
    before,
    origin: request.origin,
    input: request.input,
    cookie: isDryRun ? NO_COOKIE : request.cookie,
    afterCommit: (effect) => effects.push(effect),
  });
  const run = async (db: Db) => {
    await request.refuseIfChanged?.({ ...act(db), input: request.input });
    const result = await (route.handle as (scene: Act) => Promise<unknown>)(act(db));
    taggerOf(route.endpoint)(result);
    return result;
  };

  let answer: ApiAnswer;
  try {
    answer = await app.db.inTeam(
      caller.teamId,
      async (db) => {
        const done =
          idempotent && !isDryRun
            ? await rememberedRun(app, db, request, idempotent, now, run)
            : fresh(await run(db));
        if (isDryRun) throw new RolledBack(done);
        const strike = crashPoint("request-before-commit");
        if (strike !== undefined) await strike;
        return done;
      },
      "acknowledged",
      { change: route.endpoint.effect === "write" ? route.endpoint.scope : null, ...askedBy(route, request) },
    );
    const strike = crashPoint("request-after-commit");
    if (strike !== undefined) await strike;
  } catch (error) {
    if (error instanceof RolledBack) return markDryRun(error.result as ApiAnswer);
    throw error;
  }
  if (!answer.isReplay) for (const effect of effects) effect();
  return answer;
}

/** Runs behind a savepoint, so that a refusal can be undone and still be remembered as the answer. */
async function rememberedRun(
  { secrets }: App,
  db: Db,
  request: ApiRequest,
  key: IdempotentRequest,
  now: Temporal.Instant,
  run: (db: Db) => Promise<unknown>,
) {
  const { teamId } = request.caller;
  const kept = await takeKey(db, secrets, teamId, key, now);
  if (kept) return { status: kept.status, body: kept.answer, isReplay: true, refusal: null };

  await db.run("savepoint effect");
  let answer: ApiAnswer;
  try {
    answer = fresh(await run(db));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const refused = answerFor(error);
    const isPassing = refused.status === 429 || refused.status >= 500; // later the same request may well succeed
    if (isPassing || refused.plain) throw error;
    await db.run("rollback to savepoint effect");
    answer = {
      status: refused.status,
      body: JSON.stringify(refused.body),
      isReplay: false,
      refusal: error,
    };
  }
  await keepAnswer(db, secrets, teamId, key, { status: answer.status, answer: answer.body }, now);
  return answer;
}

function fresh(result: unknown): ApiAnswer {
  return { status: 200, body: JSON.stringify(result), isReplay: false, refusal: null };
}

function markDryRun(answer: ApiAnswer): ApiAnswer {
  const body: unknown = JSON.parse(answer.body);
  if (typeof body !== "object" || body === null || Array.isArray(body)) return answer;
  return { ...answer, body: JSON.stringify({ ...body, dry_run: true }) };
}
