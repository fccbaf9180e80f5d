import { Button, Checkbox, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { Dialog } from "../../parts/Dialog.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { toast } from "../../parts/toast.tsx";
import { type Subject, useChangeView, useSaveView, type View } from "./queries.ts";
import type { ShownView } from "./useView.ts";

type Props = { subject: Subject; shown: ShownView; view: View | null; onClose: () => void };

/** Names what is looked at, or names it anew; and says who sees it. */
export function ViewDialog({ subject, shown, view, onClose }: Props) {
  const form = useForm({ initialValues: { name: view?.name ?? "", shared: view?.shared ?? false } });
  const save = useSaveView();
  const change = useChangeView();
  const { now } = shown;
  const send = ({ name, shared }: typeof form.values) => {
    const done = (verb: string) => (answer: { view: View }) => {
      toast(`The view “${answer.view.name}” is ${verb}.`);
      if (!view) shown.show(answer.view);
      onClose();
    };
    if (view) change.mutate({ id: view.id, name, shared }, { onSuccess: done("changed") });
    else
      save.mutate(
        {
          subject,
          name,
          shared,
          filter: now.filter,
          sort: now.sort,
          columns: now.columns && [...now.columns],
        },
        { onSuccess: done("saved") },
      );
  };
  return (
    <Dialog title={view ? "Rename or share the view" : "Save as a new view"} onClose={onClose} size="sm">
      <form className="stack" onSubmit={form.onSubmit(send)}>
        <TextInput
          label="Name"
          required
          withAsterisk={false}
          maxLength={100}
          data-autofocus
          {...form.getInputProps("name")}
        />
        <Checkbox
          label="Share with the team"
          description="Everybody sees it. Only you and admins change it."
          {...form.getInputProps("shared", { type: "checkbox" })}
        />
        <Trouble error={save.error ?? change.error} doing="writing" />
        <div className="row end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending || change.isPending}>
            {view ? "Save" : "Save the view"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
