import { Anchor, Checkbox, Loader, PasswordInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { t } from "../../../language/t.ts";
import { useLate } from "../../../parts/late.ts";
import { foundSays } from "./found-servers.ts";
import type { useFoundServers } from "./queries.ts";
import { ServerFieldset } from "./ServerFieldset.tsx";
import type { ConnectFields } from "./wish.ts";

type Form = UseFormReturnType<ConnectFields>;
type Sought = ReturnType<typeof useFoundServers>;

/** What was found for the address, or that it is being looked for. */
export function FoundLine({ sought }: { sought: Sought }) {
  const { found, isLooking, domain } = sought;
  const isLate = useLate(isLooking);
  if (isLooking)
    return (
      <p className="soft small" aria-live="polite">
        {isLate && <Loader size={12} mr={6} />}
        {t("Looking for the mail servers of {domain}.", { domain })}
      </p>
    );
  return (
    <div className="soft small" aria-live="polite">
      {found ? (
        foundSays(found, domain).map((sentence) => <p key={sentence}>{sentence}</p>)
      ) : (
        <p>{t("Your email provider lists these settings under IMAP and SMTP.")}</p>
      )}
    </div>
  );
}

export function ReadsReplies({ form }: { form: Form }) {
  return (
    <Checkbox
      label={t("Read replies and bounces")}
      description={t("If off, sequences do not stop on a reply.")}
      {...form.getInputProps("readsReplies", { type: "checkbox" })}
    />
  );
}

type Props = { form: Form; sought: Sought; isByHand: boolean; onByHand: () => void };

/** The password, and the servers where none were found or the person wants others. */
export function OwnServers({ form, sought, isByHand, onByHand }: Props) {
  const isFound = Boolean(sought.found?.smtp) || sought.isLooking;
  const areShown = isByHand || !isFound;
  const { isSeed } = form.values;
  return (
    <>
      <PasswordInput
        label={t("Password")}
        description={t("Stored encrypted, never shown again, and sent only to this provider's servers.")}
        required
        withAsterisk={false}
        autoComplete="off"
        {...form.getInputProps("password")}
      />
      {areShown && !isSeed && (
        <div onInput={onByHand}>
          <ServerFieldset form={form} side="smtp" title={t("Sending (SMTP)")} />
        </div>
      )}
      {!isSeed && <ReadsReplies form={form} />}
      {areShown && (form.values.readsReplies || isSeed) && (
        <div onInput={onByHand}>
          <ServerFieldset form={form} side="imap" title={t("Reading (IMAP)")} />
        </div>
      )}
      {!areShown && (
        <div>
          <Anchor component="button" type="button" size="sm" onClick={onByHand}>
            {t("Enter other servers")}
          </Anchor>
        </div>
      )}
    </>
  );
}
