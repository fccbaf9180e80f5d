import { IconSearch, IconUser } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import classes from "./BottomBar.module.css";
import { PLACES, SETTINGS } from "./places.ts";

const ROOM_FOR = 2; // of the rail's places; five in all, and a thumb reaches no more

/** The rail, where there is no room for one. */
export function BottomBar({ onSearch }: { onSearch: () => void }) {
  return (
    <nav aria-label="Main" className={classes.bar}>
      {PLACES.slice(0, ROOM_FOR).map(({ path, name, icon: Icon }) => (
        <Link key={path} to={path} activeOptions={{ exact: path === "/" }} className={classes.item}>
          <Icon size="1.25rem" stroke={1.75} aria-hidden />
          {name}
        </Link>
      ))}
      <button type="button" className={classes.item} onClick={onSearch}>
        <IconSearch size="1.25rem" stroke={1.75} aria-hidden />
        Search
      </button>
      <Link to={SETTINGS.path} className={classes.item}>
        <SETTINGS.icon size="1.25rem" stroke={1.75} aria-hidden />
        {SETTINGS.name}
      </Link>
      <Link to="/settings/profile" className={classes.item}>
        <IconUser size="1.25rem" stroke={1.75} aria-hidden />
        You
      </Link>
    </nav>
  );
}
