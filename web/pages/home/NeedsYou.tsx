import { IconAlertTriangle, IconChecklist, IconInbox, IconMailX, type TablerIcon } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Address } from "../../parts/address.ts";
import { figure } from "../../parts/figures.ts";
import { briefly } from "../../parts/when.ts";
import { writeSubject } from "../explain/subject.ts";
import classes from "./NeedsYou.module.css";
import type { Today } from "./queries.ts";
import type { Waiting } from "./waiting.ts";

/** What waits for a person, the way there beside it. */
export function NeedsYou({ today, waiting }: { today: Today; waiting: Waiting }) {
  const lines = [...work(waiting), ...held(today), ...mailboxes(today)];
  return (
    <section aria-labelledby="needs" className={classes.part}>
      <h2 id="needs" className={classes.title}>
        What needs you
      </h2>
      {lines.length === 0 ? (
        <p className={classes.nothing}>Nothing just now. What waits for you will stand here.</p>
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

function Line({ icon: Icon, isBad, says, detail, verb, to, search = {} }: LineProps) {
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

function work({ tasks, replies, mails }: Waiting) {
  const due = tasks.overdue + tasks.due_today;
  const answers = replies.open + replies.questions;
  return [
    answers > 0 && (
      <Line
        key="replies"
        icon={IconInbox}
        says={count(answers, "mail waits for an answer", "mails wait for an answer")}
        detail={replies.questions > 0 && `Of ${replies.questions} it is asked what they are.`}
        verb="Answer"
        to="/inbox"
      />
    ),
    due > 0 && (
      <Line
        key="tasks"
        icon={IconChecklist}
        says={count(due, "task is due today", "tasks are due today")}
        detail={sayOverdue(tasks.overdue, due)}
        verb="Work through them"
        to="/tasks"
      />
    ),
    mails.unconfirmed > 0 && (
      <Line
        key="unconfirmed"
        icon={IconAlertTriangle}
        isBad
        says={count(
          mails.unconfirmed,
          "mail may or may not have arrived",
          "mails may or may not have arrived",
        )}
        detail="Whoever they went to gets nothing more until somebody says."
        verb="Say what became of it"
        to="/outbox"
        search={{ tab: "unconfirmed" }}
      />
    ),
    mails.failed > 0 && (
      <Line
        key="failed"
        icon={IconMailX}
        isBad
        says={count(mails.failed, "mail could not be sent", "mails could not be sent")}
        verb="See why"
        to="/outbox"
        search={{ tab: "failed" }}
      />
    ),
  ].filter(Boolean);
}

function sayOverdue(overdue: number, due: number) {
  if (overdue === 0) return null;
  if (overdue === due) return due === 1 ? "It should be done by now." : "All of them should be done by now.";
  return `${figure(overdue)} of them should be done by now.`;
}

const MOST_HELD = 6;

function held({ held: all }: Today) {
  const now = new Date();
  return all
    .slice(0, MOST_HELD)
    .map(({ emailer_campaign_id: id, emailer_campaign_name: name, code, sentence, contacts, since }) => (
      <Line
        key={`${id} ${code}`}
        icon={IconAlertTriangle}
        isBad
        says={
          <>
            {name}: {sentence}
          </>
        }
        detail={`${count(contacts, "person is held up", "people are held up")}${since && Date.parse(since) < now.getTime() ? ` since ${briefly(since, now)}` : ""}.`}
        verb="Why, and what helps"
        to="/"
        search={{ why: writeSubject({ type: "sequence", id }) }}
      />
    ));
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
          state === "disconnected" ? `${email} is not connected.` : `${email} has trouble with its server.`
        }
        detail={says}
        verb="Why, and what helps"
        to="/"
        search={{ why: writeSubject({ type: "mailbox", id }) }}
      />
    ));
}

function count(n: number, one: string, many: string) {
  return n === 1 ? `One ${one}` : `${n >= 1000 ? "More than 1,000" : figure(n)} ${many}`;
}
