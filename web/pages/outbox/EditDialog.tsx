import { Button, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { Dialog } from "../../parts/Dialog.tsx";
import { MomentField } from "../../parts/dates/MomentField.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { toast } from "../../parts/toast.tsx";
import { htmlFrom, textFrom } from "../mails/as-text.ts";
import { type MailShown, useMailChanges } from "../mails/queries.ts";

/** When a scheduled mail goes out and what it says. Of a step's mail both words are written, or none. */
export function EditDialog({ mail, onClose }: { mail: MailShown; onClose: () => void }) {
  const { update } = useMailChanges();
  const given = {
    due: mail.due_at ? new Date(mail.due_at) : new Date(),
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
          toast("The mail is changed.");
          onClose();
        },
      },
    );
  };
  return (
    <Dialog title={`Change the mail to ${mail.to_name ?? mail.to_email}`} onClose={onClose} size="lg">
      <form className="stack" onSubmit={form.onSubmit(save)}>
        <MomentField
          label="Goes out"
          note="At this time, whatever the hours of the schedule; limits still hold."
          minDate={new Date()}
          value={form.values.due}
          onChange={(at) => at && form.setFieldValue("due", at)}
        />
        <TextInput label="Subject" {...form.getInputProps("subject")} />
        <Textarea
          label="Mail"
          description={
            isOfStep
              ? "Left empty, it is made from its step when it goes out. What is written here goes out as it stands."
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
            Cancel
          </Button>
          <Button type="submit" loading={update.isPending}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
