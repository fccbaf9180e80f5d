// Asks whether anything is so that must never be: the checks of invariants.sql over what the product shows in its schema
// `audit` and what witnesses outside it have written down, which are brought into a schema `sink` of the same database.

import { readFileSync } from "node:fs";
import type pg from "pg";
import type { SinkLine } from "./sink.ts";

export type Violation = { chk: string; k: string };
export type Injected = { content_key: string; expected_kind: string; at: string };
export type Received = {
  event_id: string;
  endpoint_id: string;
  at: string;
  sig_ok: boolean;
  replied: number | null;
};

const CHECKS = readFileSync(new URL("./invariants.sql", import.meta.url), "utf8");

const TABLES = `
  create schema if not exists sink;
  create table if not exists sink.accepted (n int, at timestamptz, rcpt text, nrcpt int, message_id text, in_reply_to text,
    contact_token text, step_token text, has_unsub boolean, has_post boolean);
  create table if not exists sink.imap_injected (content_key text, expected_kind text, at timestamptz);
  create table if not exists sink.webhook_received (event_id text, endpoint_id text, at timestamptz, sig_ok boolean, replied int);
  grant usage on schema sink to cadenza_audit;
  grant select on all tables in schema sink to cadenza_audit`;

type Witnessed = {
  accepted: readonly SinkLine[];
  injected: readonly Injected[];
  received: readonly Received[];
};

/** Replaces whatever was brought before. */
export async function bringWitnesses(client: pg.ClientBase, said: Partial<Witnessed>) {
  await client.query(TABLES);
  await fill(client, "accepted", said.accepted ?? []);
  await fill(client, "imap_injected", said.injected ?? []);
  await fill(client, "webhook_received", said.received ?? []);
}

async function fill(
  client: pg.ClientBase,
  table: "accepted" | "imap_injected" | "webhook_received",
  lines: readonly object[],
) {
  await client.query(`truncate sink.${table}`);
  await client.query(
    `insert into sink.${table} select * from jsonb_populate_recordset(null::sink.${table}, $1::jsonb)`,
    [JSON.stringify(lines)],
  );
}

/** As whoever may read the audit views and nothing else. */
export async function violations(client: pg.ClientBase): Promise<Violation[]> {
  await client.query("set role cadenza_audit");
  try {
    return (await client.query<Violation>(CHECKS)).rows;
  } finally {
    await client.query("reset role").catch(() => {}); // within a transaction that failed, its end does
  }
}
