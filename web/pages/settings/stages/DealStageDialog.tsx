import { Button, Checkbox, NumberInput, Select, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { useKeptForm } from "../../../parts/kept-form.ts";
import { OtherVersion } from "../../../parts/OtherVersion.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { DeleteStage } from "./DeleteStage.tsx";
import { type DealStage, useDeleteDealStage, useSaveDealStage, wishOf } from "./deal-stages.ts";
import { FORECASTS, NOUN, TYPES, typeNamed } from "./words.ts";

type Props = { stage: DealStage | null; others: readonly DealStage[]; onClose: () => void };

/** Adds a stage of deals, or changes one. */
export function DealStageDialog({ stage, others, onClose }: Props) {
  const [isDeleting, setIsDeleting] = useState(false);
  const save = useSaveDealStage();
  const remove = useDeleteDealStage();
  const { form, kept } = useKeptForm(`deal-stage-${stage?.id ?? ""}`, {
    initialValues: {
      name: stage?.name ?? "",
      type: stage?.type ?? TYPES[0].value,
      probability: stage?.probability ?? 0,
      forecast_category_cd: stage?.forecast_category_cd ?? TYPES[0].forecast,
      description: stage?.description ?? "",
      is_meeting_set: stage?.is_meeting_set ?? false,
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
        noun={NOUN.deal}
        onClose={() => setIsDeleting(false)}
        onDone={close}
      />
    );
  const send = ({ description, ...wish }: typeof form.values) =>
    save.mutate(
      { ...wish, description: description.trim() || null, id: stage?.id ?? null, shown: stage },
      {
        onSuccess: () => {
          const undo = stage && { undo: () => save.mutateAsync({ ...wishOf(stage), shown: null }) };
          toast(
            stage ? t("{name} saved.", { name: wish.name }) : t("{name} added.", { name: wish.name }),
            undo ?? {},
          );
          close();
        },
      },
    );
  // Another type brings its own figures; they can be changed after.
  const become = (value: string | null) => {
    const type = typeNamed(value);
    form.setValues({ type: type.value, probability: type.probability, forecast_category_cd: type.forecast });
  };
  return (
    <Dialog onClose={close} title={stage ? stage.name : t("Add a deal stage")}>
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
          label={t("Type")}
          description={t("A deal closes on the day it moves to a won or lost stage.")}
          allowDeselect={false}
          data={TYPES.map(({ value, label }) => ({ value, label }))}
          value={form.values.type}
          onChange={become}
        />
        <NumberInput
          label={t("Probability")}
          description={t(
            "For deals without their own probability. The forecast is the amount times the probability.",
          )}
          suffix=" %"
          min={0}
          max={100}
          allowDecimal={false}
          clampBehavior="strict"
          {...form.getInputProps("probability")}
          onChange={(value) => form.setFieldValue("probability", Number(value) || 0)}
        />
        <Select
          label={t("Forecast category")}
          allowDeselect={false}
          data={FORECASTS}
          {...form.getInputProps("forecast_category_cd")}
        />
        <Textarea
          label={t("Entry criteria")}
          autosize
          maxLength={2000}
          {...form.getInputProps("description")}
        />
        <Checkbox
          label={t("Meeting booked")}
          {...form.getInputProps("is_meeting_set", { type: "checkbox" })}
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
