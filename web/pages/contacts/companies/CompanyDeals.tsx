import { useQuery } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { DealLines } from "../../work/deals/DealLines.tsx";
import { dealsOfCompany } from "../../work/deals/queries.ts";

export function CompanyDeals({ id }: { id: string }) {
  const deals = useQuery(dealsOfCompany(id));
  return <DealLines found={deals} none={t("No deals with this company yet.")} />;
}
