import { Button } from "@mantine/core";
import { IconPencil, IconPlayerPause, IconRefresh, IconSend, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { currentTime } from "../../../parts/current-time.ts";
import { toast } from "../../../parts/toast.tsx";
import { useInboxChanges } from "../inbox/queries.ts";
import { type MailShown, useMailChanges } from "../mails/queries.ts";
import { SendTrouble } from "../mails/SendTrouble.tsx";
import { EditDialog } from "./EditDialog.tsx";
import classes from "./MailView.module.css";
import { MoveDialog } from "./MoveDialog.tsx";
import { ResolveDialog } from "./ResolveDialog.tsx";

type Props = { mail: MailShown; onLeave: () => void };
type Asks = "edit" | "move" | "sent" | "send_again" | null;

/** The actions for a mail in its present state. */
export function MailVerbs({ mail, onLeave }: Props) {
  const [asks, setAsks] = useState<Asks>(null);
  const isUnclear = mail.delivery_confirmation === "unconfirmed";
  return (
    <>
      {isUnclear ? (
        <div className={classes.verbs}>
          <Button onClick={() => setAsks("sent")}>{t("Mark as delivered …")}</Button>
          <Button variant="default" onClick={() => setAsks("send_again")}>
            {t("Send again …")}
          </Button>
        </div>
      ) : (
        <Send mail={mail} onLeave={onLeave} onAsk={setAsks} />
      )}
      {asks === "edit" && <EditDialog mail={mail} onClose={() => setAsks(null)} />}
      {asks === "move" && <MoveDialog mail={mail} onClose={() => setAsks(null)} />}
      {(asks === "sent" || asks === "send_again") && (
        <ResolveDialog mail={mail} as={asks} onDone={onLeave} onClose={() => setAsks(null)} />
      )}
    </>
  );
}

function Send({ mail, onLeave, onAsk }: Props & { onAsk: (asks: Asks) => void }) {
  const { send, update } = useMailChanges();
  const { pause, undo } = useInboxChanges();
  const { id, emailer_campaign_id: sequenceId, contact_id: contactId } = mail;
  const isScheduled = mail.status === "scheduled" && !mail.async_sending;
  const onSent = () => {
    toast(
      t("The email to {to_name} will be sent as soon as the mailbox limits allow.", {
        to_name: mail.to_name ?? mail.to_email,
      }),
    );
    if (mail.status === "failed") onLeave();
  };
  const go = () => send.mutate({ id }, { onSuccess: onSent });
  const cancel = () =>
    update.mutate(
      { id, due_at: null },
      {
        onSuccess: () => {
          toast(t("Moved to drafts."), {
            undo: () => update.mutateAsync({ id, due_at: mail.due_at ?? currentTime().toISOString() }),
          });
          onLeave();
        },
      },
    );
  const hold = () =>
    pause.mutate(
      { contactId: contactId ?? "", sequenceId: sequenceId ?? "" },
      {
        onSuccess: (answer) => {
          const made = "change" in answer ? answer.change : null;
          toast(
            t("{to_name} paused. This email will not be sent.", {
              to_name: mail.to_name ?? t("The contact"),
            }),
            {
              ...(made?.undo_until && { undo: () => undo.mutateAsync(made.id) }),
            },
          );
          onLeave();
        },
      },
    );
  return (
    <>
      <div className={classes.verbs}>
        {(isScheduled || mail.status === "failed") && (
          <Button
            leftSection={
              mail.status === "failed" ? <IconRefresh size="0.875rem" /> : <IconSend size="0.875rem" />
            }
            loading={send.isPending}
            onClick={go}
          >
            {mail.status === "failed" ? t("Try again") : t("Send now")}
          </Button>
        )}
        {isScheduled && (
          <Button
            variant="default"
            leftSection={<IconPencil size="0.875rem" />}
            onClick={() => onAsk("edit")}
          >
            {t("Edit …")}
          </Button>
        )}
        {isScheduled && (
          <Button variant="default" onClick={() => onAsk("move")}>
            {t("Change mailbox …")}
          </Button>
        )}
        {isScheduled && !sequenceId && (
          <Button
            variant="default"
            leftSection={<IconX size="0.875rem" />}
            loading={update.isPending}
            onClick={cancel}
          >
            {t("Cancel")}
          </Button>
        )}
        {isScheduled && sequenceId && contactId && (
          <Button
            variant="default"
            leftSection={<IconPlayerPause size="0.875rem" />}
            loading={pause.isPending}
            onClick={hold}
          >
            {t("Pause contact")}
          </Button>
        )}
      </div>
      <SendTrouble send={send} error={update.error ?? pause.error} onSent={onSent} />
    </>
  );
}
