// Uploads files by button, paste and drag, one after the other, and writes each into the text.

const form = document.querySelector("[data-keep]");
const { text } = form.elements;
const status = form.querySelector("[data-status]");
const progress = form.querySelector("[data-progress]");
const picker = document.querySelector("[data-files]");
const button = document.querySelector("[data-upload]");
const dialog = document.querySelector("#alternative-text");

let queue = Promise.resolve();
let number = 0;

function add(files) {
  for (const file of files) queue = queue.then(() => take(file));
}

async function take(file) {
  const words = file.type.startsWith("image/") ? await ask(file) : "";
  if (words === null) return;
  const name = file.name || "picture";
  const placeholder = `![Uploading ${name.replace(/[[\]]/g, "")} (${++number}) …]()`;
  insertLine(placeholder);
  status.textContent = `Uploading ${name} …`;
  try {
    const answer = await send(file, words);
    replace(placeholder, answer.markdown);
    status.textContent = `${name} is uploaded.`;
    if (answer.off_site) document.dispatchEvent(new CustomEvent("studio:off-site", { detail: answer.off_site }));
  } catch (error) {
    replace(placeholder, "");
    status.textContent = `${name} was not uploaded. ${error.message}`;
  } finally {
    progress.hidden = true;
  }
}

function ask(file) {
  dialog.querySelector("[data-name]").textContent = file.name || "a picture";
  const field = dialog.querySelector("textarea");
  field.value = "";
  dialog.returnValue = "";
  const { selectionStart, selectionEnd } = text;
  dialog.showModal();
  field.focus();
  return new Promise((resolve) => {
    const closed = () => {
      text.focus();
      // Chromium gives the text back with its cursor at the very beginning.
      text.setSelectionRange(selectionStart, selectionEnd);
      if (dialog.returnValue === "describe") resolve(field.value.trim());
      else resolve(dialog.returnValue === "decorative" ? "" : null);
    };
    dialog.addEventListener("close", closed, { once: true });
  });
}

function send(file, words) {
  const data = new FormData();
  data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  data.set("alternative_text", words);
  data.set("file", file);
  // Only the older of the two ways to send says how far it is.
  const request = new XMLHttpRequest();
  return new Promise((resolve, reject) => {
    request.upload.addEventListener("progress", (event) => {
      progress.hidden = false;
      progress.value = event.lengthComputable ? event.loaded / event.total : 0;
    });
    request.addEventListener("error", () => reject(new Error("The site cannot be reached just now.")));
    request.addEventListener("load", () => {
      const answer = read(request);
      if (request.status === 201 && answer.markdown) resolve(answer);
      else reject(new Error(answer.error ?? refusal(request.status)));
    });
    request.open("POST", form.dataset.uploads);
    request.setRequestHeader("Accept", "application/json");
    request.send(data);
  });
}

function read(request) {
  try {
    return JSON.parse(request.responseText);
  } catch {
    return {};
  }
}

function refusal(status) {
  if (status === 413) return "It is too large.";
  return status >= 500 ? "The site has trouble just now." : "You are signed out: sign in in another tab.";
}

function insertLine(words) {
  const before = text.value.slice(0, text.selectionStart);
  const after = text.value.slice(text.selectionEnd);
  const lead = !before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  const tail = after.startsWith("\n") || !after ? "\n" : "\n\n";
  text.setRangeText(lead + words + tail, text.selectionEnd, text.selectionEnd, "end");
  changed();
}

// The author may have gone on writing meanwhile: their cursor stays where it is.
function replace(placeholder, words) {
  const start = text.value.indexOf(placeholder);
  if (start < 0) {
    if (words) insertLine(words);
    return;
  }
  const end = start + placeholder.length + (words || text.value[start + placeholder.length] !== "\n" ? 0 : 1);
  text.setRangeText(words, start, end, "preserve");
  changed();
}

function changed() {
  text.dispatchEvent(new Event("input", { bubbles: true }));
}

function files(transfer) {
  return [...(transfer?.files ?? [])];
}

button.hidden = false;
button.addEventListener("click", () => picker.click());
picker.addEventListener("change", () => {
  add([...picker.files]);
  picker.value = "";
});

text.addEventListener("paste", (event) => {
  // A word processor puts a picture of its text on the clipboard too; the text is what was meant.
  if (!files(event.clipboardData).length || event.clipboardData.types.includes("text/plain")) return;
  event.preventDefault();
  add(files(event.clipboardData));
});

form.addEventListener("studio:dropped", (event) => add(event.detail.files));
