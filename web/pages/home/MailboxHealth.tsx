import { Progress } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { State, type StateKind } from "../../parts/State.tsx";
import { dayAndTime } from "../../parts/when.ts";
import classes from "./MailboxHealth.module.css";
import type { Today } from "./queries.ts";

type Box = Today["mailboxes"][number];

const STATES: Record<Box["state"], { kind: StateKind; word: string }> = {
  ready: { kind: "good", word: "Ready" },
  resting: { kind: "waiting", word: "Rests" },
  trouble: { kind: "bad", word: "Trouble" },
  disconnected: { kind: "bad", word: "Not connected" },
};

const MOST = 8;

/** How each mailbox is, and how much of its day is used. */
export function MailboxHealth({ mailboxes }: { mailboxes: readonly Box[] | undefined }) {
  if (!mailboxes || mailboxes.length === 0) return null;
  return (
    <section className={classes.part} aria-labelledby="mailboxes">
      <h2 id="mailboxes" className={classes.title}>
        Mailboxes
      </h2>
      <ul className={classes.list}>
        {mailboxes.slice(0, MOST).map((box) => (
          <li key={box.id} className={classes.box}>
            <Link to="/settings/mailboxes/$id" params={{ id: box.id }} className={classes.email}>
              {box.email}
            </Link>
            <span className={classes.state}>
              <State kind={STATES[box.state].kind}>
                {STATES[box.state].word}
                {box.resting_until && ` until ${dayAndTime(box.resting_until, new Date())}`}
              </State>
            </span>
            <Used box={box} />
          </li>
        ))}
      </ul>
      {mailboxes.length > MOST && (
        <p className="small">
          <Link to="/settings/mailboxes">All {mailboxes.length} mailboxes</Link>
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
  const title = `In the last 24 hours${elsewhere > 0 ? `, ${elsewhere} of them sent elsewhere` : ""}`;
  const says = limit === null ? `${sent} sent, no limit` : `${sent} of ${limit} sent`;
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
        {waiting > 0 && `, ${waiting} to come`}
      </span>
    </span>
  );
}
