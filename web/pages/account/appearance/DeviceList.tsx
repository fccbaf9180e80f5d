import { Button } from "@mantine/core";
import { t } from "../../../language/t.ts";
import { Moment } from "../../../parts/Moment.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { type Device, useRemoveDevice } from "./queries.ts";

type Props = { devices: readonly Device[]; here: string | null };

/** Own devices, with this one among them. */
export function DeviceList({ devices, here }: Props) {
  const remove = useRemoveDevice(here);
  return (
    <>
      <ul aria-label={t("Your devices")}>
        {devices.map((one) => (
          <li key={one.id} className="row">
            <span>
              {nameOf(one)}
              {one.endpoint === here && <span className="soft"> ({t("this device")})</span>}
            </span>
            <span className="soft small">
              {t("Last delivery")}: <Moment at={one.last_delivered_at} none={t("Never")} />
            </span>
            <Button
              variant="subtle"
              aria-label={t("Remove {name}", { name: nameOf(one) })}
              disabled={remove.isPending}
              onClick={() => remove.mutate(one)}
            >
              {t("Remove")}
            </Button>
          </li>
        ))}
      </ul>
      <Trouble error={remove.error} doing="writing" />
    </>
  );
}

function nameOf({ device }: Device) {
  return device ?? t("Unknown device");
}
