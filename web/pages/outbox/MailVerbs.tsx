import { Button } from "@mantine/core";
import { IconPencil, IconPlayerPause, IconRefresh, IconSend, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { toast } from "../../parts/toast.tsx";
import { useInboxChanges } from "../inbox/queries.ts";
import { type MailShown, useMailChanges } from "../mails/queries.ts";
import { SendTrouble } from "../mails/SendTrouble.tsx";
import { EditDialog } from "./EditDialog.tsx";
import classes from "./MailView.module.css";
import { MoveDialog } from "./MoveDialog.tsx";
import { ResolveDialog } from "./ResolveDialog.tsx";

type Props = { mail: MailShown; onLeave: () => void };
type Asks = "edit" | "move" | "sent" | "send_again" | null;

/** What can be done about a mail, as it stands. */
export function MailVerbs({ mail, onLeave }: Props) {
  const [asks, setAsks] = useState<Asks>(null);
  const isUnclear = mail.delivery_confirmation === "unconfirmed";
  return (
    <>
      {isUnclear ? (
        <div className={classes.verbs}>
          <Button onClick={() => setAsks("sent")}>It arrived …</Button>
          <Button variant="default" onClick={() => setAsks("send_again")}>
            Send it again …
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
    toast(`The mail to ${mail.to_name ?? mail.to_email} goes out as soon as its mailbox may.`);
    if (mail.status === "failed") onLeave();
  };
  const go = () => send.mutate({ id }, { onSuccess: onSent });
  const cancel = () =>
    update.mutate(
      { id, due_at: null },
      {
        onSuccess: () => {
          toast("It is a draft again.", {
            undo: () => update.mutateAsync({ id, due_at: mail.due_at ?? new Date().toISOString() }),
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
          toast(`${mail.to_name ?? "They"} are paused, and this mail does not go out.`, {
            ...(made?.undo_until && { undo: () => undo.mutateAsync(made.id) }),
          });
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
            {mail.status === "failed" ? "Try again" : "Send now"}
          </Button>
        )}
        {isScheduled && (
          <Button
            variant="default"
            leftSection={<IconPencil size="0.875rem" />}
            onClick={() => onAsk("edit")}
          >
            Change …
          </Button>
        )}
        {isScheduled && (
          <Button variant="default" onClick={() => onAsk("move")}>
            Other mailbox …
          </Button>
        )}
        {isScheduled && !sequenceId && (
          <Button
            variant="default"
            leftSection={<IconX size="0.875rem" />}
            loading={update.isPending}
            onClick={cancel}
          >
            Cancel
          </Button>
        )}
        {isScheduled && sequenceId && contactId && (
          <Button
            variant="default"
            leftSection={<IconPlayerPause size="0.875rem" />}
            loading={pause.isPending}
            onClick={hold}
          >
            Pause them
          </Button>
        )}
      </div>
      <SendTrouble send={send} error={update.error ?? pause.error} onSent={onSent} />
    </>
  );
}
