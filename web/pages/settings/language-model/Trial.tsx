import { Button } from "@mantine/core";
import { t } from "../../../language/t.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import { useTryModel } from "./queries.ts";

/** One opener for an invented contact: whether it works, and if not, what to do about it. */
export function Trial() {
  const attempt = useTryModel();
  const said = attempt.data;
  return (
    <div className="stack" style={{ marginTop: 16 }}>
      <div>
        <Button variant="default" loading={attempt.isPending} onClick={() => attempt.mutate()}>
          {t("Run test")}
        </Button>
      </div>
      <Trouble error={attempt.error} doing="writing" />
      {said && (
        <p role="status" className="small">
          {said.outcome === "fits" && sayWritten(said)}
          {said.outcome === "unfit" &&
            t("It works, but this text would be rejected. {says}", { says: said.says })}
          {said.outcome === "failed" && said.says}
        </p>
      )}
    </div>
  );
}

type Tried = NonNullable<ReturnType<typeof useTryModel>["data"]>;

function sayWritten({ opener, took_ms, completion_tokens: tokens }: Tried) {
  return tokens === null
    ? t("It wrote “{opener}”, in {took_ms} ms.", { opener, took_ms })
    : t("It wrote “{opener}”, in {took_ms} ms and {tokens, plural, one {# token} other {# tokens}}.", {
        opener,
        took_ms,
        tokens,
      });
}
