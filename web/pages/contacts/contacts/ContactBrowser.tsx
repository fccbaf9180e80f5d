import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { RecordBrowser } from "../views/RecordBrowser.tsx";
import { ContactBar } from "./ContactBar.tsx";
import { ContactPeek } from "./ContactPeek.tsx";
import { useContactColumns } from "./columns.tsx";
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
  const { peek } = list;
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
      />
      <ContactBar list={list} {...(ofList && { ofList })} />
      {peek && <ContactPeek id={peek} onClose={() => list.setPeek(undefined)} onOpen={() => open(peek)} />}
    </>
  );
}
