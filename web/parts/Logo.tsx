import logo from "../assets/logo.svg";
import { t } from "../language/t.ts";

export function Logo({ size = 20 }: { size?: number }) {
  return <img src={logo} width={size} height={size} alt={t("Cadenza")} />;
}
