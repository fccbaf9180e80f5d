import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { type Column, DataTable } from "../../../parts/DataTable.tsx";
import { Empty } from "../../../parts/Empty.tsx";
import { Moment } from "../../../parts/Moment.tsx";
import { OneTimeSecret } from "../../../parts/OneTimeSecret.tsx";
import { Page } from "../../../parts/Page.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { AdminsOnly } from "../settings/AdminsOnly.tsx";
import { type Key, type KeyWithSecret, useKeys } from "./queries.ts";
import { sayScopes } from "./say-scopes.ts";
import { countKeys, isOver, KeyState } from "./state.tsx";

const KeyDialog = lazy(async () => ({ default: (await import("./KeyDialog.tsx")).KeyDialog }));
const KeyForm = lazy(async () => ({ default: (await import("./KeyForm.tsx")).KeyForm }));

export function KeyList() {
  return (
    <AdminsOnly title={t("API keys")} what={t("Programs use API keys to call Cadenza.")}>
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
      {t("Create a key")}
    </Button>
  );
  return (
    <Page title={t("API keys")} state={keys.data && countKeys(keys.data)} action={begin}>
      {keys.error ? (
        <Trouble error={keys.error} onRetry={() => void keys.refetch()} />
      ) : keys.data?.length === 0 ? (
        <Empty
          says={t("No API keys yet. Create one key per program, so that you can revoke each one separately.")}
        >
          <a href="/docs">{t("Read the API reference")}</a>
        </Empty>
      ) : (
        <DataTable
          label={t("API keys")}
          columns={COLUMNS}
          rows={keys.data}
          rowKey={({ id }) => id}
          onOpen={({ id }) => change({ open: id })}
          isOver={isOver}
        />
      )}
      <Suspense>
        {address.do === "create" && (
          <KeyForm onClose={() => change({ do: undefined })} onCreated={showSecret} />
        )}
        {opened && (
          <KeyDialog apiKey={opened} onClose={() => change({ open: undefined })} onSecret={showSecret} />
        )}
      </Suspense>
      {made && <Secret made={made} onDone={() => setMade(null)} />}
    </Page>
  );
}

const COLUMNS: Column<Key>[] = perLanguage(() => [
  { header: t("Name"), width: "34%", cell: ({ name }) => name },
  { header: t("Prefix"), cell: ({ prefix }) => <code>{prefix}…</code> },
  { header: t("Access"), cell: sayScopes },
  { header: t("Status"), cell: KeyState },
  {
    header: t("Last used"),
    align: "right",
    cell: (key) => <Moment at={key.last_used_at} none={t("Never")} />,
  },
]);

function Secret({ made, onDone }: { made: KeyWithSecret; onDone: () => void }) {
  return (
    <OneTimeSecret
      title={t("API key {name}", { name: made.name })}
      label={t("the key")}
      secret={made.key}
      confirm={t("I have stored it")}
      onDone={onDone}
    >
      <p>{t("Copy the key now. It is shown only once. If you lose it, create a new secret for the key.")}</p>
    </OneTimeSecret>
  );
}
