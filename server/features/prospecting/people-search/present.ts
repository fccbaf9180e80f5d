import type { contract } from "@cadenza/contract";
import type { z } from "zod";
import { LOCKED_EMAIL, obfuscated } from "../../../domain/contacts/people.ts";
import { stored } from "../../../kernel/moments.ts";
import { presentOrganization } from "../../contacts/organizations/present.ts";
import type { OrganizationRow } from "../../contacts/organizations/store.ts";
import type { PersonRow } from "../people/store.ts";
import type { FoundPerson } from "./store.ts";

type Line = z.input<typeof contract.mixedPeople.search.output>["people"][number];
type Whole = z.input<typeof contract.mixedPeople.searchWhole.output>["people"][number];

export function presentFoundPerson(person: FoundPerson): Line {
  const { companyHas: has } = person;
  return {
    id: person.id,
    first_name: person.firstName,
    last_name_obfuscated: obfuscated(person.lastName),
    title: person.title,
    last_refreshed_at: stored(person.lastRefreshedAt),
    has_email: person.hasEmail,
    has_city: person.hasCity,
    has_state: person.hasState,
    has_country: person.hasCountry,
    has_direct_phone: person.hasPhone ? "Yes" : "No",
    contact_id: person.contactId,
    organization:
      person.organizationName === null
        ? null
        : {
            name: person.organizationName,
            has_industry: has.industry,
            has_phone: has.phone,
            has_city: has.city,
            has_state: has.state,
            has_country: has.country,
            has_zip_code: has.zip,
            has_revenue: has.revenue,
            has_employee_count: has.employees,
          },
  };
}

/** A person who is not saved is shown without their addresses and numbers. */
export function presentWholePerson(person: PersonRow, organization: OrganizationRow | undefined): Whole {
  const isSaved = person.contactId !== null;
  const lastName = isSaved ? person.lastName : obfuscated(person.lastName);
  return {
    id: person.id,
    first_name: person.firstName,
    last_name: lastName,
    name: [person.firstName, lastName].filter(Boolean).join(" ") || null,
    linkedin_url: isSaved ? person.linkedinUrl : null,
    title: person.title,
    email: isSaved || person.email === null ? person.email : LOCKED_EMAIL,
    email_status: person.emailStatus,
    headline: person.headline,
    photo_url: person.photoUrl,
    city: person.city,
    state: person.state,
    country: person.country,
    time_zone: person.timeZone,
    seniority: person.seniority,
    departments: [...(person.departments ?? [])],
    subdepartments: [...(person.subdepartments ?? [])],
    functions: [...(person.functions ?? [])],
    employment_history: presentEmployments(person),
    organization_id: person.organizationId,
    organization_name: organization?.name ?? person.organizationName,
    organization: organization ? presentOrganization(organization) : null,
    contact_id: person.contactId,
    revealed_for_current_team: isSaved,
    has_direct_phone: (person.phones?.length ?? 0) > 0,
    source: person.source,
    last_refreshed_at: stored(person.lastRefreshedAt),
  };
}

const UNTOLD = {
  created_at: null,
  updated_at: null,
  degree: null,
  description: null,
  emails: null,
  grade_level: null,
  kind: null,
  major: null,
  raw_address: null,
};

/** The id of an employment is its person's, with its place at the end: it stays while the history does. */
function presentEmployments({ id: personId, employments }: PersonRow) {
  return employments.map((one, place) => {
    const id = `${personId.slice(0, 21)}${place.toString(16).padStart(3, "0")}`;
    return {
      _id: id,
      id,
      key: id,
      current: one.isCurrent,
      title: one.title,
      organization_id: one.organizationId,
      organization_name: one.organizationName,
      start_date: one.startDate,
      end_date: one.endDate,
      ...UNTOLD,
    };
  });
}
