import { Button, Select } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { DayField } from "../../../parts/dates/DayField.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { api } from "../../../session.ts";

type Metric = "replied" | "clicked" | "demoed";

const METRICS = perLanguage(
  () =>
    [
      { value: "replied", label: t("Replies") },
      { value: "clicked", label: t("Clicks") },
      { value: "demoed", label: t("Meetings booked") },
    ] as const,
);

type Props = { stepId: string; onStarted: () => void; onClose: () => void };

export function AbTestDialog({ stepId, onStarted, onClose }: Props) {
  const [metric, setMetric] = useState<Metric>("replied");
  const [endsOn, setEndsOn] = useState<string | null>(null);
  const start = useMutation({
    mutationFn: () => api.abTests.start({ id: stepId, metric, ...(endsOn && { ends_at: endOf(endsOn) }) }),
    onSuccess: () => {
      toast(t("A/B test started."), { undo: () => api.abTests.stop({ id: stepId }).then(onStarted) });
      onStarted();
      onClose();
    },
  });
  return (
    <Dialog title={t("Choose the winner automatically")} onClose={onClose} size="md">
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          start.mutate();
        }}
      >
        <p>
          {t(
            "Cadenza compares the saved variants by the emails sent from now on. When one is surely better than all others, the others are set to review and no longer sent. You can approve them again.",
          )}
        </p>
        <Select
          label={t("Compare by")}
          data={[...METRICS]}
          allowDeselect={false}
          value={metric}
          onChange={(value) => setMetric(value as Metric)}
        />
        <DayField
          label={t("End date")}
          description={t("Optional. Without a sure winner by then, all variants stay and you decide.")}
          clearable
          isInside
          from="today"
          value={endsOn}
          onChange={setEndsOn}
        />
        <Trouble error={start.error} doing="writing" />
        <div className="row end">
          <Button variant="default" onClick={onClose}>
            {t("Cancel")}
          </Button>
          <Button type="submit" loading={start.isPending}>
            {t("Start A/B test")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** On the viewer's clock. */
function endOf(day: string) {
  return new Date(`${day}T23:59:00`).toISOString();
}
