import { Button, Checkbox, Select, Skeleton, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useState } from "react";
import { t } from "../../../language/t.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import classes from "./AddContactsDialog.module.css";
import { contactsQuery, type MatchedContact, stagesQuery } from "./queries.ts";
import type { ContactSearch, EnrollmentAudience } from "./wish.ts";

type Props = { whom: EnrollmentAudience; choose: (whom: Partial<EnrollmentAudience>) => void };

/** Saved contacts, found as one types: some of them, or explicitly all that match. */
export function ContactChoice({ whom, choose }: Props) {
  const [typed, setTyped] = useState("");
  const [stage, setStage] = useState<string | null>(null);
  const [words] = useDebouncedValue(typed.trim(), 200);
  const { data: stages = [] } = useQuery(stagesQuery);
  const search: ContactSearch = {
    ...(words && { q_keywords: words }),
    ...(stage && { contact_stage_ids: [stage] }),
  };
  const found = useQuery(contactsQuery(search));
  const total = found.data?.total ?? 0;
  const isAll = whom.filter !== null && JSON.stringify(whom.filter) === JSON.stringify(search);
  return (
    <>
      <div className={classes.search}>
        <TextInput
          type="search"
          label={t("Search your contacts")}
          placeholder={t("Name, title, company or email")}
          data-autofocus
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => event.key === "ArrowDown" && step(event, 1)}
          leftSection={<IconSearch size="0.875rem" stroke={1.75} aria-hidden />}
        />
        <Select
          label={t("Stage")}
          placeholder={t("Any")}
          clearable
          data={stages.map(({ id, name }) => ({ value: id, label: name }))}
          value={stage}
          onChange={setStage}
        />
      </div>
      <Trouble error={found.error} onRetry={() => void found.refetch()} />
      <fieldset
        className={classes.found}
        onKeyDown={walk}
        aria-label={t("Contacts found")}
        data-choices
        tabIndex={isAll ? 0 : -1} // where nothing in it can be reached, it must scroll by keys itself
      >
        {found.data?.contacts.map((contact) => (
          <One
            key={contact.id}
            contact={contact}
            isChosen={isAll || whom.ids.includes(contact.id)}
            isAll={isAll}
            onToggle={() => choose({ ids: toggled(whom.ids, contact.id) })}
          />
        ))}
        {found.isPending && <Skeleton className={classes.waiting} height={160} />}
        {found.data?.contacts.length === 0 && <p className={classes.waiting}>{t("No contacts found.")}</p>}
      </fieldset>
      <div className="row">
        {total > 0 && (
          <Checkbox
            label={t("All {total, plural, one {# contact} other {# contacts}} that match{value}", {
              total,
              value: words ? ` “${words}”` : "",
            })}
            checked={isAll}
            onChange={() => choose({ filter: isAll ? null : search, ids: isAll ? whom.ids : [] })}
          />
        )}
        {(whom.ids.length > 0 || (whom.filter && !isAll)) && (
          <Button variant="subtle" onClick={() => choose({ ids: [], filter: null })}>
            {t("Clear selection")}
          </Button>
        )}
      </div>
    </>
  );
}

function One({
  contact,
  isChosen,
  isAll,
  onToggle,
}: {
  contact: MatchedContact;
  isChosen: boolean;
  isAll: boolean;
  onToggle: () => void;
}) {
  const { name, email, title, organization_name } = contact;
  const note = [title, organization_name].filter(Boolean).join(", ");
  return (
    <Checkbox
      className={classes.one}
      checked={isChosen}
      disabled={isAll}
      onChange={onToggle}
      label={
        <span className={classes.who}>
          <span>{name || email}</span>
          {note && <span className={classes.note}>{note}</span>}
          {!email && <span className={classes.note}>{t("no email address")}</span>}
        </span>
      }
    />
  );
}

function toggled(ids: readonly string[], id: string) {
  return ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id];
}

function walk(event: KeyboardEvent) {
  if (event.key === "ArrowDown") step(event, 1);
  if (event.key === "ArrowUp") step(event, -1);
}

/** Up and down walk the boxes, as they would walk a list. */
function step(event: KeyboardEvent, by: 1 | -1) {
  const boxes = [...document.querySelectorAll<HTMLInputElement>("[data-choices] input:enabled")];
  const at = boxes.indexOf(document.activeElement as HTMLInputElement);
  const next = boxes[Math.max(0, Math.min(boxes.length - 1, at + by))];
  event.preventDefault();
  next?.focus();
}
