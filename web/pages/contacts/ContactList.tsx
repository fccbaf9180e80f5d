import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useAddress } from "../../parts/address.ts";
import { Empty } from "../../parts/Empty.tsx";
import { Page } from "../../parts/Page.tsx";
import { ImportLink } from "../imports/ImportLink.tsx";
import { ContactBrowser } from "./ContactBrowser.tsx";
import { NewContactDialog } from "./NewContactDialog.tsx";
import { useContactList } from "./useContactList.ts";
import { sayCount } from "./words.tsx";

export function ContactList() {
  const [address, change] = useAddress();
  const list = useContactList("contacts");
  const create = () => change({ do: "create" });
  return (
    <Page
      title="Contacts"
      state={sayCount(list.rows.total, list.rows.isAtLeast, ["contact", "contacts"])}
      action={
        <div className="row">
          <ImportLink kind="contacts" />
          <Button leftSection={<IconPlus size="0.875rem" />} onClick={create}>
            New contact
          </Button>
        </div>
      }
      fills
    >
      <ContactBrowser
        list={list}
        empty={
          <Empty says="Here stand the people you write to and call: whoever you add, import or find.">
            <Button variant="default" onClick={create}>
              Add the first contact
            </Button>
            <ImportLink kind="contacts" />
            <a href="/docs">How contacts come in by the API</a>
          </Empty>
        }
      />
      {address.do === "create" && <NewContactDialog onClose={() => change({ do: undefined })} />}
    </Page>
  );
}
