import { Button } from "@mantine/core";
import { Trans } from "../../../language/Trans.tsx";
import { t } from "../../../language/t.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { MailForm } from "../../mail/mails/MailForm.tsx";
import { useMail, useMailChanges } from "../../mail/mails/queries.ts";
import { SendTrouble } from "../../mail/mails/SendTrouble.tsx";
import { type Words, writtenIn } from "../../mail/mails/words.ts";
import { type Hands, WORK } from "./hands.ts";
import { type TaskShown, useRefreshTasks } from "./queries.ts";
import classes from "./TaskView.module.css";

/** The mail of a task: as its step wrote it for this contact, or to be begun. */
export function TaskMail({ task, onLeave, onBack }: { task: TaskShown } & Hands) {
  const mail = useMail(task.emailer_message?.id);
  const { create, update, send } = useMailChanges();
  const refresh = useRefreshTasks();
  if (!task.emailer_message) {
    if (!task.contact_id) return <p className="soft">{t("This task has no contact to email.")}</p>;
    const begin = () =>
      create.mutate({ contact_id: task.contact_id ?? "", outreach_task_id: task.id }, { onSuccess: refresh });
    return (
      <div className="stack">
        <div>
          <Button loading={create.isPending} onClick={begin} data-does>
            {t("Write email")}
          </Button>
        </div>
        <Trouble error={create.error} doing="writing" />
      </div>
    );
  }
  if (mail.error) return <Trouble error={mail.error} onRetry={() => void mail.refetch()} />;
  if (!mail.data || task.pending_send) return null;
  const { id, to_name, to_email, from_name, from_email, body_html, emailer_campaign_id } = mail.data;
  const go = async (words: Words | null) => {
    if (words) await update.mutateAsync({ id, ...words });
    await send.mutateAsync({ id });
    isOnItsWay();
  };
  const isOnItsWay = () => {
    toast(t("Sending the email to {to_name}.", { to_name: to_name ?? to_email }), {
      // A step's mail belongs to the sequence, and cannot become a draft again.
      ...(!emailer_campaign_id && {
        undo: async () => {
          await update.mutateAsync({ id, due_at: null });
          onBack();
        },
      }),
    });
    onLeave();
  };
  return (
    <div className="stack">
      <MailForm
        key={`${id} ${body_html === null}`}
        formId={WORK}
        to={`${to_name ?? ""} <${to_email ?? t("no address")}>`}
        from={from_email ? `${from_name ?? ""} <${from_email}>` : t("No mailbox is connected yet")}
        given={writtenIn(mail.data)}
        contactId={mail.data.contact_id}
        isFirst={!mail.data.in_response_to_emailer_message_id}
        mailboxId={mail.data.email_account_id}
        verb={<Trans text="Send <span>Enter</span>" tags={{ span: <span className={classes.key} /> }} />}
        isBusy={send.isPending}
        isSaving={update.isPending}
        onSend={(words) => void go(words).catch(() => {})}
        onSave={(words) => update.mutate({ id, ...words }, { onSuccess: () => toast(t("Draft saved.")) })}
      />
      <SendTrouble send={send} error={update.error} onSent={isOnItsWay} />
    </div>
  );
}
