import { TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Told } from "../../parts/Told.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { api } from "../../session.ts";

/** A contact, and where they were in sequences, at a moment that is chosen. */
export function AsItStood({ id }: { id: string }) {
  const [at, setAt] = useState(() => localMinutes(new Date(Date.now() - 24 * 3_600_000)));
  const moment = new Date(at);
  const isSound = !Number.isNaN(moment.getTime());
  const { data, error } = useQuery({
    queryKey: ["story", "asOf", id, at],
    queryFn: async () => (await api.contacts.asOf({ id, at: moment.toISOString() })).as_of,
    enabled: isSound,
  });
  return (
    <div className="stack">
      <TextInput
        type="datetime-local"
        label="As it stood on"
        w="min(18rem, 100%)"
        value={at}
        max={localMinutes(new Date())}
        onChange={(event) => setAt(event.currentTarget.value)}
      />
      <Trouble error={error} />
      {data && (
        <div className="stack" aria-live="polite">
          <p>
            <Told>{data.sentence}</Told>
          </p>
          {data.contact_campaign_statuses.map((one) => (
            <Membership key={one.id} id={one.id} at={moment.toISOString()} name={one.emailer_campaign_name} />
          ))}
          {data.existed && data.not_kept.length > 0 && (
            <p className="soft small">{data.not_kept.join(" ")}</p>
          )}
        </div>
      )}
    </div>
  );
}

/** What was planned there, and which rule held it. */
function Membership({ id, at, name }: { id: string; at: string; name: string }) {
  const { data } = useQuery({
    queryKey: ["story", "asOf", id, at],
    queryFn: async () => (await api.enrollments.asOf({ id, at })).as_of,
  });
  if (!data) return null;
  return (
    <section aria-label={name} className="stack">
      <p>
        <Told>{data.sentence}</Told>
      </p>
      {data.held_by.length > 0 && (
        <ul className="bullets">
          {data.held_by.map(({ code, rule }) => (
            <li key={code}>
              <Told>{rule}</Told> <code className="soft small">{code}</code>
            </li>
          ))}
        </ul>
      )}
      {data.emailer_messages.length > 0 && (
        <p className="soft small">
          Mails: {data.emailer_messages.map(({ status }) => status).join(", ")}.
          {data.tasks.length > 0 && ` Tasks: ${data.tasks.map(({ status }) => status).join(", ")}.`}
        </p>
      )}
    </section>
  );
}

/** As the field for a day and a time wants it: the viewer's own clock, to the minute. */
function localMinutes(at: Date) {
  const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}
