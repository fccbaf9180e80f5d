// Which of several mailboxes each new contact gets: the one with the most sends left, so that all are used up together.
//
// Less than zero left is allowed: the queue then grows, and grows evenly. A contact keeps their mailbox, so a mailbox
// whose server rejects mail at the moment gets none while there is another.

export type Capacity = {
  id: string;
  /** Null: no limit. */
  dailyLimit: number | null;
  sentLastDay: number;
  /** How many more contacts may get their first email of a sequence from it; null: no limit. */
  newLeft: number | null;
  /** First mails that fall due within a day. */
  plannedNextDay: number;
  activeMembers: number;
  /** Its server is left alone for a while. */
  isResting: boolean;
};

export type MailboxShare = { mailboxId: string; added: number; remaining: number | null; isResting: boolean };

/** For a line of so many people, the mailbox of each, and what that leaves. */
export function rotate(people: number, mailboxes: readonly Capacity[]) {
  const pots = mailboxes.map((mailbox) => ({
    mailbox,
    remaining: roomIn(mailbox),
    added: 0,
  }));
  const healthy = pots.filter(({ mailbox }) => !mailbox.isResting);
  const choice = healthy.length > 0 ? healthy : pots;
  const chosen: string[] = [];
  for (let n = 0; n < people; n++) {
    const pot = choice.reduce((best, next) => (isBetter(next, best) ? next : best));
    pot.remaining -= 1;
    pot.added += 1;
    chosen.push(pot.mailbox.id);
  }
  const shares = pots.map(({ mailbox, added, remaining }): MailboxShare => {
    const { id: mailboxId, isResting } = mailbox;
    return { mailboxId, added, remaining: remaining === Infinity ? null : remaining, isResting };
  });
  return { chosen, shares };
}

/** Of both limits the one that leaves less: those who join get their first email. */
function roomIn({ dailyLimit, sentLastDay, newLeft, plannedNextDay }: Capacity) {
  return Math.min((dailyLimit ?? Infinity) - sentLastDay, newLeft ?? Infinity) - plannedNextDay;
}

/** The same mailboxes once these have joined: what work in many batches goes on from, so that it splits as one would. */
export function capacitiesAfter(mailboxes: readonly Capacity[], shares: readonly MailboxShare[]): Capacity[] {
  return mailboxes.map((mailbox) => {
    const added = shares.find(({ mailboxId }) => mailboxId === mailbox.id)?.added ?? 0;
    const { plannedNextDay, activeMembers } = mailbox;
    return { ...mailbox, plannedNextDay: plannedNextDay + added, activeMembers: activeMembers + added };
  });
}

type Pot = { mailbox: Capacity; remaining: number; added: number };

function isBetter(one: Pot, other: Pot) {
  if (one.remaining !== other.remaining) return one.remaining > other.remaining;
  if (one.added !== other.added) return one.added < other.added;
  const difference = one.mailbox.activeMembers - other.mailbox.activeMembers;
  return difference === 0 ? one.mailbox.id < other.mailbox.id : difference < 0;
}
