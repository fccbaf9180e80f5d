import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useAddress } from "../../parts/address.ts";
import { Page } from "../../parts/Page.tsx";
import { Segmented } from "../../parts/Segmented.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { useIsAdmin } from "../../session.ts";
import { type Modality, useStages } from "./queries.ts";
import { StageDialog } from "./StageDialog.tsx";
import { StageOrder } from "./StageOrder.tsx";
import { NOUN } from "./words.ts";

/** Where contacts and companies stand, in the order in which they usually pass through. */
export function StagesPage() {
  const isAdmin = useIsAdmin();
  const [address, change] = useAddress();
  const of: Modality = address.kind === "account" ? "account" : "contact";
  const stages = useStages(of);
  const opened = stages.data?.find(({ id }) => id === address.open);
  return (
    <Page
      title="Stages"
      state={
        stages.data &&
        `${stages.data.length} stages for ${NOUN[of].many}${isAdmin ? ". Drag them into your order." : ". Admins of the team change these."}`
      }
      action={
        isAdmin && (
          <Button leftSection={<IconPlus size="0.875rem" />} onClick={() => change({ do: "create" })}>
            Add a stage
          </Button>
        )
      }
    >
      <div className="stack">
        <div>
          <Segmented
            aria-label="Stages of"
            data={[
              { value: "contact", label: "Contacts" },
              { value: "account", label: "Companies" },
            ]}
            value={of}
            onChange={(value) => change({ kind: value === "account" ? value : undefined, open: undefined })}
          />
        </div>
        {stages.error ? (
          <Trouble error={stages.error} onRetry={() => void stages.refetch()} />
        ) : (
          <StageOrder
            key={of}
            of={of}
            stages={stages.data ?? []}
            mayChange={isAdmin}
            onOpen={(id) => change({ open: id })}
          />
        )}
      </div>
      {isAdmin && address.do === "create" && (
        <StageDialog of={of} stage={null} others={[]} onClose={() => change({ do: undefined })} />
      )}
      {isAdmin && opened && (
        <StageDialog
          key={opened.id}
          of={of}
          stage={opened}
          others={stages.data?.filter(({ id }) => id !== opened.id) ?? []}
          onClose={() => change({ open: undefined })}
        />
      )}
    </Page>
  );
}
