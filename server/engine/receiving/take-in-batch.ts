// A batch of fetched mails into what we understand of them. One that we stumble over is put aside, so that it does not
// keep the others.

import { createHash } from "node:crypto";
import type { App } from "../../app.ts";
import { NOTHING_READ } from "../../domain/receiving/incoming-mail.ts";
import { beginReading, forgetReading } from "../../features/receiving/incoming/being-read-store.ts";
import { type Arrival, setMailAside, takeIn } from "../../features/receiving/incoming/commands.ts";
import {
  type Apart,
  ourReaders,
  type Readers,
  type ReadingFault,
} from "../../features/receiving/incoming/run-in-worker.ts";
import { type Traces, traceOfEmail } from "../../kernel/traces.ts";
import type { FetchedMail, InboxCursor, MailBatch } from "../../mail/inbox.ts";

/** Whose folder it is. */
type MailboxReader = { teamId: string; mailboxId: string; role: "inbox" | "junk" };

type Reading = MailboxReader & { readers: Readers; before: InboxCursor | undefined };

/** A mail that was being read each time a process ended is read so often by itself, and then no more. */
const MOST_TRIES_ALONE = 5;

/** One batch after the other, in their order; while one is taken in, the next is parsed. */
export function takingInOrder(
  app: App,
  { readers = ourReaders, ...folder }: MailboxReader & { readers?: Readers },
) {
  let taken = Promise.resolve();
  return ({ cursor, mails, before }: MailBatch): Promise<void> => {
    const reader = { ...folder, readers, before };
    const read = readTogether(app, reader, cursor, mails);
    read.catch(() => {}); // told when it is awaited
    const takenInNow = async () => {
      const arrivals = await read;
      if (arrivals) await takeInBatch(app, reader, cursor, arrivals);
      else await takeInOneByOne(app, reader, cursor, mails);
    };
    taken = taken.then(takenInNow).catch(async (error) => {
      await forget(app, folder).catch(() => {});
      throw error;
    });
    return taken;
  };
}

/** Null: a process ended while it read some of the mails. */
async function readTogether(app: App, reader: Reading, cursor: InboxCursor, mails: readonly FetchedMail[]) {
  const [first, last] = [mails[0], mails.at(-1)];
  if (!first || !last) return [];
  const { wasMet } = await begin(app, reader, cursor, first.uid, last.uid);
  return wasMet ? null : arrivalsOf(app, reader, cursor, mails);
}

/** Each written down by itself before it is read, so that the one to blame is known. */
async function takeInOneByOne(app: App, reader: Reading, cursor: InboxCursor, mails: readonly FetchedMail[]) {
  for (const mail of mails) {
    const upTo = mail === mails.at(-1) ? cursor : partWay(reader, cursor, mail.uid);
    const { tries } = await begin(app, reader, cursor, mail.uid, mail.uid);
    const arrivals =
      tries >= MOST_TRIES_ALONE
        ? [unread(mail, "ended_the_server")]
        : await arrivalsOf(app, reader, cursor, [mail]);
    await takeInBatch(app, reader, upTo, arrivals);
    if (upTo === reader.before) await forget(app, reader); // it will be read again, and was not to blame
  }
}

function forget(app: App, { teamId, mailboxId, role }: MailboxReader) {
  return app.db.inTeam(teamId, (db) => forgetReading(db, teamId, mailboxId, role));
}

/** Some servers know no place within a batch: until its end it is read from its beginning again. */
function partWay({ before }: Pick<Reading, "before">, cursor: InboxCursor, uid: number): InboxCursor {
  return before ?? { ...cursor, lastUid: uid };
}

function begin(
  app: App,
  { teamId, mailboxId, role }: MailboxReader,
  cursor: InboxCursor,
  first: number,
  last: number,
) {
  const { uidValidity } = cursor;
  return app.db.inTeam(teamId, (db) =>
    beginReading(db, teamId, { mailboxId, role, uidValidity, first, last }),
  );
}

async function takeInBatch(
  app: App,
  { teamId, mailboxId, role, before }: Reading,
  cursor: InboxCursor,
  arrivals: readonly Arrival[],
) {
  const folder = { ...cursor, role };
  try {
    const from = performance.now();
    const taken = await takeIn(app, { teamId, mailboxId, folder }, arrivals);
    return tellTaken(app.traces, { teamId, mailboxId, from }, taken);
  } catch (error) {
    if (!isOurMistake(error)) throw error;
    app.log.warn(
      { err: error, teamId, mailboxId, mails: arrivals.length },
      "a batch of emails failed and is processed one by one",
    );
  }
  for (const arrival of arrivals) {
    const reached = arrival === arrivals.at(-1) ? cursor : partWay({ before }, cursor, arrival.uid);
    const upTo = { teamId, mailboxId, folder: { ...reached, role } };
    try {
      await takeIn(app, upTo, [arrival]);
    } catch (error) {
      if (!isOurMistake(error)) throw error;
      app.log.error(
        { err: error, teamId, mailboxId, uid: arrival.uid },
        "an incoming email could not be processed and is retried later",
      );
      await setMailAside(app, upTo, arrival, "our_error");
    }
  }
}

type Taken = Awaited<ReturnType<typeof takeIn>>[number];

/** In the trace of the email that was answered, or could not be delivered. */
function tellTaken(
  traces: Traces,
  { teamId, mailboxId, from }: { teamId: string; mailboxId: string; from: number },
  taken: readonly Taken[],
) {
  if (!traces.isOn) return;
  for (const { id, kind, messageId } of taken) {
    if (messageId === null) continue;
    const { rootId: _, ...trace } = traceOfEmail(teamId, messageId);
    const attributes = {
      "cadenza.team_id": teamId,
      "cadenza.message_id": messageId,
      "cadenza.mailbox_id": mailboxId,
      "cadenza.incoming_mail_id": id,
      "cadenza.incoming_kind": kind,
    };
    traces.tell({
      ...trace,
      name: "incoming email",
      kind: "consumer",
      from,
      until: performance.now(),
      attributes,
    });
  }
}

async function arrivalsOf(app: App, reader: Reading, cursor: InboxCursor, mails: readonly FetchedMail[]) {
  const { teamId, mailboxId, role, readers } = reader;
  const read = await readers.read(
    teamId,
    mails.map(({ raw }) => raw),
  );
  return mails.map((one, index) => {
    const { result, fault, detail } = read[index] as Apart<Read>;
    if (result) return arrivalOf(one, result, `${mailboxId} ${role} ${cursor.uidValidity}`);
    app.log.error(
      { teamId, mailboxId, uid: one.uid, why: fault, err: detail },
      "an incoming email could not be read and is skipped",
    );
    return unread(one, fault);
  });
}

type Read = NonNullable<Awaited<ReturnType<Readers["read"]>>[number]["result"]>;

function arrivalOf(
  { uid, receivedAt, threadId, raw, size, isWhole }: FetchedMail,
  read: Read,
  numbering: string,
) {
  const arrival: Arrival = { uid, receivedAt, threadId, ...read, fault: null };
  if (isWhole) return arrival;
  // Of what was not fetched at all there is nothing to know it by but its number.
  const isBare = raw.length === 0;
  const contentKey = isBare ? `not fetched ${numbering} ${uid}` : read.mail.contentKey;
  const unreadable = isBare ? "not_fetched" : "too_large";
  return { ...arrival, mail: { ...read.mail, contentKey, size, unreadable } };
}

/** Known again by its bytes: nothing else of it was read. */
function unread({ uid, receivedAt, threadId, raw, size }: FetchedMail, fault: ReadingFault): Arrival {
  const contentKey = `unread ${createHash("sha256").update(raw).digest("hex")}`;
  const lookUp = { messageIds: [], tokens: [], addresses: [], companyDomains: [] };
  return {
    uid,
    receivedAt,
    threadId,
    mail: { ...NOTHING_READ, contentKey, size, unreadable: fault },
    lookUp,
    fault,
  };
}

/** A mistake comes again with the same mail. What the database is in trouble with does not: it is tried again later. */
function isOurMistake(error: unknown) {
  const { code } = error as { code?: unknown };
  const isStatement = typeof code === "string" && /^(?:22|23|42)/.test(code);
  return (
    isStatement || error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError
  );
}
