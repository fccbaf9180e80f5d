// Why a mailbox: whether it is connected, what it has sent of what it may, when it is free again, and who waits for it.

import { clockSays } from "../../../domain/basics/clock-words.ts";
import { rampWords } from "../../../domain/basics/ramp.ts";
import { ofWhichElsewhere } from "../../../domain/contacts/sent-elsewhere.ts";
import type { ActiveBrake } from "../../../domain/gate/brake-changes.ts";
import { heldBackIn } from "../../../domain/gate/clone-guard.ts";
import { holdsOn } from "../../../domain/gate/gate.ts";
import { soundExcept } from "../../../domain/gate/sound-facts.ts";
import { type HeldBy, holdWithSentence, type NextAction } from "../../../domain/insight/explaining.ts";
import { HOLD_WORDS } from "../../../domain/insight/hold-words.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { say } from "../../../kernel/say.ts";
import { readFence } from "../../gate/clone-guard/store.ts";
import { mailboxFacts, type ReadContext } from "../../gate/facts/around.ts";
import * as sendingStore from "../../gate/facts/sending-store.ts";
import { findTeam } from "../../identity/teams/store.ts";
import { type Explanation, past } from "./commands.ts";
import { type CrowdLocks, locksOfCrowd } from "./locks.ts";
import { nobodysMeans } from "./means.ts";

type MailboxSending = {
  row: sendingStore.SendingRow;
  freeAt: Temporal.Instant | null;
  waiting: number;
  due: number;
  atLeast: boolean;
};
type MailboxExplanation = Explanation & { sending: MailboxSending };

/** Its hours are those of each sequence; here times are told in UTC. */
const ZONE = "UTC";

export async function explainMailbox(asking: ReadContext, id: string): Promise<MailboxExplanation> {
  const { db, caller, now } = asking;
  const [row] = await sendingStore.readSending(db, caller.teamId, [id], now);
  if (!row) throw new Refusal("record_not_found");
  const queue = await sendingStore.waitingFor(db, caller.teamId, id, now);
  const locks = await locksOfCrowd(asking, { sequenceId: null, mailboxId: id }, ZONE);
  const brakes = (await findTeam(db, caller.teamId))?.brakes ?? [];
  const standing = mailboxStands(row, queue, heldBackIn(await readFence(db)), now, { locks, brakes });
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
export async function mailboxesStand({ db, caller, now }: ReadContext, ids: readonly string[]) {
  const [rows, fence, team] = await Promise.all([
    sendingStore.readSending(db, caller.teamId, ids, now),
    readFence(db),
    findTeam(db, caller.teamId),
  ]);
  const brakes = team?.brakes ?? [];
  const nobody = { waiting: 0, due: 0 };
  return new Map(rows.map((row) => [row.id, mailboxStands(row, nobody, heldBackIn(fence), now, { brakes })]));
}

const NO_LOCKS: CrowdLocks = { heldBy: [], holdsAll: false };

/** How one stands, from what was gathered of it. */
export function mailboxStands(
  row: sendingStore.SendingRow,
  queue: Queue,
  heldBack: ReturnType<typeof heldBackIn>,
  now: Temporal.Instant,
  { locks = NO_LOCKS, brakes }: { locks?: CrowdLocks; brakes: readonly ActiveBrake[] },
): MailboxStanding {
  const mailbox = mailboxFacts(row);
  const own = brakes.filter(
    ({ scope, subjectId }) => scope === "team" || (scope === "mailbox" && subjectId === row.id),
  );
  const holds = holdsOn(
    soundExcept(now, {
      mailbox,
      heldBack,
      membership: { hasSentMail: true },
      brakes: own.filter(({ level }) => level === "paused"),
    }),
  ).map((hold) => holdWithSentence(hold, ZONE));
  const stopping = [...holds, ...hanging(row, now), ...(locks.holdsAll ? locks.heldBy : [])];
  const first = own.filter(({ level }) => level === "first_steps");
  const beside = [
    ...(locks.holdsAll ? [] : locks.heldBy),
    ...holdsOn(soundExcept(now, { brakes: first, mailbox: newcomersOf(mailbox) })).map((hold) =>
      holdWithSentence(hold, ZONE),
    ),
  ];
  const sending = {
    ...queue,
    row,
    freeAt: freeFrom(stopping, now),
    atLeast: queue.waiting >= sendingStore.FAR,
  };
  return {
    state: !mailbox.isConnected ? "disconnected" : stopping.length > 0 ? "resting" : "ready",
    sentence: [says(sending, stopping, now), ...beside.map(({ rule }) => rule)].join(" "),
    heldBy: [...stopping, ...beside],
    sending,
  };
}

/** What holds new contacts alone is no rest of the whole mailbox. */
function newcomersOf({ id, email, newContacts }: ReturnType<typeof mailboxFacts>) {
  return { id, email, newContacts };
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

/** Null where it waits for a user to act. */
function freeFrom(heldBy: readonly HeldBy[], now: Temporal.Instant) {
  if (heldBy.some(({ until }) => until === null)) return null;
  return heldBy.reduce(
    (at, { until }) => (until && Temporal.Instant.compare(until, at) > 0 ? until : at),
    now,
  );
}

function nextOf({ row, freeAt }: MailboxSending, firstDueAt: Temporal.Instant | null): NextAction | null {
  if (!firstDueAt) return null;
  const at = freeAt && (Temporal.Instant.compare(firstDueAt, freeAt) > 0 ? firstDueAt : freeAt);
  return { what: "auto_email", stepPosition: null, at, earliestAt: at, mailboxId: row.id };
}

function says(sending: MailboxSending, heldBy: readonly HeldBy[], now: Temporal.Instant) {
  const { row, freeAt, waiting, due, atLeast } = sending;
  const of = (sent: number, limit: number | null) =>
    limit === null ? `${sent}` : say("{sent} of {limit}", { sent, limit });
  const queue =
    waiting === 0
      ? say("No contacts are waiting for it.")
      : say(
          "{hasAtLeast, select, yes {At least } other {}}{waiting, plural, one {# contact is} other {# contacts are}} waiting for it, {due, number} due now.",
          { hasAtLeast: atLeast ? "yes" : "no", waiting, due },
        );
  if (heldBy.length > 0 && freeAt === null) return `${heldBy[0]?.rule} ${queue}`;
  const { ramp } = mailboxFacts(row);
  const byRamp = ramp ? say(" (ramp: {ramp})", { ramp: rampWords(ramp) }) : "";
  const day = say("{sentLastDay} emails{byRamp} in the last 24 hours{elsewhereLastDay}", {
    sentLastDay: of(row.sentLastDay, row.dailyLimit),
    byRamp,
    elsewhereLastDay: ofWhichElsewhere(row.elsewhereLastDay),
  });
  const hour = say("{sentLastHour} in the last hour{elsewhereLastHour}", {
    sentLastHour: of(row.sentLastHour, row.hourlyLimit),
    elsewhereLastHour: ofWhichElsewhere(row.elsewhereLastHour),
  });
  const sent = say("{email} has sent {day}{hasElsewhereLastDay, select, yes {,} other {}} and {hour}.", {
    email: row.email,
    day,
    hasElsewhereLastDay: row.elsewhereLastDay > 0 ? "yes" : "no",
    hour,
  });
  const begun =
    row.newContactsLimit === null
      ? ""
      : say(" {newLastDay} new contacts got their first email in the last 24 hours.", {
          newLastDay: of(row.newLastDay, row.newContactsLimit),
        });
  const isFree = freeAt !== null && Temporal.Instant.compare(freeAt, now) <= 0;
  const free =
    isFree || !freeAt
      ? say("It can send now.")
      : say("It can send again on {freeAt}.", { freeAt: clockSays(freeAt, ZONE) });
  return `${sent}${begun} ${free} ${queue}`;
}
