import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { Page } from "../../../parts/Page.tsx";
import { Segmented } from "../../../parts/Segmented.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { useIsAdmin } from "../../../session.ts";
import { DealStageDialog } from "./DealStageDialog.tsx";
import { useDealStages, useReorderDealStages } from "./deal-stages.ts";
import { type StageModality, useReorder, useStages } from "./queries.ts";
import { StageDialog } from "./StageDialog.tsx";
import { StageOrder } from "./StageOrder.tsx";
import { NOUN, type StagedRecordType, sayDealStage, sayStage } from "./words.ts";

/** Where contacts, companies and deals stand, in the order in which they usually pass through. */
export function StagesPage() {
  const [address] = useAddress();
  if (address.kind === "deal") return <DealStages />;
  return <RecordStages of={address.kind === "account" ? "account" : "contact"} />;
}

function RecordStages({ of }: { of: StageModality }) {
  const stages = useStages(of);
  const reorder = useReorder(of);
  const { isAdding, isAdmin, open, openedId, close } = useOpened();
  const lines = stages.data?.map((stage) => ({ ...stage, said: sayStage(of, stage) }));
  const opened = stages.data?.find(({ id }) => id === openedId);
  const others = stages.data?.filter(({ id }) => id !== openedId) ?? [];
  return (
    <Around of={of} count={lines?.length}>
      {stages.error ? (
        <Trouble error={stages.error} onRetry={() => void stages.refetch()} />
      ) : (
        <StageOrder
          key={of}
          of={of}
          reorder={reorder}
          stages={lines ?? []}
          mayChange={isAdmin}
          onOpen={open}
        />
      )}
      {isAdding && <StageDialog of={of} stage={null} others={[]} onClose={close} />}
      {isAdmin && opened && (
        <StageDialog key={opened.id} of={of} others={others} stage={opened} onClose={close} />
      )}
    </Around>
  );
}

function DealStages() {
  const stages = useDealStages();
  const reorder = useReorderDealStages();
  const { isAdding, isAdmin, open, openedId, close } = useOpened();
  const lines = stages.data?.map((stage) => ({ id: stage.id, name: stage.name, said: sayDealStage(stage) }));
  const opened = stages.data?.find(({ id }) => id === openedId);
  const others = stages.data?.filter(({ id }) => id !== openedId) ?? [];
  return (
    <Around of="deal" count={lines?.length}>
      {stages.error ? (
        <Trouble error={stages.error} onRetry={() => void stages.refetch()} />
      ) : (
        <StageOrder of="deal" reorder={reorder} stages={lines ?? []} mayChange={isAdmin} onOpen={open} />
      )}
      {isAdding && <DealStageDialog stage={null} others={[]} onClose={close} />}
      {isAdmin && opened && (
        <DealStageDialog key={opened.id} stage={opened} others={others} onClose={close} />
      )}
    </Around>
  );
}

function useOpened() {
  const isAdmin = useIsAdmin();
  const [address, change] = useAddress();
  return {
    isAdmin,
    isAdding: isAdmin && address.do === "create",
    openedId: address.open,
    open: (id: string) => change({ open: id }),
    close: () => change({ do: undefined, open: undefined }),
  };
}

type AroundProps = { of: StagedRecordType; count: number | undefined; children: React.ReactNode };

function Around({ of, count, children }: AroundProps) {
  const isAdmin = useIsAdmin();
  const [, change] = useAddress();
  const who = isAdmin ? t("Drag to reorder.") : t("Only admins can change these.");
  return (
    <Page
      title={t("Stages")}
      state={
        count !== undefined && t("{count} stages for {many}. {who}", { count, many: NOUN[of].many, who })
      }
      action={
        isAdmin && (
          <Button leftSection={<IconPlus size="0.875rem" />} onClick={() => change({ do: "create" })}>
            {t("Add a stage")}
          </Button>
        )
      }
    >
      <div className="stack">
        <div>
          <Segmented
            aria-label={t("Stages of")}
            data={[
              { value: "contact", label: t("Contacts") },
              { value: "account", label: t("Companies") },
              { value: "deal", label: t("Deals") },
            ]}
            value={of}
            onChange={(value) =>
              change({ kind: value === "contact" ? undefined : value, open: undefined, do: undefined })
            }
          />
        </div>
        {children}
      </div>
    </Page>
  );
}
