import { Modal, type ModalProps } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";

type Props = Pick<ModalProps, "title" | "size" | "onClose" | "children"> & {
  /** Where a stray Escape would lose something: it closes by its own button only. */
  isFirm?: boolean;
};

/** Something over the page, open as long as it is drawn. On a phone it is the page. */
export function Dialog({ isFirm = false, ...props }: Props) {
  const isNarrow = useMediaQuery("(max-width: 29.99em)", undefined, { getInitialValueInEffect: false });
  return (
    <Modal
      opened
      fullScreen={!!isNarrow}
      closeOnEscape={!isFirm}
      closeOnClickOutside={!isFirm}
      withCloseButton={!isFirm}
      {...props}
    />
  );
}
