import assert from "node:assert/strict";
import { test } from "node:test";
import { type VariantStory, variantSays } from "./variant-words.ts";

const says = (rest: Partial<VariantStory>) =>
  variantSays({
    ...{ position: 2, place: 2, because: "drawn", goesWith: null, isSent: false },
    ...rest,
  });
const goesWith = { position: 1, place: 1 };

test("it is said which variant somebody gets, and why", () => {
  assert.equal(
    says({ because: "goes_with", goesWith }),
    "They get variant B of step 2: it goes with variant A of step 1, which they were sent before.",
  );
  assert.equal(
    says({ because: "everybody_else" }),
    "They get variant B of step 2: they were sent nothing that another variant of this step goes with.",
  );
  assert.equal(
    says({ because: "no_other", goesWith }),
    "They get variant B of step 2, although it goes with variant A of step 1, which they were not sent: the step has none for them.",
  );
  assert.match(says({ because: "drawn" }), /drawn for them by its weight/);
  assert.match(says({ because: "only" }), /no other of this step may be sent/);
});

test("of a mail that has gone out it is said as what happened", () => {
  assert.match(
    says({ because: "goes_with", goesWith, isSent: true }),
    /^They were sent variant B of step 2: /,
  );
});
