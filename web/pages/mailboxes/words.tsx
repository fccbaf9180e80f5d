import { count } from "../../parts/figures.ts";
import { State, type StateKind } from "../../parts/State.tsx";
import type { Mailbox, Standing } from "./queries.ts";

const KINDS: Record<Standing["state"], [StateKind, string]> = {
  ready: ["good", "Ready"],
  resting: ["waiting", "Resting"],
  disconnected: ["bad", "Not connected"],
};

export function MailboxState({ mailbox, standing }: { mailbox: Mailbox; standing: Standing | undefined }) {
  if (mailbox.revoked_at) return <State kind="off">Disconnected</State>;
  if (mailbox.last_test_error) return <State kind="bad">Its server refuses</State>;
  if (!standing) return <span className="soft">–</span>;
  const [kind, word] = KINDS[standing.state];
  return <State kind={kind}>{word}</State>;
}

export function countMailboxes(mailboxes: readonly Mailbox[], standings: readonly Standing[] = []) {
  const stuck = standings.filter(({ state }) => state !== "ready").length;
  const said =
    mailboxes.length === 0 ? "No mailbox yet." : `${count(mailboxes.length, "mailbox", "mailboxes")}`;
  if (mailboxes.length === 0) return said;
  if (standings.length === 0) return `${said}.`;
  return stuck === 0 ? `${said}, all ready to send.` : `${said}, ${stuck} of them not sending now.`;
}

export function sayBudget({ sending, planned_next_day: planned }: Standing) {
  const { sent_last_day: sent, sent_elsewhere_last_day: elsewhere, email_daily_threshold: limit } = sending;
  const used = `${count(sent, "mail")} sent in the last 24 hours`;
  const next = `${count(planned, "mail")} planned for the next`;
  const apart = elsewhere === 0 ? "" : ` (${elsewhere} of them with other programs)`;
  if (limit === null) return `${used}${apart}, ${next}. There is no daily limit.`;
  const free = Math.max(limit - sent, 0);
  return `${used}${apart} of ${limit} allowed, so ${free} are free now; ${next}.`;
}

/** A share as people read it, with what it is of. */
export function share(part: number, whole: number) {
  if (whole === 0) return "–";
  const percent = (100 * part) / whole;
  return `${percent > 0 && percent < 10 ? percent.toFixed(1) : Math.round(percent)}%`;
}

/** Where most providers begin to distrust a sender. */
export const MUCH_BOUNCING = 0.03;

export function Bounces({ standing }: { standing: Standing | undefined }) {
  if (!standing) return <span className="soft">–</span>;
  const { bounced_last_30_days: bounced, sent_last_30_days: sent } = standing;
  const isMuch = sent >= 20 && bounced / sent > MUCH_BOUNCING;
  const text = share(bounced, sent);
  const title = `${bounced} of ${count(sent, "mail")} in 30 days`;
  return isMuch ? (
    <span title={title}>
      <State kind="bad">{text}</State>
    </span>
  ) : (
    <span title={title}>{text}</span>
  );
}
