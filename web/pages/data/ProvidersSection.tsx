import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useAddress } from "../../parts/address.ts";
import { type Column, DataTable } from "../../parts/DataTable.tsx";
import { Empty } from "../../parts/Empty.tsx";
import { figure } from "../../parts/figures.ts";
import { Section } from "../../parts/Page.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
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
      title="Providers"
      note="People and companies are looked up in your own store first, then with these, in this order, until one knows."
    >
      {error ? (
        <Trouble error={error} onRetry={() => void refetch()} />
      ) : data?.length === 0 ? (
        <Empty says="Nobody else is asked. Connect Apollo, another server that speaks as it does, or any service by a mapping, with a key of your own." />
      ) : (
        <DataTable
          label="Providers"
          columns={COLUMNS}
          rows={data}
          rowKey={({ id }) => id}
          onOpen={({ id }) => change({ open: id })}
          isOver={({ enabled }) => !enabled}
        />
      )}
      <div style={{ marginTop: 12 }}>
        <Button variant="default" onClick={() => change({ do: "connect" })}>
          Connect a provider
        </Button>
      </div>
      {address.do === "connect" && <ProviderForm onClose={() => change({ do: undefined })} />}
      {opened && data && (
        <ProviderDialog provider={opened} all={data} onClose={() => change({ open: undefined })} />
      )}
    </Section>
  );
}

const COLUMNS: Column<Provider>[] = [
  { header: "Provider", width: "28%", cell: ({ name }) => name },
  { header: "State", cell: (provider) => sayState(provider, new Date()) },
  { header: "Price", align: "right", cell: ({ price }) => figure(price) },
  { header: "Last 30 days", align: "right", cell: ({ last_30_days }) => sayFound(last_30_days) },
];
