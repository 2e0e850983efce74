// Ctrl+S or Cmd+S saves without leaving the page. What is a draft stays a draft, what is out stays out.

const form = document.querySelector("[data-keep]");
const status = form.querySelector("[data-status]");
const { header, text } = form.elements;
let isSaving = false;

function values() {
  return { header: header?.value ?? "", text: text.value };
}

async function save() {
  if (isSaving) return;
  isSaving = true;
  status.textContent = "Saving…";
  const sent = values();
  try {
    const response = await fetch(form.action, {
      method: "POST",
      body: new FormData(form),
      headers: { Accept: "application/json" },
      redirect: "manual",
    });
    const isAnswer = response.headers.get("Content-Type")?.startsWith("application/json");
    if (!isAnswer) {
      status.textContent = "Not saved: you are signed out, or the site has trouble. Your words are kept in this browser.";
    } else {
      show(await response.json(), response.ok, sent);
    }
  } catch {
    status.textContent = "Not saved: the site cannot be reached. Your words are kept in this browser.";
  } finally {
    isSaving = false;
  }
}

function show(answer, isSaved, sent) {
  status.textContent = answer.message;
  form.querySelector("[data-problems]").innerHTML = answer.problems ?? "";
  if (!isSaved) return;
  form.elements.based_on.value = answer.based_on;
  if (header && header.value === sent.header && header !== document.activeElement) {
    header.value = sent.header = answer.header;
  }
  if (answer.bar) form.querySelector("[data-bar]").innerHTML = answer.bar;
  if (answer.address && answer.address !== location.pathname) {
    history.replaceState(null, "", answer.address);
    form.setAttribute("action", answer.address);
  }
  tell(answer.off_site);
  form.dispatchEvent(new CustomEvent("studio:saved", { detail: { sent, subject: answer.subject } }));
}

function tell(offSite) {
  if (offSite) document.dispatchEvent(new CustomEvent("studio:off-site", { detail: offSite }));
}

document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
  if (event.key.toLowerCase() !== "s") return;
  event.preventDefault();
  save();
});
