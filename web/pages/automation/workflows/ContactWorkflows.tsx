import { useQueries, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { t } from "../../../language/t.ts";
import { Moment } from "../../../parts/Moment.tsx";
import { Told } from "../../../parts/Told.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { sayTold } from "./kept-filters.ts";
import { explanationQuery, workflowNamesQuery } from "./queries.ts";
import classes from "./Workflows.module.css";

/** What each workflow for contacts has done with this one, or why it has not. */
export function ContactWorkflows({ id }: { id: string }) {
  const { data: workflows, error, refetch } = useQuery(workflowNamesQuery);
  const about = workflows?.filter(({ entity }) => entity === "contact") ?? [];
  const told = useQueries({ queries: about.map((workflow) => explanationQuery(workflow.id, id)) });
  if (error) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (workflows && about.length === 0) return <p className="soft">{t("No workflows for contacts yet.")}</p>;
  return (
    <ul className={classes.lines} aria-label={t("Workflows")}>
      {about.map(({ id: workflowId, name }, n) => {
        const explanation = told[n]?.data;
        return (
          <li key={workflowId}>
            <span>
              <Link to="/workflows/$id" params={{ id: workflowId }} search={{ tab: "runs", contact: id }}>
                {name}
              </Link>{" "}
              {explanation && (
                <span className="soft">
                  <Told>{sayTold(explanation)}</Told>
                </span>
              )}
            </span>
            {explanation?.candidates[0] && (
              <span className="soft small">
                <Moment at={explanation.candidates[0].created_at} />
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
