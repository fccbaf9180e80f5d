import { numberFormat } from "../../../language/formats.ts";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { State, type StateKind } from "../../../parts/State.tsx";
import type { Mailbox, MailboxStanding } from "./queries.ts";

const KINDS: Record<MailboxStanding["state"], [StateKind, string]> = perLanguage(() => ({
  ready: ["good", t("Ready")],
  resting: ["waiting", t("On hold")],
  disconnected: ["bad", t("Not connected")],
}));

export function MailboxState({
  mailbox,
  standing,
}: {
  mailbox: Mailbox;
  standing: MailboxStanding | undefined;
}) {
  if (mailbox.revoked_at) return <State kind="off">{t("Disconnected")}</State>;
  if (mailbox.last_test_error) return <State kind="bad">{t("Connection failed")}</State>;
  if (!standing) return <span className="soft">–</span>;
  if (isReadFirst(standing)) return <State kind="waiting">{t("Reading the inbox")}</State>;
  const [kind, word] = KINDS[standing.state];
  return <State kind={kind}>{word}</State>;
}

/** Mailboxes that need a user first: they are what the status is sorted for. */
export function stateRank({
  mailbox,
  standing,
}: {
  mailbox: Mailbox;
  standing: MailboxStanding | undefined;
}) {
  if (mailbox.revoked_at) return 5;
  if (mailbox.last_test_error) return 0;
  if (!standing) return null;
  if (isReadFirst(standing)) return 3;
  return { disconnected: 1, resting: 2, ready: 4 }[standing.state];
}

/** It was connected a moment ago, and nothing else holds it. */
export function isReadFirst({ held_by }: Pick<MailboxStanding, "held_by">) {
  return held_by.length > 0 && held_by.every(({ evidence }) => Boolean(evidence.first_reading));
}

export function countMailboxes(mailboxes: readonly Mailbox[], standings: readonly MailboxStanding[] = []) {
  const stuck = standings.filter(({ state }) => state !== "ready").length;
  const said =
    mailboxes.length === 0
      ? t("No mailboxes yet.")
      : t("{mailboxes, plural, one {# mailbox} other {# mailboxes}}", { mailboxes: mailboxes.length });
  if (mailboxes.length === 0) return said;
  if (standings.length === 0) return `${said}.`;
  return stuck === 0
    ? t("{said}, all ready to send.", { said })
    : t("{said}, {stuck} not sending now.", { said, stuck });
}

export function sayBudget({ sending, planned_next_day: planned }: MailboxStanding) {
  const { sent_last_day: sent, sent_elsewhere_last_day: elsewhere, limit_today: limit } = sending;
  const used = t("{sent, plural, one {# email} other {# emails}} sent in the last 24 hours", { sent });
  const next = t("{planned, plural, one {# email} other {# emails}} scheduled for the next 24 hours", {
    planned,
  });
  const apart = elsewhere === 0 ? "" : ` ${t("({elsewhere, number} with other programs)", { elsewhere })}`;
  if (limit === null) return t("{used}{apart}. {next}. No daily limit.", { used, apart, next });
  const free = Math.max(limit - sent, 0);
  return t("{used}{apart}. Daily limit {limit}, {free} left. {next}.", { used, apart, limit, free, next });
}

/** A share as people read it, with what it is of. */
export function share(part: number, whole: number) {
  if (whole === 0) return "–";
  const exact = part / whole;
  return (exact > 0 && exact < 0.1 ? TENTHS : WHOLE).format(exact);
}

const WHOLE = numberFormat({ style: "percent" });
const TENTHS = numberFormat({ style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** Where most providers begin to distrust a sender. */
const MUCH_BOUNCING = 0.03;

/** Null where nothing was sent. */
export function bounceRate({ standing }: { standing: MailboxStanding | undefined }) {
  if (!standing || standing.sent_last_30_days === 0) return null;
  return standing.bounced_last_30_days / standing.sent_last_30_days;
}

export function Bounces({ standing }: { standing: MailboxStanding | undefined }) {
  if (!standing) return <span className="soft">–</span>;
  const { bounced_last_30_days: bounced, sent_last_30_days: sent } = standing;
  const isMuch = sent >= 20 && bounced / sent > MUCH_BOUNCING;
  const text = share(bounced, sent);
  const title = t("{bounced} of {sent, plural, one {# email} other {# emails}} bounced in 30 days", {
    bounced,
    sent,
  });
  return isMuch ? (
    <span title={title}>
      <State kind="bad">{text}</State>
    </span>
  ) : (
    <span title={title}>{text}</span>
  );
}
