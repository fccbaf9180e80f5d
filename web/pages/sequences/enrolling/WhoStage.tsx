import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { listFormat } from "../../../language/formats.ts";
import { t } from "../../../language/t.ts";
import { Segmented } from "../../../parts/Segmented.tsx";
import classes from "./AddContactsDialog.module.css";
import { Automate } from "./Automate.tsx";
import { ContactChoice } from "./ContactChoice.tsx";
import { FileChoice } from "./FileChoice.tsx";
import { ListChoice } from "./ListChoice.tsx";
import { ProspectChoice } from "./ProspectChoice.tsx";
import { contactsQuery, listsQuery, useNames } from "./queries.ts";
import { SequenceField } from "./SequenceField.tsx";
import type { EnrollmentAudience, EnrollmentForm } from "./wish.ts";

const ALL = listFormat({ type: "conjunction" });

type Props = {
  wish: EnrollmentForm;
  change: (part: Partial<EnrollmentForm>) => void;
  /** Chosen already where one comes from. */
  isGiven: boolean;
  isSequenceGiven: boolean;
};

export function WhoStage({ wish, change, isGiven, isSequenceGiven }: Props) {
  const [isOpen, setIsOpen] = useState(!isGiven || wish.file !== null);
  const [by, setBy] = useState(wish.file ? "file" : wish.whom.listIds.length > 0 ? "lists" : "contacts");
  const choose = (whom: Partial<EnrollmentAudience>) => change({ whom: { ...wish.whom, ...whom } });
  return (
    <>
      {!isSequenceGiven && (
        <SequenceField
          value={wish.sequenceId}
          onChange={(sequenceId) => change({ sequenceId, startStep: 1 })}
        />
      )}
      {!isOpen && (
        <div className={classes.given}>
          <Chosen whom={wish.whom} />
          <Button variant="subtle" onClick={() => setIsOpen(true)}>
            {t("Choose other contacts")}
          </Button>
        </div>
      )}
      {isOpen && (
        <>
          <Segmented
            aria-label={t("Choose from")}
            data={[
              { value: "contacts", label: t("Contacts") },
              { value: "lists", label: t("Lists") },
              { value: "file", label: t("File") },
              { value: "prospects", label: t("Prospects") },
              { value: "workflow", label: t("Automate") },
            ]}
            value={by}
            onChange={(chosen) => {
              setBy(chosen);
              if (chosen !== "file") change({ file: null });
            }}
          />
          {by === "contacts" && <ContactChoice whom={wish.whom} choose={choose} />}
          {by === "lists" && (
            <ListChoice chosen={wish.whom.listIds} onChange={(listIds) => choose({ listIds })} />
          )}
          {by === "prospects" && <ProspectChoice whom={wish.whom} choose={choose} />}
          {by === "workflow" && <Automate sequenceId={wish.sequenceId} mailboxIds={wish.mailboxIds} />}
          {by === "file" ? (
            <FileChoice chosen={wish.file} onChange={(file) => change({ file })} />
          ) : (
            by !== "workflow" && (
              <p className="soft small" role="status">
                <Chosen whom={wish.whom} />
              </p>
            )
          )}
        </>
      )}
    </>
  );
}

/** Everything that is chosen, in a sentence. */
function Chosen({ whom }: { whom: EnrollmentAudience }) {
  const { ids, listIds, filter } = whom;
  const { data: lists = [] } = useQuery(listsQuery);
  const names = useNames(ids.length <= 3 ? ids : []);
  const { data: found } = useQuery({ ...contactsQuery(filter ?? {}), enabled: filter !== null });
  const parts = [
    ids.length > 0 && sayIds(ids, names),
    listIds.length > 0 && sayLists(lists.filter(({ id }) => listIds.includes(id)).map(({ name }) => name)),
    filter &&
      (found
        ? t("{n, plural, one {# contact} other {# contacts}} matching the search", { n: found.total })
        : t("all contacts matching the search")),
  ].filter(Boolean);
  return (
    <span>
      {parts.length === 0
        ? t("No contacts selected yet.")
        : t("Selected: {parts}.", { parts: ALL.format(parts.filter((part) => typeof part === "string")) })}
    </span>
  );
}

function sayIds(ids: readonly string[], names: ReadonlyMap<string, string> | undefined) {
  const called = ids.flatMap((id) => names?.get(id) ?? []);
  return ids.length <= 3 && called.length === ids.length
    ? called.join(", ")
    : t("{ids, plural, one {# contact} other {# contacts}}", { ids: ids.length });
}

function sayLists(names: readonly string[]) {
  return t("all contacts on {names}", { names: names.join(", ") });
}
