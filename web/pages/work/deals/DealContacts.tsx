import { CloseButton, Radio, TagsInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { t } from "../../../language/t.ts";
import { ContactPicker } from "../../contacts/contacts/ContactPicker.tsx";
import classes from "./DealForm.module.css";
import { roleTypesQuery } from "./queries.ts";

export type With = { id: string; name: string; roles: string[]; isMain: boolean };

type Props = { value: With[]; onChange: (contacts: With[]) => void };

/** The contacts of a deal: what roles each has, and which of them is the main contact. */
export function DealContacts({ value, onChange }: Props) {
  const { data: offered = [] } = useQuery(roleTypesQuery);
  const group = useId();
  const change = (id: string, part: Partial<With>) =>
    onChange(value.map((one) => (one.id === id ? { ...one, ...part } : one)));
  return (
    <div className={classes.contacts}>
      {value.length > 0 && (
        <ul className={classes.chosen}>
          {value.map(({ id, name, roles, isMain }) => (
            <li key={id}>
              <span className={classes.contact}>{name}</span>
              <TagsInput
                size="xs"
                aria-label={t("Roles of {name}", { name })}
                placeholder={roles.length > 0 ? "" : t("Role")}
                maxTags={20}
                maxLength={200}
                data={offered}
                value={roles}
                onChange={(chosen) => change(id, { roles: chosen })}
                acceptValueOnBlur
              />
              <Radio
                size="xs"
                name={group}
                label={t("Main contact")}
                aria-label={t("{name} is the main contact", { name })}
                checked={isMain}
                onChange={() => onChange(value.map((one) => ({ ...one, isMain: one.id === id })))}
              />
              <CloseButton
                size="xs"
                aria-label={t("Remove {name}", { name })}
                onClick={() => onChange(value.filter((one) => one.id !== id))}
              />
            </li>
          ))}
        </ul>
      )}
      <ContactPicker
        label={t("Contacts")}
        placeholder={value.length > 0 ? t("Add another") : t("Name, company or email")}
        value={null}
        onChange={(id, contact) => {
          if (id && !value.some((one) => one.id === id))
            onChange([
              ...value,
              {
                id,
                name: contact?.name ?? contact?.email ?? t("No name"),
                roles: [],
                isMain: value.length === 0,
              },
            ]);
        }}
      />
    </div>
  );
}
