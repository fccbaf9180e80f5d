import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
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
import { useWebhooks, type Webhook, type WebhookWithSecret } from "./queries.ts";
import { WebhookDialog } from "./WebhookDialog.tsx";
import { WebhookForm } from "./WebhookForm.tsx";
import { countWebhooks, sayTypes, WebhookState } from "./words.tsx";

export function WebhookList() {
  return (
    <AdminsOnly title={t("Webhooks")} what={t("Webhooks notify other programs of events.")}>
      <Webhooks />
    </AdminsOnly>
  );
}

function Webhooks() {
  const webhooks = useWebhooks();
  const [address, change] = useAddress();
  const [made, setMade] = useState<WebhookWithSecret | null>(null);
  const opened = webhooks.data?.find(({ id }) => id === address.open);
  const showSecret = (webhook: WebhookWithSecret) => {
    setMade(webhook);
    change({ do: undefined, open: undefined });
  };
  return (
    <Page
      title={t("Webhooks")}
      state={webhooks.data && countWebhooks(webhooks.data)}
      action={
        <Button leftSection={<IconPlus size="0.875rem" />} onClick={() => change({ do: "create" })}>
          {t("Add a webhook")}
        </Button>
      }
    >
      {webhooks.error ? (
        <Trouble error={webhooks.error} onRetry={() => void webhooks.refetch()} />
      ) : webhooks.data?.length === 0 ? (
        <Empty
          says={t(
            "No webhooks yet. A webhook sends events to your program, signed and retried for three days.",
          )}
        >
          <a href="/help/api/webhooks">{t("How webhooks are signed")}</a>
        </Empty>
      ) : (
        <DataTable
          label={t("Webhooks")}
          columns={COLUMNS}
          rows={webhooks.data}
          rowKey={({ id }) => id}
          onOpen={({ id }) => change({ open: id })}
          isOver={({ active }) => !active}
        />
      )}
      {address.do === "create" && (
        <WebhookForm onClose={() => change({ do: undefined })} onMade={showSecret} />
      )}
      {opened && (
        <WebhookDialog webhook={opened} onClose={() => change({ open: undefined })} onSecret={showSecret} />
      )}
      {made && <Secret made={made} onDone={() => setMade(null)} />}
    </Page>
  );
}

const COLUMNS: Column<Webhook>[] = perLanguage(() => [
  { header: t("Receiver"), width: "44%", cell: ({ url, description }) => description || url },
  { header: t("Events"), cell: ({ types }) => sayTypes(types) },
  { header: t("Status"), cell: WebhookState },
  { header: t("Created"), align: "right", cell: ({ created_at }) => <Moment at={created_at} /> },
]);

function Secret({ made, onDone }: { made: WebhookWithSecret; onDone: () => void }) {
  return (
    <OneTimeSecret
      title={t("Signing secret")}
      label={t("the secret")}
      secret={made.secret}
      confirm={t("I have stored it")}
      onDone={onDone}
    >
      <p>
        {t(
          "Give it to the program at {url}, which uses it to verify calls. It is shown only once. If you lose it, create a new one; for a day both will sign.",
          { url: made.url },
        )}
      </p>
    </OneTimeSecret>
  );
}
