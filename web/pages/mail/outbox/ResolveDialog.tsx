import { t } from "../../../language/t.ts";
import { Confirm } from "../../../parts/Confirm.tsx";
import { toast } from "../../../parts/toast.tsx";
import { type MailShown, useMailChanges } from "../mails/queries.ts";

type Props = { mail: MailShown; as: "sent" | "send_again"; onDone: () => void; onClose: () => void };

/** Only a person who looks can know what became of this mail. */
export function ResolveDialog({ mail, as, onDone, onClose }: Props) {
  const { resolve } = useMailChanges();
  const who = mail.to_name ?? mail.to_email ?? t("the contact");
  const go = () =>
    resolve.mutate(
      { id: mail.id, as },
      {
        onSuccess: () => {
          toast(
            as === "sent"
              ? t("Marked as delivered. {who} continues in the sequence.", { who })
              : t("The email will be sent to {who} again.", { who }),
          );
          onDone();
        },
      },
    );
  return (
    <Confirm
      title={as === "sent" ? t("Mark this email as delivered?") : t("Send this email again?")}
      verb={as === "sent" ? t("Mark as delivered") : t("Send again")}
      isBusy={resolve.isPending}
      error={resolve.error}
      onConfirm={go}
      onClose={onClose}
    >
      {as === "sent" ? (
        <p>
          {t(
            "The email will count as sent, and {who} will continue with the next step. First check the Sent folder of {from_email}.",
            { who, from_email: mail.from_email },
          )}
        </p>
      ) : (
        <p>{t("If the first email was delivered, {who} will get it twice.", { who })}</p>
      )}
      <p className="soft">{t("This cannot be undone.")}</p>
    </Confirm>
  );
}
