import { Button, NumberInput, Select } from "@mantine/core";
import { useForm } from "@mantine/form";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { Segmented } from "../../../parts/Segmented.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { sayMetric } from "../reports/words.ts";
import { GOAL_METRICS, GOAL_PERIODS } from "./goal-words.ts";
import { type Goal, useGoalChanges } from "./queries.ts";

type Props = {
  userId: string;
  /** Null: a new one. */
  goal: Goal | null;
  goals: readonly Goal[];
  onClose: () => void;
};

const MOST = 1_000_000;

/** A new goal, or another target for one. What it counts stays: that is another goal. */
export function GoalDialog({ userId, goal, goals, onClose }: Props) {
  const form = useForm({
    initialValues: {
      metric: goal?.metric ?? ("num_phone_calls" as Goal["metric"]),
      period: goal?.period ?? ("week" as Goal["period"]),
      target: goal?.target ?? ("" as number | string),
    },
    validate: {
      target: (value) =>
        typeof value === "number" && value >= 1 ? null : t("Enter a number of at least 1."),
      metric: (metric, { period }) =>
        !goal && goals.some((one) => one.metric === metric && one.period === period)
          ? t("This goal exists already. Change its target instead.")
          : null,
    },
  });
  const { save, remove } = useGoalChanges();
  const wishOf = ({ metric, period }: Pick<Goal, "metric" | "period">, target: number) => ({
    user_id: userId,
    metric,
    period,
    target,
  });
  const send = async ({ target, ...rest }: typeof form.values) => {
    const saved = await save.mutateAsync(wishOf(rest, Number(target)));
    const undo = () =>
      goal ? save.mutateAsync(wishOf(goal, goal.target)) : remove.mutateAsync(saved.goal.id);
    toast(t("Goal saved."), { undo });
    onClose();
  };
  const drop = async ({ id, ...rest }: Goal) => {
    await remove.mutateAsync(id);
    toast(t("Goal removed."), { undo: () => save.mutateAsync(wishOf(rest, rest.target)) });
    onClose();
  };
  return (
    <Dialog title={goal ? sayMetric(goal.metric) : t("New goal")} onClose={onClose}>
      <form className="stack" onSubmit={form.onSubmit((values) => void send(values).catch(() => {}))}>
        {!goal && (
          <>
            <Select
              label={t("What to count")}
              data={GOAL_METRICS.map((value) => ({ value, label: sayMetric(value) }))}
              allowDeselect={false}
              {...form.getInputProps("metric")}
            />
            <Segmented aria-label={t("Period")} data={[...GOAL_PERIODS]} {...form.getInputProps("period")} />
          </>
        )}
        <NumberInput
          label={goal ? sayTargetOf(goal.period) : t("Target")}
          min={1}
          max={MOST}
          allowDecimal={false}
          allowNegative={false}
          data-autofocus
          {...form.getInputProps("target")}
        />
        <Trouble error={save.error ?? remove.error} doing="writing" />
        <div className="row end">
          {goal && (
            <Button
              variant="default"
              loading={remove.isPending}
              onClick={() => void drop(goal).catch(() => {})}
            >
              {t("Remove")}
            </Button>
          )}
          <Button variant="default" onClick={onClose}>
            {t("Cancel")}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {t("Save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function sayTargetOf(period: Goal["period"]) {
  if (period === "day") return t("Target per day");
  return period === "week" ? t("Target per week") : t("Target per month");
}
