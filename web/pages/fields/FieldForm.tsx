import { Button, Select, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { Dialog } from "../../parts/Dialog.tsx";
import { Segmented } from "../../parts/Segmented.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { toast } from "../../parts/toast.tsx";
import { type NewField, useAddField } from "./queries.ts";
import { isPicklist, MODALITIES, TYPES } from "./words.ts";

const EMPTY = { label: "", modality: "contact", type: "string", choices: "" };

export function FieldForm({ onClose }: { onClose: () => void }) {
  const add = useAddField();
  const form = useForm({
    initialValues: EMPTY,
    validate: {
      choices: (choices, { type }) =>
        isPicklist(type) && choices.trim() === "" ? "Name at least one choice." : null,
    },
  });
  const send = (fields: typeof EMPTY) =>
    add.mutate(wishOf(fields), {
      onSuccess: () => {
        toast(`The field ${fields.label} is added.`);
        onClose();
      },
    });
  return (
    <Dialog onClose={onClose} title="Add a field">
      <form className="stack" onSubmit={form.onSubmit(send)}>
        <TextInput
          label="Name"
          required
          withAsterisk={false}
          maxLength={200}
          data-autofocus
          {...form.getInputProps("label")}
        />
        <Segmented aria-label="Of" data={MODALITIES} {...form.getInputProps("modality")} />
        <Select
          label="Kind"
          description="It stays this kind: what stands in records would not fit another."
          data={TYPES}
          {...form.getInputProps("type")}
        />
        {isPicklist(form.values.type) && (
          <Textarea
            label="Choices, one a line"
            autosize
            minRows={3}
            maxRows={12}
            {...form.getInputProps("choices")}
          />
        )}
        <Trouble error={add.error} doing="writing" />
        <div className="row end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={add.isPending}>
            Add it
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function wishOf({ label, modality, type, choices }: typeof EMPTY): NewField {
  const names = choices
    .split("\n")
    .map((name) => ({ name: name.trim() }))
    .filter(({ name }) => name);
  return {
    label: label.trim(),
    modality: modality as NewField["modality"],
    type: type as NewField["type"],
    ...(isPicklist(type) && { meta: { picklist_values: names } }),
  };
}
