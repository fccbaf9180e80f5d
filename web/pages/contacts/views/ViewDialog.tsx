import { Button, Checkbox, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { useChangeView, useSaveView, type View, type ViewSubject } from "./queries.ts";
import { keptOf, type ShownView } from "./useView.ts";

type Props = { subject: ViewSubject; shown: ShownView; view: View | null; onClose: () => void };

/** Names what is looked at, or names it anew; and says who sees it. */
export function ViewDialog({ subject, shown, view, onClose }: Props) {
  const form = useForm({ initialValues: { name: view?.name ?? "", shared: view?.shared ?? false } });
  const save = useSaveView();
  const change = useChangeView(subject);
  const { now } = shown;
  const send = ({ name, shared }: typeof form.values) => {
    const done = (says: (name: string) => string) => (answer: { view: View }) => {
      toast(says(answer.view.name));
      if (!view) shown.show(answer.view);
      onClose();
    };
    if (view)
      change.mutate(
        { shown: view, id: view.id, name, shared },
        { onSuccess: done((name) => t("View “{name}” changed.", { name })) },
      );
    else
      save.mutate(
        {
          subject,
          name,
          shared,
          ...keptOf(now),
        },
        { onSuccess: done((name) => t("View “{name}” saved.", { name })) },
      );
  };
  return (
    <Dialog title={view ? t("Rename or share view") : t("Save as new view")} onClose={onClose} size="sm">
      <form className="stack" onSubmit={form.onSubmit(send)}>
        <TextInput
          label={t("Name")}
          required
          withAsterisk={false}
          maxLength={100}
          data-autofocus
          {...form.getInputProps("name")}
        />
        <Checkbox
          label={t("Share with the team")}
          description={t("All teammates can see it. Only you and admins can change it.")}
          {...form.getInputProps("shared", { type: "checkbox" })}
        />
        <Trouble error={save.error ?? change.error} doing="writing" />
        <div className="row end">
          <Button variant="default" onClick={onClose}>
            {t("Cancel")}
          </Button>
          <Button type="submit" loading={save.isPending || change.isPending}>
            {view ? t("Save") : t("Save view")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
