import { useCompanyFilters } from "../../contacts/companies/useCompanyList.ts";
import { useContactFilters } from "../../contacts/contacts/filters.ts";
import { prospectFields } from "../../contacts/prospects/filters.ts";
import { chipOf, sayFilterName } from "./kept-filters.ts";
import type { Entity } from "./queries.ts";

/** What a filter is called on its chip; one that no chip says, by its own name. */
export function useFilterNames(entity: Entity) {
  const { fields: ofContacts } = useContactFilters();
  const ofCompanies = useCompanyFilters();
  const fields = {
    contact: ofContacts,
    account: ofCompanies,
    person: prospectFields(undefined, undefined),
  }[entity];
  return (filter: string) => {
    const chip = chipOf(entity, filter);
    return fields.find(({ key }) => key === chip)?.name ?? sayFilterName(filter);
  };
}
