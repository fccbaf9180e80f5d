import { t } from "../../../language/t.ts";
import { SidePanel } from "../../../parts/SidePanel.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { CompanyFacts } from "./CompanyFacts.tsx";
import { nameOf } from "./columns.tsx";
import { useCompany } from "./queries.ts";

type Props = { id: string; onClose: () => void; onOpen: () => void };

/** A look at a company beside the list. */
export function CompanyPeek({ id, onClose, onOpen }: Props) {
  const { data: company, error } = useCompany(id);
  return (
    <SidePanel
      title={company ? nameOf(company) : t("Company")}
      says={
        company
          ? t("{num_contacts, plural, one {# contact} other {# contacts}}", {
              num_contacts: company.num_contacts,
            })
          : undefined
      }
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
