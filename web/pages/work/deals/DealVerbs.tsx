import { Button, Menu } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { t } from "../../../language/t.ts";
import { toast } from "../../../parts/toast.tsx";
import { useContact } from "../../insight/story/queries.ts";
import { NewTaskDialog } from "../tasks/NewTaskDialog.tsx";
import { DeleteDealsDialog } from "./DeleteDealsDialog.tsx";
import { type DealShown, stagesQuery } from "./queries.ts";
import { useMoveDeal } from "./useMoveDeal.tsx";

const WriteMailDialog = lazy(async () => ({
  default: (await import("../../mail/mails/WriteMailDialog.tsx")).WriteMailDialog,
}));

/** What can be done with a deal. */
export function DealVerbs({ deal }: { deal: DealShown }) {
  const [open, setOpen] = useState<"mail" | "task" | "delete" | null>(null);
  const { data: stages = [] } = useQuery(stagesQuery);
  const { move, isMoving, dialog } = useMoveDeal(deal);
  const navigate = useNavigate();
  const close = () => setOpen(null);
  const roles = deal.opportunity_contact_roles;
  const main = roles.find(({ is_primary }) => is_primary) ?? roles[0];
  const stageThat = (isWon: boolean) => stages.find((one) => one.is_closed && one.is_won === isWon);
  return (
    <>
      {deal.is_closed ? (
        <Button
          variant="default"
          disabled={isMoving}
          onClick={() => void move(stages.findLast(({ is_closed }) => !is_closed))}
        >
          {t("Reopen")}
        </Button>
      ) : (
        <>
          <span data-main-action>
            <Button disabled={isMoving} onClick={() => void move(stageThat(true))}>
              {t("Mark as won")}
            </Button>
          </span>
          <Button variant="default" disabled={isMoving} onClick={() => void move(stageThat(false))}>
            {t("Mark as lost …")}
          </Button>
        </>
      )}
      {main && (
        <Button variant="default" onClick={() => setOpen("mail")}>
          {t("Send email")}
        </Button>
      )}
      <Button variant="default" onClick={() => setOpen("task")}>
        {t("New task")}
      </Button>
      <Menu>
        <Menu.Target>
          <Button variant="default" px={8} aria-label={t("More")}>
            <IconDots size="1rem" />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setOpen("delete")}>{t("Delete …")}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {dialog}
      {open === "mail" && main && <WriteTo contactId={main.contact_id} onClose={close} />}
      {open === "task" && <NewTaskDialog contactId={main?.contact_id} dealId={deal.id} onClose={close} />}
      {open === "delete" && (
        <DeleteDealsDialog
          count={1}
          name={deal.name}
          find={() => Promise.resolve([deal.id])}
          onClose={close}
          onDeleted={() => {
            toast(t("{name} deleted.", { name: deal.name }));
            void navigate({ to: "/deals" });
          }}
        />
      )}
    </>
  );
}

function WriteTo({ contactId, onClose }: { contactId: string; onClose: () => void }) {
  const { data } = useContact(contactId);
  if (!data) return null;
  return (
    <Suspense fallback={null}>
      <WriteMailDialog contact={data.contact} onClose={onClose} />
    </Suspense>
  );
}
