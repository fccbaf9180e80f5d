import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { Empty } from "../../../parts/Empty.tsx";
import { Page } from "../../../parts/Page.tsx";
import { ImportLink } from "../imports/ImportLink.tsx";
import { ContactBrowser } from "./ContactBrowser.tsx";
import { NewContactDialog } from "./NewContactDialog.tsx";
import { useContactList } from "./useContactList.ts";
import { sayCount } from "./words.tsx";

export function ContactList() {
  const [address, change] = useAddress();
  const list = useContactList();
  const create = () => change({ do: "create" });
  return (
    <Page
      title={t("Contacts")}
      state={sayCount(list.rows.matches, list.rows.isAtLeast, "contact")}
      action={
        <div className="row">
          <ImportLink kind="contacts" />
          <Button leftSection={<IconPlus size="0.875rem" />} onClick={create}>
            {t("New contact")}
          </Button>
        </div>
      }
      fills
    >
      <ContactBrowser
        list={list}
        empty={
          <Empty says={t("Contacts are the people you email and call.")}>
            <Button variant="default" onClick={create}>
              {t("Add a contact")}
            </Button>
            <ImportLink kind="contacts" />
            <a href="/docs">{t("Add contacts with the API")}</a>
          </Empty>
        }
      />
      {address.do === "create" && <NewContactDialog onClose={() => change({ do: undefined })} />}
    </Page>
  );
}
