import { t } from "../../../language/t.ts";
import { DialLink } from "../../../parts/DialLink.tsx";
import { savedFact } from "../../../parts/fact-saved.ts";
import { FactField } from "../../../parts/facts/FactField.tsx";
import { Moment } from "../../../parts/Moment.tsx";
import { FactGroup } from "../../../parts/RecordPage.tsx";
import { queries } from "../../../session.ts";
import { OwnFields } from "../../settings/fields/OwnFields.tsx";
import { OnLists } from "../lists/OnLists.tsx";
import { type CompanyValues, useCompanyFacts } from "./company-facts.ts";
import { KnownOfCompany } from "./KnownOfCompany.tsx";
import { companyQuery, type ShownCompany, useChangeCompany } from "./queries.ts";

/** Everything known of a company, each fact edited in place. */
export function CompanyFacts({ company }: { company: ShownCompany }) {
  const facts = useCompanyFacts();
  const read = () => queries.fetchQuery({ ...companyQuery(company.id), staleTime: 0 });
  const shown = { of: company, read, save: useSaveFact(company.id) };
  return (
    <>
      <FactGroup title={t("About")}>
        <dl>
          <FactField fact={facts.name} {...shown} />
          <FactField fact={facts.domain} {...shown} />
          <FactField fact={facts.stage} {...shown} />
          <FactField fact={facts.owner} {...shown} />
          <FactField
            fact={facts.phone}
            {...shown}
            beside={company.phone && <DialLink number={company.phone} />}
          />
          <FactField fact={facts.industry} {...shown} />
          <FactField fact={facts.employees} {...shown} />
        </dl>
      </FactGroup>
      <FactGroup title={t("Lists")}>
        <OnLists of="accounts" id={company.id} listIds={company.label_ids} />
      </FactGroup>
      <FactGroup title={t("More")}>
        <dl>
          <FactField fact={facts.website} {...shown} />
          <FactField fact={facts.linkedin} {...shown} />
          <FactField fact={facts.address} {...shown} />
          <OwnFields modality="account" {...shown} />
        </dl>
      </FactGroup>
      <KnownOfCompany company={company} />
      <p className="soft small">
        {t("Added")} <Moment at={company.created_at} />
      </p>
    </>
  );
}

function useSaveFact(id: string) {
  const change = useChangeCompany();
  return (label: string, next: CompanyValues, before: CompanyValues) =>
    savedFact(
      label,
      async () => (await change.mutateAsync({ id, ...next })).account.custom_field_errors,
      () => change.mutateAsync({ id, ...before }),
    );
}
