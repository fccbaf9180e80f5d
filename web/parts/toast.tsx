import { Button } from "@mantine/core";
import { notifications, notificationsStore } from "@mantine/notifications";
import { t } from "../language/t.ts";

const TO_UNDO_MS = 30_000;
/** As many are on the screen. */
export const MOST_TOASTS = 3;

type Options = { undo?: () => Promise<unknown> };

/** Says that something is done and, where it can be taken back, offers that for 30 seconds. */
export function toast(says: string, { undo }: Options = {}) {
  const id = crypto.randomUUID?.() ?? String(Math.random());
  const takeBack = async () => {
    notifications.hide(id);
    try {
      await undo?.();
      toast(t("Undone."));
    } catch (error) {
      toast(t("Could not undo. {value}", { value: error instanceof Error ? error.message : "" }));
    }
  };
  makeRoom();
  notifications.show({
    id,
    "data-undo": undo !== undefined,
    autoClose: undo ? TO_UNDO_MS : 5000,
    withBorder: true,
    closeButtonProps: { "aria-label": t("Dismiss") },
    message: (
      <span className="row">
        {says}
        {undo && (
          <Button variant="subtle" onClick={() => void takeBack()}>
            {t("Undo")}
          </Button>
        )}
      </span>
    ),
  });
}

/** What is said last is seen at once. One that only says something goes before one that can be taken back. */
function makeRoom() {
  const { notifications: shown } = notificationsStore.getState();
  if (shown.length < MOST_TOASTS) return;
  const { id } = shown.find((one) => !one["data-undo"]) ?? shown[0] ?? {};
  if (id) notifications.hide(id);
}
