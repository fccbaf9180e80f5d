import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { useMe } from "../../../session.ts";
import { useContact } from "../../insight/story/queries.ts";
import { DealForm, type DealValues } from "./DealForm.tsx";
import { type DealShown, stagesQuery, useDeal } from "./queries.ts";

type Props = {
  /** Which deal; without it, a new one. */
  dealId?: string | undefined;
  /** Of a new one: with whom, and of which company. */
  contactId?: string | undefined;
  accountId?: string | undefined;
  onClose: () => void;
};

/** One deal: made, changed, won or lost. */
export function DealDialog({ dealId, contactId, accountId, onClose }: Props) {
  const deal = useDeal(dealId);
  const stages = useQuery(stagesQuery);
  const contact = useContact(contactId ?? null);
  const { user } = useMe();
  const error = deal.error ?? stages.error ?? contact.error;
  const isReady = stages.data && (!dealId || deal.data) && (!contactId || contact.data);
  const first = stages.data?.find(({ is_closed }) => !is_closed)?.id ?? null;
  const person = contact.data?.contact;
  const values: DealValues = deal.data
    ? valuesOf(deal.data)
    : {
        ...EMPTY,
        name: person?.organization_name ? `${person.organization_name}: ` : "",
        stage: first,
        owner: user.id,
        company: accountId ?? person?.account_id ?? null,
        contacts: person
          ? [{ id: person.id, name: person.name ?? person.email ?? t("No name"), roles: [], isMain: true }]
          : [],
      };
  return (
    <Dialog title={dealId ? (deal.data?.name ?? "\u00a0") : t("New deal")} onClose={onClose} size="lg">
      <Trouble error={error} onRetry={() => void Promise.all([deal.refetch(), stages.refetch()])} />
      {isReady ? (
        <DealForm
          key={dealId ?? "new"}
          deal={deal.data}
          stages={stages.data}
          values={values}
          companyName={deal.data?.account?.name ?? person?.organization_name ?? null}
          onClose={onClose}
        />
      ) : (
        !error && <Skeleton height={320} />
      )}
    </Dialog>
  );
}

const EMPTY: DealValues = {
  name: "",
  stage: null,
  amount: "",
  currency: "EUR",
  closes: null,
  owner: null,
  company: null,
  contacts: [],
  nextStep: "",
  description: "",
};

function valuesOf(deal: DealShown): DealValues {
  return {
    name: deal.name,
    stage: deal.opportunity_stage_id,
    amount: deal.amount ?? "",
    currency: deal.currency.iso_code,
    closes: deal.closed_date?.slice(0, 10) ?? null,
    owner: deal.owner_id,
    company: deal.account_id,
    contacts: deal.opportunity_contact_roles.map(({ contact, role_names, is_primary }) => ({
      id: contact.id,
      name: contact.name ?? t("No name"),
      roles: role_names,
      isMain: is_primary,
    })),
    nextStep: deal.next_step ?? "",
    description: deal.description ?? "",
  };
}
