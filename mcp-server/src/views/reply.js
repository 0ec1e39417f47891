// A reply to a customer: the assistant has written a draft, the person may change it, and only their click sends it.
//
// What the server gives for exactly these words (a token, out of the assistant's sight) is handed back upon the click;
// words that were changed get a token of their own first. Nothing else here sends anything.
const TOOL = "conversation_reply";
let draft = {};
let token;

const tokenOf = (result) => result._meta?.["parley/confirmation_token"] ?? result.structuredContent?.confirmation_token;

host.onInput((input) => (draft = input));
host.onResult((result) => {
  const told = result.structuredContent;
  if (result.isError || !told) return show(failure(result));
  if (told.status === "done") return show(element("p", { role: "status" }, "This was sent."));
  token = tokenOf(result);
  compose(told);
});

function compose(told) {
  const text = element("textarea", { rows: "6", "aria-label": "Reply to the customer" });
  text.value = draft.text ?? "";
  const send = element("button", { type: "button" }, "Send to the customer");
  const said = element("p", { role: "status" });
  send.addEventListener("click", (click) => {
    // A click that a script made is nobody's yes.
    if (click.isTrusted) deliver(text, send, said);
  });
  const asked = (told.question ?? "").split("\n")[0];
  show(element("header", {}, element("h1", {}, "Reply"), element("small", {}, asked)), text, send, said);
}

async function deliver(text, send, said) {
  send.disabled = text.readOnly = true;
  said.textContent = "Sending …";
  try {
    const words = text.value;
    if (words !== draft.text || !token) token = await tokenFor(words);
    const result = await host.call(TOOL, { id: draft.id, text: words, confirmation_token: token });
    if (result.isError) throw new Error(failure(result).textContent);
    said.textContent = "Sent.";
  } catch (problem) {
    token = undefined;
    said.textContent = problem.message;
    send.disabled = text.readOnly = false;
  }
}

// What the server gives for words that it has not seen yet.
async function tokenFor(words) {
  const asked = await host.call(TOOL, { id: draft.id, text: words });
  if (asked.isError) throw new Error(failure(asked).textContent);
  draft = { ...draft, text: words };
  return tokenOf(asked);
}
host.begin();
