// Asks whether anything is so that must never be: the checks of invariants.sql over what the product shows in its schema
// `audit` and what witnesses outside it have written down, which are brought into a schema `sink` of the same database.

import { readFileSync } from "node:fs";
import type pg from "pg";
import type { SinkLine, Unanswered } from "./sink.ts";

export type Violation = { chk: string; k: string };
export type Injected = { content_key: string; expected_kind: string; at: string };
export type ReceivedEvent = {
  event_id: string;
  endpoint_id: string;
  at: string;
  sig_ok: boolean;
  replied: number | null;
};
/** A mail at its final dot when a process was killed. */
export type Struck = { fault: number; what: "killed" | "asleep" | "database"; message_id: string };

const CHECKS = readFileSync(new URL("./invariants.sql", import.meta.url), "utf8");

const TABLES = `
  create schema if not exists sink;
  create table if not exists sink.accepted (n int, at timestamptz, rcpt text, nrcpt int, message_id text, in_reply_to text,
    contact_token text, step_token text, has_unsub boolean, has_post boolean);
  create table if not exists sink.imap_injected (content_key text, expected_kind text, at timestamptz);
  create table if not exists sink.webhook_received (event_id text, endpoint_id text, at timestamptz, sig_ok boolean, replied int);
  create table if not exists sink.unanswered (message_id text, what text);
  create table if not exists sink.struck (fault int, what text, message_id text);
  grant usage on schema sink to cadenza_audit;
  grant select on all tables in schema sink to cadenza_audit`;

type Witnessed = {
  accepted: readonly SinkLine[];
  injected: readonly Injected[];
  received: readonly ReceivedEvent[];
  unanswered: readonly Unanswered[];
  struck: readonly Struck[];
};

/** Replaces whatever was brought before. */
export async function bringWitnesses(client: pg.ClientBase, said: Partial<Witnessed>) {
  await client.query(TABLES);
  await fill(client, "accepted", said.accepted ?? []);
  await fill(client, "imap_injected", said.injected ?? []);
  await fill(client, "webhook_received", said.received ?? []);
  await fill(client, "unanswered", said.unanswered ?? []);
  await fill(client, "struck", said.struck ?? []);
}

async function fill(
  client: pg.ClientBase,
  table: "accepted" | "imap_injected" | "webhook_received" | "unanswered" | "struck",
  lines: readonly object[],
) {
  await client.query(`truncate sink.${table}`);
  await client.query(
    `insert into sink.${table} select * from jsonb_populate_recordset(null::sink.${table}, $1::jsonb)`,
    [JSON.stringify(lines)],
  );
}

/** With the rights of the audit views' reader, and no others. */
export async function violations(client: pg.ClientBase): Promise<Violation[]> {
  await client.query("set role cadenza_audit");
  try {
    return (await client.query<Violation>(CHECKS)).rows;
  } finally {
    await client.query("reset role").catch(() => {}); // within a transaction that failed, its end does
  }
}
