import { Button, Select, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { useKept } from "../../../parts/kept.ts";
import { Segmented } from "../../../parts/Segmented.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { DueField } from "./DueField.tsx";
import { type TaskShown, unchanged, useTaskChanges } from "./queries.ts";
import { KIND_CHOICES, PRIORITIES } from "./words.tsx";

type Props = { task: TaskShown; onClose: () => void };

/** What a task says, its time and its priority. Its type is that of the step, where a step made it. */
export function EditTaskDialog({ task, onClose }: Props) {
  const { update } = useTaskChanges();
  const before = { title: task.title ?? "", note: task.note_text ?? "" };
  const kept = useKept(`task-edit-${task.id}`, before);
  const form = useForm({
    initialValues: {
      ...kept.value,
      type: task.type,
      due: new Date(task.due_at),
      priority: task.priority,
    },
    onValuesChange: ({ title, note }) => kept.keep(() => ({ title, note })),
  });
  const isOfStep = task.created_from === "sequence";
  const forget = () => {
    kept.forget();
    onClose();
  };
  const save = ({ title, note, type, due, priority }: typeof form.values) => {
    const was = { ...unchanged(task), id: task.id };
    const next = {
      ...(title.trim() !== before.title && title.trim() && { title: title.trim() }),
      ...(note.trim() !== before.note && { note: note.trim() }),
      ...(due.toISOString() !== new Date(task.due_at).toISOString() && { due_at: due.toISOString() }),
      ...(type !== task.type && { type }),
    };
    update.mutate(
      { ...was, ...next, priority },
      {
        onSuccess: () => {
          toast(t("Task saved."), {
            undo: () =>
              update.mutateAsync({
                ...was,
                ...(task.title && { title: task.title }),
                note: task.note,
                due_at: task.due_at,
                type: task.type,
              }),
          });
          forget();
        },
      },
    );
  };
  return (
    <Dialog title={t("Edit task")} onClose={onClose} size="lg">
      <form className="stack" onSubmit={form.onSubmit(save)}>
        <TextInput label={t("Task title")} maxLength={1000} data-autofocus {...form.getInputProps("title")} />
        {!isOfStep && <Select label={t("Type")} data={KIND_CHOICES} {...form.getInputProps("type")} />}
        <DueField value={form.values.due} onChange={(due) => form.setFieldValue("due", due)} />
        <Segmented aria-label={t("Priority")} data={[...PRIORITIES]} {...form.getInputProps("priority")} />
        <Textarea label={t("Note")} autosize minRows={2} maxRows={10} {...form.getInputProps("note")} />
        <Trouble error={update.error} doing="writing" />
        <div className="row end">
          <Button variant="default" onClick={forget}>
            {t("Cancel")}
          </Button>
          <Button type="submit" loading={update.isPending}>
            {t("Save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
