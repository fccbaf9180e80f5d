import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { currentTime } from "../../../parts/current-time.ts";
import { State, type StateKind } from "../../../parts/State.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { relativeTo } from "../../../parts/when.ts";
import { api } from "../../../session.ts";
import { percent } from "../sequences/rates.tsx";
import classes from "./AbTest.module.css";
import { AbTestDialog } from "./AbTestDialog.tsx";
import { type DraftStep, letterOf } from "./draft.ts";

export type AbTestShown = NonNullable<Awaited<ReturnType<typeof api.abTests.show>>["ab_test"]>;

type Props = { step: DraftStep & { id: string }; mayEdit: boolean };

/** Keeps the better variant by itself. What it compares are the variants as they are saved. */
export function AbTest({ step, mayEdit }: Props) {
  const queries = useQueryClient();
  const [isAsking, setIsAsking] = useState(false);
  const key = ["ab-test", step.id];
  const { data: test, error } = useQuery({
    queryKey: key,
    queryFn: async () => (await api.abTests.show({ id: step.id })).ab_test,
  });
  const stop = useMutation({
    mutationFn: () => api.abTests.stop({ id: step.id }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: key });
      toast(t("A/B test stopped. All variants stay."));
    },
  });
  const runs = test != null && test.outcome === null;
  const approved = step.mails.filter(({ id, isOn }) => id !== null && isOn).length;
  return (
    <div className={classes.line}>
      {test && (
        <State kind={kindOf(test)}>
          {sayTest(test, step)} <span className="soft">{sayCounts(test, step)}</span>
        </State>
      )}
      {mayEdit && runs && (
        <Button variant="subtle" size="compact-sm" loading={stop.isPending} onClick={() => stop.mutate()}>
          {t("Stop test")}
        </Button>
      )}
      {mayEdit && test !== undefined && !runs && approved > 1 && (
        <Button variant="subtle" size="compact-sm" onClick={() => setIsAsking(true)}>
          {t("Choose the winner automatically …")}
        </Button>
      )}
      <Trouble error={error ?? stop.error} doing={stop.error ? "writing" : "reading"} />
      {isAsking && (
        <AbTestDialog
          stepId={step.id}
          onStarted={() => void queries.invalidateQueries({ queryKey: key })}
          onClose={() => setIsAsking(false)}
        />
      )}
    </div>
  );
}

function kindOf({ outcome }: AbTestShown): StateKind {
  if (outcome === null) return "waiting";
  return outcome === "won" ? "good" : "off";
}

const ENDINGS: Record<string, string> = perLanguage(() => ({
  even: t("A/B test ended: all variants do equally well."),
  undecided: t("A/B test ended without a sure winner. All variants stay: you decide."),
  stopped: t("A/B test stopped."),
  changed: t("A/B test ended: fewer than two variants were left."),
}));

function sayTest({ outcome, ended_at, winner_emailer_touch_id: winner }: AbTestShown, step: DraftStep) {
  if (outcome === null) return t("A/B test running. No sure winner yet.");
  if (outcome !== "won") return ENDINGS[outcome] ?? "";
  return t("Variant {letter} won {when}.", {
    letter: letterIn(step, winner),
    when: ended_at ? relativeTo(ended_at, currentTime()) : "",
  });
}

const SUCCESSES: Record<AbTestShown["metric"], (share: string, delivered: number) => string> = {
  replied: (share, delivered) => t("{share} of {delivered} replied", { share, delivered }),
  clicked: (share, delivered) => t("{share} of {delivered} clicked", { share, delivered }),
  demoed: (share, delivered) => t("{share} of {delivered} booked a meeting", { share, delivered }),
};

function sayCounts({ metric, variants }: AbTestShown, step: DraftStep) {
  if (variants.every(({ delivered }) => delivered === 0)) return null;
  return variants
    .map(({ emailer_touch_id, delivered, successes }) => {
      const share = percent(delivered === 0 ? 0 : successes / delivered);
      return `${letterIn(step, emailer_touch_id)}: ${SUCCESSES[metric](share, delivered)}`;
    })
    .join(" · ");
}

function letterIn({ mails }: DraftStep, touchId: string | null) {
  const at = mails.findIndex(({ id }) => id === touchId);
  return at < 0 ? "–" : letterOf(at);
}
