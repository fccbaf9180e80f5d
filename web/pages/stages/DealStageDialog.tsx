import { Button, Checkbox, NumberInput, Select, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { Dialog } from "../../parts/Dialog.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { toast } from "../../parts/toast.tsx";
import { DeleteStage } from "./DeleteStage.tsx";
import { type DealStage, useDeleteDealStage, useSaveDealStage } from "./deal-stages.ts";
import { FORECASTS, NOUN, TYPES, typeNamed } from "./words.ts";

type Props = { stage: DealStage | null; others: readonly DealStage[]; onClose: () => void };

/** Adds a stage of deals, or changes one. */
export function DealStageDialog({ stage, others, onClose }: Props) {
  const [isDeleting, setIsDeleting] = useState(false);
  const save = useSaveDealStage();
  const remove = useDeleteDealStage();
  const form = useForm({
    initialValues: {
      name: stage?.name ?? "",
      type: stage?.type ?? TYPES[0].value,
      probability: stage?.probability ?? 0,
      forecast_category_cd: stage?.forecast_category_cd ?? TYPES[0].forecast,
      description: stage?.description ?? "",
      is_meeting_set: stage?.is_meeting_set ?? false,
    },
  });
  if (isDeleting && stage)
    return (
      <DeleteStage
        {...{ stage, others, remove }}
        noun={NOUN.deal}
        onClose={() => setIsDeleting(false)}
        onDone={onClose}
      />
    );
  const send = ({ description, ...wish }: typeof form.values) =>
    save.mutate(
      { ...wish, description: description.trim() || null, id: stage?.id ?? null },
      {
        onSuccess: () => {
          const undo = stage && { undo: () => save.mutateAsync(wishOf(stage)) };
          toast(stage ? `${wish.name} is saved.` : `${wish.name} is added.`, undo ?? {});
          onClose();
        },
      },
    );
  // Another type brings its own figures; they can be changed after.
  const become = (value: string | null) => {
    const type = typeNamed(value);
    form.setValues({ type: type.value, probability: type.probability, forecast_category_cd: type.forecast });
  };
  return (
    <Dialog onClose={onClose} title={stage ? stage.name : "Add a stage for deals"}>
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
          label="Deals in it are"
          description="A deal that comes to a stage that is won or lost is closed on that day."
          allowDeselect={false}
          data={TYPES.map(({ value, label }) => ({ value, label }))}
          value={form.values.type}
          onChange={become}
        />
        <NumberInput
          label="Probability"
          description="Of deals that do not say their own: what they are worth times this is the forecast."
          suffix=" %"
          min={0}
          max={100}
          allowDecimal={false}
          clampBehavior="strict"
          {...form.getInputProps("probability")}
          onChange={(value) => form.setFieldValue("probability", Number(value) || 0)}
        />
        <Select
          label="Forecast as"
          allowDeselect={false}
          data={FORECASTS}
          {...form.getInputProps("forecast_category_cd")}
        />
        <Textarea
          label="What has to be true here"
          autosize
          maxLength={2000}
          {...form.getInputProps("description")}
        />
        <Checkbox label="A meeting is set" {...form.getInputProps("is_meeting_set", { type: "checkbox" })} />
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

function wishOf({
  id,
  name,
  type,
  probability,
  forecast_category_cd,
  description,
  is_meeting_set,
}: DealStage) {
  return { id, name, type, probability, forecast_category_cd, description, is_meeting_set };
}
