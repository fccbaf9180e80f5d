import { Button, Select, Textarea, TextInput } from "@mantine/core";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { useKeptForm } from "../../../parts/kept-form.ts";
import { Segmented } from "../../../parts/Segmented.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { type CustomFieldInput, useAddField } from "./queries.ts";
import { isPicklist, MODALITIES, TYPES } from "./words.ts";

const EMPTY = { label: "", modality: "contact", type: "string", choices: "" };

export function FieldForm({ onClose }: { onClose: () => void }) {
  const add = useAddField();
  const { form, kept } = useKeptForm("field", {
    initialValues: EMPTY,
    validate: {
      choices: (choices, { type }) =>
        isPicklist(type) && choices.trim() === "" ? t("Enter at least one choice.") : null,
    },
  });
  const close = () => {
    kept.forget();
    onClose();
  };
  const send = (fields: typeof EMPTY) =>
    add.mutate(wishOf(fields), {
      onSuccess: () => {
        toast(t("Field {label} added.", { label: fields.label }));
        close();
      },
    });
  return (
    <Dialog onClose={close} title={t("Add a field")}>
      <form className="stack" onSubmit={form.onSubmit(send)}>
        <TextInput
          label={t("Name")}
          required
          withAsterisk={false}
          maxLength={200}
          data-autofocus
          {...form.getInputProps("label")}
        />
        <Segmented aria-label={t("Record type")} data={MODALITIES} {...form.getInputProps("modality")} />
        <Select
          label={t("Field type")}
          description={t("You can't change the type later.")}
          data={TYPES}
          {...form.getInputProps("type")}
        />
        {isPicklist(form.values.type) && (
          <Textarea
            label={t("Choices, one per line")}
            autosize
            minRows={3}
            maxRows={12}
            {...form.getInputProps("choices")}
          />
        )}
        <Trouble error={add.error} doing="writing" />
        <div className="row end">
          <Button variant="default" onClick={close}>
            {t("Cancel")}
          </Button>
          <Button type="submit" loading={add.isPending}>
            {t("Add field")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function wishOf({ label, modality, type, choices }: typeof EMPTY): CustomFieldInput {
  const names = choices
    .split("\n")
    .map((name) => ({ name: name.trim() }))
    .filter(({ name }) => name);
  return {
    label: label.trim(),
    modality: modality as CustomFieldInput["modality"],
    type: type as CustomFieldInput["type"],
    ...(isPicklist(type) && { meta: { picklist_values: names } }),
  };
}
