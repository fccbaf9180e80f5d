import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useAddress } from "../../parts/address.ts";
import { type Column, DataTable } from "../../parts/DataTable.tsx";
import { Empty } from "../../parts/Empty.tsx";
import { Moment } from "../../parts/Moment.tsx";
import { OneTimeSecret } from "../../parts/OneTimeSecret.tsx";
import { Page } from "../../parts/Page.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { AdminsOnly } from "../settings/AdminsOnly.tsx";
import { KeyDialog } from "./KeyDialog.tsx";
import { KeyForm } from "./KeyForm.tsx";
import { type Key, type KeyWithSecret, useKeys } from "./queries.ts";
import { sayScopes } from "./scopes.ts";
import { countKeys, isOver, KeyState } from "./state.tsx";

export function KeyList() {
  return (
    <AdminsOnly title="API keys" what="Programs call Cadenza with API keys, and admins make them.">
      <Keys />
    </AdminsOnly>
  );
}

function Keys() {
  const keys = useKeys();
  const [address, change] = useAddress();
  const [made, setMade] = useState<KeyWithSecret | null>(null);
  const opened = keys.data?.find(({ id }) => id === address.open);
  const showSecret = (key: KeyWithSecret) => {
    setMade(key);
    change({ do: undefined, open: undefined });
  };
  const begin = (
    <Button leftSection={<IconPlus size="0.875rem" />} onClick={() => change({ do: "create" })}>
      Create a key
    </Button>
  );
  return (
    <Page title="API keys" state={keys.data && countKeys(keys.data)} action={begin}>
      {keys.error ? (
        <Trouble error={keys.error} onRetry={() => void keys.refetch()} />
      ) : keys.data?.length === 0 ? (
        <Empty says="Programs call Cadenza with a key: your CRM, n8n, a script, an agent. Each gets its own, so that each can be ended alone.">
          <a href="/docs">Read the API reference</a>
        </Empty>
      ) : (
        <DataTable
          label="API keys"
          columns={COLUMNS}
          rows={keys.data}
          rowKey={({ id }) => id}
          onOpen={({ id }) => change({ open: id })}
          isOver={isOver}
        />
      )}
      {address.do === "create" && (
        <KeyForm onClose={() => change({ do: undefined })} onCreated={showSecret} />
      )}
      {opened && (
        <KeyDialog apiKey={opened} onClose={() => change({ open: undefined })} onSecret={showSecret} />
      )}
      {made && <Secret made={made} onDone={() => setMade(null)} />}
    </Page>
  );
}

const COLUMNS: Column<Key>[] = [
  { header: "Name", width: "34%", cell: ({ name }) => name },
  { header: "Begins with", cell: ({ prefix }) => <code>{prefix}…</code> },
  { header: "May", cell: sayScopes },
  { header: "State", cell: KeyState },
  { header: "Last used", align: "right", cell: (key) => <Moment at={key.last_used_at} none="Never" /> },
];

function Secret({ made, onDone }: { made: KeyWithSecret; onDone: () => void }) {
  return (
    <OneTimeSecret
      title={`The key ${made.name}`}
      label="the key"
      secret={made.key}
      confirm="I have stored it"
      onDone={onDone}
    >
      <p>
        Copy it now to where it will be used: it is shown this once only, and nobody can read it again. If it
        is lost, give the key a new secret.
      </p>
    </OneTimeSecret>
  );
}
