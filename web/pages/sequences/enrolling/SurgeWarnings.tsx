import { IconAlertTriangle } from "@tabler/icons-react";
import { t } from "../../../language/t.ts";
import classes from "./AddContactsDialog.module.css";
import type { FirstEmailSurge } from "./check.ts";

/** Mailboxes that would send far more first emails a day than before, with the figures. */
export function SurgeWarnings({ surges }: { surges: readonly FirstEmailSurge[] }) {
  if (surges.length === 0) return null;
  return (
    <div className={classes.warning} role="note" aria-label={t("More first emails than before")}>
      <IconAlertTriangle size="1rem" stroke={1.75} aria-hidden />
      <div>
        {surges.map(({ email_account_id, email, usual_per_day: usual, up_to_per_day: upTo }) => (
          <p key={email_account_id}>
            {usual === 0
              ? t(
                  "{email} sent no first emails in the last 14 days. With these contacts it would send up to {upTo, number} a day.",
                  {
                    email,
                    upTo,
                  },
                )
              : t(
                  "{email} sent {usual, number} first emails a day. With these contacts it would send up to {upTo, number} a day.",
                  {
                    email,
                    usual,
                    upTo,
                  },
                )}
          </p>
        ))}
        <p className="soft small">
          {t(
            "Mail servers may file a sudden increase as spam. Use more mailboxes, a lower daily limit, a ramp-up, or fewer contacts at once.",
          )}
        </p>
      </div>
    </div>
  );
}
