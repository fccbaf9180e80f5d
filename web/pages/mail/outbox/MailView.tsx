import { Button, Skeleton } from "@mantine/core";
import { memo } from "react";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { currentTime } from "../../../parts/current-time.ts";
import { useLate } from "../../../parts/late.ts";
import head from "../../../parts/mail/MailHead.module.css";
import { MailText } from "../../../parts/mail/MailText.tsx";
import { State } from "../../../parts/State.tsx";
import { Told } from "../../../parts/Told.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { dayAndTime } from "../../../parts/when.ts";
import { writeSubject } from "../../insight/explain/subject.ts";
import { ASK_OWNER, useMayEdit } from "../../sequences/sequences/access.ts";
import { type Mail, type MailShown, useMail } from "../mails/queries.ts";
import { DraftEditor } from "./DraftEditor.tsx";
import { MailVerbs } from "./MailVerbs.tsx";
import classes from "./MailView.module.css";
import { sayNext, standingOf } from "./words.ts";

type Props = { id: string; onLeave: (mail: Mail) => void };

/** One mail that has not gone out: what holds it, what it says, what can be done. */
export const MailView = memo(function MailView({ id, onLeave }: Props) {
  const { data: mail, error, isPending, refetch } = useMail(id);
  const isLate = useLate(isPending);
  const { mayEdit, isKnown } = useMayEdit(mail?.emailer_campaign_id ?? null);
  if (error) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (!mail) return <div aria-busy="true">{isLate && <Skeleton height={18} width="50%" />}</div>;
  const leave = () => onLeave(mail);
  return (
    <article className={classes.mail} aria-labelledby="mail-title">
      <h2 id="mail-title" className={classes.title}>
        {mail.subject || t("No subject")}
      </h2>
      <Standing mail={mail} />
      {mayEdit && mail.status === "drafted" ? (
        <DraftEditor mail={mail} onSent={leave} />
      ) : (
        <>
          {mayEdit && <MailVerbs mail={mail} onLeave={leave} />}
          {!mayEdit && isKnown && <p className="soft small">{ASK_OWNER.edit}</p>}
          <Words mail={mail} />
        </>
      )}
    </article>
  );
});

function Standing({ mail }: { mail: MailShown }) {
  const now = currentTime();
  const [, change] = useAddress();
  const { kind, word } = standingOf(mail);
  const next = sayNext(mail, now);
  const held = mail.schedule_delayed_reason_details?.sentence;
  return (
    <section className={classes.standing} aria-label={t("Status")}>
      <p className={classes.line}>
        <State kind={kind}>
          <strong>{word}</strong>
        </State>
        {mail.status === "scheduled" && mail.due_at && (
          <span className="soft">{t("for {due_at}", { due_at: dayAndTime(mail.due_at, now) })}</span>
        )}
        {mail.failed_at && <span className="soft">{dayAndTime(mail.failed_at, now)}</span>}
        <Button
          variant="subtle"
          size="compact-sm"
          onClick={() => change({ why: writeSubject({ type: "message", id: mail.id }) })}
        >
          {t("Why?")}
        </Button>
      </p>
      {held && (
        <p>
          <Told>{held}</Told> {next}
        </p>
      )}
      {mail.failure_reason && <p>{mail.failure_reason}</p>}
      {mail.delivery_confirmation === "unconfirmed" && (
        <p>
          {t(
            "The mail server did not confirm the delivery. No more emails are sent to this contact until you decide.",
          )}
        </p>
      )}
      {mail.campaign_name && (
        <p className="soft small">
          <a href={`/sequences/${mail.emailer_campaign_id}`}>{mail.campaign_name}</a>
          {mail.campaign_position !== null &&
            t(", step {campaign_position}", { campaign_position: mail.campaign_position })}
        </p>
      )}
    </section>
  );
}

function Words({ mail }: { mail: MailShown }) {
  const says = mail.body_html ?? mail.body_text;
  return (
    <section className={classes.words} aria-label={t("Text")}>
      <dl className={head.head}>
        <dt>{t("To")}</dt>
        <dd>{[mail.to_name, mail.to_email && `<${mail.to_email}>`].filter(Boolean).join(" ")}</dd>
        <dt>{t("From")}</dt>
        <dd>{mail.from_email ? `${mail.from_name ?? ""} <${mail.from_email}>` : t("No mailbox")}</dd>
      </dl>
      {says ? (
        <MailText html={mail.body_html} text={mail.body_text} label={t("Email")} />
      ) : (
        <p className={`${classes.text} soft`}>
          {mail.completed_at
            ? t("The text was deleted because of its age.")
            : t("The email will use the text of the step and the contact's current data.")}
        </p>
      )}
    </section>
  );
}
