import { t } from "../../../language/t.ts";
import { capital } from "../../../parts/capital.ts";
import { factRefused, factSaved } from "../../../parts/fact-saved.ts";
import { figure } from "../../../parts/figures.ts";
import { InlineField } from "../../../parts/InlineField.tsx";
import { Moment } from "../../../parts/Moment.tsx";
import { FactGroup } from "../../../parts/RecordPage.tsx";
import { OwnFields } from "../../settings/fields/OwnFields.tsx";
import { usePeople } from "../../settings/people/queries.ts";
import { useStages } from "../../settings/stages/queries.ts";
import { OnLists } from "../lists/OnLists.tsx";
import { KnownOfCompany } from "./KnownOfCompany.tsx";
import { type CompanyChange, type ShownCompany, useChangeCompany } from "./queries.ts";

/** Everything known of a company, each fact edited in place. */
export function CompanyFacts({ company }: { company: ShownCompany }) {
  const { data: stages = [] } = useStages("account");
  const { data: people = [] } = usePeople();
  const save = useSaveFact(company.id);
  const text = (label: string, key: TextKey, kind: "text" | "url" = "text", says?: string | null) => (
    <InlineField
      label={label}
      kind={kind}
      value={company[key] ?? ""}
      {...(says && { says })}
      onSave={(value) => save(label, { [key]: value || null }, { [key]: company[key] })}
    />
  );
  const employees = company.estimated_num_employees;
  return (
    <>
      <FactGroup title={t("About")}>
        <dl>
          {text(t("Name"), "name")}
          {text(t("Domain"), "domain")}
          <InlineField
            label={t("Stage")}
            kind="choice"
            value={company.account_stage_id}
            choices={stages.map(({ id, name }) => ({ value: id, label: name }))}
            onSave={(id) =>
              save(t("Stage"), { account_stage_id: id }, { account_stage_id: company.account_stage_id })
            }
          />
          <InlineField
            label={t("Owner")}
            kind="choice"
            mayClear
            value={company.owner_id}
            choices={people.map(({ id, name }) => ({ value: id, label: name }))}
            onSave={(id) => save(t("Owner"), { owner_id: id || null }, { owner_id: company.owner_id })}
          />
          {text(t("Phone"), "phone")}
          {text(t("Industry"), "industry", "text", company.industry && capital(company.industry))}
          <InlineField
            label={t("Employees")}
            kind="number"
            value={employees === null ? "" : String(employees)}
            says={employees === null ? "" : figure(employees)}
            onSave={(value) =>
              save(
                t("Employees"),
                { estimated_num_employees: value === "" ? null : Math.round(Number(value)) },
                { estimated_num_employees: employees },
              )
            }
          />
        </dl>
      </FactGroup>
      <FactGroup title={t("Lists")}>
        <OnLists of="accounts" id={company.id} listIds={company.label_ids} />
      </FactGroup>
      <FactGroup title={t("More")}>
        <dl>
          {text(t("Website"), "website_url", "url")}
          {text("LinkedIn", "linkedin_url", "url")}
          {text(t("Address"), "raw_address")}
          <OwnFields
            modality="account"
            values={company.typed_custom_fields}
            onSave={(label, value, before) =>
              save(label, { typed_custom_fields: value }, { typed_custom_fields: before })
            }
          />
        </dl>
      </FactGroup>
      <KnownOfCompany company={company} />
      <p className="soft small">
        {t("Added")} <Moment at={company.created_at} />
      </p>
    </>
  );
}

type TextKey = "name" | "domain" | "phone" | "industry" | "website_url" | "linkedin_url" | "raw_address";
type Said = Omit<CompanyChange, "id">;

function useSaveFact(id: string) {
  const change = useChangeCompany();
  return (label: string, next: Said, before: Said) =>
    change.mutate(
      { id, ...next },
      {
        onSuccess: ({ account }) =>
          factSaved(label, account.custom_field_errors, () => change.mutateAsync({ id, ...before })),
        onError: factRefused,
      },
    );
}
