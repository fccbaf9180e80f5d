import { Button, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { Confirm } from "../../../parts/Confirm.tsx";
import { Dialog } from "../../../parts/Dialog.tsx";
import { Facts } from "../../../parts/Facts.tsx";
import { useKeptForm } from "../../../parts/kept-form.ts";
import { OtherVersion } from "../../../parts/OtherVersion.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { useIsAdmin } from "../../../session.ts";
import { type CustomField, type FieldChange, useChangeField, useDeleteField } from "./queries.ts";
import { isPicklist, matchChoices, sayModality, sayType } from "./words.ts";

type Props = { field: CustomField; onClose: () => void };

export function FieldDialog({ field, onClose }: Props) {
  const isAdmin = useIsAdmin();
  const [isDeleting, setIsDeleting] = useState(false);
  const save = useChangeField();
  const { form, kept } = useKeptForm(`field-${field.id}`, {
    initialValues: {
      label: field.name,
      choices: field.picklist_values.map(({ name }) => name).join("\n"),
    },
  });
  const close = () => {
    kept.forget();
    onClose();
  };
  if (isDeleting) return <Delete field={field} onClose={() => setIsDeleting(false)} onDone={close} />;
  const send = ({ label, choices }: typeof form.values) =>
    save.mutate(
      { ...changeOf(field, label, choices), shown: field },
      {
        onSuccess: () => {
          toast(t("Field {label} saved.", { label }));
          close();
        },
      },
    );
  return (
    <Dialog onClose={close} title={field.name}>
      <form className="stack" onSubmit={form.onSubmit(send)}>
        <OtherVersion kept={kept} />
        <Facts
          facts={[
            [t("Record type"), sayModality(field.modality)],
            [t("Field type"), sayType(field.type)],
            [t("In the API"), <code key="id">typed_custom_fields.{field.id}</code>],
          ]}
        />
        <TextInput
          label={t("Name")}
          required
          withAsterisk={false}
          maxLength={200}
          {...form.getInputProps("label")}
        />
        {isPicklist(field.type) && (
          <Textarea
            label={t("Choices, one per line")}
            description={t("Removing a line clears it in all records. Renaming one line keeps it.")}
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
              {t("Delete …")}
            </Button>
          )}
          <Button variant="default" onClick={close}>
            {t("Cancel")}
          </Button>
          <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
            {t("Save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function changeOf(field: CustomField, label: string, choices: string): FieldChange {
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
      title={t("Delete {name}?", { name: field.name })}
      verb={t("Delete field")}
      isBusy={remove.isPending}
      error={remove.error}
      onConfirm={() =>
        remove.mutate(field.id, {
          onSuccess: () => {
            toast(t("Field {name} deleted.", { name: field.name }));
            onDone();
          },
        })
      }
      onClose={onClose}
    >
      <p>{t("Its values will be deleted in every record. You can't undo this.")}</p>
    </Confirm>
  );
}
