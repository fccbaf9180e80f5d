import { useState } from "react";
import { Trans } from "../../../language/Trans.tsx";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { useKept } from "../../../parts/kept.ts";
import { toast } from "../../../parts/toast.tsx";
import { useMe } from "../../../session.ts";
import { useMailboxes, useSendable, usualOf } from "../mailboxes/queries.ts";
import { MailForm } from "./MailForm.tsx";
import { SenderChoice } from "./SenderChoice.tsx";
import { SendTrouble } from "./SendTrouble.tsx";
import { sayScheduled, useOwnMail } from "./use-own-mail.ts";
import { EMPTY } from "./words.ts";

type Props = {
  contact: { id: string; name: string | null; email: string | null };
  onClose: () => void;
};

/** One mail to one person, outside any sequence: kept as a draft, or sent as soon as its mailbox may. */
export function WriteMailDialog({ contact, onClose }: Props) {
  const { user } = useMe();
  const { data: mailboxes } = useMailboxes();
  const usable = useSendable();
  const [chosen, setChosen] = useState<string | null>(null);
  const from = chosen ?? usualOf(usable, user.id)?.id ?? usable[0]?.id ?? null;
  const { go, keep, send, takeBack } = useOwnMail({
    begin: (words) => ({ contact_id: contact.id, ...words, ...(from && { email_account_id: from }) }),
  });
  const kept = useKept(`mail-${contact.id}`, EMPTY);
  const isKept = () => {
    kept.forget();
    toast(t("Draft saved in the outbox."));
    onClose();
  };
  const isOnItsWay = (id: string) => {
    kept.forget();
    toast(t("Email sent to the outbox."), { undo: () => takeBack(id) });
    onClose();
  };
  return (
    <Dialog
      title={t("Email to {name}", { name: contact.name ?? contact.email ?? t("contact") })}
      onClose={onClose}
      size="lg"
    >
      {mailboxes && usable.length === 0 ? (
        <p>
          <Trans
            text="Connect a mailbox to send emails. <link>Connect a mailbox</link>"
            tags={{ link: (inside) => <a href="/settings/mailboxes">{inside}</a> }}
          />
        </p>
      ) : (
        <div className="stack">
          <MailForm
            to={contact.email ?? <span className="soft">{t("No address yet")}</span>}
            from={<SenderChoice mailboxes={usable} value={from} onChange={setChosen} />}
            given={EMPTY}
            kept={kept}
            contactId={contact.id}
            isFirst
            mailboxId={from}
            verb={t("Send")}
            autoFocus
            isBusy={go.isPending}
            isSaving={keep.isPending}
            onSend={(words) => words && go.mutate({ words, at: null }, { onSuccess: isOnItsWay })}
            onSendLater={(words, at) =>
              words &&
              go.mutate(
                { words, at },
                {
                  onSuccess: (id) => {
                    kept.forget();
                    sayScheduled(at, () => takeBack(id));
                    onClose();
                  },
                },
              )
            }
            onSave={(words) => keep.mutate(words, { onSuccess: isKept })}
          />
          {!send.isSuccess && (
            <SendTrouble
              send={send}
              error={go.error ?? keep.error}
              onSent={() => isOnItsWay(send.variables?.id ?? "")}
            />
          )}
        </div>
      )}
    </Dialog>
  );
}
