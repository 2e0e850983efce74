// Marks up the selection: by the toolbar, by keys, and by pasting an address over it.

const text = document.querySelector("[data-keep]").elements.text;
const toolbar = document.querySelector("[data-toolbar]");

// The old command is the only one that leaves the browser's undo working.
function insert(words) {
  text.focus();
  if (!document.execCommand("insertText", false, words)) {
    text.setRangeText(words, text.selectionStart, text.selectionEnd, "end");
    text.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function selected() {
  return text.value.slice(text.selectionStart, text.selectionEnd);
}

function wrap(mark) {
  const words = selected();
  const { selectionStart: start, selectionEnd: end } = text;
  const length = mark.length;
  const isMarked =
    words && text.value.slice(start - length, start) === mark && text.value.slice(end, end + length) === mark;
  if (isMarked) text.setSelectionRange(start - length, end + length);
  insert(isMarked ? words : mark + words + mark);
  const from = isMarked ? start - length : start + length;
  text.setSelectionRange(from, from + words.length);
}

function link() {
  const start = text.selectionStart;
  const words = selected();
  insert(`[${words}](https://)`);
  const from = start + words.length + 3;
  if (words) text.setSelectionRange(from, from + "https://".length);
  else text.setSelectionRange(start + 1, start + 1);
}

const MARKS = { bold: () => wrap("**"), italic: () => wrap("*"), link };
const KEYS = { b: "bold", i: "italic", k: "link" };

toolbar.addEventListener("click", (event) => {
  MARKS[event.target.closest("button")?.value]?.();
});

text.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
  const wish = KEYS[event.key.toLowerCase()];
  if (!wish) return;
  event.preventDefault();
  MARKS[wish]();
});

function isAddress(words) {
  return /^(https?:\/\/|mailto:)\S+$/i.test(words);
}

text.addEventListener("paste", (event) => {
  const address = event.clipboardData.getData("text/plain").trim();
  const words = selected();
  if (!words || !isAddress(address) || isAddress(words) || words.includes("\n")) return;
  event.preventDefault();
  const safe = address.replaceAll("(", "%28").replaceAll(")", "%29");
  insert(`[${words}](${safe})`);
});

toolbar.hidden = false;
