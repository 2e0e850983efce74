// Sends chosen or dropped files one after the other, and says how far each is.

const form = document.querySelector("[data-upload]");
const status = form.querySelector("[data-status]");
const progress = form.querySelector("progress");
const picker = form.elements.file;
let queue = Promise.resolve();

function send(file) {
  const data = new FormData();
  data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  if (form.elements.keeps_format.checked) data.set("keeps_format", "on");
  data.set("file", file);
  // Only the older of the two ways to send says how far it is.
  const request = new XMLHttpRequest();
  return new Promise((resolve) => {
    request.upload.addEventListener("progress", (event) => {
      progress.hidden = false;
      progress.value = event.lengthComputable ? event.loaded / event.total : 0;
    });
    request.addEventListener("error", () => resolve("The site cannot be reached just now."));
    request.addEventListener("load", () => resolve(refusal(request)));
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.send(data);
  });
}

function refusal(request) {
  if (request.status === 201) return "";
  try {
    return JSON.parse(request.responseText).error;
  } catch {
    return request.status === 413 ? "It is larger than 10 MB." : "The site did not take it.";
  }
}

async function take(files) {
  const troubles = [];
  for (const file of files) {
    status.textContent = `Uploading ${file.name} …`;
    const trouble = await send(file);
    if (trouble) troubles.push(`${file.name} was not uploaded. ${trouble}`);
  }
  progress.hidden = true;
  picker.value = "";
  status.textContent = troubles.join(" ");
  // With trouble the page stays, so that it can be read.
  if (!troubles.length) location.reload();
}

function add(files) {
  const list = [...files];
  if (list.length) queue = queue.then(() => take(list));
}

form.addEventListener("submit", (event) => {
  if (!picker.files.length) return;
  event.preventDefault();
  add(picker.files);
});

form.addEventListener("studio:dropped", (event) => add(event.detail.files));
