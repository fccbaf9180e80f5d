import type { ColumnId } from "@cadenza/contract";
import { useMemo } from "react";
import { t } from "../../../language/t.ts";
import { Initials } from "../../../parts/Initials.tsx";
import { CellTime } from "../../../parts/records/CellTime.tsx";
import { editorOf } from "../../../parts/records/cell-edit.ts";
import type { RecordColumn } from "../../../parts/records/columns.ts";
import type { TableLayout } from "../../../parts/records/layout.ts";
import { columnsToCome } from "../../settings/fields/columns-to-come.ts";
import { ownColumns } from "../../settings/fields/own-columns.ts";
import { useOwnFields } from "../../settings/fields/queries.ts";
import { usePeople } from "../../settings/people/queries.ts";
import { useStages } from "../../settings/stages/queries.ts";
import { useLists } from "../lists/queries.ts";
import classes from "./ContactList.module.css";
import { type ContactValues, useContactFacts, useContactStore } from "./contact-facts.ts";
import type { Contact, FoundContact } from "./queries.ts";
import { MailStanding, nameOf } from "./words.tsx";

type Column = RecordColumn<FoundContact, ColumnId<"contacts">>;
type NameOf = (id: string | null) => string | undefined;

/** Everything that can stand in a list of contacts; the team's own fields last, and not until chosen. */
export function useContactColumns({ now }: Pick<TableLayout, "now">): readonly Column[] {
  const { data: stages } = useStages("contact");
  const { data: people } = usePeople();
  const { data: lists } = useLists("contacts");
  const { data: own } = useOwnFields();
  const facts = useContactFacts();
  const store = useContactStore();
  const chosen = now?.columns;
  return useMemo(() => {
    const edit = editorOf<FoundContact, Contact, ContactValues>(store);
    const stage = namesOf(stages);
    const person = namesOf(people);
    return [
      {
        id: "name",
        header: t("Name"),
        width: 200,
        sort: "contact_name",
        cell: (contact) => (
          <>
            <Initials name={nameOf(contact)} size={20} />{" "}
            <span className={classes.name}>{nameOf(contact)}</span>
          </>
        ),
        edit: edit(facts.name),
      },
      {
        id: "title",
        header: t("Title"),
        width: 150,
        sort: "title",
        cell: ({ title }) => title,
        edit: edit(facts.title),
      },
      {
        id: "company",
        header: t("Company"),
        width: 140,
        sort: "organization_name",
        cell: ({ organization_name }) => organization_name,
        edit: edit(facts.company),
      },
      {
        id: "email",
        header: t("Email"),
        width: 200,
        sort: "email",
        cell: ({ email }) => email,
        notOnCards: true,
        edit: edit(facts.email),
      },
      {
        id: "mail",
        header: t("Email status"),
        width: 210,
        sort: "email_status",
        cell: (contact) => <MailStanding contact={contact} />,
      },
      {
        id: "stage",
        header: t("Stage"),
        width: 120,
        sort: "contact_stage",
        cell: ({ contact_stage_id }) => stage(contact_stage_id),
        edit: edit(facts.stage),
      },
      {
        id: "owner",
        header: t("Owner"),
        width: 120,
        sort: "owner",
        notOnCards: true,
        cell: ({ owner_id }) => person(owner_id),
        edit: edit(facts.owner),
      },
      ...belonging(namesOf(lists)),
      {
        id: "phone",
        header: t("Phone"),
        width: 140,
        sort: "phone",
        isExtra: true,
        cell: ({ sanitized_phone }) => sanitized_phone,
        edit: edit(facts.phone),
      },
      ...addressColumns(),
      {
        id: "linkedin",
        header: "LinkedIn",
        width: 160,
        sort: "linkedin_url",
        isExtra: true,
        cell: ({ linkedin_url }) => linkedin_url?.replace(/^https?:\/\/(?:www\.)?/, ""),
        edit: edit(facts.linkedin),
      },
      ...counted(),
      ...(own ? ownColumns(own, "contact", edit) : columnsToCome(chosen)),
    ];
  }, [stages, people, lists, own, chosen, facts, store]);
}

function belonging(list: NameOf): readonly Column[] {
  return [
    {
      id: "sequences",
      header: t("Sequences"),
      width: 100,
      sort: "num_sequences",
      sortFirst: "descending",
      notOnCards: true,
      cell: ({ contact_campaign_statuses: all }) => saySequences(all.map(({ status }) => status)),
      fixed: t("Select the row to add the contact to a sequence."),
    },
    {
      id: "lists",
      header: t("Lists"),
      width: 160,
      isExtra: true,
      cell: ({ label_ids }) => label_ids.map(list).filter(Boolean).join(", "),
      fixed: t("Select the row to change its lists."),
    },
  ];
}

function saySequences(states: readonly string[]) {
  const active = states.filter((state) => state === "active").length;
  if (active > 0) return t("{active} active", { active });
  return states.length > 0 ? t("{states} not active", { states: states.length }) : "";
}

function addressColumns(): readonly Column[] {
  const fixed = t("Taken from the address. Open the record to change it.");
  return [
    {
      id: "city",
      header: t("City"),
      width: 120,
      isExtra: true,
      sort: "city",
      cell: ({ city }) => city,
      fixed,
    },
    {
      id: "country",
      header: t("Country"),
      width: 120,
      isExtra: true,
      sort: "country",
      cell: ({ country }) => country,
      fixed,
    },
  ];
}

/** What is not entered by hand. */
function counted(): readonly Column[] {
  return [
    {
      id: "score",
      header: t("Score"),
      width: 70,
      sort: "prospect_score",
      sortFirst: "descending",
      align: "right",
      isExtra: true,
      cell: (one) => one.prospect_score,
    },
    {
      id: "opened",
      header: t("Last activity"),
      width: 120,
      align: "right",
      sort: "contact_last_activity_date",
      sortFirst: "descending",
      cell: ({ last_activity_date }) => <CellTime at={last_activity_date} />,
    },
    {
      id: "updated",
      header: t("Updated"),
      width: 120,
      align: "right",
      isExtra: true,
      sort: "contact_updated_at",
      sortFirst: "descending",
      cell: ({ updated_at }) => <CellTime at={updated_at} />,
    },
    {
      id: "added",
      header: t("Added"),
      width: 110,
      align: "right",
      notOnCards: true,
      sort: "contact_created_at",
      sortFirst: "descending",
      cell: ({ created_at }) => <CellTime at={created_at} />,
    },
  ];
}

function namesOf(things: readonly { id: string; name: string }[] | undefined): NameOf {
  const byId = new Map((things ?? []).map(({ id, name }) => [id, name]));
  return (id) => (id === null ? undefined : byId.get(id));
}
