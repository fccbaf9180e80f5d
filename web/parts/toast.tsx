import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { t } from "../language/t.ts";

const TO_UNDO_MS = 30_000;

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
  notifications.show({
    id,
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
