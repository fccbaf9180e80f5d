import { useQuery } from "@tanstack/react-query";
import { useAddress } from "../../parts/address.ts";
import { Told } from "../../parts/Told.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { ContactPicker } from "../contacts/ContactPicker.tsx";
import { CompanyPicker } from "../deals/CompanyPicker.tsx";
import { CandidateStory, FilterVerdicts } from "./CandidateStory.tsx";
import { sayTold } from "./kept-filters.ts";
import { ProspectPicker } from "./ProspectPicker.tsx";
import { explanationQuery, type Workflow } from "./queries.ts";
import classes from "./Workflows.module.css";

type Props = { workflow: Workflow; mayChange: boolean };

/** Why somebody was taken, or was not: they are chosen, and it is told. */
export function WhyNot({ workflow, mayChange }: Props) {
  const [address, change] = useAddress();
  const chosen = address.contact ?? null;
  const choose = (id: string | null) => change({ contact: id ?? undefined });
  const label = "Why was somebody taken, or not?";
  return (
    <section aria-label={label} className={classes.why}>
      {workflow.entity === "contact" && <ContactPicker label={label} value={chosen} onChange={choose} />}
      {workflow.entity === "account" && <CompanyPicker label={label} value={chosen} onChange={choose} />}
      {workflow.entity === "person" && <ProspectPicker label={label} value={chosen} onChange={choose} />}
      {chosen && <Why key={chosen} entityId={chosen} workflow={workflow} mayChange={mayChange} />}
    </section>
  );
}

function Why({ entityId, workflow, mayChange }: Props & { entityId: string }) {
  const { data, error, refetch } = useQuery(explanationQuery(workflow.id, entityId));
  if (error) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (!data) return <p className="soft">Looking …</p>;
  const [latest] = data.candidates;
  return (
    <div className="stack" role="status">
      <p className={classes.told}>
        <Told>{sayTold(data)}</Told>
      </p>
      <FilterVerdicts filters={data.filters} />
      {latest && <CandidateStory candidate={latest} workflow={workflow} mayChange={mayChange} />}
    </div>
  );
}
