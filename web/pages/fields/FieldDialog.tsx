import { Button, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { Confirm } from "../../parts/Confirm.tsx";
import { Dialog } from "../../parts/Dialog.tsx";
import { Facts } from "../../parts/Facts.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { toast } from "../../parts/toast.tsx";
import { useIsAdmin } from "../../session.ts";
import { type Field, type FieldChange, useChangeField, useDeleteField } from "./queries.ts";
import { isPicklist, matchChoices, sayModality, sayType } from "./words.ts";

type Props = { field: Field; onClose: () => void };

export function FieldDialog({ field, onClose }: Props) {
  const isAdmin = useIsAdmin();
  const [isDeleting, setIsDeleting] = useState(false);
  const save = useChangeField();
  const form = useForm({
    initialValues: {
      label: field.name,
      choices: field.picklist_values.map(({ name }) => name).join("\n"),
    },
  });
  if (isDeleting) return <Delete field={field} onClose={() => setIsDeleting(false)} onDone={onClose} />;
  const send = ({ label, choices }: typeof form.values) =>
    save.mutate(changeOf(field, label, choices), {
      onSuccess: () => {
        toast(`The field ${label} is saved.`);
        onClose();
      },
    });
  return (
    <Dialog onClose={onClose} title={field.name}>
      <form className="stack" onSubmit={form.onSubmit(send)}>
        <Facts
          facts={[
            ["Of", sayModality(field.modality)],
            ["Kind", sayType(field.type)],
            ["In the API", <code key="id">typed_custom_fields.{field.id}</code>],
          ]}
        />
        <TextInput
          label="Name"
          required
          withAsterisk={false}
          maxLength={200}
          {...form.getInputProps("label")}
        />
        {isPicklist(field.type) && (
          <Textarea
            label="Choices, one a line"
            description="A line you take out leaves the records that had it. One spelled anew keeps them."
            autosize
            minRows={3}
            maxRows={12}
            {...form.getInputProps("choices")}
          />
        )}
        <Trouble error={save.error} doing="writing" />
        <div className="row end">
          {isAdmin && (
            <Button variant="default" mr="auto" onClick={() => setIsDeleting(true)}>
              Delete …
            </Button>
          )}
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function changeOf(field: Field, label: string, choices: string): FieldChange {
  return {
    id: field.id,
    label: label.trim(),
    ...(isPicklist(field.type) && {
      meta: { picklist_values: matchChoices(field.picklist_values, choices.split("\n")) },
    }),
  };
}

function Delete({ field, onClose, onDone }: Props & { onDone: () => void }) {
  const remove = useDeleteField();
  return (
    <Confirm
      title={`Delete ${field.name}?`}
      verb="Delete the field"
      isBusy={remove.isPending}
      error={remove.error}
      onConfirm={() =>
        remove.mutate(field.id, {
          onSuccess: () => {
            toast(`The field ${field.name} is deleted.`);
            onDone();
          },
        })
      }
      onClose={onClose}
    >
      <p>What stands in it is deleted with it, in every record, and does not come back.</p>
    </Confirm>
  );
}
