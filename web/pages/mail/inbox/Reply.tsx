import { Button } from "@mantine/core";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { useKept } from "../../../parts/kept.ts";
import { toast } from "../../../parts/toast.tsx";
import { useSendable } from "../mailboxes/queries.ts";
import { MailForm } from "../mails/MailForm.tsx";
import { SenderChoice } from "../mails/SenderChoice.tsx";
import { SendTrouble } from "../mails/SendTrouble.tsx";
import { sayScheduled, useOwnMail } from "../mails/use-own-mail.ts";
import type { Words } from "../mails/words.ts";
import { emptyReply, placeOfReply } from "./begun-reply.ts";
import { type Incoming, useInboxChanges } from "./queries.ts";

type Props = {
  mail: Incoming;
  autoFocus: boolean;
  onSent: () => void;
  onTakenBack: () => void;
  onClose: () => void;
};

/** An answer in the same thread, from the mailbox the mail came to unless another one is chosen. */
export function Reply({ mail, autoFocus, onSent, onTakenBack, onClose }: Props) {
  const { handle } = useInboxChanges();
  const empty = emptyReply(mail);
  const kept = useKept(placeOfReply(mail), empty);
  const usable = useSendable();
  const [sender, setSender] = useState(mail.email_account_id);
  const own = { id: mail.email_account_id, email: mail.mailbox_email };
  const senders = usable.some(({ id }) => id === own.id) ? usable : [own, ...usable];
  const { go, keep, send, takeBack } = useOwnMail({
    begin: (words) => ({
      ...(mail.contact_id && { contact_id: mail.contact_id }),
      ...(mail.emailer_message_id && { in_response_to_emailer_message_id: mail.emailer_message_id }),
      email_account_id: sender,
      ...words,
    }),
  });
  const sendAt = async (words: Words | null, at: Date | null) => {
    if (words) await isOnItsWay(await go.mutateAsync({ words, at }), at);
  };
  const isOnItsWay = async (id: string, at: Date | null) => {
    kept.forget();
    await handle.mutateAsync({ id: mail.id });
    const undo = async () => {
      await takeBack(id);
      await handle.mutateAsync({ id: mail.id, handled: false });
      onTakenBack();
    };
    if (at) sayScheduled(at, undo);
    else toast(t("Reply sent to the outbox."), { undo });
    onClose();
    onSent();
  };
  const isKept = () => {
    kept.forget();
    toast(t("Draft saved in the outbox."));
    onClose();
  };
  return (
    <div className="stack">
      <MailForm
        to={`${mail.from_name ?? mail.contact?.name ?? ""} <${mail.from_email ?? "no address"}>`}
        from={<SenderChoice mailboxes={senders} value={sender} onChange={setSender} />}
        given={empty}
        kept={kept}
        contactId={mail.contact_id}
        isFirst={false}
        mailboxId={sender}
        verb={t("Send reply")}
        autoFocus={autoFocus}
        isBusy={go.isPending}
        isSaving={keep.isPending}
        onSend={(words) => void sendAt(words, null).catch(() => {})}
        onSendLater={(words, at) => void sendAt(words, at).catch(() => {})}
        onSave={(words) => keep.mutate(words, { onSuccess: isKept })}
      />
      <SendTrouble
        send={send}
        error={go.error ?? keep.error ?? handle.error}
        onSent={() => void isOnItsWay(send.variables?.id ?? "", null).catch(() => {})}
      />
      <div>
        <Button
          variant="subtle"
          color="gray"
          onClick={() => {
            kept.forget();
            onClose();
          }}
        >
          {t("Discard reply")}
        </Button>
      </div>
    </div>
  );
}
