import { Button, Skeleton } from "@mantine/core";
import { IconPlayerPlay, IconRefresh } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { Confirm } from "../../../parts/Confirm.tsx";
import { figure } from "../../../parts/figures.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { EntityLink } from "./EntityLink.tsx";
import { kindOf, sayAction } from "./kinds.ts";
import { outlookQuery, useRun, type Workflow } from "./queries.ts";
import { TryOne } from "./TryOne.tsx";
import { everyAction, sayStep } from "./tree.ts";
import { useNames } from "./useNames.ts";
import { Warnings } from "./Warnings.tsx";
import type { TabProps } from "./WorkflowPage.tsx";
import classes from "./Workflows.module.css";
import { people } from "./words.tsx";

type Outlook = NonNullable<Awaited<ReturnType<NonNullable<ReturnType<typeof outlookQuery>["queryFn"]>>>>;

/** What a run would come to now: whom it would take, for what, at which price. Nothing is done. */
export function TryTab({ workflow, drafting, mayChange }: TabProps) {
  const { id, version, entity } = workflow;
  const outlook = useQuery({ ...outlookQuery(id, version), enabled: mayChange });
  if (!mayChange)
    return <p className="soft">{t("Only the owner and admins can preview or run this workflow.")}</p>;
  return (
    <div className="stack">
      {drafting.isDirty && (
        <p className={classes.notSaved}>
          {t("This preview is of the saved workflow. Save your changes to include them.")}
        </p>
      )}
      <div className="row">
        <Button
          variant="default"
          leftSection={<IconRefresh size="0.875rem" aria-hidden />}
          loading={outlook.isFetching}
          onClick={() => void outlook.refetch()}
        >
          {t("Refresh preview")}
        </Button>
        <RunNow workflow={workflow} outlook={outlook.data} isDirty={drafting.isDirty} />
      </div>
      {outlook.error && <Trouble error={outlook.error} onRetry={() => void outlook.refetch()} />}
      {!outlook.data && !outlook.error && <Skeleton height={160} />}
      {outlook.data && (
        <>
          <div role="status">
            <p className={classes.result}>
              {outlook.data.num_candidates === 0
                ? t("A run would include no records")
                : t("A run would include {records}", {
                    records: people(outlook.data.num_candidates, entity),
                  })}
            </p>
            <p className="soft">{sayRest(outlook.data)}</p>
          </div>
          <Warnings warnings={outlook.data.warnings} />
          <div className={classes.two}>
            <Sample outlook={outlook.data} entity={entity} />
            <Does outlook={outlook.data} drafting={drafting} />
          </div>
        </>
      )}
      <TryOne entity={entity} wish={{ id }} />
    </div>
  );
}

function sayRest({ num_left_over: over, credits: { least, expected, most } }: Outlook) {
  const price =
    most === 0
      ? t("Costs no credits.")
      : least === most
        ? t("Costs {most, number} credits.", { most })
        : t("Costs about {expected, number} credits: {least, number} at least, {most, number} at most.", {
            expected,
            least,
            most,
          });
  const left = over > 0 ? t("{over, number} or more are over the limit of a run. ", { over }) : "";
  return `${left}${price}`;
}

function Sample({ outlook, entity }: { outlook: Outlook } & Pick<Workflow, "entity">) {
  const { sample, num_candidates: all } = outlook;
  if (sample.length === 0) return <p className="soft">{t("No matches right now.")}</p>;
  return (
    <section aria-labelledby="whom">
      <h2 id="whom" className={classes.subtitle}>
        {t("Matches")}
      </h2>
      <ul className={classes.lines}>
        {sample.map(({ entity_id, name }) => (
          <li key={entity_id}>
            <EntityLink entity={entity} id={entity_id} name={name} />
          </li>
        ))}
      </ul>
      {all > sample.length && (
        <p className="soft small">{t("And {all, number} more.", { all: all - sample.length })}</p>
      )}
    </section>
  );
}

function Does({ outlook, drafting }: { outlook: Outlook } & Pick<TabProps, "drafting">) {
  const nameOf = useNames(drafting.draft.actions);
  const placed = new Map(
    drafting.isDirty
      ? []
      : everyAction(drafting.draft.actions).map(({ action, path, at }) => [
          path === "" ? String(at) : `${path}.${at}`,
          action,
        ]),
  );
  return (
    <section aria-labelledby="what">
      <h2 id="what" className={classes.subtitle}>
        {t("Actions")}
      </h2>
      <table className={classes.does}>
        <tbody>
          {outlook.actions.map(({ step, type, count }) => {
            const action = placed.get(step);
            return (
              <tr key={step}>
                <td className="soft">{sayStep(step)}</td>
                <th scope="row">
                  {kindOf(type).name}
                  {action && <span className="soft"> {sayAction(action, nameOf)}</span>}
                </th>
                <td data-align="right">{count === null ? t("depends on the path") : figure(count)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

type RunProps = { workflow: Workflow; outlook: Outlook | undefined; isDirty: boolean };

function RunNow({ workflow, outlook, isDirty }: RunProps) {
  const [isAsking, setIsAsking] = useState(false);
  const [, change] = useAddress();
  const run = useRun();
  const going = outlook?.num_candidates ?? 0;
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconPlayerPlay size="0.875rem" aria-hidden />}
        disabled={isDirty || going === 0}
        onClick={() => setIsAsking(true)}
      >
        {t("Run now …")}
      </Button>
      {isAsking && (
        <Confirm
          title={t("Run “{name}” now?", { name: workflow.name })}
          verb={t("Run for {going}", { going: people(going, workflow.entity) })}
          isBusy={run.isPending}
          error={run.error}
          onConfirm={() =>
            run.mutate(workflow.id, {
              onSuccess: ({ workflow_run }) => {
                toast(t("Run started."));
                change({ tab: "runs", open: workflow_run.id });
              },
            })
          }
          onClose={() => setIsAsking(false)}
        >
          <p>
            {t(
              "All matches will be processed at once, even if the workflow is off. You can't undo its actions.",
            )}
          </p>
        </Confirm>
      )}
    </>
  );
}
