import { t } from "../../../language/t.ts";
import { DialLink } from "../../../parts/DialLink.tsx";
import { FactField } from "../../../parts/facts/FactField.tsx";
import type { FactSource } from "../../../parts/facts/save-fact.ts";
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
  const shown = { of: company, source: useCompanySource(company.id) };
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

function useCompanySource(id: string): FactSource<ShownCompany, CompanyValues> {
  const change = useChangeCompany();
  return {
    read: () => queries.fetchQuery({ ...companyQuery(id), staleTime: 0 }),
    write: async (values, given) =>
      (await change.mutateAsync({ ...values, id, ...given })).account.custom_field_errors,
  };
}
