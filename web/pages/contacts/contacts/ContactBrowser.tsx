import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { sortedBy } from "../../../parts/records/sort.ts";
import { api } from "../../../session.ts";
import type { Export } from "../views/ExportMenu.tsx";
import { exportRecords } from "../views/export.ts";
import { RecordBrowser } from "../views/RecordBrowser.tsx";
import { shownColumns } from "../views/shown-columns.ts";
import { ContactBar } from "./ContactBar.tsx";
import { ContactPeek } from "./ContactPeek.tsx";
import { useContactColumns } from "./columns.tsx";
import type { ContactSearch } from "./queries.ts";
import type { ContactListState } from "./useContactList.ts";
import { nameOf } from "./words.tsx";

type Props = {
  list: ContactListState;
  /** Shown when the list is empty. */
  empty: ReactNode;
  /** The list whose page this is, off which the chosen can be taken. */
  ofList?: { id: string; name: string };
};

const WORDS = perLanguage(() => ({
  many: t("Contacts"),
  all: t("All contacts"),
  search: t("Search contacts"),
  none: t("No contacts match."),
  showAll: t("Show all"),
}));

export function ContactBrowser({ list, empty, ofList }: Props) {
  const columns = useContactColumns(list.view.layout);
  const navigate = useNavigate();
  const open = (id: string) => void navigate({ to: "/contacts/$id", params: { id } });
  const { peek, search, selection } = list;
  const asked = sortedBy(list.sort);
  const exportOf =
    (found: ContactSearch): Export =>
    (shown) =>
      void exportRecords(
        "contacts",
        (wish) => api.contacts.search.csv({ ...found, ...asked, ...wish }),
        shown,
      );
  const chosen = selection.isAll ? search : { contact_ids: [...selection.chosen.keys()] };
  return (
    <>
      <RecordBrowser
        subject="contacts"
        place="contacts"
        words={WORDS}
        isWhole={!ofList}
        rowName={nameOf}
        list={list}
        columns={columns}
        open={open}
        empty={empty}
        onExport={exportOf(search)}
      />
      <ContactBar
        list={list}
        {...(ofList && { ofList })}
        onExport={exportOf(chosen)}
        shown={shownColumns(columns, list.view.layout.now)}
      />
      {peek && <ContactPeek id={peek} onClose={() => list.setPeek(undefined)} onOpen={() => open(peek)} />}
    </>
  );
}
