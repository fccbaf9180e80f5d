import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { currentTime } from "../../../parts/current-time.ts";
import { MailText } from "../../../parts/mail/MailText.tsx";
import { SidePanel } from "../../../parts/SidePanel.tsx";
import { State } from "../../../parts/State.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { dayAndTime } from "../../../parts/when.ts";
import { type EmailsAsked, emailsQuery, type TrialEmail } from "./queries.ts";
import classes from "./TrialRuns.module.css";

type Props = { runId: string; asked: EmailsAsked; title: string; onClose: () => void };

/** Emails of a trial run, as they would arrive, in the order in which they were sent. */
export function TrialEmails({ runId, asked, title, onClose }: Props) {
  const found = useInfiniteQuery(emailsQuery(runId, asked));
  const total = found.data?.pages[0]?.pagination.total_entries;
  const emails = found.data?.pages.flatMap((page) => page.emails);
  return (
    <SidePanel
      title={title}
      says={total !== undefined && t("{total, plural, one {# email} other {# emails}}", { total })}
      takesFocus
      onClose={onClose}
    >
      <Trouble error={found.error} onRetry={() => void found.refetch()} />
      <div className="stack">
        {emails?.map((email) => (
          <Email key={email.position} email={email} />
        ))}
      </div>
      {emails?.length === 0 && <p className="soft">{t("No email of this sequence was sent.")}</p>}
      {found.hasNextPage && (
        <Button
          variant="default"
          loading={found.isFetchingNextPage}
          onClick={() => void found.fetchNextPage()}
        >
          {t("Show more")}
        </Button>
      )}
    </SidePanel>
  );
}

const CAME: Record<NonNullable<TrialEmail["came_of_it"]>, () => string> = {
  replied: () => t("Replied"),
  bounced: () => t("Bounced"),
  unsubscribed: () => t("Unsubscribed"),
};

function Email({ email }: { email: TrialEmail }) {
  const { contact, subject, sent_at, step_position, body_html, body_text, came_of_it } = email;
  const name = contact.name ?? t("Unnamed contact");
  const when = dayAndTime(sent_at, currentTime());
  const line =
    step_position === null
      ? t("To {name}, {when}", { name, when })
      : t("To {name}, {when}, step {step_position, number}", { name, when, step_position });
  const title = subject || t("No subject");
  return (
    <article className={classes.email} aria-label={`${title}: ${line}`}>
      <p>
        <strong>{title}</strong>
      </p>
      <p className="soft small">
        {line}{" "}
        {came_of_it && <State kind={came_of_it === "replied" ? "good" : "bad"}>{CAME[came_of_it]()}</State>}
      </p>
      <MailText html={body_html} text={body_text} label={`${title}: ${line}`} />
    </article>
  );
}
