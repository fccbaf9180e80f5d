import { Confirm } from "../../parts/Confirm.tsx";
import { toast } from "../../parts/toast.tsx";
import { type MailShown, useMailChanges } from "../mails/queries.ts";

type Props = { mail: MailShown; as: "sent" | "send_again"; onDone: () => void; onClose: () => void };

/** Nobody can know what became of it but a person who looks. */
export function ResolveDialog({ mail, as, onDone, onClose }: Props) {
  const { resolve } = useMailChanges();
  const who = mail.to_name ?? mail.to_email ?? "them";
  const go = () =>
    resolve.mutate(
      { id: mail.id, as },
      {
        onSuccess: () => {
          toast(as === "sent" ? `It counts as sent. ${who} goes on.` : `It is sent to ${who} once more.`);
          onDone();
        },
      },
    );
  return (
    <Confirm
      title={as === "sent" ? "Did it arrive?" : "Send it again?"}
      verb={as === "sent" ? "It arrived" : "Send it again"}
      isBusy={resolve.isPending}
      error={resolve.error}
      onConfirm={go}
      onClose={onClose}
    >
      {as === "sent" ? (
        <p>
          The mail counts as sent, and {who} goes on to the next step. Look into the Sent folder of{" "}
          {mail.from_email} first, if you can.
        </p>
      ) : (
        <p>If the first one did arrive after all, {who} gets the same mail twice.</p>
      )}
      <p className="soft">This cannot be undone.</p>
    </Confirm>
  );
}
