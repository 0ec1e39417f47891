import CloseIcon from "@mui/icons-material/Close";
import Box from "@mui/material/Box";
import IconButton from "@mui/material/IconButton";
import { useText } from "../i18n";
import { AboutCard } from "./AboutCard";
import { CustomerCard } from "./CustomerCard";
import { HandoffCard } from "./HandoffCard";
import { OtherRecords } from "./OtherRecords";
import type { Conversation } from "./types";
import { useCustomer } from "./useCustomer";

/** Who it is, why a person is needed, and what else there is about them. */
export function Details({ conversation, there, onClose }: { conversation: Conversation; there?: boolean; onClose?: () => void }) {
  const t = useText();
  const customer = useCustomer(conversation);
  return (
    <Box sx={{ p: 1.5, "& > section": { mb: 1.5 } }}>
      {onClose && <Box sx={{ textAlign: "right" }}><IconButton aria-label={t("action.close")} onClick={onClose}><CloseIcon fontSize="small" /></IconButton></Box>}
      <CustomerCard customer={customer} there={there} />
      <HandoffCard conversation={conversation} />
      <AboutCard conversation={conversation} />
      <OtherRecords conversation={conversation} />
    </Box>
  );
}
