import { Link, useParams } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { t } from "../../../language/t.ts";
import { AllAtOnce } from "../../../parts/AllAtOnce.tsx";
import { ChartSkeleton } from "../../../parts/charts/ChartSkeleton.tsx";
import { Empty } from "../../../parts/Empty.tsx";
import { Moment } from "../../../parts/Moment.tsx";
import { Page, Section } from "../../../parts/Page.tsx";
import { Told } from "../../../parts/Told.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { useMe } from "../../../session.ts";
import { AsItStood, yesterday } from "../../insight/as-it-stood/AsItStood.tsx";
import { mailboxThenQuery } from "../../insight/as-it-stood/queries.ts";
import { trackingDomainsQuery } from "../tracking-domains/queries.ts";
import { Budget } from "./Budget.tsx";
import { Connection } from "./Connection.tsx";
import { DisconnectSection } from "./DisconnectSection.tsx";
import { DmarcReports } from "./DmarcReports.tsx";
import { DomainHistory } from "./DomainHistory.tsx";
import { Health } from "./Health.tsx";
import classes from "./MailboxPage.module.css";
import { MailboxSettings } from "./MailboxSettings.tsx";
import { PlacementSection } from "./PlacementSection.tsx";
import {
  dmarcQuery,
  domainOf,
  findingsQuery,
  type Mailbox,
  type MailboxStanding,
  standingsQuery,
  useMailboxes,
  useStandings,
} from "./queries.ts";
import { MailboxState, share } from "./words.tsx";

/** Charts are loaded after what there is to read. */
const MailByDay = lazy(async () => ({ default: (await import("./MailByDay.tsx")).MailByDay }));

export function MailboxPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const mailboxes = useMailboxes();
  const standings = useStandings();
  const mailbox = mailboxes.data?.find((candidate) => candidate.id === id);
  const standing = standings.data?.find(({ email_account_id }) => email_account_id === id);
  const back = <Link to="/settings/mailboxes">{t("Mailboxes")}</Link>;
  if (mailboxes.error)
    return (
      <Page title={t("Mailbox")} within={back}>
        <Trouble error={mailboxes.error} onRetry={() => void mailboxes.refetch()} />
      </Page>
    );
  if (mailboxes.data && !mailbox)
    return (
      <Page title={t("Mailbox not found")} within={back}>
        <Empty says={t("This mailbox does not exist in your team. It may have been disconnected.")} />
      </Page>
    );
  return (
    <Page
      title={mailbox?.email ?? t("Mailbox")}
      within={back}
      state={mailbox && <MailboxState mailbox={mailbox} standing={standing} />}
    >
      {mailbox && <Whole mailbox={mailbox} standing={standing} />}
    </Page>
  );
}

function Whole({ mailbox, standing }: { mailbox: Mailbox; standing: MailboxStanding | undefined }) {
  const { user } = useMe();
  const mayChange = user.role === "admin" || mailbox.user_id === user.id;
  // What is wrong with it, and what mends it, stand together at the top.
  const isLost = !mailbox.active && !mailbox.revoked_at;
  const [first] = useState(yesterday);
  const domain = mailbox.revoked_at ? null : domainOf(mailbox);
  const ofDomain = domain === null ? [] : [dmarcQuery(domain, 30), findingsQuery(domain)];
  return (
    <AllAtOnce
      asks={[
        standingsQuery,
        trackingDomainsQuery,
        mailboxThenQuery(mailbox.id, first.toISOString()),
        ...ofDomain,
      ]}
    >
      <div className="stack" style={{ gap: 24 }}>
        <Section title={t("Now")}>
          <Now standing={standing} />
        </Section>
        {isLost && <Connection mailbox={mailbox} mayChange={mayChange} />}
        <Section title={t("Emails of the last 14 days")}>
          <Suspense fallback={<ChartSkeleton height={140} />}>
            <MailByDay mailboxId={mailbox.id} days={standing?.sent_by_day} />
          </Suspense>
          {standing && (
            <p className="soft small">
              <Outcome standing={standing} />
            </p>
          )}
        </Section>
        <Section
          title={t("At a past time")}
          note={t("Whether it could send, and how much of its limits was used.")}
        >
          <AsItStood type="mailbox" id={mailbox.id} first={first} />
        </Section>
        <Health mailbox={mailbox} mayChange={mayChange} />
        {domain !== null && <DmarcReports domain={domain} />}
        {domain !== null && <DomainHistory domain={domain} />}
        {!mailbox.seed && mailbox.type !== "catcher" && (
          <PlacementSection
            mailbox={mailbox}
            maySend={mailbox.active && (mayChange || mailbox.visibility === "everyone")}
          />
        )}
        <MailboxSettings key={mailbox.id} mailbox={mailbox} mayChange={mayChange} />
        {!isLost && <Connection mailbox={mailbox} mayChange={mayChange} />}
        {mayChange && <DisconnectSection mailbox={mailbox} waiting={standing?.sending.waiting ?? 0} />}
      </div>
    </AllAtOnce>
  );
}

function Now({ standing }: { standing: MailboxStanding | undefined }) {
  const { error, refetch } = useStandings();
  if (!standing) return <Trouble error={error} onRetry={() => void refetch()} />;
  // What the sentence says already is not said again, unless it is known when it ends.
  const others = standing.held_by.filter(({ rule, until }) => until || !standing.sentence.includes(rule));
  return (
    <div className="stack" style={{ gap: 12 }}>
      <p>
        <Told>{standing.sentence}</Told>
      </p>
      <div className={classes.budget}>
        <Budget standing={standing} />
      </div>
      {others.length > 0 && (
        <ul className={classes.holds}>
          {others.map(({ code, rule, until }) => (
            <li key={code}>
              <Told>{rule}</Told>{" "}
              {until && (
                <span className="soft">
                  {t("Ends")} <Moment at={until} />.
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Outcome({ standing }: { standing: MailboxStanding }) {
  const { sent_last_30_days: sent, bounced_last_30_days: bounced, replied_last_30_days: replied } = standing;
  if (sent === 0) return t("No emails sent in 30 days.");
  return (
    <>
      {t("{sent, plural, one {# email} other {# emails}} in 30 days: {replied} replied, {bounced} bounced.", {
        sent,
        replied: share(replied, sent),
        bounced: share(bounced, sent),
      })}
    </>
  );
}
