import { contract } from "@cadenza/contract";
import { route } from "../../../http/route.ts";
import { ALL_TYPES, findRecords } from "./search.ts";

export const routes = [
  route(contract.search.records, async ({ db, caller, input }) => {
    const found = await findRecords(db, caller, {
      keywords: input.q_keywords,
      types: input.types?.length ? ALL_TYPES.filter((type) => input.types?.includes(type)) : ALL_TYPES,
      openedIds: [...new Set(input.opened_ids ?? [])],
      perType: input.per_type,
    });
    return {
      results: found.map(({ type, id, name, detail, contactId, match }) => ({
        type,
        id,
        name,
        detail,
        contact_id: contactId,
        match,
      })),
    };
  }),
];
