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
import { useWebhooks, type Webhook, type WebhookWithSecret } from "./queries.ts";
import { WebhookDialog } from "./WebhookDialog.tsx";
import { WebhookForm } from "./WebhookForm.tsx";
import { countWebhooks, sayTypes, WebhookState } from "./words.tsx";

export function WebhookList() {
  return (
    <AdminsOnly title="Webhooks" what="Webhooks tell other programs what happens here; admins set them up.">
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
      title="Webhooks"
      state={webhooks.data && countWebhooks(webhooks.data)}
      action={
        <Button leftSection={<IconPlus size="0.875rem" />} onClick={() => change({ do: "create" })}>
          Add a webhook
        </Button>
      }
    >
      {webhooks.error ? (
        <Trouble error={webhooks.error} onRetry={() => void webhooks.refetch()} />
      ) : webhooks.data?.length === 0 ? (
        <Empty says="A webhook sends what happens here to a program of yours, signed, at least once, and tried again for three days if it does not answer.">
          <a href="/docs">Read how they are signed</a>
        </Empty>
      ) : (
        <DataTable
          label="Webhooks"
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

const COLUMNS: Column<Webhook>[] = [
  { header: "Receiver", width: "44%", cell: ({ url, description }) => description || url },
  { header: "Is told of", cell: ({ types }) => sayTypes(types) },
  { header: "State", cell: WebhookState },
  { header: "Since", align: "right", cell: ({ created_at }) => <Moment at={created_at} /> },
];

function Secret({ made, onDone }: { made: WebhookWithSecret; onDone: () => void }) {
  return (
    <OneTimeSecret
      title="The secret that signs it"
      label="the secret"
      secret={made.secret}
      confirm="I have stored it"
      onDone={onDone}
    >
      <p>
        Give it to the program at {made.url}: with it, it checks that a call really comes from here. It is
        shown this once only; if it is lost, make a new one, and for a day both will sign.
      </p>
    </OneTimeSecret>
  );
}
