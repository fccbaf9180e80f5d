import { t } from "../../../language/t.ts";
import { toast } from "../../../parts/toast.tsx";
import { accountFor } from "../../../parts/trouble.ts";
import { filledFor, hasVariables, type Template } from "./queries.ts";

/** A template as the contact would read it. Null, with a message, where it cannot be filled. */
export async function filledOrSaid(template: Template, contactId: string | null) {
  if (!hasVariables(template)) return { subject: template.subject, html: template.body_html ?? "" };
  if (!contactId) {
    toast(t("This template has variables. Add the recipient as a contact first."));
    return null;
  }
  try {
    const { missing, ...filled } = await filledFor(template, contactId);
    if (missing.length > 0)
      toast(
        t("The contact has no value for {missing}. Fill the gaps in the text.", {
          missing: missing.map((name) => `{{${name}}}`).join(", "),
        }),
      );
    return filled;
  } catch (error) {
    toast(accountFor(error, "reading").happened);
    return null;
  }
}
