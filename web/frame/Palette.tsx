import { createSpotlight, Spotlight, type SpotlightActionGroupData } from "@mantine/spotlight";
import { IconSearch } from "@tabler/icons-react";
import { useIsAdmin } from "../session.ts";
import { Key } from "./KeyHelp.tsx";
import classes from "./Palette.module.css";
import type { Place } from "./place.ts";
import { PLACES, SETTINGS } from "./places.ts";
import { SETTINGS_GROUPS } from "./settings-places.ts";
import { type Hands, VERBS, type Verb } from "./verbs.tsx";

const [store, palette] = createSpotlight();

export const openPalette = palette.open;

/** Every place and every verb, by name. */
export function Palette({ hands }: { hands: Hands }) {
  const isAdmin = useIsAdmin();
  const mayUse = ({ adminOnly }: { adminOnly?: true }) => isAdmin || !adminOnly;
  const actions: SpotlightActionGroupData[] = [
    { group: "Go to", actions: [...PLACES, SETTINGS].map((place) => placeAction(place, hands)) },
    ...SETTINGS_GROUPS.map(({ name, places }) => ({
      group: `Settings: ${name}`,
      actions: places
        .filter(mayUse)
        .map((place) => placeAction(place, hands, [`${name} settings ${place.name}`])),
    })).filter(({ actions }) => actions.length > 0),
    { group: "Do", actions: VERBS.filter(mayUse).map((verb) => verbAction(verb, hands)) },
  ];
  return (
    <Spotlight
      store={store}
      actions={actions}
      shortcut={["mod + K"]}
      tagsToIgnore={[]}
      highlightQuery
      clearQueryOnClose
      scrollable
      maxHeight={420}
      size={560}
      nothingFound="Nothing by that name. Try another word for it."
      searchProps={{
        placeholder: "Go somewhere or do something",
        "aria-label": "Go somewhere or do something",
        leftSection: <IconSearch size="1rem" stroke={1.75} aria-hidden />,
      }}
      classNames={classes}
      attributes={{ content: { "aria-label": "Places and verbs" } }}
      transitionProps={{ duration: 120, transition: "fade" }}
      overlayProps={{ backgroundOpacity: 0.4 }}
    />
  );
}

function placeAction(place: Place, { go }: Hands, besides: readonly string[] = []) {
  const { path, name, letter, icon: Icon, also = [] } = place;
  return {
    id: path,
    label: name,
    keywords: [...also, ...besides],
    leftSection: <Icon size="1rem" stroke={1.75} aria-hidden />,
    rightSection: letter && (
      <span className={classes.keys}>
        <Key name="G" />
        <Key name={letter.toUpperCase()} />
      </span>
    ),
    onClick: () => go(path),
  };
}

function verbAction({ name, icon: Icon, also = [], run }: Verb, hands: Hands) {
  return {
    id: name,
    label: name,
    keywords: [...also],
    leftSection: <Icon size="1rem" stroke={1.75} aria-hidden />,
    onClick: () => run(hands),
  };
}
