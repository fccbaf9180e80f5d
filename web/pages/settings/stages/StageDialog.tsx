import { Button, Checkbox, Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { useKeptForm } from "../../../parts/kept-form.ts";
import { OtherVersion } from "../../../parts/OtherVersion.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { DeleteStage } from "./DeleteStage.tsx";
import { type Stage, type StageModality, useDeleteStage, useSaveStage } from "./queries.ts";
import { CATEGORIES, FLAGS, NOUN } from "./words.ts";

type Props = { of: StageModality; stage: Stage | null; others: readonly Stage[]; onClose: () => void };

/** Adds a stage, or changes one. */
export function StageDialog({ of, stage, others, onClose }: Props) {
  const [isDeleting, setIsDeleting] = useState(false);
  const save = useSaveStage(of);
  const remove = useDeleteStage(of);
  const { form, kept } = useKeptForm(`${of}-stage-${stage?.id ?? ""}`, {
    initialValues: {
      name: stage?.name ?? "",
      category: stage?.category ?? null,
      isMeetingSet: stage?.isMeetingSet ?? false,
      flag: stage?.flag ?? false,
    },
  });
  const close = () => {
    kept.forget();
    onClose();
  };
  if (isDeleting && stage)
    return (
      <DeleteStage
        stage={stage}
        others={others}
        remove={remove}
        noun={NOUN[of]}
        onClose={() => setIsDeleting(false)}
        onDone={close}
      />
    );
  const send = (wish: typeof form.values) =>
    save.mutate(
      { ...wish, id: stage?.id ?? null, shown: stage },
      {
        onSuccess: () => {
          const undo = stage && { undo: () => save.mutateAsync({ ...stage, shown: null }) };
          toast(
            stage ? t("{name} saved.", { name: wish.name }) : t("{name} added.", { name: wish.name }),
            undo ?? {},
          );
          close();
        },
      },
    );
  return (
    <Dialog onClose={close} title={stage ? stage.name : t("Add a stage for {many}", { many: NOUN[of].many })}>
      <form className="stack" onSubmit={form.onSubmit(send)}>
        <OtherVersion kept={kept} />
        <TextInput
          label={t("Name")}
          required
          withAsterisk={false}
          maxLength={200}
          data-autofocus
          {...form.getInputProps("name")}
        />
        <Select
          label={t("Category")}
          description={t("How reports count this stage.")}
          placeholder={t("None")}
          clearable
          data={CATEGORIES}
          {...form.getInputProps("category")}
        />
        <Checkbox label={t("Meeting booked")} {...form.getInputProps("isMeetingSet", { type: "checkbox" })} />
        <Checkbox
          label={FLAGS[of].label}
          description={FLAGS[of].description}
          {...form.getInputProps("flag", { type: "checkbox" })}
        />
        <Trouble error={save.error} doing="writing" />
        <div className="row end">
          {stage && (
            <Button variant="default" mr="auto" onClick={() => setIsDeleting(true)}>
              {t("Delete …")}
            </Button>
          )}
          <Button variant="default" onClick={close}>
            {t("Cancel")}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {stage ? t("Save") : t("Add stage")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
