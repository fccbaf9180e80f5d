import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { t } from "../language/t.ts";
import { Dialog } from "./Dialog.tsx";
import { Trouble } from "./Trouble.tsx";

type Props = {
  title: string;
  /** What will happen, in whole sentences, and whether it can be taken back. */
  children: ReactNode;
  verb: string;
  isBusy: boolean;
  error: unknown;
  onConfirm: () => void;
  onClose: () => void;
};

/** Asks once. The button says the verb, never "OK". */
export function Confirm({ title, children, verb, isBusy, error, onConfirm, onClose }: Props) {
  return (
    <Dialog onClose={onClose} title={title} size="md">
      <div className="stack">
        <div className="stack">{children}</div>
        <Trouble error={error} doing="writing" />
        <div className="row end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t("Cancel")}
          </Button>
          <Button color="#b42318" loading={isBusy} onClick={onConfirm}>
            {verb}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
