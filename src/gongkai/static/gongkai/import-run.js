// Looks every two seconds how the import goes, and puts only what changed into the page; without it the page itself is
// loaded anew.
"use strict";
const place = document.getElementById("import-run");
const look = async () => {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  if (answer && answer.redirected) return location.reload();
  if (answer && answer.ok) {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("import-run");
    if (!fresh) return location.reload();
    if (fresh.innerHTML !== place.innerHTML) place.innerHTML = fresh.innerHTML;
    if (!fresh.dataset.unfinished) return undefined;
  }
  return setTimeout(look, 2000);
};
if (place && place.dataset.unfinished) setTimeout(look, 2000);
