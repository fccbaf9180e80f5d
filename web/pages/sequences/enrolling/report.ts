import { download } from "../../../parts/download.ts";

/** What became of everybody whom one request named, a line each. */
export function downloadReport(sequenceId: string, requestId: string) {
  const path = `/api/v1/emailer_campaigns/${sequenceId}/verdicts?request_id=${requestId}`;
  return download(path, "text/csv", `report-${requestId}.csv`);
}
