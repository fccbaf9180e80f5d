import { Button, Switch } from "@mantine/core";
import { count } from "../../parts/figures.ts";
import { Trouble } from "../../parts/Trouble.tsx";
import { api } from "../../session.ts";
import { useSequenceWrite, type Whole } from "../sequences/queries.ts";
import { StepIcon } from "./StepIcon.tsx";
import { nameOf } from "./step-words.ts";

type Step = Whole["earlier_versions"][number]["emailer_steps"][number];

/** Nothing of it is changed any more, but whoever waits at it can be let on. */
export function KeptStep({ step, mayEdit }: { step: Step; mayEdit: boolean }) {
  const name = `step ${step.position} of the earlier version`;
  const turn = useSequenceWrite((enabled: boolean) => api.steps.update({ id: step.id, enabled }));
  const approve = useSequenceWrite(approveMails);
  return (
    <li>
      <StepIcon type={step.type} />
      <span>{step.subjects.find(Boolean) ?? nameOf(step.type)}</span>
      <span className="soft small">
        {step.num_contacts > 0 ? `${count(step.num_contacts, "contact")} here` : "nobody here"}
      </span>
      {step.needs_review && <span className="soft small">not approved</span>}
      {step.needs_review && mayEdit && (
        <Button
          size="compact-sm"
          variant="default"
          loading={approve.isPending}
          aria-label={`Approve ${name}`}
          onClick={() => approve.mutate(step.id)}
        >
          Approve
        </Button>
      )}
      <Switch
        ml="auto"
        size="xs"
        aria-label={`${name} is on`}
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
