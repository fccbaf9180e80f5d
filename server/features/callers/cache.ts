// Known callers, remembered for half a second: long enough that a busy key costs two questions a
// second instead of one per call, short enough that a revoked one is refused everywhere within the
// second we promise. Wrong keys are never remembered, so a guesser cannot fill this.

import type { App, Caller } from "../../app.ts";
import { hashToken } from "../../tokens.ts";
import { findKeyBearer, findSessionBearer, findTokenBearer } from "./store.ts";

export type Credential = { kind: "key" | "token" | "session"; secret: string };

export type Callers = {
  identify(credential: Credential): Promise<Caller | null> | Caller;
  forget(): void;
};

const REMEMBERED_MS = 500;
const MOST_REMEMBERED = 10_000;

type Entry = { caller: Caller; until: number };

export function rememberCallers(app: Pick<App, "db" | "now">, noteUse: (caller: Caller) => void): Callers {
  const known = new Map<string, Entry>();
  const asking = new Map<string, Promise<Caller | null>>();

  async function ask(name: string, credential: Credential) {
    const caller = await lookUp(app, credential);
    if (caller) {
      if (known.size >= MOST_REMEMBERED) known.clear();
      known.set(name, { caller, until: performance.now() + REMEMBERED_MS });
      noteUse(caller);
    }
    return caller;
  }

  return {
    identify(credential) {
      const name = credential.kind + credential.secret;
      const entry = known.get(name);
      if (entry && entry.until > performance.now()) return entry.caller;
      known.delete(name);
      const already = asking.get(name);
      if (already !== undefined) return already;
      const question = ask(name, credential).finally(() => {
        if (asking.get(name) === question) asking.delete(name);
      });
      asking.set(name, question);
      return question;
    },
    forget() {
      known.clear();
      asking.clear();
    },
  };
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
        // A key is the operator's only if it is the one from the environment: other master keys stand for their team.
        isOperator: bearer.isBootstrap,
        credential: { kind, id: bearer.keyId, isMaster: bearer.isMaster, scopes: bearer.scopes },
      }
    );
  }
  if (kind === "token") {
    const bearer = await db.inTransaction((tx) => findTokenBearer(tx, hash, now()));
    if (!bearer) return null;
    const { grantId: id, applicationId, scopes } = bearer;
    // Whoever runs the installation lends no application that power.
    return { ...acting({ ...bearer, isOperator: false }), credential: { kind, id, applicationId, scopes } };
  }
  const bearer = await db.inTransaction((tx) => findSessionBearer(tx, hash, now()));
  return bearer && { ...acting(bearer), credential: { kind, id: bearer.sessionId } };
}

function acting({ teamId, userId, role, isOperator }: Omit<Caller, "credential">) {
  return { teamId, userId, role, isOperator };
}
