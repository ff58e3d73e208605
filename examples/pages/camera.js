// Shows the feed, and asks for it again when it breaks off.
const picture = document.getElementById("picture");
const status = document.getElementById("status");

picture.addEventListener("load", () => (status.textContent = ""));
picture.addEventListener("error", () => {
  status.textContent = "no picture; trying again…";
  setTimeout(() => (picture.src = `/video_feed?${Date.now()}`), 1000);
});
