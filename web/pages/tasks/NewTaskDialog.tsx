import { Button, Select, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { Dialog } from "../../parts/Dialog.tsx";
import { Segmented } from "../../parts/Segmented.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { toast } from "../../parts/toast.tsx";
import { useMe } from "../../session.ts";
import { ContactPicker } from "../contacts/ContactPicker.tsx";
import { usePeople } from "../people/queries.ts";
import { DueField } from "./DueField.tsx";
import { useTaskChanges } from "./queries.ts";
import { KIND_CHOICES, type Kind, PRIORITIES } from "./words.tsx";

type Props = {
  /** Whom it is about, where that is known already. */
  contactId?: string | undefined;
  accountId?: string | undefined;
  dealId?: string | undefined;
  onClose: () => void;
};

/** Something to do for somebody, by somebody, at some time. */
export function NewTaskDialog({ contactId, accountId, dealId, onClose }: Props) {
  const { user } = useMe();
  const { data: people = [] } = usePeople();
  const isGiven = Boolean(contactId || accountId || dealId);
  const form = useForm({
    initialValues: {
      type: "call" as Kind,
      contact: contactId ?? (null as string | null),
      due: new Date(),
      priority: "medium" as (typeof PRIORITIES)[number]["value"],
      owner: user.id,
      title: "",
      note: "",
    },
    validate: { contact: (id) => (isGiven || id ? null : "Choose whom it is about.") },
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
          toast(`The task “${task.title}” is made.`);
          onClose();
        },
      },
    );
  const assignable = people.filter(({ state }) => state === "active");
  return (
    <Dialog title="New task" onClose={onClose} size="lg">
      <form className="stack" onSubmit={form.onSubmit(send)}>
        <Select label="Kind" data={KIND_CHOICES} data-autofocus {...form.getInputProps("type")} />
        {!isGiven && (
          <ContactPicker
            label="For"
            value={form.values.contact}
            onChange={(id) => form.setFieldValue("contact", id)}
            error={form.errors.contact}
          />
        )}
        <DueField value={form.values.due} onChange={(due) => form.setFieldValue("due", due)} />
        <div className="row" style={{ flexWrap: "wrap", alignItems: "end" }}>
          <Segmented
            aria-label="Priority"
            data={[...PRIORITIES]}
            style={{ flex: "1 1 12rem" }}
            {...form.getInputProps("priority")}
          />
          <Select
            aria-label="Who does it"
            style={{ flex: "1 1 12rem" }}
            data={assignable.map(({ id, name }) => ({
              value: id,
              label: id === user.id ? `${name} (you)` : name,
            }))}
            {...form.getInputProps("owner")}
          />
        </div>
        <TextInput
          label="Title"
          description="Made from kind and contact if left empty."
          {...form.getInputProps("title")}
        />
        <Textarea label="Note" autosize minRows={2} maxRows={10} {...form.getInputProps("note")} />
        <Trouble error={create.error} doing="writing" />
        <div className="row end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending}>
            Make the task
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
