import { Button, Menu } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { useState } from "react";
import { Confirm } from "../../parts/Confirm.tsx";
import { Dialog } from "../../parts/Dialog.tsx";
import { Facts } from "../../parts/Facts.tsx";
import { Moment } from "../../parts/Moment.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { toast } from "../../parts/toast.tsx";
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
import { sayTypes, WebhookState } from "./words.tsx";

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
            ["Address", webhook.url],
            ["Is told of", webhook.types.includes("*") ? sayTypes(webhook.types) : webhook.types.join(", ")],
            ["State", <WebhookState key="state" {...webhook} />],
            ["Since", <Moment key="since" at={webhook.created_at} />],
          ]}
        />
        <div className="row">
          <Button
            variant="default"
            loading={test.isPending}
            disabled={!webhook.active}
            onClick={() =>
              test.mutate(webhook.id, { onSuccess: () => toast("A test is on its way; see the log below.") })
            }
          >
            Send a test
          </Button>
          <Switch webhook={webhook} />
          <Menu>
            <Menu.Target>
              <Button variant="default" aria-label="More about this webhook" px={8}>
                <IconDots size="1rem" />
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => setAsks("replay")}>Send again what it missed …</Menu.Item>
              <Menu.Item onClick={() => setAsks("rotate")}>New secret …</Menu.Item>
              <Menu.Item onClick={() => setAsks("end")}>Delete …</Menu.Item>
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
    toast(webhook.active ? "It is switched off." : "It is told again, from now on.", {
      undo: () => flip(webhook.active),
    });
  };
  return (
    <Button variant="default" loading={change.isPending} onClick={() => void press()}>
      {webhook.active ? "Switch off" : "Switch on"}
    </Button>
  );
}

function End({ webhook, onClose, onDone }: { webhook: Webhook; onClose: () => void; onDone: () => void }) {
  const end = useEndWebhook();
  return (
    <Confirm
      title="Delete this webhook?"
      verb="Delete"
      isBusy={end.isPending}
      error={end.error}
      onConfirm={() =>
        end.mutate(webhook.id, {
          onSuccess: () => {
            toast("The webhook is deleted.");
            onDone();
          },
        })
      }
      onClose={onClose}
    >
      <p>{webhook.url} is told nothing any more, and what waits for it is given up. This cannot be undone.</p>
    </Confirm>
  );
}

function Rotate({ webhook, onClose, onSecret }: Omit<Props, "onClose"> & { onClose: () => void }) {
  const rotate = useRotateSecret();
  return (
    <Confirm
      title="Make a new secret?"
      verb="Make it"
      isBusy={rotate.isPending}
      error={rotate.error}
      onConfirm={() => rotate.mutate(webhook.id, { onSuccess: onSecret })}
      onClose={onClose}
    >
      <p>
        For 24 hours both the old secret and the new one sign, so that the receiver can change over at
        leisure.
      </p>
    </Confirm>
  );
}
