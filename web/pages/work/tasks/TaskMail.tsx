import { Button } from "@mantine/core";
import { Trans } from "../../../language/Trans.tsx";
import { t } from "../../../language/t.ts";
import { useKept } from "../../../parts/kept.ts";
import { OtherVersion } from "../../../parts/OtherVersion.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { MailForm } from "../../mail/mails/MailForm.tsx";
import { type MailShown, useMail, useMailChanges } from "../../mail/mails/queries.ts";
import { SendTrouble } from "../../mail/mails/SendTrouble.tsx";
import { useOwnMail } from "../../mail/mails/use-own-mail.ts";
import { writtenIn } from "../../mail/mails/words.ts";
import { type Hands, WORK } from "./hands.ts";
import { type TaskShown, useRefreshTasks } from "./queries.ts";
import classes from "./TaskView.module.css";

/** The mail of a task: as its step wrote it for this contact, or to be begun. */
export function TaskMail({ task, ...hands }: { task: TaskShown } & Hands) {
  const mail = useMail(task.emailer_message?.id);
  if (!task.emailer_message) return <NotBegun task={task} />;
  if (mail.error) return <Trouble error={mail.error} onRetry={() => void mail.refetch()} />;
  if (!mail.data || task.pending_send) return null;
  const { id, body_html } = mail.data;
  return <Writing key={`${id} ${body_html === null}`} mail={mail.data} {...hands} />;
}

function NotBegun({ task }: { task: TaskShown }) {
  const { create } = useMailChanges();
  const refresh = useRefreshTasks();
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

function Writing({ mail, onLeave, onBack }: { mail: MailShown } & Hands) {
  const { id, to_name, to_email, from_name, from_email, emailer_campaign_id } = mail;
  const given = writtenIn(mail);
  const kept = useKept(`task-mail-${id}`, given);
  const { go, keep, send, takeBack } = useOwnMail({ draft: mail, begin: (words) => ({ ...words }) });
  const isOnItsWay = () => {
    kept.forget();
    toast(t("Sending the email to {to_name}.", { to_name: to_name ?? to_email }), {
      // A step's mail belongs to the sequence, and cannot become a draft again.
      ...(!emailer_campaign_id && {
        undo: async () => {
          await takeBack(id);
          onBack();
        },
      }),
    });
    onLeave();
  };
  const isSaved = () => {
    kept.forget();
    toast(t("Draft saved."));
  };
  return (
    <div className="stack">
      <OtherVersion kept={kept} />
      <MailForm
        key={kept.sides?.shown ?? ""}
        formId={WORK}
        to={`${to_name ?? ""} <${to_email ?? t("no address")}>`}
        from={from_email ? `${from_name ?? ""} <${from_email}>` : t("No mailbox is connected yet")}
        given={given}
        kept={kept}
        contactId={mail.contact_id}
        isFirst={!mail.in_response_to_emailer_message_id}
        mailboxId={mail.email_account_id}
        verb={<Trans text="Send <span>Enter</span>" tags={{ span: <span className={classes.key} /> }} />}
        isBusy={go.isPending}
        isSaving={keep.isPending}
        onSend={(words) => go.mutate({ words, at: null }, { onSuccess: isOnItsWay })}
        onSave={(words) => keep.mutate(words, { onSuccess: isSaved })}
      />
      <SendTrouble send={send} error={go.error ?? keep.error} onSent={isOnItsWay} />
    </div>
  );
}
