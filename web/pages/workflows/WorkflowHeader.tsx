import { Link } from "@tanstack/react-router";
import { figure } from "../../parts/figures.ts";
import { InlineText } from "../../parts/InlineText.tsx";
import { Moment } from "../../parts/Moment.tsx";
import { toast } from "../../parts/toast.tsx";
import { accountFor } from "../../parts/trouble.ts";
import classes from "../sequences/SequenceHeader.module.css";
import { Owner } from "./columns.tsx";
import { useChange, type Workflow } from "./queries.ts";
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
      <nav aria-label="Breadcrumb" className={classes.crumb}>
        <Link to="/workflows">Workflows</Link>
      </nav>
      <div className={classes.top}>
        <div className={classes.words}>
          <h1 className={classes.title}>
            <InlineText
              value={workflow.name}
              label="Name of the workflow"
              onSave={mayChange ? rename : null}
            />
          </h1>
          <p className={classes.state}>
            <WorkflowState workflow={workflow} />
            <span>{TARGETS[workflow.entity].many}</span>
            <span>{sayTrigger(triggerOf(workflow))}</span>
            {next_run_at && (
              <span>
                Next <Moment at={next_run_at} />
              </span>
            )}
            {num_waiting > 0 && <span>{figure(num_waiting)} on the way</span>}
            <span>
              Acts as <Owner id={workflow.user_id} />
            </span>
          </p>
        </div>
        <WorkflowVerbs workflow={workflow} mayChange={mayChange} isDirty={isDirty} />
      </div>
    </header>
  );
}

function useRename({ id, name: before }: Workflow) {
  const change = useChange();
  return async (name: string) => {
    try {
      await change.mutateAsync({ id, name });
      toast("Renamed.", { undo: () => change.mutateAsync({ id, name: before }) });
    } catch (error) {
      toast(accountFor(error, "writing").happened);
    }
  };
}
