import { t } from "../../../language/t.ts";
import { SidePanel } from "../../../parts/SidePanel.tsx";
import { ContactStory } from "../../insight/story/ContactStory.tsx";
import { useContact } from "../../insight/story/queries.ts";
import { PeekVerbs } from "./PeekVerbs.tsx";
import { nameOf } from "./words.tsx";

type Props = { id: string; onClose: () => void; onOpen: () => void };

/** A look at a contact beside the list. */
export function ContactPeek({ id, onClose, onOpen }: Props) {
  const { data } = useContact(id);
  return (
    <SidePanel title={data ? nameOf(data.contact) : t("Contact")} onClose={onClose} onOpen={onOpen}>
      {data && <PeekVerbs key={`verbs ${id}`} contact={data.contact} />}
      <ContactStory key={id} id={id} />
    </SidePanel>
  );
}
