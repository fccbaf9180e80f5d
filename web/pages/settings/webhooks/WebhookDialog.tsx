import { Button, Menu } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { Confirm } from "../../../parts/Confirm.tsx";
import { Dialog } from "../../../parts/Dialog.tsx";
import { Facts } from "../../../parts/Facts.tsx";
import { Moment } from "../../../parts/Moment.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { Deliveries } from "./Deliveries.tsx";
import {
  useChangeWebhook,
  useEndWebhook,
  useRotateSecret,
  useTestWebhook,
  type Webhook,
  type WebhookWithSecret,
} from "./queries.ts";
import { ReplayForm } from "./ReplayForm.tsx";
import { sayEventType, sayTypes, WebhookState } from "./words.tsx";

type Props = { webhook: Webhook; onClose: () => void; onSecret: (webhook: WebhookWithSecret) => void };

/** One receiver: what it is told, and every attempt to tell it. */
export function WebhookDialog({ webhook, onClose, onSecret }: Props) {
  const [asks, setAsks] = useState<"rotate" | "end" | "replay" | null>(null);
  const back = () => setAsks(null);
  const test = useTestWebhook();
  if (asks === "replay") return <ReplayForm webhook={webhook} onClose={back} />;
  if (asks === "end") return <End webhook={webhook} onClose={back} onDone={onClose} />;
  if (asks === "rotate") return <Rotate webhook={webhook} onClose={back} onSecret={onSecret} />;
  return (
    <Dialog onClose={onClose} title={webhook.description || webhook.url} size="xl">
      <div className="stack">
        <Facts
          facts={[
            ["URL", webhook.url],
            [
              t("Events"),
              webhook.types.includes("*")
                ? sayTypes(webhook.types)
                : webhook.types.map(sayEventType).join(", "),
            ],
            [t("Status"), <WebhookState key="state" {...webhook} />],
            [t("Created"), <Moment key="since" at={webhook.created_at} />],
          ]}
        />
        <div className="row">
          <Button
            variant="default"
            loading={test.isPending}
            disabled={!webhook.active}
            onClick={() =>
              test.mutate(webhook.id, { onSuccess: () => toast(t("Test sent. See the log below.")) })
            }
          >
            {t("Send test")}
          </Button>
          <Switch webhook={webhook} />
          <Menu>
            <Menu.Target>
              <Button variant="default" aria-label={t("More about this webhook")} px={8}>
                <IconDots size="1rem" />
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => setAsks("replay")}>{t("Resend missed events …")}</Menu.Item>
              <Menu.Item onClick={() => setAsks("rotate")}>{t("New secret …")}</Menu.Item>
              <Menu.Item onClick={() => setAsks("end")}>{t("Delete …")}</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </div>
        <Trouble error={test.error} doing="writing" />
        <Deliveries id={webhook.id} />
      </div>
    </Dialog>
  );
}

function Switch({ webhook }: { webhook: Webhook }) {
  const change = useChangeWebhook();
  const flip = (active: boolean) => change.mutateAsync({ id: webhook.id, active });
  const press = async () => {
    await flip(!webhook.active);
    toast(webhook.active ? t("Webhook turned off.") : t("Webhook turned on."), {
      undo: () => flip(webhook.active),
    });
  };
  return (
    <Button variant="default" loading={change.isPending} onClick={() => void press()}>
      {webhook.active ? t("Turn off") : t("Turn on")}
    </Button>
  );
}

function End({ webhook, onClose, onDone }: { webhook: Webhook; onClose: () => void; onDone: () => void }) {
  const end = useEndWebhook();
  return (
    <Confirm
      title={t("Delete this webhook?")}
      verb={t("Delete")}
      isBusy={end.isPending}
      error={end.error}
      onConfirm={() =>
        end.mutate(webhook.id, {
          onSuccess: () => {
            toast(t("Webhook deleted."));
            onDone();
          },
        })
      }
      onClose={onClose}
    >
      <p>
        {t("{url} will get no more events. Waiting events will not be sent. You can't undo this.", {
          url: webhook.url,
        })}
      </p>
    </Confirm>
  );
}

function Rotate({ webhook, onClose, onSecret }: Omit<Props, "onClose"> & { onClose: () => void }) {
  const rotate = useRotateSecret();
  return (
    <Confirm
      title={t("Create a new secret?")}
      verb={t("Create secret")}
      isBusy={rotate.isPending}
      error={rotate.error}
      onConfirm={() => rotate.mutate(webhook.id, { onSuccess: onSecret })}
      onClose={onClose}
    >
      <p>
        {t(
          "The old and the new secret both sign for 24 hours, so that you have time to update the receiver.",
        )}
      </p>
    </Confirm>
  );
}
