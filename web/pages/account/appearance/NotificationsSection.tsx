import { Button, Switch } from "@mantine/core";
import { t } from "../../../language/t.ts";
import { Section } from "../../../parts/Page.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { useMe } from "../../../session.ts";
import type { PushHere } from "../../../worker/push.ts";
import { DeviceList } from "./DeviceList.tsx";
import {
  type Device,
  useChangeDevice,
  useDevices,
  usePushHere,
  useRemoveDevice,
  useTestDevice,
  useTurnOn,
} from "./queries.ts";

/** Replies and due tasks, told by the browser although no page is open. */
export function NotificationsSection() {
  const isSandbox = useMe().sandbox !== null;
  const here = usePushHere();
  const devices = useDevices();
  const endpoint = here.data?.kind === "ready" ? here.data.endpoint : null;
  const all = devices.data?.push_subscriptions ?? [];
  return (
    <Section
      title={t("Notifications on this device")}
      note={t("You get them even while no page of Cadenza is open.")}
    >
      {isSandbox ? (
        <p>{t("A sandbox sends no notifications.")}</p>
      ) : here.data && here.data.kind !== "ready" ? (
        <p>{sayWhyNot(here.data.kind)}</p>
      ) : (
        here.data &&
        devices.data && (
          <ThisDevice
            device={all.find((one) => one.endpoint === endpoint)}
            endpoint={endpoint}
            publicKey={devices.data.public_key}
          />
        )
      )}
      <Trouble error={devices.error} onRetry={() => void devices.refetch()} />
      {all.length > 0 && <DeviceList devices={all} here={endpoint} />}
      <p className="small">
        <a href="/help/guides/install-app#notifications">{t("What notifications say")}</a>
      </p>
    </Section>
  );
}

type Props = { device: Device | undefined; endpoint: string | null; publicKey: string };

function ThisDevice({ device, endpoint, publicKey }: Props) {
  const turnOn = useTurnOn();
  const turnOff = useRemoveDevice(endpoint);
  const isChanging = turnOn.isPending || turnOff.isPending;
  return (
    <>
      <Switch
        label={t("Notify me on this device")}
        checked={device !== undefined}
        disabled={isChanging}
        onChange={() => (device ? turnOff.mutate(device) : turnOn.mutate(publicKey))}
      />
      {turnOn.error instanceof DOMException ? (
        <p role="alert">{t("The browser did not allow notifications.")}</p>
      ) : (
        <Trouble error={turnOn.error ?? turnOff.error} doing="writing" />
      )}
      {device && <Wishes device={device} />}
    </>
  );
}

function Wishes({ device }: { device: Device }) {
  const change = useChangeDevice();
  const test = useTestDevice();
  const { id } = device;
  return (
    <>
      <Switch
        label={t("Replies")}
        checked={device.wants_replies}
        onChange={({ currentTarget }) => change.mutate({ id, wants_replies: currentTarget.checked })}
      />
      <Switch
        label={t("Due tasks")}
        checked={device.wants_tasks}
        onChange={({ currentTarget }) => change.mutate({ id, wants_tasks: currentTarget.checked })}
      />
      <Switch
        label={t("Mentions in notes")}
        checked={device.wants_mentions}
        onChange={({ currentTarget }) => change.mutate({ id, wants_mentions: currentTarget.checked })}
      />
      <Switch
        label={t("Show names")}
        description={t("Also on a locked screen.")}
        checked={device.shows_names}
        onChange={({ currentTarget }) => change.mutate({ id, shows_names: currentTarget.checked })}
      />
      <div>
        <Button
          variant="default"
          loading={test.isPending}
          onClick={() => test.mutate(id, { onSuccess: (outcome) => toast(sayOutcome(outcome)) })}
        >
          {t("Send a test")}
        </Button>
      </div>
      <Trouble error={change.error ?? test.error} doing="writing" />
    </>
  );
}

function sayWhyNot(kind: Exclude<PushHere["kind"], "ready">) {
  if (kind === "insecure")
    return t("Browsers show notifications only of an address that starts with https://.");
  if (kind === "blocked")
    return t("This browser blocks notifications of Cadenza. Allow them in the settings of the browser.");
  return t("This browser cannot show notifications. On iPhones and iPads, install the app first.");
}

function sayOutcome(outcome: "delivered" | "gone" | "failed") {
  if (outcome === "delivered") return t("The push service took the test.");
  if (outcome === "gone")
    return t("The push service no longer knows this device. Turn notifications on again.");
  return t("The push service did not take the test. Try again later.");
}
