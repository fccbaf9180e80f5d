import { IconBulb } from "@tabler/icons-react";
import { useMemo } from "react";
import { t } from "../../../language/t.ts";
import { useMailboxes } from "../mailboxes/queries.ts";
import { useTrackingDomains } from "../tracking-domains/queries.ts";
import classes from "./MailHints.module.css";
import { hintsFor, sayLength } from "./mail-hints.ts";
import { measured } from "./measured.ts";

type Props = {
  subject: string;
  html: string;
  files: number;
  isFirst: boolean;
  /** Whose settings decide whether links are tracked; null where it is not known yet. */
  mailboxId: string | null;
};

/** The length of an email, advice on it, and where its links lead. */
export function MailHints({ subject, html, files, isFirst, mailboxId }: Props) {
  const mail = useMemo(() => measured({ subject, html, files, isFirst }), [subject, html, files, isFirst]);
  if (mail.text === "") return null;
  const links = [...new Set(mail.links)];
  return (
    <section className={classes.hints} aria-label={t("Hints")}>
      <p className="soft small">{sayLength(mail)}</p>
      <ul>
        {hintsFor(mail).map((hint) => (
          <li key={hint} className={classes.hint}>
            <IconBulb size="0.875rem" stroke={1.75} aria-hidden />
            <span>{hint}</span>
          </li>
        ))}
      </ul>
      {links.length > 0 && (
        <details className={classes.links}>
          <summary>{t("{links, plural, one {# link} other {# links}}", { links: links.length })}</summary>
          <Tracking mailboxId={mailboxId} />
          <ul>
            {links.map((link) => (
              <li key={link}>{link}</li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function Tracking({ mailboxId }: { mailboxId: string | null }) {
  const { data: mailboxes = [] } = useMailboxes();
  const { data: domains = [] } = useTrackingDomains();
  const mailbox = mailboxes.find(({ id }) => id === mailboxId);
  if (!mailbox) return null;
  const { email, click_tracking, tracking_domain_id } = mailbox;
  if (!click_tracking)
    return <p className="soft">{t("Links are not tracked. {email} sends them as they are.", { email })}</p>;
  const chosen = domains.find((one) => (tracking_domain_id ? one.id === tracking_domain_id : one.default));
  const host = chosen?.state === "verified" ? chosen.domain : location.host;
  return (
    <p className="soft">
      {t("Clicks are counted. {email} sends these links under {host}.", { email, host })}
    </p>
  );
}
