import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { currentTimeMs } from "../../../parts/current-time.ts";
import { MomentField } from "../../../parts/dates/MomentField.tsx";
import { figure } from "../../../parts/figures.ts";
import { Told } from "../../../parts/Told.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { contactThenQuery, mailboxThenQuery, membershipThenQuery, type PastHold } from "./queries.ts";

type Kind = "contact" | "enrollment" | "mailbox";

type Props = { type: Kind; id: string; first?: Date | (() => Date) };

/** What is shown first: a day ago. */
export const yesterday = () => new Date(currentTimeMs() - 24 * 3_600_000);

/** The past state of a contact, an enrollment or a mailbox, at a moment that the viewer chooses. */
export function AsItStood({ type, id, first = yesterday }: Props) {
  const [moment, setMoment] = useState(first);
  const at = moment.toISOString();
  const Then = { contact: Contact, enrollment: Membership, mailbox: Mailbox }[type];
  return (
    <div className="stack">
      <MomentField
        label={t("Date and time")}
        w="min(18rem, 100%)"
        value={moment}
        until="today"
        onChange={(next) => next && setMoment(next)}
      />
      <Then id={id} at={at} />
    </div>
  );
}

type Of = { id: string; at: string };

/** And where they were in sequences. */
function Contact({ id, at }: Of) {
  const { data, error } = useQuery(contactThenQuery(id, at));
  if (error) return <Trouble error={error} />;
  if (!data) return null;
  return (
    <div className="stack" aria-live="polite">
      <p>
        <Told>{data.sentence}</Told>
      </p>
      {data.contact_campaign_statuses.map((one) => (
        <section key={one.id} aria-label={one.emailer_campaign_name}>
          <Membership id={one.id} at={at} isWithin />
        </section>
      ))}
      {data.existed && <NotKept says={data.not_kept} />}
    </div>
  );
}

/** What was planned there, and which rule held it. */
function Membership({ id, at, isWithin = false }: Of & { isWithin?: boolean }) {
  const { data, error } = useQuery(membershipThenQuery(id, at));
  if (error) return <Trouble error={error} />;
  if (!data) return null;
  const { emailer_messages: mails, tasks } = data;
  return (
    <div className="stack" aria-live={isWithin ? undefined : "polite"}>
      <p>
        <Told>{data.sentence}</Told>
      </p>
      <Holds holds={data.held_by} />
      {(mails.length > 0 || tasks.length > 0) && (
        <p className="soft small">
          {mails.length > 0 &&
            t("{mails, plural, one {# email} other {# emails}}: {mails2}. ", {
              mails: mails.length,
              mails2: byState(mails, MAILS),
            })}
          {tasks.length > 0 &&
            t("{tasks, plural, one {# task} other {# tasks}}: {tasks2}.", {
              tasks: tasks.length,
              tasks2: byState(tasks, TASKS),
            })}
        </p>
      )}
      {data.existed && !isWithin && <NotKept says={data.not_kept} />}
    </div>
  );
}

const MAILS: Record<string, string> = perLanguage(() => ({
  drafted: t("in drafts"),
  scheduled: t("scheduled"),
  completed: t("sent"),
  failed: t("failed"),
}));
const TASKS: Record<string, string> = perLanguage(() => ({
  scheduled: t("to do"),
  completed: t("done"),
  skipped: t("skipped"),
}));

/** "2 sent, 1 planned". */
function byState(all: readonly { status: string }[], words: Record<string, string>) {
  const groups = Map.groupBy(all, ({ status }) => words[status] ?? status.replaceAll("_", " "));
  return [...groups].map(([word, some]) => `${figure(some.length)} ${word}`).join(", ");
}

function Mailbox({ id, at }: Of) {
  const { data, error } = useQuery(mailboxThenQuery(id, at));
  if (error) return <Trouble error={error} />;
  if (!data) return null;
  const { email_daily_threshold: day, max_outbound_emails_per_hour: hour } = data;
  return (
    <div className="stack" aria-live="polite">
      <p>
        <Told>{data.sentence}</Told>
      </p>
      <Holds holds={data.held_by} />
      {data.existed && (
        <>
          <p className="soft small">
            {saySent(data.sent_last_day, day)} {saySentInHour(data.sent_last_hour, hour)}
          </p>
          <NotKept says={data.not_kept} />
        </>
      )}
    </div>
  );
}

function saySent(sent: number, limit: number | null) {
  return limit === null
    ? t("{sent, plural, one {# email} other {# emails}} sent in the 24 hours before (no daily limit),", {
        sent,
      })
    : t(
        "{sent, plural, one {# email} other {# emails}} sent in the 24 hours before (daily limit {limit, number}),",
        { sent, limit },
      );
}

function saySentInHour(sent: number, limit: number | null) {
  return limit === null
    ? t("{sent, number} in the hour before.", { sent })
    : t("{sent, number} in the hour before (hourly limit {limit, number}).", { sent, limit });
}

function Holds({ holds }: { holds: readonly PastHold[] }) {
  if (holds.length === 0) return null;
  return (
    <ul className="bullets">
      {holds.map(({ code, rule }) => (
        <li key={code}>
          <Told>{rule}</Told> <code className="soft small">{code}</code>
        </li>
      ))}
    </ul>
  );
}

function NotKept({ says }: { says: readonly string[] }) {
  return (
    says.length > 0 && (
      <p className="soft small">
        <Told>{says.join(" ")}</Told>
      </p>
    )
  );
}
