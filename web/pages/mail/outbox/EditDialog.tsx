import { Button, Textarea, TextInput } from "@mantine/core";
import { t } from "../../../language/t.ts";
import { currentTime } from "../../../parts/current-time.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { MomentField } from "../../../parts/dates/MomentField.tsx";
import { useKeptForm } from "../../../parts/kept-form.ts";
import { OtherVersion } from "../../../parts/OtherVersion.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { htmlFrom, textFrom } from "../mails/as-text.ts";
import { type MailShown, useMailChanges } from "../mails/queries.ts";

/** When a scheduled mail goes out and what it says. Of a step's mail both words are written, or none. */
export function EditDialog({ mail, onClose }: { mail: MailShown; onClose: () => void }) {
  const { updateShown: update } = useMailChanges();
  const given = fieldsOf(mail);
  const { form, kept } = useKeptForm(`mail-edit-${mail.id}`, { initialValues: given });
  const close = () => {
    kept.forget();
    onClose();
  };
  const isOfStep = mail.needs_dynamic_assemble;
  const save = ({ due, subject, text }: typeof given) => {
    const says = subject !== given.subject || text !== given.text;
    update.mutate(
      {
        id: mail.id,
        isShown: (now) => isAlike(now, mail),
        ...(due !== given.due && { due_at: due }),
        ...(says && { subject, body_html: htmlFrom(text) }),
      },
      {
        onSuccess: () => {
          toast(t("Email saved."));
          close();
        },
      },
    );
  };
  return (
    <Dialog
      title={t("Edit the email to {to_name}", { to_name: mail.to_name ?? mail.to_email })}
      onClose={close}
      size="lg"
    >
      <form className="stack" onSubmit={form.onSubmit(save)}>
        <OtherVersion kept={kept} />
        <MomentField
          label={t("Send at")}
          note={t("Ignores the hours of the schedule. Limits still apply.")}
          from="today"
          value={new Date(form.values.due)}
          onChange={(at) => at && form.setFieldValue("due", at.toISOString())}
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
          <Button variant="default" onClick={close}>
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

function fieldsOf({ due_at, subject, body_html }: MailShown) {
  return {
    due: (due_at ? new Date(due_at) : currentTime()).toISOString(),
    subject: subject ?? "",
    text: body_html ? textFrom(body_html) : "",
  };
}

function isAlike(one: MailShown, other: MailShown) {
  return one.due_at === other.due_at && one.subject === other.subject && one.body_html === other.body_html;
}
