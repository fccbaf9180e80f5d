// Below the mailboxes: under which names the links in their emails stand.

import { Button, Menu } from "@mantine/core";
import { IconDots, IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { Confirm } from "../../../parts/Confirm.tsx";
import { Moment } from "../../../parts/Moment.tsx";
import { Section } from "../../../parts/Page.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { useIsAdmin } from "../../../session.ts";
import { AddDomainDialog, DomainDialog, Standing } from "./AddDomainDialog.tsx";
import { type TrackingDomain, useTrackingDomainChanges, useTrackingDomains } from "./queries.ts";
import classes from "./TrackingDomains.module.css";

export function TrackingDomains() {
  const isAdmin = useIsAdmin();
  const { data: domains } = useTrackingDomains();
  const [isAdding, setIsAdding] = useState(false);
  if (!domains || (domains.length === 0 && !isAdmin)) return null;
  return (
    <Section
      title={t("Tracking domains")}
      note={t(
        "Links in emails (unsubscribe, opens, clicks) use this name instead of the address of Cadenza. Without one they use Cadenza's own address.",
      )}
    >
      <div className="stack">
        {domains.length > 0 && (
          <ul className={classes.list} aria-label={t("Tracking domains")}>
            {domains.map((domain) => (
              <li key={domain.id} className={classes.domain}>
                <DomainLine domain={domain} isAdmin={isAdmin} />
              </li>
            ))}
          </ul>
        )}
        {isAdmin && (
          <div>
            <Button
              variant="default"
              leftSection={<IconPlus size="0.875rem" />}
              onClick={() => setIsAdding(true)}
            >
              {t("Add a tracking domain")}
            </Button>
          </div>
        )}
      </div>
      {isAdding && <AddDomainDialog onClose={() => setIsAdding(false)} />}
    </Section>
  );
}

function DomainLine({ domain, isAdmin }: { domain: TrackingDomain; isAdmin: boolean }) {
  const { check, setDefault, remove } = useTrackingDomainChanges();
  const [isShown, setIsShown] = useState(false);
  const [isRemoving, setIsRemoving] = useState(false);
  const isBusy = check.isPending || setDefault.isPending;
  return (
    <>
      <div className={classes.head}>
        <strong>
          {domain.domain}
          {domain.default && <span className="soft"> {t("(default)")}</span>}
        </strong>
        {isAdmin && (
          <Menu position="bottom-end">
            <Menu.Target>
              <Button
                variant="subtle"
                color="gray"
                size="compact-sm"
                loading={isBusy}
                aria-label={t("Actions for {domain}", { domain: domain.domain })}
              >
                <IconDots size="1rem" />
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => setIsShown(true)}>{t("Show the DNS record")}</Menu.Item>
              <Menu.Item onClick={() => check.mutate(domain.id)}>{t("Check now")}</Menu.Item>
              <Menu.Item onClick={() => setDefault.mutate({ id: domain.id, default: !domain.default })}>
                {domain.default ? t("Stop using as default") : t("Use as default")}
              </Menu.Item>
              <Menu.Item onClick={() => setIsRemoving(true)}>{t("Remove …")}</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
      <Standing domain={domain} />
      {domain.checked_at && (
        <p className="soft small">
          {t("Last checked")} <Moment at={domain.checked_at} />
        </p>
      )}
      <Trouble error={check.error ?? setDefault.error} doing="writing" />
      {isShown && <DomainDialog domain={domain} onClose={() => setIsShown(false)} />}
      {isRemoving && (
        <Confirm
          title={t("Remove {domain}?", { domain: domain.domain })}
          verb={t("Remove")}
          isBusy={remove.isPending}
          error={remove.error}
          onConfirm={() =>
            remove.mutate(domain.id, {
              onSuccess: () => toast(t("{domain} removed.", { domain: domain.domain })),
            })
          }
          onClose={() => setIsRemoving(false)}
        >
          <p>
            {t(
              "New emails no longer use it. Keep the DNS record for as long as people may open links in emails that were sent, such as the unsubscribe link.",
            )}
          </p>
        </Confirm>
      )}
    </>
  );
}
