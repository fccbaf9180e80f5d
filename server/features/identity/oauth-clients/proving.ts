import { timingSafeEqual } from "node:crypto";
import type { App } from "../../../app.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { hashToken } from "../../../kernel/tokens.ts";
import { findClient } from "./store.ts";

export type ClientCredentials = { id: string | undefined; secret: string | undefined };

/** Who is asking for tokens: a program that has a secret shows it, one that has none must not pretend to. */
export async function proveClient(app: App, { id, secret }: ClientCredentials) {
  const client = id ? await app.db.inTransaction((db) => findClient(db, id)) : null;
  if (!client) throw new Refusal("client_refused");
  const { secretHash } = client;
  const isProved =
    secretHash === null ? !secret : secret !== undefined && timingSafeEqual(hashToken(secret), secretHash);
  if (!isProved) throw new Refusal("client_refused");
  return { id: client.id };
}
