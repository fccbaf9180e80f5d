import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";

const TO_UNDO_MS = 30_000;

type Options = { undo?: () => Promise<unknown> };

/** Says that something is done and, where it can be taken back, offers that for 30 seconds. */
export function toast(says: string, { undo }: Options = {}) {
  const id = crypto.randomUUID?.() ?? String(Math.random());
  const takeBack = async () => {
    notifications.hide(id);
    try {
      await undo?.();
      toast("Taken back.");
    } catch (error) {
      toast(`That could not be taken back. ${error instanceof Error ? error.message : ""}`);
    }
  };
  notifications.show({
    id,
    autoClose: undo ? TO_UNDO_MS : 5000,
    withBorder: true,
    closeButtonProps: { "aria-label": "Dismiss" },
    message: (
      <span className="row">
        {says}
        {undo && (
          <Button variant="subtle" onClick={() => void takeBack()}>
            Undo
          </Button>
        )}
      </span>
    ),
  });
}
