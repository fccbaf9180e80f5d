import { Menu, Tooltip } from "@mantine/core";
import {
  IconHelp,
  IconLayoutSidebarLeftCollapse,
  IconLayoutSidebarLeftExpand,
  IconSearch,
} from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { t } from "../language/t.ts";
import { leave } from "../pages/account/sessions/leave.ts";
import { countsOf, useWaiting } from "../pages/insight/home/waiting.ts";
import { Initials } from "../parts/Initials.tsx";
import { Logo } from "../parts/Logo.tsx";
import { useMe } from "../session.ts";
import { Key } from "./Key.tsx";
import type { NavigationEntry } from "./place.ts";
import { PLACES, SETTINGS } from "./places.ts";
import classes from "./Rail.module.css";
import type { Hands } from "./verbs.tsx";

type Props = { isFolded: boolean; hands: Hands; onSearch: () => void };

export function Rail({ isFolded, hands, onSearch }: Props) {
  const { team } = useMe();
  const counts = countsOf(useWaiting().data);
  return (
    <nav aria-label={t("Main")} className={classes.rail} data-folded={isFolded || undefined}>
      <div className={classes.team}>
        <Logo />
        <span className={classes.word}>{team.name}</span>
      </div>
      <Hint isShown={isFolded} says={t("Search")}>
        <button
          type="button"
          className={classes.search}
          onClick={onSearch}
          aria-label={isFolded ? t("Search") : undefined}
        >
          <IconSearch size="1rem" stroke={1.75} aria-hidden />
          <span className={classes.word}>{t("Search")}</span>
          <span className={classes.shortcut} aria-hidden="true">
            <Key name="mod" />
            <Key name="K" />
          </span>
        </button>
      </Hint>
      <div className={classes.places}>
        {PLACES.map((place) => (
          <PlaceLink key={place.path} place={place} isFolded={isFolded} waiting={counts[place.path] ?? 0} />
        ))}
        <span className={classes.gap} />
        <PlaceLink place={SETTINGS} isFolded={isFolded} waiting={0} />
        <Hint isShown={isFolded} says={t("Help")}>
          <a href="/help/" className={classes.item} aria-label={isFolded ? t("Help") : undefined}>
            <IconHelp size="1rem" stroke={1.75} aria-hidden />
            <span className={classes.word}>{t("Help")}</span>
          </a>
        </Hint>
      </div>
      <Person isFolded={isFolded} hands={hands} />
    </nav>
  );
}

type PlaceProps = { place: NavigationEntry; isFolded: boolean; waiting: number };

function PlaceLink({ place, isFolded, waiting }: PlaceProps) {
  const { path, name, icon: Icon } = place;
  return (
    <Hint isShown={isFolded} says={name}>
      <Link
        to={path}
        activeOptions={{ exact: path === "/" }}
        className={classes.item}
        aria-label={
          isFolded ? (waiting > 0 ? t("{name}: {waiting} waiting", { name, waiting }) : name) : undefined
        }
      >
        <Icon size="1rem" stroke={1.75} aria-hidden />
        <span className={classes.word}>{name}</span>
        {waiting > 0 && (
          <span className={classes.count} data-figures>
            {waiting > 999 ? "999+" : waiting}
            <span className={classes.said}> {t("waiting")}</span>
          </span>
        )}
      </Link>
    </Hint>
  );
}

function Person({ isFolded, hands }: { isFolded: boolean; hands: Hands }) {
  const { user } = useMe();
  const Fold = isFolded ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse;
  return (
    <div className={classes.foot}>
      <Menu position="top-start" width={208}>
        <Menu.Target>
          <button type="button" className={classes.item} aria-label={isFolded ? user.name : undefined}>
            <Initials name={user.name} />
            <span className={classes.word}>{user.name}</span>
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => hands.go("/settings/profile")}>{t("Your profile")}</Menu.Item>
          <Menu.Item onClick={() => hands.go("/settings/appearance")}>{t("Appearance")}</Menu.Item>
          <Menu.Item onClick={hands.showKeys} rightSection={<Key name="?" />}>
            {t("Keyboard shortcuts")}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item onClick={() => void leave()}>{t("Sign out")}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Tooltip label={isFolded ? t("Expand sidebar") : t("Collapse sidebar")} position="right">
        <button
          type="button"
          className={classes.fold}
          onClick={hands.foldRail}
          aria-label={isFolded ? t("Expand sidebar") : t("Collapse sidebar")}
        >
          <Fold size="1rem" stroke={1.75} aria-hidden />
        </button>
      </Tooltip>
    </div>
  );
}

function Hint({ isShown, says, children }: { isShown: boolean; says: string; children: React.ReactElement }) {
  return (
    <Tooltip label={says} position="right" disabled={!isShown}>
      {children}
    </Tooltip>
  );
}
