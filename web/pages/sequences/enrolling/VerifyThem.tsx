import { Button } from "@mantine/core";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { verifyAndWait } from "../../settings/verification/queries.ts";
import { sayFound } from "../../settings/verification/words.ts";
import { useMend } from "./queries.ts";

type Props = { ids: readonly string[]; isBusy: boolean; lookAgain: () => void };

/** Has the addresses verified, then checks again: contacts whose address exists join. */
export function VerifyThem({ ids, isBusy, lookAgain }: Props) {
  const [checked, setChecked] = useState(0);
  const mend = useMend();
  const verify = () => {
    setChecked(0);
    mend.mutate(async () => toast(sayFound(await verifyAndWait(ids, setChecked))), { onSuccess: lookAgain });
  };
  return (
    <>
      <Button variant="default" loading={mend.isPending} disabled={isBusy} onClick={verify}>
        {t("Verify")}
      </Button>
      <span role="status" className="soft small">
        {mend.isPending && t("{checked, number} of {ids, number} checked", { checked, ids: ids.length })}
      </span>
      <Trouble error={mend.error} doing="writing" />
    </>
  );
}
