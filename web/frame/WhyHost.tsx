import { lazy, Suspense } from "react";
import { readSubject, writeSubject } from "../pages/insight/explain/subject.ts";
import { useAddress } from "../parts/address.ts";

const WhyPanel = lazy(async () => ({
  default: (await import("../pages/insight/explain/WhyPanel.tsx")).WhyPanel,
}));

/** Over any page, where its address asks why. */
export function WhyHost() {
  const [address, change] = useAddress();
  const of = readSubject(address.why);
  if (!of) return null;
  return (
    <Suspense fallback={null}>
      <WhyPanel key={writeSubject(of)} of={of} onClose={() => change({ why: undefined })} />
    </Suspense>
  );
}
