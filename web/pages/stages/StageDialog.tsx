import { Button, Checkbox, Select, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { Dialog } from "../../parts/Dialog.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { toast } from "../../parts/toast.tsx";
import { DeleteStage } from "./DeleteStage.tsx";
import { type Modality, type Stage, useDeleteStage, useSaveStage } from "./queries.ts";
import { CATEGORIES, FLAGS, NOUN } from "./words.ts";

type Props = { of: Modality; stage: Stage | null; others: readonly Stage[]; onClose: () => void };

/** Adds a stage, or changes one. */
export function StageDialog({ of, stage, others, onClose }: Props) {
  const [isDeleting, setIsDeleting] = useState(false);
  const save = useSaveStage(of);
  const remove = useDeleteStage(of);
  const form = useForm({
    initialValues: {
      name: stage?.name ?? "",
      category: stage?.category ?? null,
      isMeetingSet: stage?.isMeetingSet ?? false,
      flag: stage?.flag ?? false,
    },
  });
  if (isDeleting && stage)
    return (
      <DeleteStage
        {...{ stage, others, remove }}
        noun={NOUN[of]}
        onClose={() => setIsDeleting(false)}
        onDone={onClose}
      />
    );
  const send = (wish: typeof form.values) =>
    save.mutate(
      { ...wish, id: stage?.id ?? null },
      {
        onSuccess: () => {
          const undo = stage && { undo: () => save.mutateAsync({ ...stage }) };
          toast(stage ? `${wish.name} is saved.` : `${wish.name} is added.`, undo ?? {});
          onClose();
        },
      },
    );
  return (
    <Dialog onClose={onClose} title={stage ? stage.name : `Add a stage for ${NOUN[of].many}`}>
      <form className="stack" onSubmit={form.onSubmit(send)}>
        <TextInput
          label="Name"
          required
          withAsterisk={false}
          maxLength={200}
          data-autofocus
          {...form.getInputProps("name")}
        />
        <Select
          label="Means"
          description="What reports count it as."
          placeholder="Nothing in particular"
          clearable
          data={CATEGORIES}
          {...form.getInputProps("category")}
        />
        <Checkbox label="A meeting is set" {...form.getInputProps("isMeetingSet", { type: "checkbox" })} />
        <Checkbox
          label={FLAGS[of].label}
          description={FLAGS[of].description}
          {...form.getInputProps("flag", { type: "checkbox" })}
        />
        <Trouble error={save.error} doing="writing" />
        <div className="row end">
          {stage && (
            <Button variant="default" mr="auto" onClick={() => setIsDeleting(true)}>
              Delete …
            </Button>
          )}
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending}>
            {stage ? "Save" : "Add it"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
