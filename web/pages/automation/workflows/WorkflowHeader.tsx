import { Link } from "@tanstack/react-router";
import { t } from "../../../language/t.ts";
import { InlineText } from "../../../parts/InlineText.tsx";
import { Moment } from "../../../parts/Moment.tsx";
import { toast } from "../../../parts/toast.tsx";
import { accountFor } from "../../../parts/trouble.ts";
import classes from "../../sequences/sequences/SequenceHeader.module.css";
import { Owner } from "./columns.tsx";
import { useChange, useChangeShown, type Workflow } from "./queries.ts";
import { useMayChange } from "./right.ts";
import { sayTrigger, triggerOf } from "./trigger.ts";
import { WorkflowVerbs } from "./WorkflowVerbs.tsx";
import { TARGETS, WorkflowState } from "./words.tsx";

type Props = { workflow: Workflow; isDirty: boolean };

export function WorkflowHeader({ workflow, isDirty }: Props) {
  const rename = useRename(workflow);
  const mayChange = useMayChange(workflow);
  const { next_run_at, num_waiting } = workflow;
  return (
    <header className={classes.header}>
      <nav aria-label={t("Breadcrumb")} className={classes.crumb}>
        <Link to="/workflows">{t("Workflows")}</Link>
      </nav>
      <div className={classes.top}>
        <div className={classes.words}>
          <h1 className={classes.title}>
            <InlineText
              recordId={workflow.id}
              value={workflow.name}
              label={t("Name of the workflow")}
              onSave={mayChange ? rename : null}
            />
          </h1>
          <p className={classes.state}>
            <WorkflowState workflow={workflow} />
            <span>{TARGETS[workflow.entity].many}</span>
            <span>{sayTrigger(triggerOf(workflow))}</span>
            {next_run_at && (
              <span>
                {t("Next run")} <Moment at={next_run_at} />
              </span>
            )}
            {num_waiting > 0 && <span>{t("{num_waiting, number} waiting", { num_waiting })}</span>}
            <span>
              {t("Acts as")} <Owner id={workflow.user_id} />
            </span>
          </p>
        </div>
        <WorkflowVerbs workflow={workflow} mayChange={mayChange} isDirty={isDirty} />
      </div>
    </header>
  );
}

function useRename({ id, name: before }: Workflow) {
  const change = useChangeShown((now) => now.name === before);
  const back = useChange();
  return async (name: string) => {
    try {
      const { workflow } = await change.mutateAsync({ id, name });
      toast(t("Renamed."), {
        undo: () => back.mutateAsync({ id, name: before, ifMatch: workflow.etag }),
      });
    } catch (error) {
      toast(accountFor(error, "writing").happened);
      throw error; // the field stays open with what was typed
    }
  };
}
