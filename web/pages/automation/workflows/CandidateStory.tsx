import { Button } from "@mantine/core";
import { IconCheck, IconRepeat, IconX } from "@tabler/icons-react";
import { t } from "../../../language/t.ts";
import { capital } from "../../../parts/capital.ts";
import { sayEvent } from "../../../parts/event-words.ts";
import { Moment } from "../../../parts/Moment.tsx";
import { Told } from "../../../parts/Told.tsx";
import { toast } from "../../../parts/toast.tsx";
import { accountFor } from "../../../parts/trouble.ts";
import { EntityLink } from "./EntityLink.tsx";
import { sayFilterName, sayTold } from "./kept-filters.ts";
import { kindOf } from "./kinds.ts";
import { type Explanation, useRerun, type Workflow, type WorkflowCandidate } from "./queries.ts";
import { sayStep } from "./tree.ts";
import classes from "./Workflows.module.css";
import { VerdictWord } from "./words.tsx";

type Props = { candidate: WorkflowCandidate; workflow: Workflow; mayChange: boolean };

/** What became of one of them: how the filters held, what each action did, and what they wait for. */
export function CandidateStory({ candidate, workflow, mayChange }: Props) {
  const { verdict, sentence, filters, results, next_step, due_at, held_up, event } = candidate;
  return (
    <div className="stack">
      <div>
        <p>
          <VerdictWord verdict={verdict} />
        </p>
        <p>
          <Told>{sayTold(candidate)}</Told>
        </p>
        {held_up && held_up.sentence !== sentence && <p className="soft">{held_up.sentence}</p>}
        {verdict === "waiting" && next_step && (
          <p className="soft">
            {t("Next is action {next_step}", { next_step: sayStep(next_step) })}
            {due_at && (
              <>
                , <Moment at={due_at} />
              </>
            )}
            .
          </p>
        )}
        {event && <p className="soft">{t("Trigger: {type}.", { type: capital(sayEvent(event.type)) })}</p>}
      </div>
      <FilterVerdicts filters={filters} />
      {results.length > 0 && (
        <section aria-label={t("Actions done")}>
          <p className={classes.subtitle}>{t("Actions done")}</p>
          <ul className={classes.lines}>
            {results.map(({ step, type, outcome, sentence: says, at }) => (
              <li key={`${step} ${at}`}>
                <span>
                  {sayStep(step)} {kindOf(type).name}
                  <span className={outcome === "failed" ? classes.lacks : "soft"}>
                    {" "}
                    <Told>{says}</Told>
                  </span>
                </span>
                <span className="soft small">
                  <Moment at={at} />
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <div className="row">
        <EntityLink entity={workflow.entity} id={candidate.entity_id} name={t("Open record")} />
        {mayChange && verdict !== "waiting" && <Rerun id={candidate.id} />}
      </div>
    </div>
  );
}

/** Of what is triggered; a batch finds only those for whom all hold. */
export function FilterVerdicts({ filters }: Pick<Explanation, "filters">) {
  if (filters.length === 0) return null;
  return (
    <section aria-label={t("Filters")}>
      <p className={classes.subtitle}>{t("Filters")}</p>
      <ul className={classes.lines}>
        {filters.map(({ filter, holds }) => (
          <li key={filter} className={classes.verdict} data-holds={holds}>
            {holds ? <IconCheck size="1rem" aria-hidden /> : <IconX size="1rem" aria-hidden />}
            {sayFilterName(filter)} <span className="soft">{holds ? t("matches") : t("does not match")}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Rerun({ id }: { id: string }) {
  const rerun = useRerun();
  return (
    <Button
      variant="default"
      leftSection={<IconRepeat size="0.875rem" aria-hidden />}
      loading={rerun.isPending}
      onClick={() =>
        rerun.mutate(id, {
          onSuccess: () => toast(t("Run started again, with the current version of the workflow.")),
          onError: (error) => toast(accountFor(error, "writing").happened),
        })
      }
    >
      {t("Run again")}
    </Button>
  );
}
