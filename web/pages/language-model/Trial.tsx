import { Button } from "@mantine/core";
import { count } from "../../parts/figures.ts";
import { Trouble } from "../../parts/Trouble.tsx";
import { useTryModel } from "./queries.ts";

/** One opener for somebody invented: whether it works, and if not, what to do about it. */
export function Trial() {
  const attempt = useTryModel();
  const said = attempt.data;
  return (
    <div className="stack" style={{ marginTop: 16 }}>
      <div>
        <Button variant="default" loading={attempt.isPending} onClick={() => attempt.mutate()}>
          Try it
        </Button>
      </div>
      <Trouble error={attempt.error} doing="writing" />
      {said && (
        <p role="status" className="small">
          {said.outcome === "fits" &&
            `It wrote “${said.opener}”, in ${said.took_ms} ms${said.completion_tokens === null ? "" : ` and ${count(said.completion_tokens, "token")}`}.`}
          {said.outcome === "unfit" && `It answers, but this would have been dropped. ${said.says}`}
          {said.outcome === "failed" && said.says}
        </p>
      )}
    </div>
  );
}
