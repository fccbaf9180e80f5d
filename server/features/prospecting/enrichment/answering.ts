// Answers requests whose answer comes later: asks all providers, keeps what they know for the caller, and sends it to
// the callback address. Safe to run again after a crash: no provider is asked twice, and the result is kept.

import type { App } from "../../../app.ts";
import type { PersonQuestion } from "../../../domain/prospecting/enrichment.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { findUser } from "../../identity/users/store.ts";
import { type PersonRow, readPeople } from "../people/store.ts";
import { type EnrichmentResult, lookForPeople } from "./looking.ts";
import { payOnce } from "./paying.ts";
import { presentResult } from "./present.ts";
import * as store from "./store.ts";

const MOST_DELIVERIES = 10;

type Wish = { people: PersonQuestion[]; wantsPhone: boolean };

/** Throws where the callback is to be tried again. */
export async function answerLater(app: App, { teamId, requestId }: { teamId: string; requestId: string }) {
  const request = await app.db.inTeam(teamId, (db) => store.findRequest(db, teamId, requestId));
  if (!request) return;
  if (request.status === "pending") await answer(app, teamId, request);
  await deliver(app, teamId, requestId);
}

async function answer(app: App, teamId: string, request: store.RequestRow) {
  const user = await app.db.inTeam(teamId, (db) => findUser(db, teamId, request.userId));
  const wish = request.wish as unknown as Wish;
  const gone = { status: "failed", failure: "asker_left", result: null } as const;
  if (!user || user.deactivatedAt) {
    await app.db.inTeam(teamId, (db) => store.answerRequest(db, teamId, request.id, gone));
    return;
  }
  const caller = {
    teamId,
    userId: user.id,
    role: user.role,
    isOperator: false,
    credential: { kind: "engine", id: null },
  } as const;
  try {
    const found = await lookForPeople({ app, caller }, wish.people, {
      wantsPhone: wish.wantsPhone,
      asksAll: true,
      action: actionOf(request.type, wish),
    });
    await app.db.inTeam(teamId, async (db) => {
      const now = app.now();
      const people = await rowsOf(db, teamId, found);
      if (wish.wantsPhone) {
        // The sources of a waterfall have been paid; what the store knew by itself costs what numbers cost.
        const isPaid = (n: number) => request.type === "waterfall" && found[n]?.paid !== null;
        const owed = people.filter((person, n) => person !== null && !isPaid(n));
        await payForPhones({ app, db, now, caller }, owed);
      }
      const result = presentResult({ people, found, wantsPhone: wish.wantsPhone });
      await store.answerRequest(db, teamId, request.id, { status: "success", failure: null, result });
    });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const failed = { status: "failed", failure: error.code, result: null } as const;
    await app.db.inTeam(teamId, (db) => store.answerRequest(db, teamId, request.id, failed));
  }
}

/** A waterfall is told from looking one source up: it may come to the prices of several. */
function actionOf(type: string, { wantsPhone }: Wish) {
  if (type !== "waterfall") return "person_match";
  return wantsPhone ? "waterfall_phone" : "waterfall_email";
}

async function rowsOf(
  db: Parameters<typeof readPeople>[0],
  teamId: string,
  found: readonly EnrichmentResult[],
) {
  const ids = [...new Set(found.flatMap(({ id }) => id ?? []))];
  const byId = new Map((await readPeople(db, teamId, ids)).map((row) => [row.id, row]));
  return found.map(({ id }) => (id === null ? null : (byId.get(id) ?? null)));
}

/** A number that is shown costs what numbers cost; none costs nothing. */
async function payForPhones(act: Parameters<typeof payOnce>[0], people: readonly (PersonRow | null)[]) {
  const withNumber = people.filter((person) => (person?.phones?.length ?? 0) > 0);
  const owed = withNumber.flatMap((person) => (person ? [{ subjectId: person.id }] : []));
  await payOnce(act, "phone_reveal", owed);
}

async function deliver(app: App, teamId: string, requestId: string) {
  const request = await app.db.inTeam(teamId, (db) => store.findRequest(db, teamId, requestId));
  if (!request?.webhookUrl || request.attempts >= MOST_DELIVERIES) return;
  const body = JSON.stringify({
    request_id: request.id,
    ...(request.result ?? { status: "failed", failure_reason: request.failure }),
  });
  const said = await app.outgoing.post(request.webhookUrl, { "content-type": "application/json" }, body);
  const isTaken = said.kind === "answered" && said.status >= 200 && said.status < 300;
  const failure = isTaken
    ? null
    : said.kind === "answered"
      ? `callback_status_${said.status}`
      : `callback_${said.error}`;
  await app.db.inTeam(teamId, (db) => store.noteDispatch(db, teamId, request.id, failure, app.now()));
  if (!isTaken && request.attempts + 1 < MOST_DELIVERIES)
    throw new Error(`the callback URL did not accept the result: ${failure}`);
}
