import { Button, Select, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { t } from "../../../language/t.ts";
import { currentTime } from "../../../parts/current-time.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { useKept } from "../../../parts/kept.ts";
import { Segmented } from "../../../parts/Segmented.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { useMe } from "../../../session.ts";
import { ContactPicker } from "../../contacts/contacts/ContactPicker.tsx";
import { usePeople } from "../../settings/people/queries.ts";
import { DueField } from "./DueField.tsx";
import { useTaskChanges } from "./queries.ts";
import { KIND_CHOICES, PRIORITIES, type TaskType } from "./words.tsx";

type Props = {
  /** Whom it is about, where that is known already. */
  contactId?: string | undefined;
  accountId?: string | undefined;
  dealId?: string | undefined;
  /** Whom it is for; the user at the screen, unless said. */
  ownerId?: string | undefined;
  onClose: () => void;
};

/** A new task: about a contact, for a user, at a time. */
export function NewTaskDialog({ contactId, accountId, dealId, ownerId, onClose }: Props) {
  const { user } = useMe();
  const { data: people = [] } = usePeople();
  const isGiven = Boolean(contactId || accountId || dealId);
  const kept = useKept(`task-${contactId ?? accountId ?? dealId ?? ""}`, { title: "", note: "" });
  const form = useForm({
    initialValues: {
      ...kept.value,
      type: "call" as TaskType,
      contact: contactId ?? (null as string | null),
      due: currentTime(),
      priority: "medium" as (typeof PRIORITIES)[number]["value"],
      owner: ownerId ?? user.id,
    },
    onValuesChange: ({ title, note }) => kept.keep(() => ({ title, note })),
    validate: { contact: (id) => (isGiven || id ? null : t("Choose a contact.")) },
  });
  const { create } = useTaskChanges();
  const send = ({ type, contact, due, priority, owner, title, note }: typeof form.values) =>
    create.mutate(
      {
        type,
        priority,
        user_id: owner,
        due_at: due.toISOString(),
        ...(contact && { contact_id: contact }),
        ...(accountId && { account_id: accountId }),
        ...(dealId && { opportunity_id: dealId }),
        ...(title.trim() && { title: title.trim() }),
        ...(note.trim() && { note: note.trim() }),
      },
      {
        onSuccess: ({ task }) => {
          kept.forget();
          toast(t("Task “{title}” created.", { title: task.title }));
          onClose();
        },
      },
    );
  const assignable = people.filter(({ state }) => state === "active");
  return (
    <Dialog title={t("New task")} onClose={onClose} size="lg">
      <form className="stack" onSubmit={form.onSubmit(send)}>
        <Select label={t("Type")} data={KIND_CHOICES} data-autofocus {...form.getInputProps("type")} />
        {!isGiven && (
          <ContactPicker
            label={t("Contact")}
            value={form.values.contact}
            onChange={(id) => form.setFieldValue("contact", id)}
            error={form.errors.contact}
          />
        )}
        <DueField value={form.values.due} onChange={(due) => form.setFieldValue("due", due)} />
        <div className="row" style={{ flexWrap: "wrap", alignItems: "end" }}>
          <Segmented
            aria-label={t("Priority")}
            data={[...PRIORITIES]}
            style={{ flex: "1 1 12rem" }}
            {...form.getInputProps("priority")}
          />
          <Select
            aria-label={t("Assignee")}
            style={{ flex: "1 1 12rem" }}
            data={assignable.map(({ id, name }) => ({
              value: id,
              label: id === user.id ? `${name} ${t("(you)")}` : name,
            }))}
            {...form.getInputProps("owner")}
          />
        </div>
        <TextInput
          label={t("Task title")}
          description={t("Empty: filled from the type and the contact.")}
          {...form.getInputProps("title")}
        />
        <Textarea label={t("Note")} autosize minRows={2} maxRows={10} {...form.getInputProps("note")} />
        <Trouble error={create.error} doing="writing" />
        <div className="row end">
          <Button
            variant="default"
            onClick={() => {
              kept.forget();
              onClose();
            }}
          >
            {t("Cancel")}
          </Button>
          <Button type="submit" loading={create.isPending}>
            {t("Create task")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
