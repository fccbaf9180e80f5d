import { Button, Menu } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { Confirm } from "../../parts/Confirm.tsx";
import { Empty } from "../../parts/Empty.tsx";
import { Page } from "../../parts/Page.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { toast } from "../../parts/toast.tsx";
import { CompanyBrowser } from "../companies/CompanyBrowser.tsx";
import { useCompanyList } from "../companies/useCompanyList.ts";
import { ContactBrowser } from "../contacts/ContactBrowser.tsx";
import { useContactList } from "../contacts/useContactList.ts";
import { sayCount } from "../contacts/words.tsx";
import { AddToSequence } from "../enrolling/AddToSequence.tsx";
import { ListDialog } from "./ListDialog.tsx";
import { type List, useDeleteList, useLists } from "./queries.ts";

export function ListPage() {
  const { id = "" } = useParams({ strict: false });
  const lists = useLists();
  const list = lists.data?.find((one) => one.id === id);
  if (lists.error) return <Trouble error={lists.error} onRetry={() => void lists.refetch()} />;
  if (!lists.data) return <Page title="List">{null}</Page>;
  if (!list)
    return (
      <Page title="List">
        <Empty says="This list is not there, or was deleted.">
          <Link to="/lists">See all lists</Link>
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
  const found = useContactList("contacts", { contact_label_ids: [list.id] });
  return (
    <Page
      title={list.name}
      within={<Link to="/lists">Lists</Link>}
      state={sayCount(found.rows.total, found.rows.isAtLeast, ["contact", "contacts"])}
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
          <Empty says="Nobody is on this list yet: choose people in Contacts, and add them.">
            <Link to="/contacts">Go to Contacts</Link>
          </Empty>
        }
      />
    </Page>
  );
}

function OfCompanies({ list }: { list: List }) {
  const found = useCompanyList("companies", { account_label_ids: [list.id] });
  return (
    <Page
      title={list.name}
      within={<Link to="/lists">Lists</Link>}
      state={sayCount(found.rows.total, found.rows.isAtLeast, ["company", "companies"])}
      action={<Verbs list={list} />}
      fills
    >
      <CompanyBrowser
        list={found}
        ofList={list}
        empty={
          <Empty says="No company is on this list yet: choose some in Companies, and add them.">
            <Link to="/companies">Go to Companies</Link>
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
          <Button variant="default" px={8} aria-label="What can be done with this list">
            <IconDots size="1rem" />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setOpen("rename")}>Rename …</Menu.Item>
          <Menu.Item onClick={() => setOpen("delete")}>Delete …</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {open === "rename" && <ListDialog list={list} onClose={close} />}
      {open === "delete" && (
        <Confirm
          title={`Delete the list ${list.name}?`}
          verb="Delete the list"
          isBusy={remove.isPending}
          error={remove.error}
          onConfirm={() =>
            remove.mutate(list.id, {
              onSuccess: () => {
                toast(`The list ${list.name} is deleted.`);
                void navigate({ to: "/lists" });
              },
            })
          }
          onClose={close}
        >
          <p>Whoever is on it stays. Only the list goes, and this cannot be undone.</p>
        </Confirm>
      )}
    </>
  );
}
