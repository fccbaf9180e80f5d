import { Button, TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { useKeptForm } from "../../../parts/kept-form.ts";
import { Segmented } from "../../../parts/Segmented.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { type List, type ListOf, useCreateList, useRenameList } from "./queries.ts";

const OF = perLanguage(() => [
  { value: "contacts", label: t("Contacts") },
  { value: "accounts", label: t("Companies") },
]);

/** A new list, or an old one by another name. */
export function ListDialog({ list, onClose }: { list?: List; onClose: () => void }) {
  const { form, kept } = useKeptForm(`list-${list?.id ?? ""}`, {
    initialValues: { name: list?.name ?? "", modality: "contacts" as ListOf },
  });
  const close = () => {
    kept.forget();
    onClose();
  };
  const create = useCreateList();
  const rename = useRenameList();
  const navigate = useNavigate();
  const send = ({ name, modality }: typeof form.values) => {
    if (list) {
      const before = list.name;
      rename.mutate(
        { id: list.id, name: name.trim() },
        {
          onSuccess: () => {
            toast(t("List renamed."), { undo: () => rename.mutateAsync({ id: list.id, name: before }) });
            close();
          },
        },
      );
    } else
      create.mutate(
        { name: name.trim(), modality },
        {
          onSuccess: ({ label }) => {
            close();
            void navigate({ to: "/lists/$id", params: { id: label.id } });
          },
        },
      );
  };
  return (
    <Dialog title={list ? t("Rename list") : t("New list")} onClose={close} size="sm">
      <form className="stack" onSubmit={form.onSubmit(send)}>
        <TextInput
          label={t("Name")}
          required
          withAsterisk={false}
          maxLength={200}
          data-autofocus
          {...form.getInputProps("name")}
        />
        {!list && (
          <Segmented fullWidth aria-label={t("Type")} data={OF} {...form.getInputProps("modality")} />
        )}
        <Trouble error={create.error ?? rename.error} doing="writing" />
        <div className="row end">
          <Button variant="default" onClick={close}>
            {t("Cancel")}
          </Button>
          <Button type="submit" loading={create.isPending || rename.isPending}>
            {list ? t("Rename") : t("Create list")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
