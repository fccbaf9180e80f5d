import logo from "../assets/logo.svg";

export function Logo({ size = 20 }: { size?: number }) {
  return <img src={logo} width={size} height={size} alt="Cadenza" />;
}
