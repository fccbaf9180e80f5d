import { SidePanel } from "../../parts/SidePanel.tsx";
import { ContactStory } from "../story/ContactStory.tsx";
import { useContact } from "../story/queries.ts";
import { nameOf } from "./words.tsx";

type Props = { id: string; onClose: () => void; onOpen: () => void };

/** A look at somebody beside the list. */
export function ContactPeek({ id, onClose, onOpen }: Props) {
  const { data } = useContact(id);
  return (
    <SidePanel title={data ? nameOf(data.contact) : "Contact"} onClose={onClose} onOpen={onOpen}>
      <ContactStory key={id} id={id} />
    </SidePanel>
  );
}
