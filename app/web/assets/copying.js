// Buttons that copy an address, a command or an example. They are visible only if the page may use the clipboard.

export function start(root = document) {
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

function textOf({ copy, copyAddress, copyCurl, copyEmbed }) {
  if (copy) return document.querySelector(copy).textContent;
  if (copyAddress) return location.origin + copyAddress;
  if (copyEmbed) {
    const address = `${location.origin}/embed${copyEmbed}${location.search}`;
    return `<iframe src="${address.replaceAll("&", "&amp;")}" title="${document.title}" width="100%" height="700" loading="lazy"></iframe>`;
  }
  return `curl '${location.origin}${copyCurl.replaceAll("'", "%27")}'`;
}
