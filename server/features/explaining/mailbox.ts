// Why a mailbox: whether it is connected, what it has sent of what it may, when it is free again, and who waits for it.

import { clockSays, plural } from "../../domain/clock-words.ts";
import { type HeldBy, type Next, told } from "../../domain/explaining.ts";
import { heldBackIn } from "../../domain/fence.ts";
import { holdsOn } from "../../domain/gate.ts";
import { HOLD_WORDS } from "../../domain/hold-words.ts";
import { ofWhichElsewhere } from "../../domain/sent-elsewhere.ts";
import { soundExcept } from "../../domain/sound-facts.ts";
import { Refusal } from "../../refusal.ts";
import { readFence } from "../fence/store.ts";
import { type Asking, mailboxFacts } from "./around.ts";
import { type Explanation, past } from "./commands.ts";
import { nobodysMeans } from "./means.ts";
import * as sendingStore from "./sending-store.ts";

export type Sending = {
  row: sendingStore.SendingRow;
  freeAt: Temporal.Instant | null;
  waiting: number;
  due: number;
  atLeast: boolean;
};
export type MailboxExplanation = Explanation & { sending: Sending };

/** Its hours are those of each sequence; here times are told in UTC. */
const ZONE = "UTC";

export async function explainMailbox(asking: Asking, id: string): Promise<MailboxExplanation> {
  const { db, caller, now } = asking;
  const [row] = await sendingStore.readSending(db, caller.teamId, [id], now);
  if (!row) throw new Refusal("record_not_found");
  const queue = await sendingStore.waitingFor(db, caller.teamId, id, now);
  const standing = mailboxStands(row, queue, heldBackIn(await readFence(db)), now);
  return {
    subject: { type: "mailbox", id, name: row.email },
    ...standing,
    next: nextOf(standing.sending, queue.firstDueAt),
    means: await nobodysMeans(asking, row),
    history: await past(asking, "subjects", [id]),
  };
}

type Queue = { waiting: number; due: number };
export type MailboxStanding = Pick<MailboxExplanation, "heldBy" | "sentence" | "sending"> & {
  state: "ready" | "resting" | "disconnected";
};

/** How each of them stands, by id, for lists that do not tell who waits. */
export async function mailboxesStand({ db, caller, now }: Asking, ids: readonly string[]) {
  const [rows, fence] = await Promise.all([
    sendingStore.readSending(db, caller.teamId, ids, now),
    readFence(db),
  ]);
  const nobody = { waiting: 0, due: 0 };
  return new Map(rows.map((row) => [row.id, mailboxStands(row, nobody, heldBackIn(fence), now)]));
}

/** How one stands, from what was gathered of it. */
export function mailboxStands(
  row: sendingStore.SendingRow,
  queue: Queue,
  heldBack: ReturnType<typeof heldBackIn>,
  now: Temporal.Instant,
): MailboxStanding {
  const mailbox = mailboxFacts(row);
  const holds = holdsOn(soundExcept(now, { mailbox, heldBack })).map((hold) => told(hold, ZONE));
  const heldBy = [...holds, ...hanging(row, now)];
  const sending = {
    ...queue,
    row,
    freeAt: freeFrom(heldBy, now),
    atLeast: queue.waiting >= sendingStore.FAR,
  };
  return {
    state: !mailbox.isConnected ? "disconnected" : heldBy.length > 0 ? "resting" : "ready",
    sentence: says(sending, heldBy, now),
    heldBy,
    sending,
  };
}

/** A server that answers takes or refuses a mail sooner. */
const ANSWERS_WITHIN = { seconds: 20 };

/** Nothing has moved for a while though mails are on their way. */
function hanging(
  { underwaySince, lastSentAt, email, id }: sendingStore.SendingRow,
  now: Temporal.Instant,
): HeldBy[] {
  if (!underwaySince) return [];
  const since =
    lastSentAt && Temporal.Instant.compare(lastSentAt, underwaySince) > 0 ? lastSentAt : underwaySince;
  if (Temporal.Instant.compare(since.add(ANSWERS_WITHIN), now) > 0) return [];
  const evidence = { mailboxId: id, email, since };
  const at = (value: unknown) => (value instanceof Temporal.Instant ? clockSays(value, ZONE) : "");
  return [
    { code: "server_hangs", rule: HOLD_WORDS.server_hangs.says(evidence, at), evidence, since, until: null },
  ];
}

/** Null where it waits for somebody to do something. */
function freeFrom(heldBy: readonly HeldBy[], now: Temporal.Instant) {
  if (heldBy.some(({ until }) => until === null)) return null;
  return heldBy.reduce(
    (at, { until }) => (until && Temporal.Instant.compare(until, at) > 0 ? until : at),
    now,
  );
}

function nextOf({ row, freeAt }: Sending, firstDueAt: Temporal.Instant | null): Next | null {
  if (!firstDueAt) return null;
  const at = freeAt && (Temporal.Instant.compare(firstDueAt, freeAt) > 0 ? firstDueAt : freeAt);
  return { what: "auto_email", stepPosition: null, at, earliestAt: at, mailboxId: row.id };
}

function says(sending: Sending, heldBy: readonly HeldBy[], now: Temporal.Instant) {
  const { row, freeAt, waiting, due, atLeast } = sending;
  const of = (sent: number, limit: number | null) => (limit === null ? `${sent}` : `${sent} of ${limit}`);
  const queue =
    waiting === 0
      ? "Nobody waits for it."
      : `${atLeast ? "At least " : ""}${plural(waiting, "contact")} ${waiting === 1 ? "waits" : "wait"} for it, ${due.toLocaleString("en-US")} of them due now.`;
  if (heldBy.length > 0 && freeAt === null) return `${heldBy[0]?.rule} ${queue}`;
  const day = `${of(row.sentLastDay, row.dailyLimit)} mails in the last 24 hours${ofWhichElsewhere(row.elsewhereLastDay)}`;
  const hour = `${of(row.sentLastHour, row.hourlyLimit)} in the last hour${ofWhichElsewhere(row.elsewhereLastHour)}`;
  const sent = `${row.email} has sent ${day}${row.elsewhereLastDay > 0 ? "," : ""} and ${hour}.`;
  const isFree = freeAt !== null && Temporal.Instant.compare(freeAt, now) <= 0;
  const free = isFree || !freeAt ? "It may send now." : `It may send again on ${clockSays(freeAt, ZONE)}.`;
  return `${sent} ${free} ${queue}`;
}
