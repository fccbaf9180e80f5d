import { Button, Select } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { AllAtOnce } from "../../../parts/AllAtOnce.tsx";
import { useAddress } from "../../../parts/address.ts";
import { Empty } from "../../../parts/Empty.tsx";
import { Page } from "../../../parts/Page.tsx";
import { usePageKeys } from "../../../parts/pageKeys.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import { CopilotDialog } from "./CopilotDialog.tsx";
import { CopilotView } from "./CopilotView.tsx";
import { copilotQuery, copilotsQuery, proposalsQuery } from "./queries.ts";
import { useMayChange } from "./right.ts";
import { sayCopilot } from "./words.ts";

/** Whom to write to next, proposed day by day: looked through by keys. */
export function CopilotsPage() {
  const [address, change] = useAddress();
  const { data: copilots, error, refetch } = useQuery(copilotsQuery);
  const opened = copilots?.find(({ id }) => id === address.open) ?? copilots?.[0];
  const mayChange = useMayChange({ user_id: opened?.user_id ?? "" });
  const begin = () => change({ do: "create" });
  usePageKeys({ n: begin });
  return (
    <Page
      title={copilots?.length === 1 && opened ? opened.name : t("Copilot")}
      state={
        opened
          ? sayCopilot(opened)
          : copilots && t("Proposes contacts to email next, every day, with reasons.")
      }
      action={
        <Button leftSection={<IconPlus size="0.875rem" />} onClick={begin}>
          {t("New copilot")}
        </Button>
      }
    >
      <div className="stack" style={{ gap: 24 }}>
        {error && <Trouble error={error} onRetry={() => void refetch()} />}
        {copilots && copilots.length > 1 && (
          <div className="row">
            <Select
              label={t("Copilot")}
              data={copilots.map(({ id, name, waiting }) => ({
                value: id,
                label: waiting > 0 ? `${name} (${waiting})` : name,
              }))}
              value={opened?.id ?? null}
              allowDeselect={false}
              onChange={(id) => change({ open: id ?? undefined })}
            />
          </div>
        )}
        {opened && (
          <AllAtOnce key={opened.id} asks={[copilotQuery(opened.id), proposalsQuery(opened.id, "proposed")]}>
            <CopilotView copilot={opened} />
          </AllAtOnce>
        )}
        {copilots?.length === 0 && (
          <Empty
            says={t(
              "Choose filters, a sequence and a daily number. Each day the copilot proposes contacts with reasons. You approve or reject, and it learns.",
            )}
          >
            <Button variant="default" onClick={begin}>
              {t("Create your first copilot")}
            </Button>
          </Empty>
        )}
      </div>
      {address.do === "create" && (
        <CopilotDialog
          copilot={null}
          onClose={() => change({ do: undefined })}
          onDone={(id) => change({ do: undefined, open: id })}
        />
      )}
      {address.do === "edit" && opened && mayChange && (
        <CopilotDialog
          copilot={opened}
          onClose={() => change({ do: undefined })}
          onDone={() => change({ do: undefined })}
        />
      )}
    </Page>
  );
}
