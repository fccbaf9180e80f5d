import { useMe } from "../session.ts";
import { keptPlace } from "./kept-storage.ts";

/** Where the draft of one field of one record is kept. */
export function useDraftPlace(recordId: string, label: string) {
  return keptPlace(useMe().user.id, `field-${recordId}-${label}`);
}
