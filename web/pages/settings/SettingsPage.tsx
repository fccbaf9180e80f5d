import { Link, Outlet } from "@tanstack/react-router";
import { SETTINGS_PLACES } from "../../frame/places.ts";
import classes from "./SettingsPage.module.css";

/** Settings' own list of places beside whichever is open. */
export function SettingsPage() {
  return (
    <div className={classes.settings}>
      <nav aria-label="Settings" className={classes.places}>
        {SETTINGS_PLACES.map(({ path, name }) => (
          <Link key={path} to={path} className={classes.item}>
            {name}
          </Link>
        ))}
      </nav>
      <div className={classes.page}>
        <Outlet />
      </div>
    </div>
  );
}
