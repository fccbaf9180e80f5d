import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { sortedBy } from "../../../parts/records/sort.ts";
import { api } from "../../../session.ts";
import type { Export } from "../views/ExportMenu.tsx";
import { exportRecords } from "../views/export.ts";
import { RecordBrowser } from "../views/RecordBrowser.tsx";
import { shownColumns } from "../views/shown-columns.ts";
import { CompanyBar } from "./CompanyBar.tsx";
import { CompanyPeek } from "./CompanyPeek.tsx";
import { nameOf, useCompanyColumns } from "./columns.tsx";
import type { CompanySearch } from "./queries.ts";
import type { CompanyListState } from "./useCompanyList.ts";

type Props = {
  list: CompanyListState;
  /** Shown when the list is empty. */
  empty: ReactNode;
  /** The list whose page this is, off which the chosen can be taken. */
  ofList?: { id: string; name: string };
};

const WORDS = perLanguage(() => ({
  many: t("Companies"),
  all: t("All companies"),
  search: t("Search companies"),
  none: t("No companies match."),
  showAll: t("Show all"),
}));

export function CompanyBrowser({ list, empty, ofList }: Props) {
  const columns = useCompanyColumns(list.view.layout);
  const navigate = useNavigate();
  const open = (id: string) => void navigate({ to: "/companies/$id", params: { id } });
  const { peek, search, selection } = list;
  const asked = sortedBy(list.sort);
  const exportOf =
    (found: CompanySearch): Export =>
    (shown) =>
      void exportRecords(
        "companies",
        (wish) => api.accounts.search.csv({ ...found, ...asked, ...wish }),
        shown,
      );
  const chosen = selection.isAll ? search : { account_ids: [...selection.chosen.keys()] };
  return (
    <>
      <RecordBrowser
        subject="accounts"
        place="companies"
        words={WORDS}
        isWhole={!ofList}
        rowName={nameOf}
        list={list}
        columns={columns}
        open={open}
        empty={empty}
        onExport={exportOf(search)}
      />
      <CompanyBar
        list={list}
        {...(ofList && { ofList })}
        onExport={exportOf(chosen)}
        shown={shownColumns(columns, list.view.layout.now)}
      />
      {peek && <CompanyPeek id={peek} onClose={() => list.setPeek(undefined)} onOpen={() => open(peek)} />}
    </>
  );
}
