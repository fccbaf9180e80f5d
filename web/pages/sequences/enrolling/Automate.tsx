import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { t } from "../../../language/t.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import { addingTemplates } from "../../automation/workflows/prefill.ts";
import { workflowsAddingToQuery } from "../../automation/workflows/queries.ts";
import { sayTrigger, triggerOf } from "../../automation/workflows/trigger.ts";
import classes from "./AddContactsDialog.module.css";

type Props = { sequenceId: string | null; mailboxIds: readonly string[] };

/** Workflows that add contacts to the sequence from now on: those there are, and templates for a new one. */
export function Automate({ sequenceId, mailboxIds }: Props) {
  if (sequenceId === null) return <p className={classes.waiting}>{t("Choose a sequence.")}</p>;
  const mailbox = mailboxIds.length > 0 ? mailboxIds.join(",") : undefined;
  return (
    <>
      <Existing sequenceId={sequenceId} />
      <section aria-label={t("New workflow")}>
        <h3 className={classes.heading}>{t("Add contacts automatically from now on")}</h3>
        <ul className={classes.found}>
          {addingTemplates().map(({ key, name, says }) => (
            <li key={key} className={classes.choice}>
              <Link
                to="/workflows/new"
                search={{ open: key, sequence: sequenceId, ...(mailbox && { mailbox }) }}
              >
                {name}
              </Link>
              <span className="soft small">{says}</span>
            </li>
          ))}
        </ul>
        <p className="soft small">
          {t(
            "The workflow editor opens with this sequence filled in. Choose the trigger and filters there, and turn the workflow on.",
          )}
        </p>
      </section>
    </>
  );
}

function Existing({ sequenceId }: { sequenceId: string }) {
  const { data, error, refetch } = useQuery(workflowsAddingToQuery(sequenceId));
  if (error) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (!data) return null;
  return (
    <section aria-label={t("Workflows that add to this sequence")}>
      <h3 className={classes.heading}>{t("Workflows that add to this sequence")}</h3>
      {data.length === 0 ? (
        <p className="soft small">{t("No workflow adds contacts to this sequence yet.")}</p>
      ) : (
        <ul className={classes.found}>
          {data.map((workflow) => (
            <li key={workflow.id} className={classes.choice}>
              <Link to="/workflows/$id" params={{ id: workflow.id }}>
                {workflow.name}
              </Link>
              <span className="soft small">
                {workflow.active ? t("On") : t("Off")} · {sayTrigger(triggerOf(workflow))}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
