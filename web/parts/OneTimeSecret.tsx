import { Button, Checkbox } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { t } from "../language/t.ts";
import { CopyText } from "./CopyText.tsx";
import { Dialog } from "./Dialog.tsx";

type Props = {
  title: string;
  /** Where it belongs, and what happens if it is lost. */
  children: ReactNode;
  label: string;
  secret: string;
  /** What one confirms before it disappears. Without it, the dialog closes like any other. */
  confirm?: string;
  onDone: () => void;
};

/** Shows what is shown this once only. With `confirm`, no stray Escape can lose it. */
export function OneTimeSecret({ title, children, label, secret, confirm, onDone }: Props) {
  const [isStored, setIsStored] = useState(!confirm);
  return (
    <Dialog onClose={onDone} title={title} size="lg" isFirm={!!confirm}>
      <div className="stack">
        <div className="prose">{children}</div>
        <CopyText text={secret} label={label} wraps />
        <div className="row end">
          {confirm && (
            <Checkbox
              label={confirm}
              checked={isStored}
              onChange={(event) => setIsStored(event.currentTarget.checked)}
              mr="auto"
            />
          )}
          <Button disabled={!isStored} onClick={onDone}>
            {t("Done")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
