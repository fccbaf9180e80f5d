import { Link } from "@tanstack/react-router";
import { Door } from "../parts/Door.tsx";

export function Lost() {
  return (
    <Door title="There is no such page" says="The address may be mistyped, or what it led to is gone.">
      <p>
        <Link to="/">Go to Home</Link>
      </p>
    </Door>
  );
}
