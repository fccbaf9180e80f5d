import { Menu, Tooltip } from "@mantine/core";
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand, IconSearch } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { countsOf, useWaiting } from "../pages/home/waiting.ts";
import { leave } from "../pages/sessions/leave.ts";
import { Initials } from "../parts/Initials.tsx";
import { Logo } from "../parts/Logo.tsx";
import { useMe } from "../session.ts";
import { Key } from "./KeyHelp.tsx";
import type { Place } from "./place.ts";
import { PLACES, SETTINGS } from "./places.ts";
import classes from "./Rail.module.css";
import type { Hands } from "./verbs.tsx";

type Props = { isFolded: boolean; hands: Hands; onSearch: () => void };

export function Rail({ isFolded, hands, onSearch }: Props) {
  const { team } = useMe();
  const counts = countsOf(useWaiting().data);
  return (
    <nav aria-label="Main" className={classes.rail} data-folded={isFolded || undefined}>
      <div className={classes.team}>
        <Logo />
        <span className={classes.word}>{team.name}</span>
      </div>
      <Hint isShown={isFolded} says="Search">
        <button
          type="button"
          className={classes.search}
          onClick={onSearch}
          aria-label={isFolded ? "Search" : undefined}
        >
          <IconSearch size="1rem" stroke={1.75} aria-hidden />
          <span className={classes.word}>Search</span>
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
      </div>
      <Person isFolded={isFolded} hands={hands} />
    </nav>
  );
}

type PlaceProps = { place: Place; isFolded: boolean; waiting: number };

function PlaceLink({ place, isFolded, waiting }: PlaceProps) {
  const { path, name, icon: Icon } = place;
  return (
    <Hint isShown={isFolded} says={name}>
      <Link
        to={path}
        activeOptions={{ exact: path === "/" }}
        className={classes.item}
        aria-label={isFolded ? (waiting > 0 ? `${name}: ${waiting} waiting` : name) : undefined}
      >
        <Icon size="1rem" stroke={1.75} aria-hidden />
        <span className={classes.word}>{name}</span>
        {waiting > 0 && (
          <span className={classes.count} data-figures>
            {waiting > 999 ? "999+" : waiting}
            <span className={classes.said}> waiting</span>
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
          <Menu.Item onClick={() => hands.go("/settings/profile")}>Your profile</Menu.Item>
          <Menu.Item onClick={() => hands.go("/settings/appearance")}>Appearance</Menu.Item>
          <Menu.Item onClick={hands.showKeys} rightSection={<Key name="?" />}>
            Keys
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item onClick={() => void leave()}>Sign out</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Tooltip label={isFolded ? "Unfold the rail" : "Fold the rail"} position="right">
        <button
          type="button"
          className={classes.fold}
          onClick={hands.foldRail}
          aria-label={isFolded ? "Unfold the rail" : "Fold the rail"}
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
