// Buttons that copy an address, a command or an example. They are visible only if the page may use the clipboard.

export function start(root = document) {
  complete(root);
  openCitations();
  if (!navigator.clipboard) return;
  for (const button of root.querySelectorAll("button.copy")) button.hidden = false;
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button.copy");
  if (!button) return;
  await navigator.clipboard.writeText(textOf(button.dataset));
  const text = button.textContent;
  button.textContent = button.dataset.copied;
  setTimeout(() => (button.textContent = text), 1200);
});

function openCitations() {
  const details = document.getElementById("cite")?.parentElement;
  if (details && location.hash === "#cite") details.open = true;
}

addEventListener("hashchange", openCitations);

// Citations name the address of the page. If the server does not know its public address, the browser adds the host.
function complete(root) {
  for (const part of root.querySelectorAll("[data-address]")) {
    const { textContent: text, dataset: { address } } = part;
    if (!address.startsWith("/")) continue;
    if (text.includes(location.origin)) continue;
    const at = text.lastIndexOf(address);
    part.textContent = text.slice(0, at) + location.origin + text.slice(at);
    const file = document.querySelector(`a[data-form="#${part.id}"]`);
    const content = file?.download.endsWith(".ris") ? part.textContent.replaceAll("\n", "\r\n") : part.textContent;
    if (file) file.href = `${file.href.split(",")[0]},${encodeURIComponent(content)}`;
  }
}

function textOf({ copy, copyAddress, copyCurl, copyEmbed, copyPage }) {
  if (copyPage !== undefined) return location.href.split("#")[0];
  if (copy) return document.querySelector(copy).textContent;
  if (copyAddress) return location.origin + copyAddress;
  if (copyEmbed) {
    const address = `${location.origin}/embed${copyEmbed}${location.search}`;
    return `<iframe src="${address.replaceAll("&", "&amp;")}" title="${document.title}" width="100%" height="700" loading="lazy"></iframe>`;
  }
  return `curl '${location.origin}${copyCurl.replaceAll("'", "%27")}'`;
}
