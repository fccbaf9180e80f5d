import { Button, Switch } from "@mantine/core";
import { t } from "../../../language/t.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import { api } from "../../../session.ts";
import { type FullSequence, useSequenceWrite } from "../sequences/queries.ts";
import { StepIcon } from "./StepIcon.tsx";
import { nameOf } from "./step-words.ts";

type Step = FullSequence["earlier_versions"][number]["emailer_steps"][number];

/** A removed step: it cannot be changed, but the contacts who wait at it can be let on. */
export function KeptStep({ step, mayEdit }: { step: Step; mayEdit: boolean }) {
  const name = t("step {position} of the earlier version", { position: step.position });
  const turn = useSequenceWrite((enabled: boolean) => api.steps.update({ id: step.id, enabled }));
  const approve = useSequenceWrite(approveMails);
  return (
    <li>
      <StepIcon type={step.type} />
      <span>{step.subjects.find(Boolean) ?? nameOf(step.type)}</span>
      <span className="soft small">
        {step.num_contacts > 0
          ? t("{num_contacts, plural, one {# contact} other {# contacts}} here", {
              num_contacts: step.num_contacts,
            })
          : t("no contacts here")}
      </span>
      {step.needs_review && <span className="soft small">{t("not ready to send")}</span>}
      {step.needs_review && mayEdit && (
        <Button
          size="compact-sm"
          variant="default"
          loading={approve.isPending}
          aria-label={t("Mark {name} as ready to send", { name })}
          onClick={() => approve.mutate(step.id)}
        >
          {t("Mark as ready")}
        </Button>
      )}
      <Switch
        ml="auto"
        size="xs"
        aria-label={t("{name} is on", { name })}
        checked={step.enabled}
        disabled={!mayEdit || turn.isPending}
        onChange={(event) => turn.mutate(event.currentTarget.checked)}
      />
      <Trouble error={turn.error ?? approve.error} doing="writing" />
    </li>
  );
}

async function approveMails(stepId: string) {
  const { emailer_touches } = await api.touches.list({ emailer_step_id: stepId });
  for (const { id } of emailer_touches) await api.touches.approve({ id });
}
