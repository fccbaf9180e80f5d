import { Button, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { t } from "../../../language/t.ts";
import { currentTime } from "../../../parts/current-time.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { MomentField } from "../../../parts/dates/MomentField.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { htmlFrom, textFrom } from "../mails/as-text.ts";
import { type MailShown, useMailChanges } from "../mails/queries.ts";

/** When a scheduled mail goes out and what it says. Of a step's mail both words are written, or none. */
export function EditDialog({ mail, onClose }: { mail: MailShown; onClose: () => void }) {
  const { update } = useMailChanges();
  const given = {
    due: mail.due_at ? new Date(mail.due_at) : currentTime(),
    subject: mail.subject ?? "",
    text: mail.body_html ? textFrom(mail.body_html) : "",
  };
  const form = useForm({ initialValues: given });
  const isOfStep = mail.needs_dynamic_assemble;
  const save = ({ due, subject, text }: typeof given) => {
    const says = subject !== given.subject || text !== given.text;
    update.mutate(
      {
        id: mail.id,
        ...(due.getTime() !== given.due.getTime() && { due_at: due.toISOString() }),
        ...(says && { subject, body_html: htmlFrom(text) }),
      },
      {
        onSuccess: () => {
          toast(t("Email saved."));
          onClose();
        },
      },
    );
  };
  return (
    <Dialog
      title={t("Edit the email to {to_name}", { to_name: mail.to_name ?? mail.to_email })}
      onClose={onClose}
      size="lg"
    >
      <form className="stack" onSubmit={form.onSubmit(save)}>
        <MomentField
          label={t("Send at")}
          note={t("Ignores the hours of the schedule. Limits still apply.")}
          from="today"
          value={form.values.due}
          onChange={(at) => at && form.setFieldValue("due", at)}
        />
        <TextInput label={t("Subject")} {...form.getInputProps("subject")} />
        <Textarea
          label={t("Email")}
          description={
            isOfStep
              ? t("If empty, the email uses the text of the step. Text written here is sent as is.")
              : undefined
          }
          autosize
          minRows={6}
          maxRows={20}
          {...form.getInputProps("text")}
        />
        <Trouble error={update.error} doing="writing" />
        <div className="row end">
          <Button variant="default" onClick={onClose}>
            {t("Cancel")}
          </Button>
          <Button type="submit" loading={update.isPending}>
            {t("Save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
