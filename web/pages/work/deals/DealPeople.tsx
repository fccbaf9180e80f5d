import { Anchor, Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { FactGroup } from "../../../parts/RecordPage.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { CompanyPicker } from "./CompanyPicker.tsx";
import { DealContacts, type With } from "./DealContacts.tsx";
import classes from "./DealPeople.module.css";
import { type DealShown, useChangeShownDeal } from "./queries.ts";

/** The company of a deal and its contacts, with their roles. */
export function DealPeople({ deal }: { deal: DealShown }) {
  const [isEdited, setIsEdited] = useState(false);
  const { account, opportunity_contact_roles: roles } = deal;
  return (
    <FactGroup title={t("Company and contacts")}>
      <ul className={classes.people}>
        {account && deal.account_id && (
          <li>
            <Link to="/companies/$id" params={{ id: deal.account_id }}>
              {account.name ?? t("No name")}
            </Link>
          </li>
        )}
        {roles.map(({ contact, role_names, is_primary }) => (
          <li key={contact.id}>
            <Link to="/contacts/$id" params={{ id: contact.id }}>
              {contact.name ?? t("No name")}
            </Link>
            <span className="soft small">
              {[is_primary && t("Main contact"), ...role_names].filter(Boolean).join(", ")}
            </span>
          </li>
        ))}
      </ul>
      <Anchor component="button" type="button" className={classes.edit} onClick={() => setIsEdited(true)}>
        {account || roles.length > 0 ? t("Edit company and contacts") : t("Add company and contacts")}
      </Anchor>
      {isEdited && <PeopleDialog deal={deal} onClose={() => setIsEdited(false)} />}
    </FactGroup>
  );
}

function PeopleDialog({ deal, onClose }: { deal: DealShown; onClose: () => void }) {
  const change = useChangeShownDeal(deal, ({ account_id, opportunity_contact_roles: roles }) => [
    account_id,
    roles,
  ]);
  const [company, setCompany] = useState(deal.account_id);
  const [contacts, setContacts] = useState<With[]>(() =>
    deal.opportunity_contact_roles.map(({ contact, role_names, is_primary }) => ({
      id: contact.id,
      name: contact.name ?? t("No name"),
      roles: role_names,
      isMain: is_primary,
    })),
  );
  const save = () =>
    change.mutate(
      { account_id: company, opportunity_contact_roles: contacts.map(roleFrom) },
      {
        onSuccess: () => {
          toast(t("{name} saved.", { name: deal.name }));
          onClose();
        },
      },
    );
  return (
    <Dialog title={t("Company and contacts")} onClose={onClose} size="lg">
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <CompanyPicker company={deal.account?.name ?? null} value={company} onChange={setCompany} />
        <DealContacts value={contacts} onChange={setContacts} />
        <Trouble error={change.error} doing="writing" />
        <div className="row end">
          <Button variant="default" onClick={onClose}>
            {t("Cancel")}
          </Button>
          <Button type="submit" loading={change.isPending}>
            {t("Save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** As a change of a deal says who has which part in it. */
function roleFrom({ id, roles, isMain }: With) {
  return { contact_id: id, role_names: roles, is_primary: isMain };
}
