// The plain way of sending due mails: claim one, send it, record that it was sent, in a transaction each. It composes,
// checks, counts and logs nothing. What it costs to find and mark a mail depends on the table.

import { createTransport } from "nodemailer";
import type pg from "pg";
import { connectAs } from "./processes.ts";
import type { Planted } from "./sending-rows.ts";

export type Looping = { owner: pg.Client; planted: Planted; port: number; dataDir: string; mails: number };

type Table = {
  fill(): Promise<unknown>;
  /** Of a mailbox, $1. */
  claim: string;
  /** That it was sent, $1. */
  done: string;
  clear(): Promise<unknown>;
};

/** The smallest table that any sender needs. */
export function threeColumns({ owner, planted, mails }: Looping): Table {
  const mailboxes = planted.mailboxes.map((id) => `'${id}'`).join();
  return {
    async fill() {
      await owner.query(
        "create table plain_mails (id int primary key, mailbox text not null, state text not null)",
      );
      await owner.query(
        `insert into plain_mails select n, (array[${mailboxes}])[1 + n % ${planted.mailboxes.length}], 'planned'
           from generate_series(0, ${mails - 1}) n`,
      );
    },
    claim: `update plain_mails set state = 'sending' where id = (
              select id from plain_mails where mailbox = $1 and state = 'planned' order by id limit 1 for update skip locked) returning id`,
    done: "update plain_mails set state = 'sent' where id = $1",
    clear: () => owner.query("drop table plain_mails"),
  };
}

/** The table that ours are in, with all that is asked of it elsewhere. */
export function ourTable({ owner, planted: { teamId }, mails }: Looping): Table {
  return {
    fill: () =>
      owner.query(
        `insert into messages (team_id, id, user_id, contact_id, mailbox_id, sequence_id, step_id, type, delivery, due_at, is_queued,
                subject, body_html, body_text, from_email, to_email, created_at, updated_at)
         select team_id, new_ident(), user_id, contact_id, mailbox_id, sequence_id, step_id, type, 'planned', now(), true,
                subject, body_html, body_text, from_email, to_email, now(), now()
           from messages where team_id = $1 and delivery = 'sent' and enrollment_id is not null limit $2`,
        [teamId, mails],
      ),
    claim: `update messages set delivery = 'claimed', is_queued = false, updated_at = now() where team_id = '${teamId}' and id = (
              select id from messages where team_id = '${teamId}' and mailbox_id = $1 and delivery = 'planned' and is_queued
               order by rank, id limit 1 for update skip locked) returning id`,
    done: `update messages set delivery = 'sent', completed_at = now(), updated_at = now() where team_id = '${teamId}' and id = $1`,
    clear: () => owner.query("delete from messages where team_id = $1 and enrollment_id is null", [teamId]),
  };
}

/** One mail after the other, each mailbox in turn. */
export function oneLoop(table: Table, looping: Looping) {
  return loopsOver(table, looping, [looping.planted.mailboxes]);
}

/** A loop for every mailbox, side by side. */
export function loopEach(table: Table, looping: Looping) {
  return loopsOver(
    table,
    looping,
    looping.planted.mailboxes.map((mailbox) => [mailbox]),
  );
}

async function loopsOver(
  table: Table,
  { planted, port, dataDir, mails }: Looping,
  loops: readonly (readonly string[])[],
) {
  const prepared = await planted.prepared(mails);
  await table.fill();
  await Promise.all(loops.map((mailboxes) => loop(table, mailboxes, { prepared, port, dataDir })));
  await table.clear();
}

type Lane = { prepared: unknown[]; port: number; dataDir: string };

async function loop({ claim, done }: Table, mailboxes: readonly string[], { prepared, port, dataDir }: Lane) {
  const client = await connectAs(dataDir, "owner");
  const lanes = mailboxes.map((mailbox) => ({
    mailbox,
    transport: createTransport({
      pool: true,
      maxConnections: 1,
      host: "127.0.0.1",
      port,
      secure: false,
      ignoreTLS: true,
      auth: { user: "u", pass: "p" },
    }),
  }));
  for (let lane = lanes.shift(); lane; lane = lanes.shift()) {
    await client.query("begin");
    const { rows } = await client.query(claim, [lane.mailbox]);
    await client.query("commit");
    const mail = rows[0] && prepared.pop();
    if (!mail) {
      lane.transport.close(); // nothing is left of this mailbox
      continue;
    }
    await lane.transport.sendMail(mail);
    await client.query("begin");
    await client.query(done, [rows[0].id]);
    await client.query("commit");
    lanes.push(lane);
  }
  await client.end();
}
