import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { useMe } from "../../../session.ts";
import { useContact } from "../../insight/story/queries.ts";
import { DealForm, type DealValues } from "./DealForm.tsx";
import { stagesQuery } from "./queries.ts";

type Props = {
  /** With whom, and of which company. */
  contactId?: string | undefined;
  accountId?: string | undefined;
  onClose: () => void;
};

/** A new deal. */
export function DealDialog({ contactId, accountId, onClose }: Props) {
  const stages = useQuery(stagesQuery);
  const contact = useContact(contactId ?? null);
  const { user } = useMe();
  const error = stages.error ?? contact.error;
  const person = contact.data?.contact;
  const values: DealValues = {
    ...EMPTY,
    name: person?.organization_name ? `${person.organization_name}: ` : "",
    stage: stages.data?.find(({ is_closed }) => !is_closed)?.id ?? null,
    owner: user.id,
    company: accountId ?? person?.account_id ?? null,
    contacts: person
      ? [{ id: person.id, name: person.name ?? person.email ?? t("No name"), roles: [], isMain: true }]
      : [],
  };
  return (
    <Dialog title={t("New deal")} onClose={onClose} size="lg">
      <Trouble error={error} onRetry={() => void Promise.all([stages.refetch(), contact.refetch()])} />
      {stages.data && (!contactId || contact.data) ? (
        <DealForm
          stages={stages.data}
          values={values}
          companyName={person?.organization_name ?? null}
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
