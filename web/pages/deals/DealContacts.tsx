import { Autocomplete, CloseButton, Radio } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { ContactPicker } from "../contacts/ContactPicker.tsx";
import classes from "./DealForm.module.css";
import { roleTypesQuery } from "./queries.ts";

export type With = { id: string; name: string; role: string; isMain: boolean };

type Props = { value: With[]; onChange: (contacts: With[]) => void };

/** The contacts of a deal: what role each has, and which of them is the main contact. */
export function DealContacts({ value, onChange }: Props) {
  const { data: roles = [] } = useQuery(roleTypesQuery);
  const group = useId();
  const change = (id: string, part: Partial<With>) =>
    onChange(value.map((one) => (one.id === id ? { ...one, ...part } : one)));
  return (
    <div className={classes.contacts}>
      {value.length > 0 && (
        <ul className={classes.chosen}>
          {value.map(({ id, name, role, isMain }) => (
            <li key={id}>
              <span className={classes.contact}>{name}</span>
              <Autocomplete
                size="xs"
                aria-label={`Role of ${name}`}
                placeholder="Role"
                maxLength={200}
                data={roles}
                value={role}
                onChange={(text) => change(id, { role: text })}
              />
              <Radio
                size="xs"
                name={group}
                label="Main contact"
                aria-label={`${name} is the main contact`}
                checked={isMain}
                onChange={() => onChange(value.map((one) => ({ ...one, isMain: one.id === id })))}
              />
              <CloseButton
                size="xs"
                aria-label={`Leave ${name} out`}
                onClick={() => onChange(value.filter((one) => one.id !== id))}
              />
            </li>
          ))}
        </ul>
      )}
      <ContactPicker
        label="Contacts"
        placeholder={value.length > 0 ? "Add another" : "Name, company or email"}
        value={null}
        onChange={(id, contact) => {
          if (id && !value.some((one) => one.id === id))
            onChange([
              ...value,
              {
                id,
                name: contact?.name ?? contact?.email ?? "No name",
                role: "",
                isMain: value.length === 0,
              },
            ]);
        }}
      />
    </div>
  );
}
