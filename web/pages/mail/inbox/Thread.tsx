import { Skeleton } from "@mantine/core";
import { t } from "../../../language/t.ts";
import { Moment } from "../../../parts/Moment.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { NoteCard } from "../../contacts/notes/NoteCard.tsx";
import { textFrom } from "../mails/as-text.ts";
import type { Mail } from "../mails/queries.ts";
import classes from "./IncomingView.module.css";
import { Marked } from "./Marked.tsx";
import { type Incoming, useThread } from "./queries.ts";
import { splitQuoted } from "./quoted.ts";
import { ReceivedFiles } from "./ReceivedFiles.tsx";

/** What went to and fro with the team's notes between, the oldest first; what is older than the mail that is open is folded. */
export function Thread({ mail }: { mail: Incoming }) {
  const { data, error, isPending, refetch } = useThread(mail.contact_id);
  if (error) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (mail.contact_id !== null && isPending)
    return (
      <div aria-busy="true">
        <Skeleton height={96} />
      </div>
    );
  const came = data?.came ?? [];
  const parts = [
    ...(data?.sent ?? [])
      .filter(({ status, completed_at }) => status === "completed" && completed_at)
      .map((sent) => ({
        at: sent.completed_at ?? "",
        id: sent.id,
        part: <Ours key={sent.id} sent={sent} mail={mail} />,
      })),
    ...(came.some(({ id }) => id === mail.id) ? came : [...came, mail]).map((one) => ({
      at: one.received_at,
      id: one.id,
      part: <Theirs key={one.id} one={one} isThis={one.id === mail.id} />,
    })),
    ...(data?.notes ?? []).map((note) => ({
      at: note.created_at,
      id: note.id,
      part: (
        <NoteCard key={note.id} note={note} about={{ contact_id: mail.contact_id ?? "" }} isAmongEmails />
      ),
    })),
  ].sort((a, b) => a.at.localeCompare(b.at));
  return <div className={classes.thread}>{parts.map(({ part }) => part)}</div>;
}

function Theirs({ one, isThis }: { one: Incoming; isThis: boolean }) {
  const { said, quoted } = splitQuoted(one.body_text ?? "");
  return (
    <article
      className={classes.part}
      data-this={isThis || undefined}
      aria-label={t("From {from_name}", { from_name: one.from_name ?? one.from_email })}
    >
      <div className={classes.partHead}>
        <span>
          <span className={classes.who}>{one.from_name ?? one.from_email ?? t("Unknown sender")}</span>{" "}
          <span className="soft">{t("to {mailbox_email}", { mailbox_email: one.mailbox_email })}</span>
        </span>
        <span className="soft">
          <Moment at={one.received_at} />
        </span>
      </div>
      {said ? (
        <p className={classes.text}>
          <Marked shown={said} mail={one} where="text" />
        </p>
      ) : (
        <p className={classes.note}>
          {one.body_text === null ? t("No text, or it was deleted because of its age.") : t("No text.")}
        </p>
      )}
      {quoted && (
        <details className={classes.fold}>
          <summary>{t("Quoted text")}</summary>
          <p className={classes.text}>{quoted}</p>
        </details>
      )}
      <ReceivedFiles mail={one} />
      {one.set_aside_says && <p className={classes.note}>{one.set_aside_says}</p>}
    </article>
  );
}

function Ours({ sent, mail }: { sent: Mail; mail: Incoming }) {
  const isAnswered = sent.id === mail.emailer_message_id;
  const text = sent.body_text ?? (sent.body_html ? textFrom(sent.body_html) : "");
  return (
    <article
      className={classes.part}
      data-ours
      aria-label={t("To {to_name}", { to_name: sent.to_name ?? sent.to_email })}
    >
      <div className={classes.partHead}>
        <span>
          <span className={classes.who}>{sent.from_name ?? sent.from_email}</span>{" "}
          <span className="soft">
            {sent.campaign_name
              ? t("{campaign_name}, step {campaign_position}", {
                  campaign_name: sent.campaign_name,
                  campaign_position: sent.campaign_position,
                })
              : t("sent manually")}
          </span>
        </span>
        <span className="soft">
          <Moment at={sent.completed_at} />
        </span>
      </div>
      <details className={classes.fold} open={isAnswered && text.length < 600}>
        <summary>{isSaidAbove(sent, mail) ? t("Email text") : (sent.subject ?? t("No subject"))}</summary>
        <p className={classes.text}>{text || t("The text was deleted because of its age.")}</p>
      </details>
    </article>
  );
}

/** The subject stands over the whole, after what mail programs put before it. */
function isSaidAbove({ subject }: Mail, mail: Incoming) {
  return !!subject && (mail.subject ?? "").endsWith(subject);
}
