import { Button, Select } from "@mantine/core";
import { t } from "../../../language/t.ts";
import { useKept } from "../../../parts/kept.ts";
import { OtherVersion } from "../../../parts/OtherVersion.tsx";
import { toast } from "../../../parts/toast.tsx";
import { useSendable } from "../mailboxes/queries.ts";
import { MailForm } from "../mails/MailForm.tsx";
import { type MailShown, useMailChanges } from "../mails/queries.ts";
import { SendTrouble } from "../mails/SendTrouble.tsx";
import { sayScheduled, useOwnMail } from "../mails/use-own-mail.ts";
import { writtenIn } from "../mails/words.ts";

type Props = { mail: MailShown; onSent: () => void };

/** A mail that is not finished: its words, its mailbox, and off with it. */
export const DraftEditor = (props: Props) => <Editor key={props.mail.id} {...props} />;

function Editor({ mail, onSent }: Props) {
  const { remove } = useMailChanges();
  const { id, emailer_campaign_id: sequenceId } = mail;
  const { go, keep, send, takeBack } = useOwnMail({ draft: mail, begin: (words) => ({ ...words }) });
  const given = writtenIn(mail);
  const kept = useKept(`draft-${id}`, given);
  const isOnItsWay = () => {
    kept.forget();
    toast(t("Sending the email to {to_name}.", { to_name: mail.to_name ?? mail.to_email }), {
      // A step's email belongs to the sequence, and cannot become a draft again.
      ...(!sequenceId && { undo: () => takeBack(id) }),
    });
    onSent();
  };
  const isSaved = () => {
    kept.forget();
    toast(t("Draft saved."));
  };
  const throwAway = () =>
    remove.mutate(id, {
      onSuccess: () => {
        kept.forget();
        toast(t("Draft deleted."));
        onSent();
      },
    });
  return (
    <div className="stack">
      <OtherVersion kept={kept} />
      <MailForm
        key={kept.sides?.shown ?? ""}
        to={[mail.to_name, mail.to_email && `<${mail.to_email}>`].filter(Boolean).join(" ")}
        from={sequenceId ? (mail.from_email ?? t("No mailbox")) : <From mail={mail} />}
        given={given}
        kept={kept}
        contactId={mail.contact_id}
        isFirst={!mail.in_response_to_emailer_message_id}
        mailboxId={mail.email_account_id}
        verb={t("Send now")}
        isBusy={go.isPending}
        isSaving={keep.isPending}
        onSend={(words) => go.mutate({ words, at: null }, { onSuccess: isOnItsWay })}
        {...(!sequenceId && {
          onSendLater: (words, at) =>
            go.mutate(
              { words, at },
              {
                onSuccess: () => {
                  kept.forget();
                  sayScheduled(at, () => takeBack(id));
                  onSent();
                },
              },
            ),
        })}
        onSave={(words) => keep.mutate(words, { onSuccess: isSaved })}
      />
      <SendTrouble send={send} error={go.error ?? keep.error ?? remove.error} onSent={isOnItsWay} />
      {sequenceId ? (
        <p className="soft small">
          {t("This draft belongs to a sequence task. To discard it, skip the task.")}
        </p>
      ) : (
        <div>
          <Button variant="subtle" color="gray" loading={remove.isPending} onClick={throwAway}>
            {t("Delete draft")}
          </Button>
        </div>
      )}
    </div>
  );
}

/** From which mailbox it goes out. */
export function From({ mail }: { mail: MailShown }) {
  const { update } = useMailChanges();
  const ready = useSendable();
  return (
    <Select
      aria-label={t("Mailbox")}
      size="xs"
      w="min(20rem, 100%)"
      data={ready.map(({ id, email }) => ({ value: id, label: email }))}
      value={mail.email_account_id}
      placeholder={mail.from_email ?? t("Choose a mailbox")}
      onChange={(mailbox) => mailbox && update.mutate({ id: mail.id, email_account_id: mailbox })}
    />
  );
}
