import { Button, Select, Textarea, TextInput } from "@mantine/core";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { useKeptForm } from "../../../parts/kept-form.ts";
import { OtherVersion } from "../../../parts/OtherVersion.tsx";
import { Segmented } from "../../../parts/Segmented.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { DueField } from "./DueField.tsx";
import { type TaskShown, useTaskChanges } from "./queries.ts";
import { KIND_CHOICES, PRIORITIES } from "./words.tsx";

type Props = { task: TaskShown; onClose: () => void };

/** What a task says, its time and its priority. Its type is that of the step, where a step made it. */
export function EditTaskDialog({ task, onClose }: Props) {
  const { update } = useTaskChanges();
  const before = fieldsOf(task);
  const { form, kept } = useKeptForm(`task-edit-${task.id}`, { initialValues: before });
  const isOfStep = task.created_from === "sequence";
  const forget = () => {
    kept.forget();
    onClose();
  };
  const save = ({ title, note, type, due, priority }: Fields) => {
    const { id } = task;
    const next = {
      ...(title.trim() !== before.title && title.trim() && { title: title.trim() }),
      ...(note.trim() !== before.note && { note: note.trim() }),
      ...(due !== before.due && { due_at: due }),
      ...(type !== before.type && { type }),
    };
    const isShown = (now: TaskShown) => JSON.stringify(fieldsOf(now)) === JSON.stringify(before);
    const was = {
      ...(task.title && { title: task.title }),
      note: task.note,
      due_at: task.due_at,
      type: task.type,
      priority: task.priority,
    };
    update.mutate(
      { id, ...next, priority, isShown },
      {
        onSuccess: () => {
          toast(t("Task saved."), { undo: () => update.mutateAsync({ id, ...was, isShown: () => true }) });
          forget();
        },
      },
    );
  };
  return (
    <Dialog title={t("Edit task")} onClose={onClose} size="lg">
      <form className="stack" onSubmit={form.onSubmit(save)}>
        <OtherVersion kept={kept} />
        <TextInput label={t("Task title")} maxLength={1000} data-autofocus {...form.getInputProps("title")} />
        {!isOfStep && <Select label={t("Type")} data={KIND_CHOICES} {...form.getInputProps("type")} />}
        <DueField
          value={new Date(form.values.due)}
          onChange={(due) => form.setFieldValue("due", due.toISOString())}
        />
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

type Fields = ReturnType<typeof fieldsOf>;

function fieldsOf({ title, note_text, type, due_at, priority }: TaskShown) {
  return { title: title ?? "", note: note_text ?? "", type, due: new Date(due_at).toISOString(), priority };
}
