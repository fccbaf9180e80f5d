import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { currentTime } from "../../../parts/current-time.ts";
import { type Column, DataTable } from "../../../parts/DataTable.tsx";
import { Empty } from "../../../parts/Empty.tsx";
import { figure } from "../../../parts/figures.ts";
import { Section } from "../../../parts/Page.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { ProviderDialog } from "./ProviderDialog.tsx";
import { ProviderForm } from "./ProviderForm.tsx";
import { type Provider, providersQuery } from "./queries.ts";
import { sayFound, sayState } from "./words.ts";

/** Who is asked after the team's own store, in which order, and what they have found. */
export function ProvidersSection() {
  const { data, error, refetch } = useQuery(providersQuery);
  const [address, change] = useAddress();
  const opened = data?.find(({ id }) => id === address.open);
  return (
    <Section
      title={t("Providers")}
      note={t(
        "People and companies are looked up in your People database first, then with these providers in order.",
      )}
    >
      {error ? (
        <Trouble error={error} onRetry={() => void refetch()} />
      ) : data?.length === 0 ? (
        <Empty
          says={t(
            "No providers yet. Connect Apollo, a compatible server or any other service with your own API key.",
          )}
        />
      ) : (
        <DataTable
          label={t("Providers")}
          columns={COLUMNS}
          rows={data}
          rowKey={({ id }) => id}
          onOpen={({ id }) => change({ open: id })}
          isOver={({ enabled }) => !enabled}
        />
      )}
      <div style={{ marginTop: 12 }}>
        <Button variant="default" onClick={() => change({ do: "connect" })}>
          {t("Connect a provider")}
        </Button>
      </div>
      {address.do === "connect" && <ProviderForm onClose={() => change({ do: undefined })} />}
      {opened && data && (
        <ProviderDialog provider={opened} all={data} onClose={() => change({ open: undefined })} />
      )}
    </Section>
  );
}

const COLUMNS: Column<Provider>[] = perLanguage(() => [
  { header: t("Provider"), width: "28%", cell: ({ name }) => name },
  { header: t("Status"), cell: (provider) => sayState(provider, currentTime()) },
  { header: t("Price"), align: "right", cell: ({ price }) => figure(price) },
  { header: t("Last 30 days"), align: "right", cell: ({ last_30_days }) => sayFound(last_30_days) },
]);
