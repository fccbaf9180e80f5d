import { useQuery } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { creditsQuery, type Saved } from "./queries.ts";

/** Who becomes a contact, and what that costs. */
export function SavePrice({ price }: { price: Saved }) {
  const { data: left } = useQuery(creditsQuery);
  const { counts, credits } = price;
  return (
    <>
      <p>
        <strong>{t("{n, plural, one {# new contact} other {# new contacts}}", { n: counts.created })}</strong>
        {counts.saved_already > 0 && (
          <> {t("· {saved_already, number} already saved", { saved_already: counts.saved_already })}</>
        )}
        {counts.linked > 0 && (
          <> {t("· {linked, number} match existing contacts", { linked: counts.linked })}</>
        )}
        {counts.without_email > 0 && (
          <>
            {" "}
            {t("· {without_email, number} without an email address", { without_email: counts.without_email })}
          </>
        )}
      </p>
      <p>
        {credits.most === 0
          ? t("No credits needed: there are no new verified email addresses.")
          : t(
              "Costs {n, plural, one {# credit} other {# credits}}{left}: 1 for each new verified email address.",
              {
                n: credits.expected,
                left: sayLeft(left),
              },
            )}
      </p>
      <LeftOut price={price} />
      {price.partial_results_only && (
        <p className="soft">{t("Only the first 5,000 people can be saved at once.")}</p>
      )}
    </>
  );
}

/** People who are left out are always named here, before the rest are saved. */
function LeftOut({ price: { left_out_person_ids, contacts } }: { price: Saved }) {
  const left = left_out_person_ids.length;
  if (left === 0) return null;
  return (
    <p role="status">
      {contacts.length === 0
        ? t(
            "No credits left for {left, plural, one {# email address} other {# email addresses}}. An admin can raise the limit.",
            { left },
          )
        : t(
            "Not enough credits: {left, plural, one {# person} other {# people}} with a verified email address will be skipped.",
            { left },
          )}
    </p>
  );
}

/** Undefined until it is known, null where there is no limit. */
function sayLeft(left: number | null | undefined) {
  return typeof left === "number" ? t(" of {left, number} left", { left }) : "";
}
