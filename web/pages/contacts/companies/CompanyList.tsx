import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { Empty } from "../../../parts/Empty.tsx";
import { Page } from "../../../parts/Page.tsx";
import { sayCount } from "../contacts/words.tsx";
import { ImportLink } from "../imports/ImportLink.tsx";
import { CompanyBrowser } from "./CompanyBrowser.tsx";
import { NewCompanyDialog } from "./NewCompanyDialog.tsx";
import { useCompanyList } from "./useCompanyList.ts";

export function CompanyList() {
  const [address, change] = useAddress();
  const list = useCompanyList();
  const create = () => change({ do: "create" });
  return (
    <Page
      title={t("Companies")}
      state={sayCount(list.rows.matches, list.rows.isAtLeast, "company")}
      action={
        <div className="row">
          <ImportLink kind="accounts" />
          <Button leftSection={<IconPlus size="0.875rem" />} onClick={create}>
            {t("New company")}
          </Button>
        </div>
      }
      fills
    >
      <CompanyBrowser
        list={list}
        empty={
          <Empty
            says={t(
              "Companies group your contacts. Contacts are linked to a company by the domain of their email address.",
            )}
          >
            <Button variant="default" onClick={create}>
              {t("Add a company")}
            </Button>
          </Empty>
        }
      />
      {address.do === "create" && <NewCompanyDialog onClose={() => change({ do: undefined })} />}
    </Page>
  );
}
