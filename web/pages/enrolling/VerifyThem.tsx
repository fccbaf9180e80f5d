import { Button } from "@mantine/core";
import { useState } from "react";
import { figure } from "../../parts/figures.ts";
import { Trouble } from "../../parts/Trouble.tsx";
import { toast } from "../../parts/toast.tsx";
import { verifyAndWait } from "../verification/queries.ts";
import { sayFound } from "../verification/words.ts";
import { useMend } from "./queries.ts";

type Props = { ids: readonly string[]; isBusy: boolean; lookAgain: () => void };

/** Asks whether there is anybody at their addresses, and looks again once that is known: whoever is there joins. */
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
        Verify
      </Button>
      <span role="status" className="soft small">
        {mend.isPending && `${figure(checked)} of ${figure(ids.length)} checked`}
      </span>
      <Trouble error={mend.error} doing="writing" />
    </>
  );
}
