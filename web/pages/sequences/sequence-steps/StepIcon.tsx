import {
  IconArrowsSplit2,
  IconBrandLinkedin,
  IconBrandWhatsapp,
  IconChecklist,
  IconDeviceMobileMessage,
  IconEye,
  IconMail,
  IconMailOpened,
  IconMessage,
  IconPhone,
  IconThumbUp,
  type TablerIcon,
} from "@tabler/icons-react";
import type { StepType } from "./draft.ts";

const ICONS: Record<StepType, TablerIcon> = {
  auto_email: IconMail,
  manual_email: IconMailOpened,
  call: IconPhone,
  sms: IconDeviceMobileMessage,
  whatsapp: IconBrandWhatsapp,
  action_item: IconChecklist,
  linkedin_step_connect: IconBrandLinkedin,
  linkedin_step_message: IconMessage,
  linkedin_step_view_profile: IconEye,
  linkedin_step_interact_post: IconThumbUp,
  branch: IconArrowsSplit2,
};

export function StepIcon({ type }: { type: StepType }) {
  const Icon = ICONS[type];
  return <Icon size="1.125rem" stroke={1.75} aria-hidden style={{ flex: "none", color: "var(--soft)" }} />;
}
