import { Progress } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { currentTime } from "../../../parts/current-time.ts";
import { State, type StateKind } from "../../../parts/State.tsx";
import { dayAndTime } from "../../../parts/when.ts";
import classes from "./MailboxHealth.module.css";
import type { Today } from "./queries.ts";

type Box = Today["mailboxes"][number];

const STATES: Record<Box["state"], { kind: StateKind; word: string }> = perLanguage(() => ({
  ready: { kind: "good", word: t("Ready") },
  resting: { kind: "waiting", word: t("On hold") },
  trouble: { kind: "bad", word: t("Error") },
  disconnected: { kind: "bad", word: t("Not connected") },
}));

const MOST = 8;

/** How each mailbox is, and how much of its day is used. */
export function MailboxHealth({ mailboxes }: { mailboxes: readonly Box[] | undefined }) {
  if (!mailboxes || mailboxes.length === 0) return null;
  return (
    <section className={classes.part} aria-labelledby="mailboxes">
      <h2 id="mailboxes" className={classes.title}>
        {t("Mailboxes")}
      </h2>
      <ul className={classes.list}>
        {mailboxes.slice(0, MOST).map((box) => (
          <li key={box.id} className={classes.box}>
            <Link to="/settings/mailboxes/$id" params={{ id: box.id }} className={classes.email}>
              {box.email}
            </Link>
            <span className={classes.state}>
              <State kind={STATES[box.state].kind}>
                {box.resting_until
                  ? t("{state} until {time}", {
                      state: STATES[box.state].word,
                      time: dayAndTime(box.resting_until, currentTime()),
                    })
                  : STATES[box.state].word}
              </State>
            </span>
            <Used box={box} />
          </li>
        ))}
      </ul>
      {mailboxes.length > MOST && (
        <p className="small">
          <Link to="/settings/mailboxes">
            {t("All {mailboxes} mailboxes", { mailboxes: mailboxes.length })}
          </Link>
        </p>
      )}
    </section>
  );
}

function Used({ box }: { box: Box }) {
  const {
    sent_last_day: sent,
    sent_elsewhere_last_day: elsewhere,
    email_daily_threshold: limit,
    waiting,
  } = box;
  const title =
    elsewhere > 0
      ? t("Last 24 hours, {elsewhere} sent with other programs", { elsewhere })
      : t("Last 24 hours");
  const says =
    limit === null ? t("{sent} sent, no limit", { sent }) : t("{sent} of {limit} sent", { sent, limit });
  return (
    <span className={classes.used} title={title}>
      <Progress
        value={limit ? Math.min(100, (100 * sent) / limit) : 0}
        size="sm"
        color="var(--accent)"
        aria-label={`${box.email}: ${says}`}
      />
      <span className="soft small" data-figures>
        {says}
        {waiting > 0 && t(", {waiting} due within a day", { waiting })}
      </span>
    </span>
  );
}
