import { t } from "../../../language/t.ts";
import { figure } from "../../../parts/figures.ts";
import { percent } from "../sequences/rates.tsx";
import { Count } from "./Count.tsx";
import classes from "./Figures.module.css";
import type { Report } from "./queries.ts";
import { ReachedCount } from "./ReachedCount.tsx";

/** The whole in five numbers, each with what it is a share of: of people, and of mails. */
export function Figures({ report: { mails, people } }: { report: Report }) {
  const ofPeople = (n: number) =>
    people.reached > 0
      ? t("{percent} of {reached, plural, one {# contact} other {# contacts}}", {
          percent: percent(n / people.reached),
          reached: people.reached,
        })
      : null;
  const ofMails = (n: number) =>
    mails.delivered > 0
      ? t("{percent} of {delivered, plural, one {# delivered email} other {# delivered emails}}", {
          percent: percent(n / mails.delivered),
          delivered: mails.delivered,
        })
      : null;
  return (
    <dl className={classes.figures}>
      <Figure
        name={t("Reached")}
        says={[
          t("of {added, plural, one {# contact} other {# contacts}} added", { added: people.added }),
          t("{finished, number} finished", { finished: people.finished }),
        ]}
      >
        <ReachedCount n={people.reached}>
          <span data-figures>{figure(people.reached)}</span>
        </ReachedCount>
      </Figure>
      <Figure
        name={t("Delivered")}
        says={[t("of {sent, plural, one {# email} other {# emails}} sent", { sent: mails.sent })]}
      >
        <Count n={mails.delivered} stat="delivered" what={t("emails delivered")} />
      </Figure>
      <Figure name={t("Opened")} says={[ofPeople(people.opened), ofMails(mails.opened)]}>
        <Count n={mails.opened} stat="opened" what={t("emails opened")} />
      </Figure>
      <Figure name={t("Replied")} says={[ofPeople(people.replied), ofMails(mails.replied)]}>
        <Count n={mails.replied} stat="replied" what={t("emails with a reply")} />
      </Figure>
      <Figure
        name={t("Bounced")}
        says={[
          mails.sent > 0
            ? t("{percent} of {sent, plural, one {# email} other {# emails}} sent", {
                percent: percent(mails.bounced / mails.sent),
                sent: mails.sent,
              })
            : null,
        ]}
      >
        <Count n={mails.bounced} stat="bounced" what={t("emails bounced")} />
      </Figure>
      <Figure name={t("Unsubscribed")} says={[ofPeople(people.unsubscribed), ofMails(mails.unsubscribed)]}>
        <Count n={mails.unsubscribed} stat="unsubscribed" what={t("emails that led to an unsubscribe")} />
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
