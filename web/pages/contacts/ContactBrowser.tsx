import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { RecordBrowser } from "../views/RecordBrowser.tsx";
import { ContactBar } from "./ContactBar.tsx";
import { ContactPeek } from "./ContactPeek.tsx";
import { useContactColumns } from "./columns.tsx";
import type { ContactListState } from "./useContactList.ts";
import { nameOf } from "./words.tsx";

type Props = {
  list: ContactListState;
  /** Where there is none in it at all. */
  empty: ReactNode;
  /** The list whose page this is, off which the chosen can be taken. */
  ofList?: { id: string; name: string };
};

const WORDS = { many: "Contacts", none: "Nobody matches this.", showAll: "Show everybody" };

export function ContactBrowser({ list, empty, ofList }: Props) {
  const columns = useContactColumns();
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
        {...{ list, columns, open, empty }}
      />
      <ContactBar list={list} {...(ofList && { ofList })} />
      {peek && <ContactPeek id={peek} onClose={() => list.setPeek(undefined)} onOpen={() => open(peek)} />}
    </>
  );
}
