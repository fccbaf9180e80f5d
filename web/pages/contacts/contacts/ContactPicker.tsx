import { Loader, Select, type SelectProps } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { api } from "../../../session.ts";
import classes from "./ContactPicker.module.css";

type Props = Omit<SelectProps, "data" | "value" | "onChange" | "searchValue" | "onSearchChange"> & {
  value: string | null;
  onChange: (id: string | null, contact: Found | null) => void;
};

type Found = Awaited<ReturnType<typeof api.contacts.search>>["contacts"][number];

const AT_ONCE = 12;

/** One contact among any number of them, found by what is typed of name, company or address. */
export function ContactPicker({ value, onChange, ...props }: Props) {
  const [typed, setTyped] = useState("");
  const [wanted] = useDebouncedValue(typed.trim(), 150);
  const chosen = useQuery({
    queryKey: ["contacts", "one", value],
    queryFn: () => api.contacts.get({ id: value ?? "" }),
    enabled: value !== null,
  });
  const chosenName = chosen.data ? nameOf(chosen.data.contact) : undefined;
  const words = wanted === chosenName ? "" : wanted; // what is chosen stands in the field
  const found = useQuery({
    queryKey: ["contacts", "pick", words],
    queryFn: ({ signal }) =>
      api.contacts.search({ ...(words && { q_keywords: words }), per_page: AT_ONCE }, { signal }),
    placeholderData: keepPreviousData,
  });
  const contacts = found.data?.contacts ?? [];
  const others = contacts.filter(({ id }) => id !== value);
  const all = chosen.data ? [chosen.data.contact, ...others] : contacts;
  const byId = new Map(contacts.map((contact) => [contact.id, contact]));
  return (
    <Select
      label={t("Contact")}
      placeholder={t("Name, company or email")}
      searchable
      clearable
      // The server has looked already, by more than the name.
      filter={({ options }) => options}
      data={all.map((contact) => ({ value: contact.id, label: nameOf(contact) }))}
      value={value}
      onChange={(id) => onChange(id, id === null ? null : (byId.get(id) ?? null))}
      searchValue={typed}
      onSearchChange={setTyped}
      nothingFoundMessage={found.isPending ? t("Searching …") : t("No contacts found")}
      rightSection={found.isFetching && words ? <Loader size={14} /> : undefined}
      renderOption={({ option }) => {
        const contact = byId.get(option.value);
        return (
          <span className={classes.option}>
            <span>{option.label}</span>
            <span className={classes.about}>{contact && aboutOf(contact)}</span>
          </span>
        );
      }}
      {...props}
    />
  );
}

type Named = { name: string | null; email: string | null };

function nameOf({ name, email }: Named) {
  return name?.trim() || email || t("No name");
}

function aboutOf({ title, organization_name, email }: Found) {
  return [title, organization_name ?? email].filter(Boolean).join(", ");
}
