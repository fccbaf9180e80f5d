// Known callers, remembered for half a second: long enough that a busy key costs two questions a
// second instead of one per call, short enough that a revoked one is refused everywhere within the
// second we promise. Wrong keys are never remembered, so a guesser cannot fill this.

import type { App, Caller } from "../../../app.ts";
import { hashToken } from "../../../kernel/tokens.ts";
import { findKeyBearer, findSessionBearer, findTokenBearer } from "./store.ts";

export type Credential = { kind: "key" | "token" | "session"; secret: string };

type Callers = {
  identify(credential: Credential): Promise<Caller | null> | Caller;
  forget(): void;
};

const REMEMBERED_MS = 500;
const MOST_REMEMBERED = 10_000;

type Entry = { caller: Caller; until: number };
type Desk = { known: Map<string, Entry>; asking: Map<string, Promise<Caller | null>> };

export function rememberCallers(app: Pick<App, "db" | "now">, noteUse: (caller: Caller) => void): Callers {
  const desks = { key: newDesk(), token: newDesk(), session: newDesk() };

  async function ask({ known }: Desk, credential: Credential) {
    const caller = await lookUp(app, credential);
    if (caller) {
      if (known.size >= MOST_REMEMBERED) known.clear();
      known.set(credential.secret, { caller, until: performance.now() + REMEMBERED_MS });
      noteUse(caller);
    }
    return caller;
  }

  return {
    identify(credential) {
      const desk = desks[credential.kind];
      const { known, asking } = desk;
      const { secret } = credential;
      const entry = known.get(secret);
      if (entry && entry.until > performance.now()) return entry.caller;
      known.delete(secret);
      const already = asking.get(secret);
      if (already !== undefined) return already;
      const question = ask(desk, credential).finally(() => {
        if (asking.get(secret) === question) asking.delete(secret);
      });
      asking.set(secret, question);
      return question;
    },
    forget() {
      for (const { known, asking } of Object.values(desks)) {
        known.clear();
        asking.clear();
      }
    },
  };
}

/** For each kind its own: the same text may be a key and a session, and joining the two for every call has its price. */
function newDesk(): Desk {
  return { known: new Map(), asking: new Map() };
}

async function lookUp(
  { db, now }: Pick<App, "db" | "now">,
  { kind, secret }: Credential,
): Promise<Caller | null> {
  const hash = hashToken(secret);
  if (kind === "key") {
    const bearer = await db.inTransaction((tx) => findKeyBearer(tx, hash, now()));
    return (
      bearer && {
        ...acting(bearer),
        // Only the key from the environment is the operator's: other master keys act for their team.
        isOperator: bearer.isBootstrap,
        credential: { kind, id: bearer.keyId, isMaster: bearer.isMaster, scopes: bearer.scopes },
      }
    );
  }
  if (kind === "token") {
    const bearer = await db.inTransaction((tx) => findTokenBearer(tx, hash, now()));
    if (!bearer) return null;
    const { grantId: id, applicationId, scopes } = bearer;
    // An operator's power is never lent to an application.
    return { ...acting({ ...bearer, isOperator: false }), credential: { kind, id, applicationId, scopes } };
  }
  const bearer = await db.inTransaction((tx) => findSessionBearer(tx, hash, now()));
  return bearer && { ...acting(bearer), credential: { kind, id: bearer.sessionId } };
}

function acting({ teamId, userId, role, isOperator }: Omit<Caller, "credential">) {
  return { teamId, userId, role, isOperator };
}
