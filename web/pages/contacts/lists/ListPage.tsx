import { Button, Menu } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { Confirm } from "../../../parts/Confirm.tsx";
import { Empty } from "../../../parts/Empty.tsx";
import { Page } from "../../../parts/Page.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { AddToSequence } from "../../sequences/enrolling/AddToSequence.tsx";
import { CompanyBrowser } from "../companies/CompanyBrowser.tsx";
import { useCompanyList } from "../companies/useCompanyList.ts";
import { ContactBrowser } from "../contacts/ContactBrowser.tsx";
import { useContactList } from "../contacts/useContactList.ts";
import { sayCount } from "../contacts/words.tsx";
import { ListDialog } from "./ListDialog.tsx";
import { type List, useDeleteList, useLists } from "./queries.ts";

export function ListPage() {
  const { id = "" } = useParams({ strict: false });
  const lists = useLists();
  const list = lists.data?.find((one) => one.id === id);
  if (lists.error) return <Trouble error={lists.error} onRetry={() => void lists.refetch()} />;
  if (!lists.data) return <Page title={t("List")}>{null}</Page>;
  if (!list)
    return (
      <Page title={t("List")}>
        <Empty says={t("List not found. It may have been deleted.")}>
          <Link to="/lists">{t("See all lists")}</Link>
        </Empty>
      </Page>
    );
  return list.modality === "accounts" ? (
    <OfCompanies key={id} list={list} />
  ) : (
    <OfContacts key={id} list={list} />
  );
}

function OfContacts({ list }: { list: List }) {
  const found = useContactList({ contact_label_ids: [list.id] });
  return (
    <Page
      title={list.name}
      within={<Link to="/lists">{t("Lists")}</Link>}
      state={sayCount(found.rows.matches, found.rows.isAtLeast, "contact")}
      action={
        <span className="row">
          <AddToSequence variant="filled" labelIds={[list.id]} />
          <Verbs list={list} />
        </span>
      }
      fills
    >
      <ContactBrowser
        list={found}
        ofList={list}
        empty={
          <Empty says={t("This list is empty. Select contacts in Contacts and add them.")}>
            <Link to="/contacts">{t("Go to Contacts")}</Link>
          </Empty>
        }
      />
    </Page>
  );
}

function OfCompanies({ list }: { list: List }) {
  const found = useCompanyList({ account_label_ids: [list.id] });
  return (
    <Page
      title={list.name}
      within={<Link to="/lists">{t("Lists")}</Link>}
      state={sayCount(found.rows.matches, found.rows.isAtLeast, "company")}
      action={<Verbs list={list} />}
      fills
    >
      <CompanyBrowser
        list={found}
        ofList={list}
        empty={
          <Empty says={t("This list is empty. Select companies in Companies and add them.")}>
            <Link to="/companies">{t("Go to Companies")}</Link>
          </Empty>
        }
      />
    </Page>
  );
}

function Verbs({ list }: { list: List }) {
  const [open, setOpen] = useState<"rename" | "delete" | null>(null);
  const remove = useDeleteList();
  const navigate = useNavigate();
  const close = () => setOpen(null);
  return (
    <>
      <Menu>
        <Menu.Target>
          <Button variant="default" px={8} aria-label={t("List actions")}>
            <IconDots size="1rem" />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setOpen("rename")}>{t("Rename …")}</Menu.Item>
          <Menu.Item onClick={() => setOpen("delete")}>{t("Delete …")}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {open === "rename" && <ListDialog list={list} onClose={close} />}
      {open === "delete" && (
        <Confirm
          title={t("Delete the list {name}?", { name: list.name })}
          verb={t("Delete list")}
          isBusy={remove.isPending}
          error={remove.error}
          onConfirm={() =>
            remove.mutate(list.id, {
              onSuccess: () => {
                toast(t("List {name} deleted.", { name: list.name }));
                void navigate({ to: "/lists" });
              },
            })
          }
          onClose={close}
        >
          <p>{t("Only the list will be deleted, not its contacts or companies. This cannot be undone.")}</p>
        </Confirm>
      )}
    </>
  );
}
