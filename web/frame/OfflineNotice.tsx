import { useNetwork } from "@mantine/hooks";
import { IconWifiOff } from "@tabler/icons-react";
import { t } from "../language/t.ts";
import classes from "./Notices.module.css";

/** On a page that is open while the network goes. What it waits for comes by itself once there is a network. */
export function OfflineNotice() {
  const { online } = useNetwork();
  if (online) return null;
  return (
    <div className={classes.notice} role="status">
      <IconWifiOff size="1rem" stroke={1.75} aria-hidden className={classes.sign} />
      <p>{t("You are offline. Cadenza continues by itself once there is a network.")}</p>
    </div>
  );
}
