import { t } from "../../../language/t.ts";
import { LinkForm } from "./LinkForm.tsx";

/** What the server fills in. */
const PLACES = ["{name}", "{first_name}", "{last_name}", "{email}"];

/** Where contacts book a meeting: emails name it as a variable. */
export function MeetingLinkForm() {
  return (
    <LinkForm
      of="meeting_url"
      title={t("Meeting link")}
      note={t("Insert it into emails as the variable {name}.", { name: "{{sender_meeting_alias}}" })}
      label={t("Page where contacts book a meeting")}
      description={t(
        "Cal.com, Calendly or any other page. The contact's name and address are filled in. Other pages: write {places} where they belong.",
        { places: PLACES.join(", ") },
      )}
      placeholder="https://cal.com/you/30min"
      saved={t("Meeting link saved.")}
      verb={t("Save meeting link")}
    />
  );
}
