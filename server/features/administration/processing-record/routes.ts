import { contract } from "@cadenza/contract";
import { route, routeFile } from "../../../http/route.ts";
import { changeProcessingRecord, processingRecord } from "./commands.ts";
import { recordFile } from "./file.ts";
import type { OwnWords } from "./store.ts";

export const routes = [
  route(contract.processingRecords.show, async (act) => present(await processingRecord(act))),

  route(contract.processingRecords.update, async ({ input, ...act }) =>
    present(await changeProcessingRecord(act, changeFrom(input))),
  ),

  routeFile(contract.processingRecords.file, async (act) =>
    recordFile((await processingRecord(act)).sections, act.now),
  ),
];

type Input = {
  controller?: string | undefined;
  data_protection_officer?: string | undefined;
  purposes?: string | undefined;
  transfers?: string | undefined;
  security_measures?: string | undefined;
  lawful_basis_field_id?: string | null | undefined;
};

/** What is left out stays the same. */
function changeFrom(input: Input): Partial<OwnWords> {
  const change = {
    controller: input.controller,
    dataProtectionOfficer: input.data_protection_officer,
    purposes: input.purposes,
    transfers: input.transfers,
    securityMeasures: input.security_measures,
    lawfulBasisFieldId: input.lawful_basis_field_id,
  };
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}

function present({ words, updatedAt, sections }: Awaited<ReturnType<typeof processingRecord>>) {
  return {
    processing_record: {
      controller: words.controller,
      data_protection_officer: words.dataProtectionOfficer,
      purposes: words.purposes,
      transfers: words.transfers,
      security_measures: words.securityMeasures,
      lawful_basis_field_id: words.lawfulBasisFieldId,
      updated_at: updatedAt?.toString() ?? null,
      sections,
    },
  };
}
