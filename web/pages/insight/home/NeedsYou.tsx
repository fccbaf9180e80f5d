import { IconAlertTriangle, IconChecklist, IconInbox, IconMailX, type TablerIcon } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { t } from "../../../language/t.ts";
import type { Address } from "../../../parts/address.ts";
import { currentTime } from "../../../parts/current-time.ts";
import { figure } from "../../../parts/figures.ts";
import { briefly } from "../../../parts/when.ts";
import { writeSubject } from "../explain/subject.ts";
import classes from "./NeedsYou.module.css";
import type { Today } from "./queries.ts";
import type { TodayCounts } from "./waiting.ts";

/** What waits for a person, the way there beside it. */
export function NeedsYou({ today, waiting }: { today: Today; waiting: TodayCounts }) {
  const lines = [...work(waiting), ...held(today), ...mailboxes(today)];
  return (
    <section aria-labelledby="needs" className={classes.part}>
      <h2 id="needs" className={classes.title}>
        {t("Needs attention")}
      </h2>
      {lines.length === 0 ? (
        <p className={classes.nothing}>{t("You're all caught up.")}</p>
      ) : (
        <ul className={classes.list}>{lines}</ul>
      )}
    </section>
  );
}

type LineProps = {
  icon: TablerIcon;
  isBad?: boolean;
  says: ReactNode;
  detail?: ReactNode;
  verb: string;
  to: "/tasks" | "/inbox" | "/outbox" | "/" | "/settings/mailboxes";
  search?: Address;
};

export function Line({ icon: Icon, isBad, says, detail, verb, to, search = {} }: LineProps) {
  return (
    <li className={classes.line}>
      <Icon
        size="1.125rem"
        stroke={1.75}
        aria-hidden
        className={classes.sign}
        data-bad={isBad || undefined}
      />
      <span className={classes.words}>
        <span>{says}</span>
        {detail && <span className="soft small">{detail}</span>}
      </span>
      <Link to={to} search={search} className={classes.verb} data-walk>
        {verb}
      </Link>
    </li>
  );
}

function work({ tasks, replies, mails }: TodayCounts) {
  const due = tasks.overdue + tasks.due_today;
  const answers = replies.open + replies.questions;
  return [
    answers > 0 && (
      <Line
        key="replies"
        icon={IconInbox}
        says={t(
          "{n, plural, one {One email needs a reply} other {{number} emails need a reply}}",
          many(answers),
        )}
        detail={
          replies.questions > 0 &&
          t("{questions} need your decision on what they are.", { questions: replies.questions })
        }
        verb={t("Open inbox")}
        to="/inbox"
      />
    ),
    due > 0 && (
      <Line
        key="tasks"
        icon={IconChecklist}
        says={t("{n, plural, one {One task is due today} other {{number} tasks are due today}}", many(due))}
        detail={sayOverdue(tasks.overdue, due)}
        verb={t("Start tasks")}
        to="/tasks"
      />
    ),
    mails.unconfirmed > 0 && (
      <Line
        key="unconfirmed"
        icon={IconAlertTriangle}
        isBad
        says={t(
          "{n, plural, one {One email has no confirmed delivery} other {{number} emails have no confirmed delivery}}",
          many(mails.unconfirmed),
        )}
        detail={t("The contacts get no more emails until you decide.")}
        verb={t("Review")}
        to="/outbox"
        search={{ tab: "unconfirmed" }}
      />
    ),
    mails.failed > 0 && (
      <Line
        key="failed"
        icon={IconMailX}
        isBad
        says={t(
          "{n, plural, one {One email could not be sent} other {{number} emails could not be sent}}",
          many(mails.failed),
        )}
        verb={t("View")}
        to="/outbox"
        search={{ tab: "failed" }}
      />
    ),
  ].filter(Boolean);
}

function sayOverdue(overdue: number, due: number) {
  if (overdue === 0) return null;
  if (overdue === due) return t("{due, plural, one {It is overdue.} other {All are overdue.}}", { due });
  return t("{overdue, number} overdue.", { overdue });
}

const MOST_HELD = 6;

function held({ held: all }: Today) {
  const now = currentTime();
  return all
    .slice(0, MOST_HELD)
    .map(({ emailer_campaign_id: id, emailer_campaign_name: name, code, sentence, ...one }) => (
      <Line
        key={`${id} ${code}`}
        icon={IconAlertTriangle}
        isBad
        says={
          <>
            {name}: {sentence}
          </>
        }
        detail={sayHeld(one, now)}
        verb={t("See why")}
        to="/"
        search={{ why: writeSubject({ type: "sequence", id }) }}
      />
    ));
}

type HeldContacts = Pick<Today["held"][number], "contacts" | "since" | "has_failed">;

function sayHeld({ contacts, since, has_failed: hasFailed }: HeldContacts, now: Date) {
  if (hasFailed)
    return t(
      "{n, plural, one {One contact has stopped.} other {{number} contacts have stopped.}}",
      many(contacts),
    );
  if (since && Date.parse(since) < now.getTime())
    return t(
      "{n, plural, one {One contact is on hold since {since}.} other {{number} contacts are on hold since {since}.}}",
      { ...many(contacts), since: briefly(since, now) },
    );
  return t(
    "{n, plural, one {One contact is on hold.} other {{number} contacts are on hold.}}",
    many(contacts),
  );
}

function mailboxes({ mailboxes: all }: Today) {
  return all
    .filter(({ state }) => state === "disconnected" || state === "trouble")
    .map(({ id, email, state, says }) => (
      <Line
        key={id}
        icon={IconAlertTriangle}
        isBad
        says={
          state === "disconnected"
            ? t("{email} is not connected.", { email })
            : t("{email} has a problem with sending or reading.", { email })
        }
        detail={says}
        verb={t("See why")}
        to="/"
        search={{ why: writeSubject({ type: "mailbox", id }) }}
      />
    ));
}

/** Beyond 1,000 the exact number helps nobody. */
export function many(n: number) {
  return { n, number: n >= 1000 ? t("More than 1,000") : figure(n) };
}
