import { useQuery } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { LinesSkeleton } from "../../../parts/LinesSkeleton.tsx";
import { Told } from "../../../parts/Told.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { ContactPicker } from "../../contacts/contacts/ContactPicker.tsx";
import { CompanyPicker } from "../../work/deals/CompanyPicker.tsx";
import { CandidateStory, FilterVerdicts } from "./CandidateStory.tsx";
import { sayTold } from "./kept-filters.ts";
import { ProspectPicker } from "./ProspectPicker.tsx";
import { explanationQuery, type Workflow } from "./queries.ts";
import classes from "./Workflows.module.css";
import { TARGETS } from "./words.tsx";

type Props = { workflow: Workflow; mayChange: boolean };

/** Why a chosen contact was taken, or was not. */
export function WhyNot({ workflow, mayChange }: Props) {
  const [address, change] = useAddress();
  const chosen = address.contact ?? null;
  const choose = (id: string | null) => change({ contact: id ?? undefined });
  const label = t("Why was a {one} included or skipped?", { one: TARGETS[workflow.entity].one });
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
  if (!data) return <LinesSkeleton lines={3} />;
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
