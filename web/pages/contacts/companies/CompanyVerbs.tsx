import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { t } from "../../../language/t.ts";
import { Confirm } from "../../../parts/Confirm.tsx";
import { toast } from "../../../parts/toast.tsx";
import { AddToSequence } from "../../sequences/enrolling/AddToSequence.tsx";
import { InSequences } from "../../sequences/everywhere/InSequences.tsx";
import { NewTaskDialog } from "../../work/tasks/NewTaskDialog.tsx";
import { NewContactDialog } from "../contacts/NewContactDialog.tsx";
import { MoreVerbs } from "../enrichment/MoreVerbs.tsx";
import { useEnrichCompany } from "../enrichment/queries.ts";
import { nameOf } from "./columns.tsx";
import { type ShownCompany, useDeleteCompany } from "./queries.ts";

const DealDialog = lazy(async () => ({
  default: (await import("../../work/deals/DealDialog.tsx")).DealDialog,
}));

/** What can be begun with a company. */
export function CompanyVerbs({ company }: { company: ShownCompany }) {
  const [open, setOpen] = useState<"contact" | "task" | "deal" | "delete" | null>(null);
  const enrich = useEnrichCompany();
  const close = () => setOpen(null);
  return (
    <>
      <span data-main-action>
        <Button leftSection={<IconPlus size="0.875rem" />} onClick={() => setOpen("contact")}>
          {t("Add contact")}
        </Button>
      </span>
      {company.num_contacts > 0 && (
        <>
          <AddToSequence filter={{ account_ids: [company.id] }} />
          <InSequences name={nameOf(company)} find={() => ({ account_ids: [company.id] })} />
        </>
      )}
      <MoreVerbs onEnrich={() => enrich.mutate(company.id)} onOpen={setOpen} />
      {open === "contact" && (
        <NewContactDialog
          given={{ account_id: company.id, organization_name: nameOf(company) }}
          onClose={close}
        />
      )}
      {open === "deal" && (
        <Suspense fallback={null}>
          <DealDialog accountId={company.id} onClose={close} />
        </Suspense>
      )}
      {open === "task" && <NewTaskDialog accountId={company.id} onClose={close} />}
      {open === "delete" && <Deletion company={company} onClose={close} />}
    </>
  );
}

function Deletion({ company, onClose }: { company: ShownCompany; onClose: () => void }) {
  const remove = useDeleteCompany();
  const navigate = useNavigate();
  const go = () =>
    remove.mutate(company.id, {
      onSuccess: () => {
        toast(t("{company} deleted.", { company: nameOf(company) }));
        void navigate({ to: "/companies" });
      },
    });
  return (
    <Confirm
      title={t("Delete {company}?", { company: nameOf(company) })}
      verb={t("Delete company")}
      isBusy={remove.isPending}
      error={remove.error}
      onConfirm={go}
      onClose={onClose}
    >
      <p>
        {t(
          "Its {num_contacts, plural, one {# contact} other {# contacts}} and its deals will stay, without a company.",
          { num_contacts: company.num_contacts },
        )}
      </p>
      <p className="soft">{t("This cannot be undone.")}</p>
    </Confirm>
  );
}
