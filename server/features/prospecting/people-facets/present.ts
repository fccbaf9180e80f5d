import type { FacetKind, FacetRow } from "./store.ts";

const WORDS: Record<string, string> = {
  c_suite: "C-suite",
  vp: "VP",
  "10001,": "10,001 and more",
  yes: "Saved",
  no: "Net new",
};

export function presentPeopleFacets(rows: readonly FacetRow[]) {
  const of = (kind: FacetKind) =>
    rows
      .filter((row) => row.kind === kind)
      .map(({ value, name, count }) => ({ value, display_name: name ?? named(value), count }));
  return {
    person_seniorities: of("person_seniorities"),
    person_departments: of("person_departments"),
    person_locations: of("person_locations"),
    contact_email_status: of("contact_email_status"),
    prospected_by_current_team: of("prospected_by_current_team"),
    organization_num_employees_ranges: of("organization_num_employees_ranges"),
    organization_locations: of("organization_locations"),
    organization_industry_tag_ids: of("organization_industry_tag_ids"),
    currently_using_any_of_technology_uids: of("currently_using_any_of_technology_uids"),
  };
}

/** `supply_chain` is `Supply chain`, `51,100` is `51–100`; names keep their letters. */
function named(value: string) {
  const known = Object.hasOwn(WORDS, value) ? WORDS[value] : undefined;
  if (known !== undefined) return known;
  const words = value.replace(/^(\d+),(\d+)$/, "$1–$2").replace(/_/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
