import { t } from "../language/t.ts";
import { Dialog } from "../parts/Dialog.tsx";
import { useIsAdmin } from "../session.ts";
import { ALL_PLACES } from "./all-places.ts";
import { Key } from "./Key.tsx";
import classes from "./KeyHelp.module.css";
import { KEYS } from "./keys.ts";

export function KeyHelp({ onClose }: { onClose: () => void }) {
  const isAdmin = useIsAdmin();
  const places = ALL_PLACES.flatMap(({ letter, name, adminOnly }) =>
    letter && (isAdmin || !adminOnly) ? [{ keys: ["G", letter.toUpperCase()], does: name }] : [],
  );
  return (
    <Dialog onClose={onClose} title={t("Keyboard shortcuts")} size="lg">
      <div className={classes.columns}>
        <Keys title={t("Anywhere")} keys={KEYS} />
        <Keys title={t("Go to")} keys={places} />
      </div>
    </Dialog>
  );
}

function Keys({ title, keys }: { title: string; keys: typeof KEYS }) {
  return (
    <section>
      <h3 className={classes.title}>{title}</h3>
      <dl className={classes.list}>
        {keys.map(({ keys: pressed, does }) => (
          <div key={does}>
            <dt>{does}</dt>
            <dd>
              {pressed.map((key) => (
                <Key key={key} name={key} />
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
