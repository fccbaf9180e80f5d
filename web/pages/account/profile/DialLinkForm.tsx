import { t } from "../../../language/t.ts";
import { LinkForm } from "./LinkForm.tsx";

const PLACE = "{number}";

/** What a click on a phone number opens. */
export function DialLinkForm() {
  return (
    <LinkForm
      of="dial_link"
      title={t("Calls")}
      label={t("Link that dials a number")}
      description={t(
        "If empty, the phone app of your device. For a SIP program or a phone in the browser, write {place} where the number belongs.",
        { place: PLACE },
      )}
      placeholder={`sip:${PLACE}@pbx.example.com`}
      saved={t("Dial link saved.")}
      verb={t("Save dial link")}
    />
  );
}
