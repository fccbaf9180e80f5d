import { count, figure } from "../../parts/figures.ts";
import { percent } from "../sequences/rates.tsx";
import { Count } from "./Count.tsx";
import classes from "./Figures.module.css";
import type { Report } from "./queries.ts";

/** The whole in five numbers, each with what it is a share of: of people, and of mails. */
export function Figures({ report: { mails, people } }: { report: Report }) {
  const ofPeople = (n: number) =>
    people.reached > 0
      ? `${percent(n / people.reached)} of ${count(people.reached, "person", "people")}`
      : null;
  const ofMails = (n: number) =>
    mails.delivered > 0
      ? `${percent(n / mails.delivered)} of ${count(mails.delivered, "delivered mail")}`
      : null;
  return (
    <dl className={classes.figures}>
      <Figure
        name="Reached"
        says={[`of ${count(people.added, "contact")} added`, `${figure(people.finished)} finished`]}
      >
        <span data-figures>{figure(people.reached)}</span>
      </Figure>
      <Figure name="Delivered" says={[`of ${count(mails.sent, "mail")} sent`]}>
        <Count n={mails.delivered} stat="delivered" what="mails delivered" />
      </Figure>
      <Figure name="Opened" says={[ofPeople(people.opened), ofMails(mails.opened)]}>
        <Count n={mails.opened} stat="opened" what="mails opened" />
      </Figure>
      <Figure name="Replied" says={[ofPeople(people.replied), ofMails(mails.replied)]}>
        <Count n={mails.replied} stat="replied" what="mails answered" />
      </Figure>
      <Figure
        name="Bounced"
        says={[
          mails.sent > 0
            ? `${percent(mails.bounced / mails.sent)} of ${count(mails.sent, "mail")} sent`
            : null,
        ]}
      >
        <Count n={mails.bounced} stat="bounced" what="mails bounced" />
      </Figure>
      <Figure name="Unsubscribed" says={[ofPeople(people.unsubscribed), ofMails(mails.unsubscribed)]}>
        <Count n={mails.unsubscribed} stat="unsubscribed" what="mails led to an unsubscription" />
      </Figure>
    </dl>
  );
}

type FigureProps = { name: string; says: readonly (string | null)[]; children: React.ReactNode };

function Figure({ name, says, children }: FigureProps) {
  return (
    <div className={classes.figure}>
      <dt>{name}</dt>
      <dd className={classes.number}>{children}</dd>
      {says.filter(Boolean).map((line) => (
        <dd key={line} className={classes.says}>
          {line}
        </dd>
      ))}
    </div>
  );
}
