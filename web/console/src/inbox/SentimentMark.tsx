import HappyIcon from "@mui/icons-material/SentimentSatisfied";
import UnhappyIcon from "@mui/icons-material/SentimentDissatisfied";
import AngryIcon from "@mui/icons-material/SentimentVeryDissatisfied";
import { fieldOf, useObject } from "../api/schema";
import { optionLabel } from "../fields/valueText";

const marks = {
  happy: { Icon: HappyIcon, color: "success" },
  unhappy: { Icon: UnhappyIcon, color: "warning" },
  angry: { Icon: AngryIcon, color: "error" },
} as const;
const isMarked = (sentiment: string): sentiment is keyof typeof marks => sentiment in marks;

/** A face for how the customer seems to feel, where it is not neutral. */
export function SentimentMark({ sentiment }: { sentiment: string | null }) {
  const field = fieldOf(useObject("conversation"), "sentiment");
  if (!sentiment || !isMarked(sentiment)) return null;
  const { Icon, color } = marks[sentiment];
  return <Icon color={color} titleAccess={field ? optionLabel(field, sentiment) : sentiment} sx={{ fontSize: 17, flex: "none" }} />;
}
