import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { MomentField } from "../../parts/dates/MomentField.tsx";
import { count, figure } from "../../parts/figures.ts";
import { Told } from "../../parts/Told.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { contactThenQuery, type Held, mailboxThenQuery, membershipThenQuery } from "./queries.ts";

type Kind = "contact" | "enrollment" | "mailbox";

/** A contact, somebody in a sequence or a mailbox, at a moment that is chosen. */
export function AsItStood({ type, id }: { type: Kind; id: string }) {
  const [moment, setMoment] = useState(() => new Date(Date.now() - 24 * 3_600_000));
  const at = moment.toISOString();
  const Then = { contact: Contact, enrollment: Membership, mailbox: Mailbox }[type];
  return (
    <div className="stack">
      <MomentField
        label="As it stood on"
        w="min(18rem, 100%)"
        value={moment}
        maxDate={new Date()}
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
          {mails.length > 0 && `${count(mails.length, "mail")}: ${byState(mails, MAILS)}. `}
          {tasks.length > 0 && `${count(tasks.length, "task")}: ${byState(tasks, TASKS)}.`}
        </p>
      )}
      {data.existed && !isWithin && <NotKept says={data.not_kept} />}
    </div>
  );
}

const MAILS: Record<string, string> = {
  drafted: "begun",
  scheduled: "planned",
  completed: "sent",
  failed: "could not be sent",
};
const TASKS: Record<string, string> = { scheduled: "to do", completed: "done", skipped: "skipped" };

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
            It had sent {count(data.sent_last_day, "mail")} in 24 hours
            {day === null ? ", without a limit" : ` of ${figure(day)} it might send`}, and{" "}
            {figure(data.sent_last_hour)} in the last hour{hour === null ? "" : ` of ${figure(hour)}`}.
          </p>
          <NotKept says={data.not_kept} />
        </>
      )}
    </div>
  );
}

function Holds({ holds }: { holds: readonly Held[] }) {
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
  return says.length > 0 && <p className="soft small">{says.join(" ")}</p>;
}
