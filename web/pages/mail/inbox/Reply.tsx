import { Button } from "@mantine/core";
import { t } from "../../../language/t.ts";
import { toast } from "../../../parts/toast.tsx";
import { MailForm, type Words } from "../mails/MailForm.tsx";
import { useMailChanges } from "../mails/queries.ts";
import { SendTrouble } from "../mails/SendTrouble.tsx";
import { type Incoming, useInboxChanges } from "./queries.ts";

type Props = { mail: Incoming; onSent: () => void; onClose: () => void };

/** An answer in the same thread, from the mailbox the mail came to. */
export function Reply({ mail, onSent, onClose }: Props) {
  const { create, send, update } = useMailChanges();
  const { handle } = useInboxChanges();
  const begin = async ({ subject, body_html }: Words) => {
    const { emailer_message } = await create.mutateAsync({
      ...(mail.contact_id && { contact_id: mail.contact_id }),
      ...(mail.emailer_message_id && { in_response_to_emailer_message_id: mail.emailer_message_id }),
      email_account_id: mail.email_account_id,
      subject,
      body_html,
    });
    return emailer_message.id;
  };
  const go = async (words: Words | null) => {
    if (!words) return;
    const id = await begin(words);
    await send.mutateAsync({ id });
    await isOnItsWay(id);
  };
  const isOnItsWay = async (id: string) => {
    await handle.mutateAsync({ id: mail.id });
    toast(t("Reply sent to the outbox."), {
      undo: async () => {
        await update.mutateAsync({ id, due_at: null });
        await handle.mutateAsync({ id: mail.id, handled: false });
      },
    });
    onClose();
    onSent();
  };
  const keep = async (words: Words) => {
    await begin(words);
    toast(t("Draft saved in the outbox."));
    onClose();
  };
  return (
    <div className="stack">
      <MailForm
        to={`${mail.from_name ?? mail.contact?.name ?? ""} <${mail.from_email ?? "no address"}>`}
        from={mail.mailbox_email}
        subject={replying(mail.subject)}
        html=""
        contactId={mail.contact_id}
        verb={t("Send reply")}
        autoFocus
        isBusy={create.isPending || send.isPending}
        isSaving={create.isPending}
        onSend={(words) => void go(words).catch(() => {})}
        onSave={(words) => void keep(words).catch(() => {})}
      />
      <SendTrouble
        send={send}
        error={create.error ?? handle.error}
        onSent={() => void isOnItsWay(send.variables?.id ?? "").catch(() => {})}
      />
      <div>
        <Button variant="subtle" color="gray" onClick={onClose}>
          {t("Discard reply")}
        </Button>
      </div>
    </div>
  );
}

// texts: not translated, "Re:" is the same in every language
function replying(subject: string | null) {
  if (!subject) return "Re:";
  return /^re:/i.test(subject) ? subject : `Re: ${subject}`;
}
