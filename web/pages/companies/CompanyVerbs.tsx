import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { Confirm } from "../../parts/Confirm.tsx";
import { toast } from "../../parts/toast.tsx";
import { NewContactDialog } from "../contacts/NewContactDialog.tsx";
import { MoreVerbs } from "../enrichment/MoreVerbs.tsx";
import { useEnrichCompany } from "../enrichment/queries.ts";
import { NewTaskDialog } from "../tasks/NewTaskDialog.tsx";
import { nameOf } from "./columns.tsx";
import { type ShownCompany, useDeleteCompany } from "./queries.ts";

const DealDialog = lazy(async () => ({ default: (await import("../deals/DealDialog.tsx")).DealDialog }));

/** What can be begun with a company. */
export function CompanyVerbs({ company }: { company: ShownCompany }) {
  const [open, setOpen] = useState<"contact" | "task" | "deal" | "delete" | null>(null);
  const enrich = useEnrichCompany();
  const close = () => setOpen(null);
  return (
    <>
      <span data-main-action>
        <Button leftSection={<IconPlus size="0.875rem" />} onClick={() => setOpen("contact")}>
          Add a person
        </Button>
      </span>
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
        toast(`${nameOf(company)} is deleted.`);
        void navigate({ to: "/companies" });
      },
    });
  return (
    <Confirm
      title={`Delete ${nameOf(company)}?`}
      verb="Delete the company"
      isBusy={remove.isPending}
      error={remove.error}
      onConfirm={go}
      onClose={onClose}
    >
      <p>
        Its {company.num_contacts} {company.num_contacts === 1 ? "contact stays" : "contacts stay"}, and its
        deals, without a company.
      </p>
      <p className="soft">This cannot be undone.</p>
    </Confirm>
  );
}
