import { ActionIcon, Tooltip } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { IconChevronDown, IconChevronUp } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { t } from "../language/t.ts";
import { usePageKeys } from "./pageKeys.ts";
import classes from "./RecordPage.module.css";

type Props = {
  name: string;
  /** The tile or initials before the name. */
  tile?: ReactNode;
  says?: ReactNode;
  crumb: { to: string; name: string };
  onBefore?: (() => void) | undefined;
  onAfter?: (() => void) | undefined;
  verbs?: ReactNode;
  facts: ReactNode;
  children: ReactNode;
};

/** One record's page: what it is on top, its facts at the side, what belongs to it in the middle. */
export function RecordPage({ name, tile, says, crumb, onBefore, onAfter, verbs, facts, children }: Props) {
  useDocumentTitle(t("{name} · Cadenza", { name }));
  usePageKeys({ j: onAfter, k: onBefore });
  return (
    <div className={classes.page}>
      <div className={classes.crumbs}>
        <nav aria-label={t("Breadcrumb")}>
          <Link to={crumb.to as "/"}>{crumb.name}</Link>
        </nav>
        {(onBefore || onAfter) && (
          <div className={classes.steps}>
            <Step label={t("Previous (K)")} onClick={onBefore} icon={<IconChevronUp size="1rem" />} />
            <Step label={t("Next (J)")} onClick={onAfter} icon={<IconChevronDown size="1rem" />} />
          </div>
        )}
      </div>
      <header className={classes.top}>
        {tile}
        <div className={classes.words}>
          <h1 className={classes.title}>{name}</h1>
          <p className={classes.says}>{says ?? " "}</p>
        </div>
        {verbs && <div className={classes.verbs}>{verbs}</div>}
      </header>
      <div className={classes.columns}>
        <section aria-label={t("Details")} className={classes.facts}>
          {facts}
        </section>
        <div className={classes.middle}>{children}</div>
      </div>
    </div>
  );
}

function Step({
  label,
  onClick,
  icon,
}: {
  label: string;
  onClick: (() => void) | undefined;
  icon: ReactNode;
}) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="default" size="md" aria-label={label} disabled={!onClick} onClick={onClick}>
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}

/** A group of facts under a small heading. */
export function FactGroup({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.group}>
      <h2 className={classes.subtitle}>{title}</h2>
      {children}
    </section>
  );
}
