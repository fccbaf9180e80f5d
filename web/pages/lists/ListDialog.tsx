import { Button, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useNavigate } from "@tanstack/react-router";
import { Dialog } from "../../parts/Dialog.tsx";
import { Segmented } from "../../parts/Segmented.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { toast } from "../../parts/toast.tsx";
import { type List, type ListOf, useCreateList, useRenameList } from "./queries.ts";

const OF = [
  { value: "contacts", label: "Contacts" },
  { value: "accounts", label: "Companies" },
];

/** A new list, or an old one by another name. */
export function ListDialog({ list, onClose }: { list?: List; onClose: () => void }) {
  const form = useForm({ initialValues: { name: list?.name ?? "", modality: "contacts" as ListOf } });
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
            toast("Renamed.", { undo: () => rename.mutateAsync({ id: list.id, name: before }) });
            onClose();
          },
        },
      );
    } else
      create.mutate(
        { name: name.trim(), modality },
        {
          onSuccess: ({ label }) => {
            onClose();
            void navigate({ to: "/lists/$id", params: { id: label.id } });
          },
        },
      );
  };
  return (
    <Dialog title={list ? "Rename the list" : "New list"} onClose={onClose} size="sm">
      <form className="stack" onSubmit={form.onSubmit(send)}>
        <TextInput
          label="Name"
          required
          withAsterisk={false}
          maxLength={200}
          data-autofocus
          {...form.getInputProps("name")}
        />
        {!list && <Segmented fullWidth aria-label="Of" data={OF} {...form.getInputProps("modality")} />}
        <Trouble error={create.error ?? rename.error} doing="writing" />
        <div className="row end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending || rename.isPending}>
            {list ? "Rename" : "Make the list"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
