import { SidePanel } from "../../parts/SidePanel.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { CompanyFacts } from "./CompanyFacts.tsx";
import { nameOf } from "./columns.tsx";
import { useCompany } from "./queries.ts";

type Props = { id: string; onClose: () => void; onOpen: () => void };

/** A look at a company beside the list. */
export function CompanyPeek({ id, onClose, onOpen }: Props) {
  const { data: company, error } = useCompany(id);
  return (
    <SidePanel
      title={company ? nameOf(company) : "Company"}
      says={company ? `${company.num_contacts} contacts` : undefined}
      onClose={onClose}
      onOpen={onOpen}
    >
      <Trouble error={error} />
      {company && (
        <div className="stack" key={id}>
          <CompanyFacts company={company} />
        </div>
      )}
    </SidePanel>
  );
}
