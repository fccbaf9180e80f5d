import assert from "node:assert/strict";
import { test } from "node:test";
import { type VariantStory, variantSays } from "./variant-words.ts";

const says = (rest: Partial<VariantStory>) =>
  variantSays({
    position: 2,
    place: 2,
    because: "drawn",
    goesWith: null,
    isSent: false,
    ...rest,
  });
const goesWith = { position: 1, place: 1 };

test("the sentence says which variant a contact gets, and why", () => {
  assert.equal(
    says({ because: "goes_with", goesWith }),
    "The contact gets variant B of step 2: it is paired with variant A of step 1, which the contact got before.",
  );
  assert.equal(
    says({ because: "everybody_else" }),
    "The contact gets variant B of step 2: the contact got no email that another variant of this step is paired with.",
  );
  assert.equal(
    says({ because: "no_other", goesWith }),
    "The contact gets variant B of step 2: no variant of this step fits the contact better. It is paired with variant A of step 1, which the contact did not get.",
  );
  assert.match(says({ because: "drawn" }), /picked at random by weight/);
  assert.match(says({ because: "only" }), /the only variant of this step that may be sent/);
});

test("of a mail that has gone out it is said as what happened", () => {
  assert.match(
    says({ because: "goes_with", goesWith, isSent: true }),
    /^The contact got variant B of step 2: /,
  );
});
