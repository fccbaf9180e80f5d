/** A number from 0 up to 1: the same for the same seed, person and step. */
export function drawn(seed: number, lot: number, step: number) {
  let mixed = Math.imul(seed ^ Math.imul(lot, 0x9e3779b1) ^ Math.imul(step + 1, 0x85ebca6b), 0xc2b2ae35);
  mixed ^= mixed >>> 15;
  mixed = Math.imul(mixed, 0x27d4eb2f);
  return ((mixed ^ (mixed >>> 13)) >>> 0) / 2 ** 32;
}
