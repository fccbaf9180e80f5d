import { useQuery } from "@tanstack/react-query";
import { reportQuery } from "../../sequences/sequence-report/queries.ts";
import { VariantsCompared } from "../../sequences/sequence-report/VariantsCompared.tsx";
import { useSequence } from "../../sequences/sequences/queries.ts";

/** Which variants of a sequence do better, over all the time it has run: a test does not begin anew with a period. */
export function VariantsOf({ sequenceId }: { sequenceId: string }) {
  const { data: report } = useQuery(reportQuery(sequenceId, undefined));
  const { data: whole } = useSequence(sequenceId);
  return report && whole ? <VariantsCompared report={report} whole={whole} /> : null;
}
