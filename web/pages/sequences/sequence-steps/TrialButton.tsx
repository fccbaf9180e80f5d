import { Button } from "@mantine/core";
import { IconUsers } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { t } from "../../../language/t.ts";
import type { TrialWish } from "./queries.ts";

const TrialDialog = lazy(async () => ({ default: (await import("./TrialDialog.tsx")).TrialDialog }));

type Props = { title: string; wish: TrialWish; isOlder?: boolean; disabled?: boolean };

/** Opens the email, or all emails of the sequence, as ten contacts would get them. */
export function TrialButton({ disabled = false, ...props }: Props) {
  const [isOpen, open] = useState(false);
  return (
    <>
      <Button
        variant="default"
        style={{ flex: "none" }}
        leftSection={<IconUsers size="0.875rem" aria-hidden />}
        disabled={disabled}
        onClick={() => open(true)}
      >
        {t("Preview for ten contacts")}
      </Button>
      {isOpen && (
        <Suspense fallback={null}>
          <TrialDialog {...props} onClose={() => open(false)} />
        </Suspense>
      )}
    </>
  );
}
