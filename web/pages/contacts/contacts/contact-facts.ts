// What of a contact a user may change, on its page and in the tables.

import { useMemo } from "react";
import { t } from "../../../language/t.ts";
import { choiceFact, type Fact, orNull, textFact, wordsIn } from "../../../parts/facts/fact.ts";
import type { IfMatch } from "../../../parts/read-first.ts";
import { useRecordStore } from "../../../parts/records/cell-edit.ts";
import { api } from "../../../session.ts";
import { useOwnerFact } from "../../settings/people/useOwnerFact.ts";
import { useStages } from "../../settings/stages/queries.ts";
import type { Contact, ContactChange } from "./queries.ts";

export type ContactValues = Omit<ContactChange, "id">;
type ContactFact = Fact<Contact, ContactValues>;

export function useContactFacts() {
  const { data: stages } = useStages("contact");
  const owner = useOwnerFact();
  return useMemo(() => {
    const facts = {
      name: NAME(),
      firstName: textFact(t("First name"), "first_name"),
      lastName: textFact(t("Last name"), "last_name"),
      title: textFact(t("Title"), "title"),
      company: textFact(t("Company"), "organization_name"),
      address: textFact(t("Address"), "present_raw_address"),
      linkedin: textFact("LinkedIn", "linkedin_url", "url"),
      email: EMAIL(),
      phone: PHONE(),
      stage: choiceFact(
        t("Stage"),
        "contact_stage_id",
        (stages ?? []).map(({ id, name }) => ({ value: id, label: name })),
      ),
      owner,
    } satisfies Record<string, ContactFact>;
    return facts;
  }, [stages, owner]);
}

const NAME = (): ContactFact => ({
  label: t("Name"),
  input: ({ first_name, last_name }) => ({
    kind: "names",
    value: [first_name ?? "", last_name ?? ""],
    labels: [t("First name"), t("Last name")],
  }),
  change: (value) => {
    const [first = "", last = ""] = Array.isArray(value) ? value.map(String) : [];
    return { first_name: first.trim() || null, last_name: last.trim() || null };
  },
});

/** The first of its addresses; the others stay. */
const EMAIL = (): ContactFact => ({
  label: t("Email"),
  input: ({ email }) => ({ value: email ?? "" }),
  change: (value, { contact_emails }) => {
    const next = withFirst(
      contact_emails.map(({ email }) => email),
      orNull(value),
    );
    return {
      contact_emails: next.map((email, position) => ({ email, position })),
      ...(next.length === 0 && { email: "" }),
    };
  },
});

const PHONE = (): ContactFact => ({
  label: t("Phone"),
  input: ({ phone_numbers }) => ({ value: phone_numbers[0]?.raw_number ?? "" }),
  change: (value, { phone_numbers }) => {
    const numbers = phone_numbers.map(({ raw_number, type }) => ({ raw_number, type }));
    const number = wordsIn(value);
    return {
      phone_numbers: withFirst(
        numbers,
        number ? { raw_number: number, type: numbers[0]?.type ?? ("other" as const) } : null,
      ),
    };
  },
});

function withFirst<T>(all: readonly T[], first: T | null) {
  return [...(first === null ? [] : [first]), ...all.slice(1)];
}

const CALLS = {
  noun: "contacts",
  beside: ["lists", "companies", "story", "enrollments", "tasks", "deals"],
  read: async (id: string): Promise<Contact> => (await api.contacts.get({ id })).contact,
  write: async (id: string, change: ContactValues, given: IfMatch) => {
    const { contact } = await api.contacts.update({ id, ...change }, given);
    return {
      record: contact as Contact,
      refusals: { ...contact.custom_field_errors, ...contact.field_errors },
    };
  },
};

/** For the tables of contacts, where a change is written and the row stays where it is. */
export const useContactStore = () => useRecordStore(CALLS);
