import { Button, Textarea } from "@mantine/core";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import { accountFor } from "../../../parts/trouble.ts";
import type { useMailChanges } from "./queries.ts";

type Props = {
  send: ReturnType<typeof useMailChanges>["send"];
  /** Of whatever else is asked before a mail is sent. */
  error?: unknown;
  onSent: () => void;
};

/** Why a mail was not sent. Where only the limit of touches keeps it back, a person may say why it goes all the same. */
export function SendTrouble({ send, error, onSent }: Props) {
  const what = error ?? send.error;
  if (!what) return null;
  const isLimit = accountFor(what, "writing").code === "touch_limit" && send.variables !== undefined;
  return (
    <div className="stack">
      <Trouble error={what} doing="writing" />
      {isLimit && <Anyway send={send} onSent={onSent} />}
    </div>
  );
}

function Anyway({ send, onSent }: Omit<Props, "error">) {
  const [reason, setReason] = useState("");
  const { variables } = send;
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (variables && reason.trim())
          send.mutate({ ...variables, touch_limit_reason: reason }, { onSuccess: onSent });
      }}
    >
      <Textarea
        label={t("Reason for sending anyway")}
        description={t("Saved with this email and in the history.")}
        placeholder={t("The contact asked for it by phone")}
        maxLength={500}
        autosize
        minRows={2}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <div>
        <Button type="submit" variant="default" loading={send.isPending} disabled={reason.trim() === ""}>
          {t("Send anyway")}
        </Button>
      </div>
    </form>
  );
}
