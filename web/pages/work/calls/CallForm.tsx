import { Button, NumberInput, Select, Textarea } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { t } from "../../../language/t.ts";
import { currentTime } from "../../../parts/current-time.ts";
import { useKept } from "../../../parts/kept.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import classes from "./CallForm.module.css";
import { Outcomes } from "./Outcomes.tsx";
import { outcomesQuery, purposesQuery, useLogCall, useTakeBackCall } from "./queries.ts";

type Props = {
  contactId: string | null;
  taskId?: string | undefined;
  number?: string | null;
  /** What the button says. */
  verb: ReactNode;
  /** So that a key of the page can send it. */
  formId?: string;
  /** Told how to take it back. */
  onLogged: (undo: () => Promise<unknown>) => void;
  onCancel?: () => void;
};

const EMPTY = {
  outcome: null as string | null,
  purpose: null as string | null,
  minutes: "" as number | "",
  note: "",
};

/** How a call went: its outcome, where the team has outcomes; everything else may be left out. */
export function CallForm({ contactId, taskId, number, verb, formId, onLogged, onCancel }: Props) {
  const { data: outcomes = [] } = useQuery(outcomesQuery);
  const { data: purposes = [] } = useQuery(purposesQuery);
  const kept = useKept(`call-${taskId ?? contactId ?? ""}`, EMPTY);
  const form = useForm({
    initialValues: kept.value,
    onValuesChange: (values) => kept.keep(() => values),
    validate: {
      outcome: (outcome) => (outcomes.length > 0 && !outcome ? t("Choose how the call went.") : null),
    },
  });
  const log = useLogCall();
  const takeBack = useTakeBackCall();
  const send = ({ outcome, purpose, minutes, note }: typeof EMPTY) => {
    const seconds = minutes === "" ? null : Math.round(minutes * 60);
    const isConnect = outcomes.find(({ id }) => id === outcome)?.is_connect ?? seconds !== null;
    const ended = currentTime();
    log.mutate(
      {
        logged: true,
        status: isConnect ? "completed" : "no_answer",
        contact_id: contactId,
        start_time: new Date(ended.getTime() - (seconds ?? 0) * 1000).toISOString(),
        end_time: ended.toISOString(),
        ...(seconds !== null && { duration: seconds }),
        ...(taskId && { outreach_task_id: taskId }),
        ...(number && { to_number: number }),
        ...(outcome && { phone_call_outcome_id: outcome }),
        ...(purpose && { phone_call_purpose_id: purpose }),
        ...(note.trim() && { note: note.trim() }),
      },
      {
        onSuccess: ({ phone_call }) => {
          kept.forget();
          onLogged(() => takeBack.mutateAsync({ id: phone_call.id, taskId: taskId ?? null }));
        },
      },
    );
  };
  return (
    <form id={formId} className="stack" onSubmit={form.onSubmit(send)}>
      {outcomes.length > 0 && (
        <Outcomes
          outcomes={outcomes}
          value={form.values.outcome}
          error={form.errors.outcome ? String(form.errors.outcome) : null}
          onChange={(id) => form.setFieldValue("outcome", id)}
        />
      )}
      <div className={classes.fields}>
        <Select
          label={t("Purpose")}
          placeholder={t("Choose")}
          clearable
          data={purposes.map(({ id, name }) => ({ value: id, label: name }))}
          {...form.getInputProps("purpose")}
        />
        <NumberInput
          label={t("Minutes")}
          placeholder="0"
          min={0}
          max={600}
          decimalScale={1}
          hideControls
          {...form.getInputProps("minutes")}
        />
      </div>
      <Textarea label={t("Note")} autosize minRows={2} maxRows={10} {...form.getInputProps("note")} />
      <Trouble error={log.error} doing="writing" />
      <div className="row end">
        {onCancel && (
          <Button
            variant="default"
            onClick={() => {
              kept.forget();
              onCancel();
            }}
          >
            {t("Cancel")}
          </Button>
        )}
        <Button type="submit" loading={log.isPending}>
          {verb}
        </Button>
      </div>
    </form>
  );
}
