// Drawing by lot without chance: the same text always draws the same lot.

/** From 0 to `count` - 1. */
export function lotOf(text: string, count: number) {
  return hash(text) % count;
}

/** FNV-1a over 32 bits, then mixed: ids that differ in their last digits only must fall far apart. */
function hash(text: string) {
  let bits = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) bits = Math.imul(bits ^ text.charCodeAt(at), 0x01000193);
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
