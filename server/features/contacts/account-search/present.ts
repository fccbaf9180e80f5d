import type { SizeRange } from "../../../domain/contacts/size-ranges.ts";
import type { AccountFilter } from "./store.ts";

type Named = { id: string; name: string };

/** One crumb for each value of a filter that was understood: so clients notice one that was not. */
export function presentAccountCrumbs(
  filter: AccountFilter,
  stages: readonly Named[],
  labels: readonly Named[],
) {
  const nameOf = (list: readonly Named[], id: string, gone: string) =>
    list.find((one) => one.id === id)?.name ?? gone;
  const plain = (value: string) => value;
  return [
    ...crumbs("Company Name", "q_organization_name", listed(filter.name), plain),
    ...crumbs("Contains Keywords", "q_keywords", listed(filter.keywords), plain),
    ...crumbs("Account Stage", "account_stage_ids", filter.stageIds, (id) =>
      nameOf(stages, id, "[Deleted Stage]"),
    ),
    ...crumbs("Lists", "account_label_ids", filter.labelIds, (id) => nameOf(labels, id, "[Deleted List]")),
    ...crumbs("Owner", "account_owner_ids", filter.ownerIds, plain),
    ...crumbs("Accounts", "account_ids", filter.accountIds, plain),
    ...crumbs("Company Domains", "q_organization_domains_list", filter.domains, plain),
    ...crumbs(
      "# Employees",
      "organization_num_employees_ranges",
      filter.sizes?.map(sizeAsGiven) ?? null,
      plain,
    ),
    ...crumbs("Industry", "q_industry", listed(filter.industryWords?.join(" ") ?? null), plain),
  ];
}

const sizeAsGiven = ({ min, max }: SizeRange) => `${min ?? ""},${max ?? ""}`;

function listed(value: string | null) {
  return value === null ? null : [value];
}

function crumbs(
  label: string,
  field: string,
  values: readonly string[] | null,
  display: (value: string) => string,
) {
  return (values ?? []).map((value) => ({
    label,
    signal_field_name: field,
    value,
    display_name: display(value),
  }));
}
